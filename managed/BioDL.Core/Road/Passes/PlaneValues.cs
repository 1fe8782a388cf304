using BioDL.Core.Images;
using BioDL.Core.Tensors;

namespace BioDL.Core.Road.Passes;

/// <summary>Values of one channel of an image, as float32: for whoever keeps a copy of pixels.</summary>
public static unsafe class PlaneValues
{
    /// <summary>Rows of so many pixels at most are read under one lock of the plane.</summary>
    public static int RowsOfBand(ImageView view) => Math.Max(1, PlaneBand.MaxPixels / 4 / view.Width);

    /// <summary>Read a part of a plane under one lock, on the calling thread.</summary>
    /// <param name="view">the image</param>
    /// <param name="plane">of it, by number</param>
    /// <param name="part">which number of its pixels</param>
    /// <param name="region">within the plane, at most <see cref="RowsOfBand"/> rows of it</param>
    /// <param name="into">row by row, as many values as the region has pixels; NaN and infinities as they are</param>
    public static void Read(ImageView view, long plane, PixelPart part, Runs.PlaneRegion region, Span<float> into)
    {
        if (into.Length < (long)region.Height * region.Width)
            throw new ArgumentException("shorter than the region", nameof(into));
        fixed (float* to = into)
        {
            using PlaneLock locked = view.Lock(plane);
            ValueReader.ReadRows(view, part, locked.Pixel(0, 0), new PlaneWindow(region.Top, region.Left, region.Height, region.Width), to);
        }
    }

    /// <summary>Read labels or classes: the pixels of the view's first channel as whole numbers, of every type but packed RGB.</summary>
    /// <param name="view">one channel</param>
    /// <param name="plane">of it, by number</param>
    /// <param name="region">as above</param>
    /// <param name="into">row by row</param>
    /// <returns>null; or the first value that is no whole number of 0 to 2^31 - 1</returns>
    public static double? ReadWhole(ImageView view, long plane, Runs.PlaneRegion region, Span<int> into)
    {
        int next = 0;
        using PlaneLock locked = view.Lock(plane);
        for (int y = region.Top; y < region.Top + region.Height; y++)
            for (int x = region.Left; x < region.Left + region.Width; x++)
            {
                byte* pixel = locked.Pixel(y, x);
                double value = view.Type == PixelType.UInt32 ? *(uint*)pixel
                    : view.Values.Of(PixelValue.Read(pixel, view.Type, PixelPart.Whole));
                if (!(value is >= 0 and <= int.MaxValue) || value != Math.Floor(value))
                    return value;
                into[next++] = (int)value;
            }
        return null;
    }
}
