using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BioDL.Core.Images;
using BioDL.Core.Steps;

namespace BioDL.Core.Road.Passes;

/// <summary>Values that could not be given as they were.</summary>
internal record struct WriteCounts(long Clipped, long NotFinite)
{
    public void Add(WriteCounts other) => (Clipped, NotFinite) = (Clipped + other.Clipped, NotFinite + other.NotFinite);
}

/// <summary>What a value becomes before it is a pixel: value * gain + offset, in float32.</summary>
/// <param name="Gain">see above</param>
/// <param name="Offset">see above</param>
/// <param name="Zero">the pixel in place of what is not finite: the one that means 0</param>
internal readonly record struct Rescale(float Gain, float Offset, float Zero = 0)
{
    public static Rescale None => new(1, 0);

    /// <summary>Undo a normalisation, then give the pixel that means the value.</summary>
    public static Rescale Of(Undo undo, ValueTransform values)
    {
        if (values.IsIdentity)
            return new((float)undo.Gain, (float)undo.Offset);
        var pixel = new Undo(1 / values.Scale, -values.Offset / values.Scale);
        Undo both = pixel.After(undo);
        return new((float)both.Gain, (float)both.Offset, (float)pixel.Offset);
    }
}

/// <summary>
/// Values of a row to pixels: value * gain + offset; zero where that is not finite; rounded to the nearest whole number, halves to the even
/// one;
/// clipped to the type. <see cref="Scalar"/> is the definition, the vector form does the same operations in the same precision.
/// </summary>
internal static unsafe class WritePass<TStore> where TStore : struct, IPixelStore
{
    /// <summary>Pixels that wait for being spread over a larger stride.</summary>
    private const int Chunk = 1024;

    /// <param name="from">neighbouring values</param>
    /// <param name="pixel">the row's first pixel</param>
    /// <param name="stride">bytes to the next; any</param>
    /// <param name="count">pixels</param>
    /// <param name="rescale">gain and offset</param>
    public static WriteCounts Run(float* from, byte* pixel, long stride, int count, Rescale rescale)
    {
        if (stride == TStore.Size)
            return Neighbours(from, pixel, count, rescale);
        var counts = default(WriteCounts);
        byte* chunk = stackalloc byte[Chunk * TStore.Size];
        for (int done = 0; done < count; done += Chunk)
        {
            int part = Math.Min(Chunk, count - done);
            counts.Add(Neighbours(from + done, chunk, part, rescale));
            for (int i = 0; i < part; i++, pixel += stride)
                Unsafe.CopyBlockUnaligned(pixel, chunk + i * TStore.Size, (uint)TStore.Size);
        }
        return counts;
    }

    internal static WriteCounts Scalar(float* from, byte* pixel, long stride, int count, Rescale rescale)
    {
        var counts = default(WriteCounts);
        for (int i = 0; i < count; i++, pixel += stride)
        {
            float value = from[i] * rescale.Gain + rescale.Offset;
            if (!float.IsFinite(value))
            {
                counts.NotFinite++;
                value = rescale.Zero;
            }
            float rounded = MathF.Round(value), within = Math.Clamp(rounded, 0, TStore.Max);
            if (rounded != within)
                counts.Clipped++;
            TStore.One(pixel, within);
        }
        return counts;
    }

    private static WriteCounts Neighbours(float* from, byte* pixel, int count, Rescale rescale)
    {
        var counts = default(WriteCounts);
        int done = Vector256.IsHardwareAccelerated ? ByThirtyTwo(from, pixel, count, rescale, ref counts) : 0;
        counts.Add(Scalar(from + done, pixel + (long)done * TStore.Size, TStore.Size, count - done, rescale));
        return counts;
    }

    /// <returns>pixels done, a multiple of 32</returns>
    internal static int ByThirtyTwo(float* from, byte* pixel, int count, Rescale rescale, ref WriteCounts counts)
    {
        var row = new VectorRow(rescale, TStore.Max);
        int i = 0;
        for (; i <= count - 32; i += 32, pixel += 32 * TStore.Size)
        {
            Vector256<uint> first = row.Eight(from + i), second = row.Eight(from + i + 8), third = row.Eight(from + i + 16),
            fourth = row.Eight(from + i + 24);
            TStore.Many(pixel, first, second, third, fourth);
        }
        counts.Add(row.Counts);
        return i;
    }
}

/// <summary>Eight values at a time to whole numbers within a type, counting as it goes.</summary>
internal unsafe ref struct VectorRow(Rescale rescale, float max)
{
    private readonly Vector256<float> _gain = Vector256.Create(rescale.Gain), _offset = Vector256.Create(rescale.Offset),
    _max = Vector256.Create(max), _zero = Vector256.Create(rescale.Zero);
    private readonly Vector256<float> _largest = Vector256.Create(float.MaxValue);
    private Vector256<int> _finite, _clipped;
    private int _loads;

    public readonly WriteCounts Counts => new(-Vector256.Sum(_clipped), 8L * _loads + Vector256.Sum(_finite));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<uint> Eight(float* from)
    {
        Vector256<float> value = Vector256.Load(from) * _gain + _offset;
        Vector256<float> finite = Vector256.LessThanOrEqual(Vector256.Abs(value), _largest);
        Vector256<float> rounded = Vector256.Round(Vector256.ConditionalSelect(finite, value, _zero));
        Vector256<float> within = Vector256.Min(Vector256.Max(rounded, Vector256<float>.Zero), _max);
        _finite += finite.AsInt32();
        _clipped += (~Vector256.Equals(rounded, within)).AsInt32();
        _loads++;
        return Vector256.ConvertToInt32Native(within).AsUInt32();
    }
}

/// <summary>Values of a row to float32 pixels: value * gain + offset, zero where that is not finite.</summary>
internal static unsafe class FloatWritePass
{
    public static WriteCounts Run(float* from, byte* pixel, long stride, int count, Rescale rescale)
    {
        int done = 0;
        long finite = 0;
        if (stride == sizeof(float) && Vector256.IsHardwareAccelerated)
        {
            Vector256<float> gain = Vector256.Create(rescale.Gain), offset = Vector256.Create(rescale.Offset),
            largest = Vector256.Create(float.MaxValue), zero = Vector256.Create(rescale.Zero);
            Vector256<int> sum = default;
            for (; done <= count - 8; done += 8)
            {
                Vector256<float> value = Vector256.Load(from + done) * gain
                    + offset, isFinite = Vector256.LessThanOrEqual(Vector256.Abs(value), largest);
                Vector256.ConditionalSelect(isFinite, value, zero).Store((float*)pixel + done);
                sum += isFinite.AsInt32();
            }
            finite = -Vector256.Sum(sum);
        }
        WriteCounts counts = Scalar(from + done, pixel + done * stride, stride, count - done, rescale);
        return counts with { NotFinite = counts.NotFinite + done - finite };
    }

    internal static WriteCounts Scalar(float* from, byte* pixel, long stride, int count, Rescale rescale)
    {
        var counts = default(WriteCounts);
        for (int i = 0; i < count; i++, pixel += stride)
        {
            float value = from[i] * rescale.Gain + rescale.Offset;
            if (!float.IsFinite(value))
            {
                counts.NotFinite++;
                value = rescale.Zero;
            }
            *(float*)pixel = value;
        }
        return counts;
    }
}

/// <summary>Values of a row to 32-bit whole numbers, in double since float32 has not all of them; label images are small work.</summary>
internal static unsafe class UIntWritePass
{
    public static WriteCounts Run(float* from, byte* pixel, long stride, int count, Rescale rescale)
    {
        var counts = default(WriteCounts);
        for (int i = 0; i < count; i++, pixel += stride)
        {
            float value = from[i] * rescale.Gain + rescale.Offset;
            if (!float.IsFinite(value))
            {
                counts.NotFinite++;
                value = rescale.Zero;
            }
            double rounded = Math.Round((double)value), within = Math.Clamp(rounded, 0, uint.MaxValue);
            if (rounded != within)
                counts.Clipped++;
            *(uint*)pixel = (uint)within;
        }
        return counts;
    }
}

/// <summary>The pass for a type of pixel; packed RGB has one of its own.</summary>
internal static unsafe class WritePasses
{
    public static delegate*<float*, byte*, long, int, Rescale, WriteCounts> For(PixelType type) => type switch
    {
        PixelType.UInt8 => &WritePass<ByteStore>.Run,
        PixelType.UInt16 => &WritePass<UShortStore>.Run,
        PixelType.UInt32 => &UIntWritePass.Run,
        PixelType.Float32 => &FloatWritePass.Run,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a type of single pixels"),
    };
}
