using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Normalization;
using BioDL.Tests.Images;

namespace BioDL.Tests.Normalization;

public class PercentilesTests
{
    private static readonly InputChannel[] Whole = [new(0, PixelPart.Whole)];

    private static readonly InputChannel[] Rgb = [new(0, PixelPart.Red), new(0, PixelPart.Green), new(0, PixelPart.Blue)];

    /// <summary>The definition: sort, then interpolate as numpy.percentile does.</summary>
    private static double BySorting(IEnumerable<float> values, double percent, bool floats)
    {
        float[] sorted = [.. values.Where(float.IsFinite)];
        Array.Sort(sorted);
        return OfSorted(sorted, percent, floats);
    }

    private static double OfSorted(float[] sorted, double percent, bool floats)
    {
        if (sorted.Length == 0)
            return 0;
        double rank = (sorted.Length - 1) * (percent / 100), below = Math.Floor(rank), t = rank - below;
        float a = sorted[(int)below], b = sorted[Math.Min((int)below + 1, sorted.Length - 1)];
        double difference = floats ? b - a : (double)b - a;
        return t < 0.5 ? a + difference * t : b - difference * (1 - t);
    }

    public static TheoryData<double, double> NumpyOfWholeNumbers => new()
    {
        { 0, 1 }, { 1, 1 }, { 12.5, 1.125 }, { 37, 3 }, { 50, 3.5 }, { 63, 4.67 }, { 99.8, 8.945999999999998 }, { 100, 9 },
    };

    /// <summary>Expected values: numpy.percentile of the same array, NumPy 1.24.</summary>
    [Theory]
    [MemberData(nameof(NumpyOfWholeNumbers))]
    public void WholeNumbersEqualNumpy(double percent, double expected)
    {
        var view = TestImage.Of<ushort>([3, 1, 4, 1, 5, 9, 2, 6, 5, 3], PixelType.UInt16, 2, 5);
        Assert.Equal(expected, At(view, Whole, percent));
    }

    public static TheoryData<double, double> NumpyOfFloats => new()
    {
        { 0, -3.25 }, { 1, -3.0225 }, { 12.5, -0.40625 }, { 37, 0.059410001710057246 }, { 50, 0.20000000298023224 },
        { 63, 0.4640000021457673 }, { 99.8, 9859999999.999998 }, { 100, 1e10 },
    };

    [Theory]
    [MemberData(nameof(NumpyOfFloats))]
    public void FloatsEqualNumpy(double percent, double expected)
    {
        var view = TestImage.Of<float>([0.1f, 0.7f, -3.25f, 1e-3f, 2.5f, 1e10f, -1e-20f, 0.3f], PixelType.Float32, 1, 8);
        Assert.Equal(expected, At(view, Whole, percent));
    }

    [Fact]
    public void AnyImageEqualsSorting()
    {
        var random = new Random(7);
        for (int round = 0; round < 300; round++)
        {
            var type = TestImage.InputTypes[round % 4];
            int height = random.Next(1, 40), width = random.Next(1, 40), gap = random.Next(1, 4);
            var view = TestImage.Random(random, type, height, width, gap, random.Next(2) == 0);
            InputChannel[] channels = type != PixelType.Argb32 ? Whole : random.Next(2) == 0 ? Rgb : [new(0, PixelPart.Grey)];
            var pair = new PercentilePair(random.NextDouble() * 50, 50 + random.NextDouble() * 50);
            var values = channels.SelectMany(channel => TestImage.Values(view, channel)).ToArray();
            var (low, high, _) = Percentiles.Of(view, 0, 0, channels, pair);
            // Thirds of a whole sum are rounded once here and twice in the sorted float32 values.
            double tolerance = channels[0].Part == PixelPart.Grey ? 1e-4 : 0;
            Assert.Equal(BySorting(values, pair.Low, type == PixelType.Float32), low, tolerance);
            Assert.Equal(BySorting(values, pair.High, type == PixelType.Float32), high, tolerance);
        }
    }

    [Fact]
    public void LargePlanesAreCountedInBandsByAllCores()
    {
        const int Height = 2100, Width = 2000; // more pixels than one lock may take
        var random = new Random(3);
        foreach (var (type, gap) in ((PixelType, int)[])[(PixelType.UInt16, 1), (PixelType.UInt8, 2), (PixelType.Float32, 1)])
        {
            var view = TestImage.Random(random, type, Height, Width, gap);
            var values = TestImage.Values(view, Whole[0]);
            var planes = (TestPlanes)view.Planes;
            planes.Locks.Clear();
            var (low, high, _) = Percentiles.Of(view, 0, 0, Whole, new(1, 99.8));
            Assert.Equal(type == PixelType.Float32 ? 4 : 2, planes.Locks[0]);
            Assert.False(planes.AnyLocked);
            values = Array.FindAll(values, float.IsFinite);
            Array.Sort(values);
            Assert.Equal(OfSorted(values, 1, type == PixelType.Float32), low);
            Assert.Equal(OfSorted(values, 99.8, type == PixelType.Float32), high);
        }
    }

    /// <summary>Eight at a time gives the counts of one by one, for both signs and any number of upper halves.</summary>
    [Fact]
    public unsafe void LowerHalvesAreCountedAlikeByVectors()
    {
        var random = new Random(4);
        float[] values = [.. Enumerable.Range(0, 1003).Select(_ => (float)(random.NextDouble() - 0.5) * 4)];
        uint[] all = [.. values.Take(4).Select(value => FloatOrder.Key(BitConverter.SingleToUInt32Bits(value)) >> 16).Distinct()];
        Assert.Equal(4, all.Length);
        for (int uppers = 1; uppers <= 4; uppers++)
        {
            var counter = new FloatLowerCounter(all[..uppers]);
            uint[] vectors = new uint[counter.Bins], scalars = new uint[counter.Bins];
            fixed (float* pixels = values)
            fixed (uint* v = vectors, s = scalars)
            {
                int done = counter.ByEight((uint*)pixels, values.Length, v);
                Assert.Equal(1000, done);
                for (int i = 0; i < done; i++)
                    counter.Count((byte*)(pixels + i), 4, 1, s);
            }
            Assert.Equal(scalars, vectors);
            Assert.Equal(values.Take(1000).Count(value =>
                all[..uppers].Contains(FloatOrder.Key(BitConverter.SingleToUInt32Bits(value)) >> 16)), scalars.Sum(n => n));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 37)]
    [InlineData(37, 1)]
    public void ConstantPlanesGiveTheirValueTwice(int height, int width)
    {
        foreach (float value in (float[])[0f, -0f, -2.5f, float.MaxValue, float.MinValue, float.Epsilon])
        {
            var view = TestImage.Of(Enumerable.Repeat(value, height * width).ToArray(), PixelType.Float32, height, width);
            Assert.Equal((value, value, 0), Percentiles.Of(view, 0, 0, Whole, new(1, 99.8)));
        }
    }

    [Fact]
    public void ValuesThatAreNotFiniteAreLeftOut()
    {
        var view = TestImage.Of<float>([float.NaN, 5, float.PositiveInfinity, -7, -float.NaN, float.NegativeInfinity],
            PixelType.Float32, 2, 3);
        Assert.Equal((-7, 5, 4), Percentiles.Of(view, 0, 0, Whole, new(0, 100)));
        view = TestImage.Of<float>([float.NaN, float.NegativeInfinity], PixelType.Float32, 1, 2);
        Assert.Equal((0, 0, 2), Percentiles.Of(view, 0, 0, Whole, new(1, 99.8)));
    }

    [Fact]
    public void TheWidestRangeDoesNotOverflow()
    {
        var view = TestImage.Of<float>([float.MinValue, float.MaxValue], PixelType.Float32, 1, 2);
        var (low, high, _) = Percentiles.Of(view, 0, 0, Whole, new(25, 75));
        Assert.Equal(float.MinValue / 2.0, low);
        Assert.Equal(float.MaxValue / 2.0, high);
    }

    [Fact]
    public void SeveralChannelsAreTakenTogether()
    {
        var random = new Random(5);
        foreach (var type in (PixelType[])[PixelType.UInt8, PixelType.UInt16, PixelType.Float32])
        {
            var view = TestImage.Random(random, type, 11, 13, channels: 3);
            var channels = InputChannel.For(view, 3);
            var values = channels.SelectMany(channel => TestImage.Values(view, channel)).ToArray();
            Assert.Equal(BySorting(values, 30, type == PixelType.Float32), Percentiles.Of(view, 0, 0, channels, new(30, 70)).Low);
        }
    }

    [Fact]
    public void GreyIsExactOnTheSumOfColours()
    {
        var view = TestImage.Of<uint>([0xff000001, 0xff000100, 0xff020000, 0xff010101], PixelType.Argb32, 1, 4);
        var (low, high, _) = Percentiles.Of(view, 0, 0, [new(0, PixelPart.Grey)], new(0, 50));
        Assert.Equal(1 / 3.0, low);
        Assert.Equal(1.5 / 3, high);
    }

    [Fact]
    public void CancelEndsBetweenBandsWithNothingLocked()
    {
        var view = TestImage.Random(new Random(1), PixelType.UInt8, 2100, 2100);
        var planes = (TestPlanes)view.Planes;
        int asked = 0;
        var error = Assert.Throws<BioDLException>(() => Percentiles.Of(view, 0, 0, Whole, new(1, 99.8), () =>
        {
            Assert.False(planes.AnyLocked);
            return ++asked == 2;
        }));
        Assert.Equal(Status.Cancelled, error.Status);
        Assert.Equal(1, planes.Locks[0]);
    }

    [Fact]
    public void AHostThatFailsHalfWayLeavesNothingLocked()
    {
        var planes = new TestPlanes([new byte[5_000_000]]) { FailAt = 1 };
        var view = new ImageView
        {
            Type = PixelType.UInt8, Height = 1000, Width = 5000, RowStride = 5000, PixelStride = 1, Planes = planes,
        };
        Assert.Equal(Status.Host, Assert.Throws<BioDLException>(() => Percentiles.Of(view, 0, 0, Whole, new(1, 99.8))).Status);
        Assert.False(planes.AnyLocked);
    }

    [Theory]
    [InlineData(-1, 50)]
    [InlineData(50, 101)]
    [InlineData(50, 50)]
    [InlineData(double.NaN, 50)]
    public void PercentilesOutOfRangeAreAnError(double low, double high)
    {
        var view = TestImage.Of<byte>([1, 2], PixelType.UInt8, 1, 2);
        Assert.Equal(Status.InvalidArgument, Assert.Throws<BioDLException>(() => Percentiles.Of(view, 0, 0, Whole, new(low, high))).Status);
    }

    private static double At(ImageView view, InputChannel[] channels, double percent) => percent < 100
        ? Percentiles.Of(view, 0, 0, channels, new(percent, 100)).Low
        : Percentiles.Of(view, 0, 0, channels, new(0, 100)).High;
}
