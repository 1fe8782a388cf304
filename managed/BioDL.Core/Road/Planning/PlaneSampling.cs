using BioDL.Core.Runs;

namespace BioDL.Core.Road.Planning;

/// <summary>
/// One axis of an image that is resampled on its way to the network, where it has another number of pixels over the same length:
/// <code>
///   image    |--0--|--1--|--2--|--3--|--4--|--5--|--6--|--7--|     Length 8
///   network  |----0----|----1----|----2----|----3----|--4--...     Seen; each pixel is Pitch pixels of the image
/// </code>
/// Everything that is planned, and all that the network gives, is in pixels of the network; what a caller gets is in those of the image.
/// </summary>
/// <param name="Length">pixels of the image</param>
/// <param name="Seen">pixels that the network sees of them</param>
internal readonly record struct AxisSampling(int Length, int Seen)
{
    public double Pitch => (double)Length / Seen;

    /// <summary>A place in the network's pixels as one in the image's; whole numbers are centres of pixels in both.</summary>
    public double ToImage(double seen) => (seen + 0.5) * Pitch - 0.5;

    /// <summary>The network's pixels that show a part of the image.</summary>
    public (int Start, int End) ToSeen(int start, int end) => Outwards(start / Pitch, end / Pitch, Seen);

    /// <summary>The image's pixels that are seen in a part of the network's.</summary>
    public (int Start, int End) ToImage(int start, int end) => Outwards(start * Pitch, end * Pitch, Length);

    private static (int, int) Outwards(double start, double end, int length) =>
        ((int)Math.Max(0, Math.Floor(start + 1e-9)), (int)Math.Min(length, Math.Ceiling(end - 1e-9)));
}

/// <summary>Both axes of a plane.</summary>
internal sealed record PlaneSampling(AxisSampling Y, AxisSampling X)
{
    private const double Least = 1.0 / 64, Most = 64;

    /// <summary>Pixels of the image for one of the network's, along a side.</summary>
    public double Pitch => Math.Sqrt(Y.Pitch * X.Pitch);

    public PlaneRegion ToSeen(PlaneRegion part) =>
        Region(Y.ToSeen(part.Top, part.Top + part.Height), X.ToSeen(part.Left, part.Left + part.Width));

    public PlaneRegion ToImage(PlaneRegion part) =>
        Region(Y.ToImage(part.Top, part.Top + part.Height), X.ToImage(part.Left, part.Left + part.Width));

    /// <summary>What the options ask for; null: the image is seen as it is.</summary>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>, naming the option.</exception>
    public static PlaneSampling? Of(RunNetwork network, RunOptions options, int height, int width)
    {
        if (Factor(network, options) is not { } factor)
            return null;
        if (!(factor is >= Least and <= Most))
            throw Invalid(FormattableString.Invariant($"the image would be resampled by {factor}"), "Give a scale from 1/64 to 64.");
        if (options.WholeImage)
            throw Invalid("a scale and a run of the whole image as it is are asked for", "Choose one of them.");
        var sampling = new PlaneSampling(Axis(height, factor), Axis(width, factor));
        return sampling.Y.Seen == height && sampling.X.Seen == width ? null : sampling;
    }

    private static double? Factor(RunNetwork network, RunOptions options)
    {
        if (options is { Scale: not null, ObjectDiameter: not null })
            throw Invalid("both a scale and a diameter of objects are given", "Give one of them: each tells the other.");
        if (options.ObjectDiameter is not { } diameter)
            return options.Scale;
        if (!(diameter > 0 && double.IsFinite(diameter)))
            throw Invalid(FormattableString.Invariant($"the diameter of objects is {diameter}"), "Give a positive number of pixels.");
        return network.MadeFor?.Diameter is { } usual ? usual / diameter
            : throw Invalid("a diameter of objects is given, but the model's description does not say which one it was made for",
                "Give a scale instead: the diameter in the model's training images divided by that in this one.");
    }

    private static AxisSampling Axis(int length, double factor) =>
        new(length, (int)Math.Clamp(Math.Round(length * factor), 1, int.MaxValue / 4));

    private static PlaneRegion Region((int Start, int End) y, (int Start, int End) x) =>
        new(y.Start, x.Start, y.End - y.Start, x.End - x.Start);

    private static BioDLException Invalid(string message, string hint) => new(Status.InvalidArgument, message, hint);
}
