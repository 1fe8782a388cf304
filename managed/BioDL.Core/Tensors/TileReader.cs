using BioDL.Core.Images;
using BioDL.Core.Normalization;

namespace BioDL.Core.Tensors;

/// <summary>
/// Reads a window of a plane in one pass: host pixel, float32, normalised, written. Beyond its borders the image is mirrored about its
/// outermost
/// pixels (NumPy's "reflect": they are not repeated); a value that is not finite after normalisation becomes 0.
/// </summary>
internal static unsafe class TileReader
{
    /// <param name="view">the image</param>
    /// <param name="origin">pixel (0, 0) of its plane, locked</param>
    /// <param name="window">where the rows lie; it may reach beyond the image on any side</param>
    /// <param name="pass">reads neighbouring pixels</param>
    /// <param name="scaling">normalisation</param>
    /// <param name="to">the window's first value; a row has <see cref="PlaneWindow.Width"/></param>
    public static void ReadRows(ImageView view, byte* origin, PlaneWindow window, delegate*<byte*, long, float*, int, Scaling, void> pass,
        Scaling scaling, float* to)
    {
        int before = (int)Math.Clamp(-(long)window.X, 0, window.Width);
        int after = (int)Math.Clamp((long)view.Width - window.X, before, window.Width);
        for (int row = 0; row < window.Height; row++)
        {
            byte* pixels = origin + Mirror(window.Y + (long)row, view.Height) * view.RowStride;
            float* line = to + (long)row * window.Width;
            for (int column = 0; column < before; column++)
                pass(pixels + Mirror(window.X + (long)column, view.Width) * view.PixelStride, view.PixelStride, line + column, 1, scaling);
            if (after > before)
                pass(pixels + (window.X + before) * view.PixelStride, view.PixelStride, line + before, after - before, scaling);
            for (int column = after; column < window.Width; column++)
                pass(pixels + Mirror(window.X + (long)column, view.Width) * view.PixelStride, view.PixelStride, line + column, 1, scaling);
        }
    }

    /// <summary>
    /// The pixel that stands at position <paramref name="i"/> of an axis mirrored about its first and last pixel, again and again.
    /// </summary>
    public static int Mirror(long i, int size)
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
