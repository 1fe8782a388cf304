using BioDL.Core.Images;

namespace BioDL.Core.Objects.StarConvex;

/// <summary>The options of a call with the model's own values filled in, all checked before the first pixel is read.</summary>
internal sealed record StarSettings
{
    public required double ProbThreshold { get; init; }
    public required double OverlapThreshold { get; init; }

    /// <summary>In grid cells.</summary>
    public required int Border { get; init; }
    public required VertexMode Vertices { get; init; }
    public required LabelScope LabelScope { get; init; }
    public required int ThinAbove { get; init; }

    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>, naming the option and its range.</exception>
    public static StarSettings Of(StarDistNetwork model, StarOptions options)
    {
        Check(Enum.IsDefined(options.Vertices), "vertices", (int)options.Vertices, "0 (exact) or 1 (integer)");
        Check(Enum.IsDefined(options.LabelScope), "label scope", (int)options.LabelScope, "0 (per plane) or 1 (unique)");
        return new StarSettings
        {
            ProbThreshold = Fraction("probability threshold", options.ProbThreshold ?? model.ProbThreshold),
            OverlapThreshold = Fraction("overlap threshold", options.OverlapThreshold ?? model.OverlapThreshold),
            Border = Math.Max(0, options.Border ?? model.Border), Vertices = options.Vertices, LabelScope = options.LabelScope,
            ThinAbove = options.ThinAbove,
        };
    }

    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: labels do not fit the image.</exception>
    public static void CheckLabels(ImageView image, ImageView labels)
    {
        labels.Validate("the label image");
        if (labels.Type is not (PixelType.UInt16 or PixelType.UInt32 or PixelType.Float32))
            throw Invalid($"the label image has pixels of type {labels.Type}", "Use UInt16, UInt32 or Float32.");
        if (!labels.Values.IsIdentity)
            throw Invalid("the label image has values other than its pixels", "Leave value scale and offset out.");
        if (labels.Channels != 1 || (labels.Frames, labels.Slices, labels.Height, labels.Width) != (image.Frames, image.Slices,
            image.Height, image.Width))
            throw Invalid($"the label image is {Shape(labels)}, the image {Shape(image)}",
                "They need the same T, Z, Y and X, and one channel in the label image.");
    }

    private static double Fraction(string name, double value)
    {
        Check(value is >= 0 and <= 1, name, value, "a number from 0 to 1");
        return value;
    }

    private static string Shape(ImageView view) =>
        $"{view.Frames} x {view.Slices} x {view.Channels} x {view.Height} x {view.Width} (T, Z, C, Y, X)";

    private static void Check(bool fits, string option, double value, string range)
    {
        if (!fits)
            throw Invalid(FormattableString.Invariant($"the option {option} is {value}"), $"It must be {range}.");
    }

    private static BioDLException Invalid(string message, string hint) => new(Status.InvalidArgument, message, hint);
}
