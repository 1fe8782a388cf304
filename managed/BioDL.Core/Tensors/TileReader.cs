using BioDL.Core.Images;
using BioDL.Core.Normalization;
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
                ReadRows(view, plane, new PlaneWindow(tile.Y + row, tile.X, end - row, tile.Width), RowPasses.For(view.Type, channels[c].Source.Part),
                    channels[c].Scaling, into.Data + ((long)c * tile.Height + row) * tile.Width);
            }
    }

    /// <param name="view">the image</param>
    /// <param name="plane">its plane, locked</param>
    /// <param name="window">where the rows lie; it may reach beyond the image on any side</param>
    /// <param name="pass">reads neighbouring pixels</param>
    /// <param name="scaling">normalisation</param>
    /// <param name="to">the window's first value; a row has <see cref="PlaneWindow.Width"/></param>
    internal static void ReadRows(ImageView view, PlaneLock plane, PlaneWindow window, delegate*<byte*, long, float*, int, Scaling, void> pass,
        Scaling scaling, float* to)
    {
        int before = (int)Math.Clamp(-(long)window.X, 0, window.Width);
        int after = (int)Math.Clamp((long)view.Width - window.X, before, window.Width);
        for (int row = 0; row < window.Height; row++)
        {
            int y = Mirror(window.Y + (long)row, view.Height);
            float* line = to + (long)row * window.Width;
            for (int column = 0; column < before; column++)
                pass(plane.Pixel(y, Mirror(window.X + (long)column, view.Width)), view.PixelStride, line + column, 1, scaling);
            if (after > before)
                pass(plane.Pixel(y, window.X + before), view.PixelStride, line + before, after - before, scaling);
            for (int column = after; column < window.Width; column++)
                pass(plane.Pixel(y, Mirror(window.X + (long)column, view.Width)), view.PixelStride, line + column, 1, scaling);
        }
    }

    /// <summary>The pixel that stands at position <paramref name="i"/> of an axis mirrored about its first and last pixel, again and again.</summary>
    internal static int Mirror(long i, int size)
    {
        if (i >= 0 && i < size)
            return (int)i;
        if (size == 1)
            return 0;
        long period = 2L * (size - 1), phase = Math.Abs(i) % period;
        return (int)(phase < size ? phase : period - phase);
    }
}

/// <summary>Rows of a plane, from pixel (Y, X) on; parts of it may lie beyond the plane.</summary>
internal readonly record struct PlaneWindow(int Y, int X, int Height, int Width);
