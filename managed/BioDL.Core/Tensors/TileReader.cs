using BioDL.Core.Images;
using BioDL.Core.Tiles;

namespace BioDL.Core.Tensors;

/// <summary>
/// Reads one tile of one plane into a network's input tensor in one pass: host pixel, float32, normalised, written.
/// </summary>
public static unsafe class TileReader
{
    /// <summary>
    /// Fill <paramref name="into"/>, reshaped to (1, C, tile height, tile width). Beyond the image's bottom and right the image is mirrored
    /// about its last pixel (NumPy's "reflect": the last pixel is not repeated); a value that is not finite after normalisation becomes 0.
    /// </summary>
    /// <param name="view">the image; each channel's plane is locked while it is read, in bands, on the calling thread</param>
    /// <param name="frame">0-based</param>
    /// <param name="slice">0-based</param>
    /// <param name="tile">what to read, in pixels of the plane; it may reach beyond its bottom and right</param>
    /// <param name="channels">where each channel of the tensor comes from, and how it is normalised</param>
    /// <param name="into">the network's input</param>
    /// <exception cref="BioDLException"><see cref="Status.Host"/>: a plane could not be locked.</exception>
    public static void Read(ImageView view, int frame, int slice, Tile tile, ReadOnlySpan<ScaledChannel> channels, Tensor into)
    {
        into.Reshape(1, channels.Length, tile.Height, tile.Width);
        int rowsPerLock = Math.Max(1, PlaneBand.MaxPixels / tile.Width);
        for (int c = 0; c < channels.Length; c++)
            for (int row = 0; row < tile.Height; row += rowsPerLock)
            {
                int end = Math.Min(tile.Height, row + rowsPerLock);
                using var plane = view.Lock(view.PlaneNumber(frame, slice, channels[c].Source.Channel));
                ReadRows(view, plane, tile, row, end, channels[c], into.Data + (long)c * tile.Height * tile.Width);
            }
    }

    /// <param name="view">the image</param>
    /// <param name="plane">its plane, locked</param>
    /// <param name="tile">the whole tile</param>
    /// <param name="row">first row of the tile to read</param>
    /// <param name="end">the row after the last</param>
    /// <param name="channel">part of the pixels, and normalisation</param>
    /// <param name="to">the tensor's channel, (tile height, tile width)</param>
    private static void ReadRows(ImageView view, PlaneLock plane, Tile tile, int row, int end, ScaledChannel channel, float* to)
    {
        var pass = RowPasses.For(view.Type, channel.Source.Part);
        int inside = Math.Clamp(view.Width - tile.X, 0, tile.Width);
        for (; row < end; row++)
        {
            int y = Mirror(tile.Y + (long)row, view.Height);
            float* line = to + (long)row * tile.Width;
            if (inside > 0)
                pass(plane.Pixel(y, tile.X), view.PixelStride, line, inside, channel.Scaling);
            for (int column = inside; column < tile.Width; column++)
                pass(plane.Pixel(y, Mirror(tile.X + (long)column, view.Width)), view.PixelStride, line + column, 1, channel.Scaling);
        }
    }

    /// <summary>The pixel that stands at position <paramref name="i"/> of an axis mirrored about its last pixel, again and again.</summary>
    internal static int Mirror(long i, int size)
    {
        if (i < size)
            return (int)i;
        if (size == 1)
            return 0;
        long period = 2L * (size - 1), phase = i % period;
        return (int)(phase < size ? phase : period - phase);
    }
}
