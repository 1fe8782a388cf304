using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BioDL.Core.Normalization;
using BioDL.Core.Tensors;

namespace BioDL.Tests.Tensors;

/// <summary>Every vector form of the pass gives the bits of the scalar one.</summary>
public unsafe class RowPassTests
{
    private static readonly Scaling[] Scalings =
    [
        Scaling.FromRange(123.4, 3021.7), Scaling.None, Scaling.FromRange(7, 7), new(1e30f, 1e-30f), new(-0.1f, 3),
    ];

    [Fact]
    public void Bytes() => Compare<ByteLoad>();

    [Fact]
    public void UShorts() => Compare<UShortLoad>();

    [Fact]
    public void Floats() => Compare<FloatLoad>();

    [Fact]
    public void Red() => Compare<ColorLoad<RedColor>>();

    [Fact]
    public void Green() => Compare<ColorLoad<GreenColor>>();

    [Fact]
    public void Blue() => Compare<ColorLoad<BlueColor>>();

    [Fact]
    public void Grey() => Compare<GreyLoad>();

    private static void Compare<TLoad>() where TLoad : struct, IPixelLoad
    {
        var random = new Random(11);
        for (int count = 0; count < 70; count++)
            foreach (var scaling in Scalings)
            {
                // Exactly the row and no byte more, so that a memory checker would see a read past its end.
                var bytes = new byte[count * TLoad.Size];
                random.NextBytes(bytes);
                if (typeof(TLoad) == typeof(FloatLoad))
                    MixInSpecialValues(random, MemoryMarshal.Cast<byte, float>(bytes));
                fixed (byte* pixel = bytes)
                    Compare<TLoad>(pixel, count, scaling);
            }
    }

    private static void Compare<TLoad>(byte* pixel, int count, Scaling scaling) where TLoad : struct, IPixelLoad
    {
        float[] expected = new float[count], four = new float[count], eight = new float[count], sixteen = new float[count],
        run = new float[count];
        fixed (float* e = expected, f = four, g = eight, s = sixteen, r = run)
        {
            RowPass<TLoad>.Scalar(pixel, TLoad.Size, e, count, scaling);
            RowPass<TLoad>.Run(pixel, TLoad.Size, r, count, scaling);
            AssertBits(expected, run, count);
            AssertBits(expected, four, RowPass<TLoad>.ByFour(pixel, f, count, scaling));
            AssertBits(expected, eight, RowPass<TLoad>.ByEight(pixel, g, count, scaling));
            AssertBits(expected, sixteen, RowPass<TLoad>.BySixteen(pixel, s, count, scaling));
        }
        Assert.All(expected, value => Assert.True(float.IsFinite(value)));
    }

    private static void AssertBits(float[] expected, float[] actual, int count)
    {
        Assert.True(MemoryMarshal.AsBytes(expected.AsSpan(0, count)).SequenceEqual(MemoryMarshal.AsBytes(actual.AsSpan(0, count))));
        Assert.All(actual[count..], value => Assert.Equal(0, value));
    }

    private static void MixInSpecialValues(Random random, Span<float> values)
    {
        float[] special = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, -0f, float.Epsilon];
        for (int i = 0; i < values.Length; i += 3)
            values[i] = special[random.Next(special.Length)];
    }

    [Fact]
    public void ThisMachineHasVectors() => Assert.True(Vector128.IsHardwareAccelerated, "only the scalar form runs here");

    [Fact]
    public void StridedRowsEqualTheScalarForm()
    {
        var random = new Random(12);
        foreach (int stride in (int[])[-7, -2, 0, 3, 4, 6])
        {
            const int Count = 5000; // more than one chunk
            var bytes = new byte[Count * 8];
            random.NextBytes(bytes);
            float[] expected = new float[Count], actual = new float[Count];
            fixed (byte* first = bytes)
            fixed (float* e = expected, a = actual)
            {
                byte* pixel = stride < 0 ? first + bytes.Length - 2 : first;
                RowPass<UShortLoad>.Scalar(pixel, stride, e, Count, Scalings[0]);
                RowPass<UShortLoad>.Run(pixel, stride, a, Count, Scalings[0]);
            }
            AssertBits(expected, actual, Count);
        }
    }

    [Fact]
    public void NoNormalisationChangesNothing()
    {
        float[] values = [0, -0f, 1e-40f, 3.3f, float.MaxValue], read = new float[5];
        fixed (float* from = values, to = read)
            RowPass<FloatLoad>.Run((byte*)from, 4, to, 5, Scaling.None);
        Assert.Equal(values.Select(BitConverter.SingleToInt32Bits), read.Select(BitConverter.SingleToInt32Bits));
    }
}
