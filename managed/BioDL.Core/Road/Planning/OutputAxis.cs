using BioDL.Core.Runs;

namespace BioDL.Core.Road.Planning;

/// <summary>What of an output's tensor goes where in the caller's image, along one axis.</summary>
/// <param name="From">first value of the tensor</param>
/// <param name="To">first pixel of the image</param>
/// <param name="Count">values; 0: nothing of this tile</param>
internal readonly record struct OutputSpan(int From, int To, int Count);

/// <summary>One axis of one output.</summary>
internal readonly record struct OutputAxis
{
    /// <summary>Its size follows the input's; else it is <see cref="Count"/>, whatever the input's size.</summary>
    public required bool Follows { get; init; }

    public AxisLink Link { get; init; }

    /// <summary>All that the network gives for the only tile is wanted, from the first value on.</summary>
    public bool Entire { get; init; }

    /// <summary>Values of the tensor before the one that belongs to the tile's first pixel.</summary>
    public int Lead { get; init; }

    /// <summary>First value of the whole image that is wanted.</summary>
    public int First { get; init; }

    /// <summary>Pixels of the caller's image.</summary>
    public required int Count { get; init; }

    /// <summary>Size of the output's tensor for a tile of so many pixels.</summary>
    public long TensorSize(long pixels) => Follows ? (long)Math.Round(pixels * Link.Scale) + Link.Offset : Count;

    /// <summary>Index of the value of the whole image at a pixel that is a multiple of the grid, or the next one.</summary>
    public long At(long pixel) => (long)Math.Ceiling(pixel * Link.Scale - 1e-9);

    /// <summary>The part of a tile that goes to the caller.</summary>
    /// <param name="start">the image's pixel that the tile's results start at</param>
    /// <param name="ownStart">first pixel of its own part</param>
    /// <param name="ownEnd">the one after the last</param>
    public OutputSpan Span(long start, long ownStart, long ownEnd)
    {
        if (!Follows || Entire)
            return new OutputSpan(0, 0, Count);
        long from = Math.Max(At(ownStart), First), to = Math.Min(At(ownEnd), (long)First + Count);
        return to <= from ? default : new OutputSpan((int)(from - At(start)) + Lead, (int)(from - First), (int)(to - from));
    }

    /// <summary>The same axis over other pixels.</summary>
    /// <param name="start">the first of them</param>
    /// <param name="end">the one after the last</param>
    public OutputAxis Over(int start, int end)
    {
        if (!Follows)
            return this;
        int first = (int)Math.Floor(start * Link.Scale + 1e-9);
        return this with { First = first, Count = (int)Math.Min(int.MaxValue, (long)Math.Ceiling(end * Link.Scale - 1e-9)) - first };
    }

    /// <summary>The smallest d for which scale * d is whole, so that multiples of d pixels begin on a value.</summary>
    /// <exception cref="BioDLException"><see cref="Status.ModelUnsupported"/>: there is none up to 64.</exception>
    public static int Denominator(double scale, string output)
    {
        for (int d = 1; d <= 64; d++)
            if (Math.Abs(scale * d - Math.Round(scale * d)) < 1e-6 * d && Math.Round(scale * d) >= 1)
                return d;
        throw new BioDLException(Status.ModelUnsupported,
            FormattableString.Invariant($"the output {output} has {scale} values for a pixel"),
            "Scales are whole numbers or simple fractions, such as 2 or 0.25.");
    }
}
