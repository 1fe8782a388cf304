using BioDL.Core.Images;
using BioDL.Core.Normalization;

namespace BioDL.Core.Segmentation;

/// <summary>The options of a call with the model's own values filled in, all checked before the first pixel is read.</summary>
public sealed record SegmentSettings
{
    /// <summary>Null: the pixels are normalised already.</summary>
    public required PercentilePair? Percentiles { get; init; }
    public required double ProbThreshold { get; init; }
    public required double OverlapThreshold { get; init; }

    /// <summary>In grid cells.</summary>
    public required int Border { get; init; }
    public required InputChannel[] Channels { get; init; }
    public required SegmentOptions Options { get; init; }

    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>, naming the option and its range.</exception>
    public static SegmentSettings Of(StarDistNetwork model, ImageView image, SegmentOptions options, ImageView? labels)
    {
        image.Validate("the image");
        if (labels is not null)
            CheckLabels(image, labels);
        if (options.Mask is not null)
            CheckMask(image, options.Mask);
        Check(Enum.IsDefined(options.Vertices), "vertices", (int)options.Vertices, "0 (exact) or 1 (integer)");
        Check(Enum.IsDefined(options.LabelScope), "label scope", (int)options.LabelScope, "0 (per plane) or 1 (unique)");
        Check(options.Tile is null or > 0, "tile", options.Tile ?? 0, "a positive number of pixels");
        Check(options.MemoryLimit is null or > 0, "memory limit", options.MemoryLimit ?? 0, "a positive number of bytes");
        var percentiles = new PercentilePair(options.PercentileLow ?? model.Percentiles.Low, options.PercentileHigh ?? model.Percentiles.High);
        if (options.Normalize)
            percentiles.Validate();
        return new SegmentSettings
        {
            Percentiles = options.Normalize ? percentiles : null,
            ProbThreshold = Fraction("probability threshold", options.ProbThreshold ?? model.ProbThreshold),
            OverlapThreshold = Fraction("overlap threshold", options.OverlapThreshold ?? model.OverlapThreshold),
            Border = Math.Max(0, options.Border ?? model.Border),
            Channels = InputChannel.For(image, model.Channels),
            Options = options,
        };
    }

    private static double Fraction(string name, double value)
    {
        Check(value is >= 0 and <= 1, name, value, "a number from 0 to 1");
        return value;
    }

    private static void CheckLabels(ImageView image, ImageView labels)
    {
        labels.Validate("the label image");
        if (labels.Type is not (PixelType.UInt16 or PixelType.UInt32 or PixelType.Float32))
            throw Invalid($"the label image has pixels of type {labels.Type}", "Use UInt16, UInt32 or Float32.");
        if (labels.Channels != 1 || (labels.Frames, labels.Slices, labels.Height, labels.Width) != (image.Frames, image.Slices, image.Height, image.Width))
            throw Invalid($"the label image is {Shape(labels)}, the image {Shape(image)}", "They need the same T, Z, Y and X, and one channel in the label image.");
    }

    private static void CheckMask(ImageView image, ImageView mask)
    {
        mask.Validate("the mask");
        if (mask.Type != PixelType.UInt8 || mask.Frames * (long)mask.Slices * mask.Channels != 1 || (mask.Height, mask.Width) != (image.Height, image.Width))
            throw Invalid($"the mask is {mask.Type}, {Shape(mask)}", $"It must be UInt8, one plane, {image.Height} x {image.Width} pixels as the image.");
    }

    private static string Shape(ImageView view) => $"{view.Frames} x {view.Slices} x {view.Channels} x {view.Height} x {view.Width} (T, Z, C, Y, X)";

    private static void Check(bool fits, string option, double value, string range)
    {
        if (!fits)
            throw Invalid(FormattableString.Invariant($"the option {option} is {value}"), $"It must be {range}.");
    }

    private static BioDLException Invalid(string message, string hint) => new(Status.InvalidArgument, message, hint);
}
