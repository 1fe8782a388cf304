namespace BioDL.Core.Tiles;

/// <summary>
/// The tiles along one axis: all of one size, starts at multiples of the step, the last one shifted back to end with the padded image.
/// </summary>
internal readonly record struct TileAxis
{
    /// <summary>Tile size in pixels.</summary>
    public required int Size { get; init; }

    /// <summary>Tiles along the axis.</summary>
    public required long Count { get; init; }

    /// <summary>From a tile's start to the next one's.</summary>
    public required int Stride { get; init; }

    /// <summary>From a tile's start to its own region, the first tile and the shifted last one aside.</summary>
    public required int Margin { get; init; }

    /// <summary>The image's size, padded to min + n * step.</summary>
    public required long Padded { get; init; }

    /// <summary>Where the output grid ends: the image's size, rounded up to the grid.</summary>
    public required long GridEnd { get; init; }

    /// <summary>Lay tiles of at most <paramref name="size"/> pixels (min + n * step) along an axis of <paramref name="length"/> pixels.</summary>
    public static TileAxis Of(int length, int size, int min, int step, int halo, int grid)
    {
        long padded = RoundUp(length, min, step), gridEnd = (length + grid - 1L) / grid * grid;
        if (size >= padded)
            return new TileAxis { Size = checked((int)padded), Count = 1, Stride = checked((int)padded), Margin = 0, Padded = padded, GridEnd = gridEnd };
        int margin = (halo + grid - 1) / grid * grid;
        int stride = (size - margin - halo) / step * step;
        long count = 1 + (padded - size + stride - 1) / stride;
        return new TileAxis { Size = size, Count = count, Stride = stride, Margin = margin, Padded = padded, GridEnd = gridEnd };
    }

    public int Start(long index) => (int)(index == Count - 1 ? Padded - Size : index * Stride);

    public int OwnStart(long index) => index == 0 ? 0 : (int)(index * Stride + Margin);

    public int OwnEnd(long index) => checked((int)(index == Count - 1 ? GridEnd : (index + 1) * Stride + Margin));

    /// <summary>The smallest min + n * step that is not below <paramref name="length"/>.</summary>
    public static long RoundUp(long length, int min, int step) =>
        length <= min ? min : min + (length - min + step - 1) / step * step;
}
