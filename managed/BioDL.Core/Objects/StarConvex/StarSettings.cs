using BioDL.Core.Images;
using BioDL.Core.Road.Accounting;

namespace BioDL.Core.Objects.StarConvex;

/// <summary>The options of a call with the model's own values filled in, all checked before the first pixel is read.</summary>
internal sealed record StarSettings
{
    public required double ProbThreshold { get; init; }
    public required double OverlapThreshold { get; init; }

    /// <summary>In grid cells.</summary>
    public required int Border { get; init; }
    public required VertexMode Vertices { get; init; }
    public required ObjectRules Rules { get; init; }
    public required int ThinAbove { get; init; }

    /// <param name="model">has the values that are not given</param>
    /// <param name="options">the caller's</param>
    /// <param name="selection">the part of each plane that objects are wanted of</param>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>, naming the option and its range.</exception>
    public static StarSettings Of(StarDistNetwork model, StarOptions options, PlaneSelection selection)
    {
        Check(Enum.IsDefined(options.Vertices), "vertices", (int)options.Vertices, "0 (exact) or 1 (integer)");
        return new StarSettings
        {
            ProbThreshold = Fraction("probability threshold", options.ProbThreshold ?? model.ProbThreshold),
            OverlapThreshold = Fraction("overlap threshold", options.OverlapThreshold ?? model.OverlapThreshold),
            Border = Math.Max(0, options.Border ?? model.Border), Vertices = options.Vertices, ThinAbove = options.ThinAbove,
            Rules = RulesOf(options, selection),
        };
    }

    /// <summary>What a run that looked for objects adds to its account.</summary>
    /// <param name="account">to add to</param>
    /// <param name="model">of the network</param>
    /// <param name="count">objects</param>
    /// <param name="candidates">before suppression</param>
    public void Tell(AccountDraft account, StarDistNetwork model, long count, long candidates)
    {
        account.Task = "segment";
        account.Options.Add(json =>
        {
            json.WriteNumber("prob_threshold", ProbThreshold);
            json.WriteNumber("overlap_threshold", OverlapThreshold);
            json.WriteString("vertices", Vertices == VertexMode.Integer ? "integer" : "exact");
            json.WriteNumber("border", Border);
            Rules.Write(json);
        });
        account.Objects.Add(json =>
        {
            json.WriteNumber("count", count);
            json.WriteNumber("candidates", candidates);
            json.WriteNumber("rays", model.Geometry.Rays);
            json.WriteNumbers("grid_yx", [model.Geometry.GridY, model.Geometry.GridX]);
        });
    }

    private static ObjectRules RulesOf(StarOptions options, PlaneSelection selection)
    {
        Check(Enum.IsDefined(options.LabelScope), "label scope", (int)options.LabelScope, "0 (per plane), 1 (unique) or 2 (track)");
        Check(Enum.IsDefined(options.Link), "link", (int)options.Link, "0 (none), 1 (frames) or 2 (slices)");
        Check(options.MinArea is >= 0 and < double.PositiveInfinity, "smallest area", options.MinArea, "a number of pixels, 0 or more");
        Check(options.MaxArea > 0 && options.MaxArea >= options.MinArea, "largest area", options.MaxArea,
            "a number of pixels, above 0 and not below the smallest area");
        Check(options.Grow is >= 0 and <= LabelGrowth.Most, "grow", options.Grow, $"0 to {LabelGrowth.Most} pixels");
        double linkOverlap = options.LinkOverlap ?? ObjectRules.UsualLinkOverlap;
        Check(linkOverlap is > 0 and <= 1, "link overlap", linkOverlap, "above 0 and up to 1");
        Check(options.Origin.Y is >= 0 and <= int.MaxValue && options.Origin.X is >= 0 and <= int.MaxValue, "origin",
            Math.Min(options.Origin.Y, options.Origin.X), "two numbers of pixels, 0 or more");
        if (options.Rings && options.Grow == 0)
            throw Invalid("rings are asked for, but labels do not grow", "Say by how many pixels they grow.");
        if (options.LabelScope == LabelScope.Track && options.Link == LinkAxis.None)
            throw Invalid("labels by track are asked for, but objects are not linked", "Say whether to link frames or slices.");
        return new ObjectRules
        {
            LabelScope = options.LabelScope, ExcludeEdges = options.ExcludeEdges, MinArea = options.MinArea, MaxArea = options.MaxArea,
            Grow = options.Grow, Rings = options.Rings, Link = options.Link, LinkOverlap = linkOverlap, Selection = selection,
            Origin = options.Origin,
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
