using System.Runtime.Intrinsics;
using BioDL.Core.Images;
using BioDL.Core.Normalization;

namespace BioDL.Core.Tensors;

/// <summary>
/// Pixels of a row to normalised float32: load, (x - offset) / divisor, 0 where the result is not finite, store. <see cref="Scalar"/> is
/// the
/// definition; the vector forms do the same operations in the same precision, so that results are equal in every bit.
/// </summary>
internal static unsafe class RowPass<TLoad> where TLoad : struct, IPixelLoad
{
    /// <summary>Floats that stay in the first-level cache between two passes over them.</summary>
    private const int Chunk = 2048;

    /// <param name="pixel">the row's first pixel</param>
    /// <param name="stride">bytes to the next pixel; any</param>
    /// <param name="to">where the values go</param>
    /// <param name="count">pixels</param>
    /// <param name="scaling">the normalisation</param>
    public static void Run(byte* pixel, long stride, float* to, int count, Scaling scaling)
    {
        if (stride == TLoad.Size)
        {
            Vectorized(pixel, to, count, scaling);
            return;
        }
        for (int done = 0; done < count; done += Chunk)
        {
            int part = Math.Min(Chunk, count - done);
            for (int i = 0; i < part; i++, pixel += stride)
                to[done + i] = TLoad.One(pixel);
            RowPass<FloatLoad>.Vectorized((byte*)(to + done), to + done, part, scaling);
        }
    }

    /// <summary>Neighbouring pixels, as many at a time as the processor offers.</summary>
    internal static void Vectorized(byte* pixel, float* to, int count, Scaling scaling)
    {
        int done = Vector512.IsHardwareAccelerated ? BySixteen(pixel, to, count, scaling)
            : Vector256.IsHardwareAccelerated ? ByEight(pixel, to, count, scaling)
            : Vector128.IsHardwareAccelerated ? ByFour(pixel, to, count, scaling)
            : 0;
        Scalar(pixel + (long)done * TLoad.Size, TLoad.Size, to + done, count - done, scaling);
    }

    internal static void Scalar(byte* pixel, long stride, float* to, int count, Scaling scaling)
    {
        for (int i = 0; i < count; i++, pixel += stride)
        {
            float value = (TLoad.One(pixel) - scaling.Offset) / scaling.Divisor;
            to[i] = float.IsFinite(value) ? value : 0;
        }
    }

    /// <returns>pixels done, a multiple of 16</returns>
    internal static int BySixteen(byte* pixel, float* to, int count, Scaling scaling)
    {
        var offset = Vector512.Create(scaling.Offset);
        var divisor = Vector512.Create(scaling.Divisor);
        var largest = Vector512.Create(float.MaxValue);
        int i = 0;
        for (; i <= count - 16; i += 16, pixel += 16 * TLoad.Size)
        {
            var value = (TLoad.Sixteen(pixel) - offset) / divisor;
            (value & Vector512.LessThanOrEqual(Vector512.Abs(value), largest)).Store(to + i);
        }
        return i;
    }

    /// <returns>pixels done, a multiple of 8</returns>
    internal static int ByEight(byte* pixel, float* to, int count, Scaling scaling)
    {
        var offset = Vector256.Create(scaling.Offset);
        var divisor = Vector256.Create(scaling.Divisor);
        var largest = Vector256.Create(float.MaxValue);
        int i = 0;
        for (; i <= count - 8; i += 8, pixel += 8 * TLoad.Size)
        {
            var value = (TLoad.Eight(pixel) - offset) / divisor;
            (value & Vector256.LessThanOrEqual(Vector256.Abs(value), largest)).Store(to + i);
        }
        return i;
    }

    /// <returns>pixels done, a multiple of 4</returns>
    internal static int ByFour(byte* pixel, float* to, int count, Scaling scaling)
    {
        var offset = Vector128.Create(scaling.Offset);
        var divisor = Vector128.Create(scaling.Divisor);
        var largest = Vector128.Create(float.MaxValue);
        int i = 0;
        for (; i <= count - 4; i += 4, pixel += 4 * TLoad.Size)
        {
            var value = (TLoad.Four(pixel) - offset) / divisor;
            (value & Vector128.LessThanOrEqual(Vector128.Abs(value), largest)).Store(to + i);
        }
        return i;
    }
}

/// <summary>The pass for a type of pixel.</summary>
internal static unsafe class RowPasses
{
    public static delegate*<byte*, long, float*, int, Scaling, void> For(PixelType type, PixelPart part) => (type, part) switch
    {
        (PixelType.UInt8, _) => &RowPass<ByteLoad>.Run,
        (PixelType.UInt16, _) => &RowPass<UShortLoad>.Run,
        (PixelType.Float32, _) => &RowPass<FloatLoad>.Run,
        (PixelType.Argb32, PixelPart.Red) => &RowPass<ColorLoad<RedColor>>.Run,
        (PixelType.Argb32, PixelPart.Green) => &RowPass<ColorLoad<GreenColor>>.Run,
        (PixelType.Argb32, PixelPart.Blue) => &RowPass<ColorLoad<BlueColor>>.Run,
        (PixelType.Argb32, PixelPart.Grey) => &RowPass<GreyLoad>.Run,
        _ => throw new ArgumentOutOfRangeException(nameof(type), $"{type} {part} is not read by networks"),
    };
}
