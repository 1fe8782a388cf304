using System.Numerics;
using System.Runtime.Intrinsics;

namespace BioDL.Core.Normalization;

/// <summary>
/// The lower 16 bits of the Float32 keys whose upper 16 bits are among at most four given ones: a set of bins for each of those. Few pixels
/// are, so that eight at a time are passed over with a handful of instructions.
/// </summary>
internal sealed unsafe class FloatLowerCounter : PixelCounter
{
    /// <summary>No upper half of a key equals it, nor the upper half of a pixel's bits.</summary>
    private const uint Never = 0x1_0000;

    private readonly uint _first, _second, _third, _fourth;

    public FloatLowerCounter(uint[] uppers) : base(uppers.Length * 65536, 1)
    {
        uint At(int index) => index < uppers.Length ? uppers[index] : Never;
        (_first, _second, _third, _fourth) = (At(0), At(1), At(2), At(3));
    }

    public override void Count(byte* pixel, long stride, int count, uint* counts)
    {
        int done = stride == sizeof(float) && Vector256.IsHardwareAccelerated ? ByEight((uint*)pixel, count, counts) : 0;
        for (pixel += done * stride; done < count; done++, pixel += stride)
            CountOne(*(uint*)pixel, counts);
    }

    /// <returns>pixels done, a multiple of 8</returns>
    internal int ByEight(uint* pixel, int count, uint* counts)
    {
        Vector256<uint> first = UpperBits(_first), second = UpperBits(_second), third = UpperBits(_third), fourth = UpperBits(_fourth);
        int i = 0;
        for (; i <= count - 8; i += 8)
        {
            var upper = Vector256.Load(pixel + i) >>> 16;
            var among = Vector256.Equals(upper, first) | Vector256.Equals(upper, second) | Vector256.Equals(upper, third)
                | Vector256.Equals(upper, fourth);
            for (uint mask = among.ExtractMostSignificantBits(); mask != 0; mask &= mask - 1)
                CountOne(pixel[i + BitOperations.TrailingZeroCount(mask)], counts);
        }
        return i;
    }

    private void CountOne(uint bits, uint* counts)
    {
        uint key = FloatOrder.Key(bits), upper = key >> 16, lower = key & 0xffff;
        if (upper == _first)
            counts[lower]++;
        else if (upper == _second)
            counts[65536 + lower]++;
        else if (upper == _third)
            counts[2 * 65536 + lower]++;
        else if (upper == _fourth)
            counts[3 * 65536 + lower]++;
    }

    /// <summary>The upper half of the bits of the values whose keys have this upper half.</summary>
    private static Vector256<uint> UpperBits(uint upper) => Vector256.Create(upper == Never ? Never : FloatOrder.Bits(upper << 16) >> 16);
}
