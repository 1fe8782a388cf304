using System.Runtime.Intrinsics;

namespace BioDL.Core.Road.Passes;

/// <summary>Three rows of values to packed RGB pixels, 0xffRRGGBB; each colour as <see cref="WritePass{TStore}"/> makes a byte.</summary>
internal static unsafe class RgbWritePass
{
    /// <param name="from">red; green and blue lie <paramref name="channelStride"/> values further each</param>
    /// <param name="channelStride">values</param>
    /// <param name="pixel">the row's first pixel</param>
    /// <param name="stride">bytes to the next; any</param>
    /// <param name="count">pixels</param>
    /// <param name="rescale">of the three colours</param>
    public static WriteCounts Run(float* from, long channelStride, byte* pixel, long stride, int count,
        (Rescale Red, Rescale Green, Rescale Blue) rescale)
    {
        var counts = default(WriteCounts);
        int done = stride == sizeof(uint) && Vector256.IsHardwareAccelerated
            ? ByEight(from, channelStride, (uint*)pixel, count, rescale, ref counts) : 0;
        byte red, green, blue;
        for (pixel += done * stride; done < count; done++, pixel += stride)
        {
            counts.Add(WritePass<ByteStore>.Scalar(from + done, &red, 1, 1, rescale.Red));
            counts.Add(WritePass<ByteStore>.Scalar(from + channelStride + done, &green, 1, 1, rescale.Green));
            counts.Add(WritePass<ByteStore>.Scalar(from + 2 * channelStride + done, &blue, 1, 1, rescale.Blue));
            *(uint*)pixel = 0xff000000u | (uint)red << 16 | (uint)green << 8 | blue;
        }
        return counts;
    }

    private static int ByEight(float* from, long channelStride, uint* pixel, int count, (Rescale Red, Rescale Green, Rescale Blue) rescale,
        ref WriteCounts counts)
    {
        VectorRow red = new(rescale.Red, byte.MaxValue), green = new(rescale.Green, byte.MaxValue), blue = new(rescale.Blue, byte.MaxValue);
        var opaque = Vector256.Create(0xff000000u);
        int i = 0;
        for (; i <= count - 8; i += 8)
        {
            Vector256<uint> r = red.Eight(from + i), g = green.Eight(from + channelStride + i),
            b = blue.Eight(from + 2 * channelStride + i);
            (opaque | (r << 16) | (g << 8) | b).Store(pixel + i);
        }
        counts.Add(red.Counts);
        counts.Add(green.Counts);
        counts.Add(blue.Counts);
        return i;
    }
}
