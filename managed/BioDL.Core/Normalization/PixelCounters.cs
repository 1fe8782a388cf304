using System.Runtime.CompilerServices;
using BioDL.Core.Images;

namespace BioDL.Core.Normalization;

/// <summary>
/// Counts the pixels of a run into bins. Several copies of the bins ("lanes") are filled in turn, because an increment of the same
/// counter as just before, which is what a flat background gives, would wait for the one before; the copies are added afterwards.
/// </summary>
internal abstract unsafe class PixelCounter(int bins, int lanes)
{
    public int Bins => bins;

    /// <summary>Copies of the bins that <see cref="Count"/> fills, one after the other in memory.</summary>
    public int Lanes => lanes;

    /// <param name="pixel">the first pixel</param>
    /// <param name="stride">bytes to the next</param>
    /// <param name="count">pixels, so few that no counter overflows</param>
    /// <param name="counts">Lanes x Bins counters</param>
    public abstract void Count(byte* pixel, long stride, int count, uint* counts);

    /// <summary>The counter for a type of pixel and a part of it, by value; by the upper half of the order for Float32.</summary>
    public static PixelCounter For(PixelType type, PixelPart part) => (type, part) switch
    {
        (PixelType.UInt8, _) => new BinCounter<ByteBin>(4),
        (PixelType.UInt16, _) => new BinCounter<UShortBin>(2),
        (PixelType.Float32, _) => new BinCounter<FloatUpperBin>(2),
        (PixelType.Argb32, PixelPart.Red) => new BinCounter<RedBin>(4),
        (PixelType.Argb32, PixelPart.Green) => new BinCounter<GreenBin>(4),
        (PixelType.Argb32, PixelPart.Blue) => new BinCounter<BlueBin>(4),
        (PixelType.Argb32, PixelPart.Grey) => new BinCounter<GreySumBin>(4),
        _ => throw new ArgumentOutOfRangeException(nameof(type), $"{type} {part} has no percentiles"),
    };
}

/// <summary>Which bin a pixel belongs to.</summary>
internal unsafe interface IBin
{
    static abstract int Bins { get; }

    static abstract uint Of(byte* pixel);
}

internal sealed unsafe class BinCounter<TBin>(int lanes) : PixelCounter(TBin.Bins, lanes) where TBin : struct, IBin
{
    public override void Count(byte* pixel, long stride, int count, uint* counts)
    {
        uint* first = counts, second = counts + TBin.Bins;
        uint* third = Lanes == 4 ? second + TBin.Bins : first, fourth = Lanes == 4 ? third + TBin.Bins : second;
        int i = 0;
        for (; i <= count - 4; i += 4, pixel += 4 * stride)
        {
            first[TBin.Of(pixel)]++;
            second[TBin.Of(pixel + stride)]++;
            third[TBin.Of(pixel + 2 * stride)]++;
            fourth[TBin.Of(pixel + 3 * stride)]++;
        }
        for (; i < count; i++, pixel += stride)
            first[TBin.Of(pixel)]++;
    }
}

internal readonly unsafe struct ByteBin : IBin
{
    public static int Bins => 256;
    public static uint Of(byte* pixel) => *pixel;
}

internal readonly unsafe struct UShortBin : IBin
{
    public static int Bins => 65536;
    public static uint Of(byte* pixel) => *(ushort*)pixel;
}

internal readonly unsafe struct RedBin : IBin
{
    public static int Bins => 256;
    public static uint Of(byte* pixel) => *(uint*)pixel >> 16 & 0xff;
}

internal readonly unsafe struct GreenBin : IBin
{
    public static int Bins => 256;
    public static uint Of(byte* pixel) => *(uint*)pixel >> 8 & 0xff;
}

internal readonly unsafe struct BlueBin : IBin
{
    public static int Bins => 256;
    public static uint Of(byte* pixel) => *(uint*)pixel & 0xff;
}

/// <summary>r + g + b, three times the grey value: a whole number.</summary>
internal readonly unsafe struct GreySumBin : IBin
{
    public static int Bins => 3 * 255 + 1;
    public static uint Of(byte* pixel) => RedBin.Of(pixel) + GreenBin.Of(pixel) + BlueBin.Of(pixel);
}

/// <summary>The upper 16 bits of <see cref="FloatOrder.Key"/>.</summary>
internal readonly unsafe struct FloatUpperBin : IBin
{
    public static int Bins => 65536;
    public static uint Of(byte* pixel) => FloatOrder.Key(*(uint*)pixel) >> 16;
}

/// <summary>
/// The order of float32 values as that of unsigned whole numbers: negative values have all bits turned, others the sign bit. The values
/// that
/// are not finite are at both ends, in upper halves of their own.
/// </summary>
internal static class FloatOrder
{
    /// <summary>Upper halves below the first and from the last on are infinities and NaN.</summary>
    public const int FirstFinite = 0x0080, AfterFinite = 0xff80;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Key(uint bits) => bits ^ ((uint)((int)bits >> 31) | 0x8000_0000);

    /// <summary>The bits of the value whose key this is.</summary>
    public static uint Bits(uint key) => (int)key < 0 ? key ^ 0x8000_0000 : ~key;

    /// <summary>The value whose key this is.</summary>
    public static float Value(uint key) => BitConverter.UInt32BitsToSingle(Bits(key));
}
