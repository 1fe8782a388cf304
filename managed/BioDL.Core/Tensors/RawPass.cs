using System.Numerics;
using BioDL.Core.Images;
using BioDL.Core.Normalization;

namespace BioDL.Core.Tensors;

/// <summary>Pixels of a row to float32 as they are; infinities become NaN, so that no later step can make a number of them.</summary>
internal static unsafe class RawPass
{
    /// <summary>The pass for a type of pixel, with the form of <see cref="RowPasses.For"/>; the normalisation is not used.</summary>
    public static delegate*<byte*, long, float*, int, Scaling, void> For(PixelType type, PixelPart part) =>
        type == PixelType.Float32 ? &Floats : RowPasses.For(type, part);

    /// <summary>Values that are no number become 0, in place.</summary>
    public static void Finish(float* values, long count)
    {
        long i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> value = Vector.Load(values + i);
            Vector.ConditionalSelect(Vector.Equals(value - value, Vector<float>.Zero), value, Vector<float>.Zero).Store(values + i);
        }
        for (; i < count; i++)
            values[i] = float.IsFinite(values[i]) ? values[i] : 0;
    }

    private static void Floats(byte* pixel, long stride, float* to, int count, Scaling scaling)
    {
        int i = 0;
        if (stride == sizeof(float))
            for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
            {
                Vector<float> value = Vector.Load((float*)pixel + i);
                (value + (value - value)).Store(to + i);
            }
        for (pixel += i * stride; i < count; i++, pixel += stride)
            to[i] = *(float*)pixel + (*(float*)pixel - *(float*)pixel);
    }
}
