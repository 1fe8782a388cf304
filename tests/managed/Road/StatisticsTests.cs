using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Normalization;
using BioDL.Core.Road;
using BioDL.Core.Runs;
using BioDL.Core.Steps;

namespace BioDL.Tests.Road;

/// <summary>What preprocessing takes from whole images, against straightforward definitions.</summary>
public class StatisticsTests
{
    /// <summary>NumPy sums float32 in another order; its own error is larger than ours.</summary>
    private const double Tolerance = 1e-6;

    public static TheoryData<PixelType> Types => [PixelType.UInt8, PixelType.UInt16, PixelType.Float32, PixelType.Argb32];

    [Theory]
    [MemberData(nameof(Types))]
    public void Percentiles_over_each_plane_or_together(PixelType type)
    {
        foreach (StatisticAxes over in new[] { StatisticAxes.Plane, StatisticAxes.Channel, StatisticAxes.Samples,
            StatisticAxes.Channel | StatisticAxes.Samples })
            CheckPlanes(type, over, [new ScaleRange(2, 99.8, over, 1e-6)], x => x, (values, x) =>
                (x - Percentile(values, 2)) / ((float)Percentile(values, 99.8) - (float)Percentile(values, 2) + 1e-6f));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Mean_and_deviation_over_each_plane_or_together(PixelType type)
    {
        foreach (StatisticAxes over in new[] { StatisticAxes.Plane, StatisticAxes.Channel, StatisticAxes.Samples })
            CheckPlanes(type, over, [new EnsureDtype("float32"), new ZeroMeanUnitVariance(over, 1e-6)], x => x,
                (values, x) => (x - Mean(values)) / (Deviation(values) + 1e-6));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Later_steps_take_theirs_from_what_earlier_ones_gave(PixelType type)
    {
        static double Earlier(double x) => Math.Min(Math.Max(x * 0.5 + 3, 20), 400);
        PixelOperation[] before = [new ScaleLinear([0.5], [3]), new Clip(20, 400)];
        CheckPlanes(type, StatisticAxes.Plane, [.. before, new ZeroMeanUnitVariance(StatisticAxes.Plane, 1e-6)], Earlier,
            (values, x) => (x - Mean(values)) / (Deviation(values) + 1e-6));
        CheckPlanes(type, StatisticAxes.Channel, [.. before, new ScaleRange(5, 95, StatisticAxes.Channel, 1e-6)], Earlier,
            (values, x) => (x - Percentile(values, 5)) / (Percentile(values, 95) - Percentile(values, 5) + 1e-6));
    }

    [Fact]
    public void A_chain_of_two_statistics_uses_both()
    {
        // Standardised first, then the percentiles of that: an affine chain, so the percentiles alone decide.
        CheckPlanes(PixelType.UInt16, StatisticAxes.Plane,
            [new ZeroMeanUnitVariance(StatisticAxes.Plane, 0), new ScaleRange(10, 90, StatisticAxes.Plane, 0)], x => x,
            (values, x) => (x - Percentile(values, 10)) / (Percentile(values, 90) - Percentile(values, 10)));
    }

    [Theory]
    [InlineData(StatisticAxes.Slices)]
    [InlineData(StatisticAxes.Plane)]
    [InlineData(StatisticAxes.Slices | StatisticAxes.Channel)]
    [InlineData(StatisticAxes.Slices | StatisticAxes.Samples)]
    public void Stacks_have_theirs_over_the_stack_or_each_slice(StatisticAxes over)
    {
        RunNetwork network = PlainNetworks.Describe("bczyx", channels: 2, outputChannels: 2)
            .With(input: tensor => tensor with { Preprocessing = [new ZeroMeanUnitVariance(over, 1e-6)] });
        using Picture image = Picture.Random(PixelType.UInt16, (2, 4, 2, 15, 22)), result = new(PixelType.Float32, (2, 4, 2, 15, 22));
        ImageRun.Run(network, new PlainNetwork(network, PlainNetworks.Same).Chain(), [image.View],
            new RunOptions { Tile = 8, MemoryLimit = 20_000 }, null, [result.View]);
        for (int t = 0; t < 2; t++)
            for (int z = 0; z < 4; z++)
                for (int c = 0; c < 2; c++)
                {
                    float[] values = Values(image, over.HasFlag(StatisticAxes.Samples) ? [0, 1] : [t],
                        over.HasFlag(StatisticAxes.Slices) ? [0, 1, 2, 3] : [z], over.HasFlag(StatisticAxes.Channel) ? [0, 1] : [c]);
                    double mean = Mean(values), deviation = Deviation(values) + 1e-6;
                    Compare.Equal(image.Field(t, z, c).Map(x => (float)((x - mean) / deviation)), result, t, z, c, Tolerance);
                }
    }

    [Fact]
    public void Given_numbers_count_channel_by_channel()
    {
        RunNetwork network = PlainNetworks.Describe(channels: 2, outputChannels: 2)
            .With(input: tensor => tensor with { Preprocessing = [new FixedZeroMeanUnitVariance([100, 300], [7, 9], 0)] });
        using Picture image = Picture.Random(PixelType.UInt16, (1, 1, 2, 15, 22)), result = new(PixelType.Float32, (1, 1, 2, 15, 22));
        ImageRun.Run(network, new PlainNetwork(network, PlainNetworks.Same).Chain(), [image.View], new RunOptions(), null, [result.View]);
        Compare.Equal(image.Field(0, 0, 0).Map(x => (x - 100) / 7), result, 0, 0, 0, 0);
        Compare.Equal(image.Field(0, 0, 1).Map(x => (x - 300) / 9), result, 0, 0, 1, 0);
    }

    [Fact]
    public void Another_input_can_be_the_reference()
    {
        RunNetwork network = PlainNetworks.Describe();
        network = network with
        {
            Inputs =
            [
                network.Inputs[0] with { Name = "a", Id = "a", Preprocessing = [new ScaleMeanVariance(StatisticAxes.Plane, 1e-6, "b")] },
                network.Inputs[0] with { Name = "second", Id = "b", Preprocessing = [new ScaleRange(0, 100, StatisticAxes.Plane, 0, "a")] },
            ],
        };
        network = network with
        {
            Outputs = [network.Outputs[0] with { Reference = "a" },
            network.Outputs[0] with { Name = "two", Reference = "second" }]
        };
        using Picture a = Picture.Random(PixelType.UInt16, (1, 1, 1, 15, 22)), b = Picture.Random(PixelType.Float32, (1, 1, 1, 15, 22), 5);
        using Picture first = new(PixelType.Float32, (1, 1, 1, 15, 22)), second = new(PixelType.Float32, (1, 1, 1, 15, 22));
        ImageRun.Run(network, new PlainNetwork(network, PlainNetworks.Same).Chain(), [a.View, b.View], new RunOptions(), null,
            [first.View, second.View]);
        float[] va = a.Field(0, 0, 0).Values.ToArray(), vb = b.Field(0, 0, 0).Values.ToArray();
        Compare.Equal(a.Field(0, 0, 0).Map(x => (float)((x - Mean(va)) / (Deviation(va) + 1e-6) * (Deviation(vb) + 1e-6) + Mean(vb))),
            first, 0, 0, 0, Tolerance);
        Compare.Equal(b.Field(0, 0, 0).Map(x => (x - va.Min()) / (va.Max() - va.Min())), second, 0, 0, 0, Tolerance);
    }

    [Fact]
    public unsafe void Nan_and_infinite_pixels_are_left_out_and_become_0()
    {
        PixelOperation[][] chains =
        [
            [new ZeroMeanUnitVariance(StatisticAxes.Plane, 0)], [new ScaleRange(0, 100, StatisticAxes.Plane, 0)],
            [new Clip(-1000, 5000), new ZeroMeanUnitVariance(StatisticAxes.Plane, 0)],
            [new ScaleLinear([2], [0]), new ScaleRange(0, 100, StatisticAxes.Plane, 0)],
        ];
        foreach (PixelOperation[] chain in chains)
        {
            RunNetwork network = PlainNetworks.Describe().With(input: tensor => tensor with { Preprocessing = chain });
            using Picture image = Picture.Random(PixelType.Float32, (1, 1, 1, 31, 40)), result = new(PixelType.Float32, (1, 1, 1, 31, 40));
            *(float*)image.At(0, 0, 0, 3, 4) = float.NaN;
            *(float*)image.At(0, 0, 0, 5, 6) = float.PositiveInfinity;
            *(float*)image.At(0, 0, 0, 30, 39) = float.NegativeInfinity;
            RunResult run = ImageRun.Run(network, new PlainNetwork(network, PlainNetworks.Same).Chain(), [image.View], new RunOptions(),
                null, [result.View]);
            float[] values = [.. image.Field(0, 0, 0).Values.ToArray().Where(float.IsFinite)];
            bool range = chain[^1] is ScaleRange;
            double offset = range ? values.Min() : Mean(values), divisor = range ? (double)values.Max() - values.Min() : Deviation(values);
            Compare.Equal(image.Field(0, 0, 0).Map(x => float.IsFinite(x) ? (float)((x - offset) / divisor) : 0), result,
                0, 0, 0, Tolerance);
            Assert.Contains(run.Account.Warnings, warning => warning.Contains("3 values are NaN or infinite"));
        }
    }

    [Fact]
    public void A_plane_without_contrast_is_0_with_a_warning()
    {
        foreach (PixelOperation operation in new PixelOperation[] { new ScaleRange(1, 99, StatisticAxes.Plane, 1e-20),
            new ZeroMeanUnitVariance(StatisticAxes.Plane, 1e-6) })
        {
            RunNetwork network = PlainNetworks.Describe().With(input: tensor => tensor with { Preprocessing = [operation] });
            using Picture image = new(PixelType.UInt8, (1, 1, 1, 31, 40)), result = new(PixelType.Float32, (1, 1, 1, 31, 40));
            image.Bytes.Fill(77);
            RunResult run = ImageRun.Run(network, new PlainNetwork(network, PlainNetworks.Same).Chain(), [image.View], new RunOptions(),
                null, [result.View]);
            Compare.Equal(new Field(1, 1, 31, 40), result, 0, 0, 0, 0);
            Assert.Contains(run.Account.Warnings, warning => warning.Contains("constant pixels"));
        }
    }

    [Fact]
    public void Percentiles_of_the_caller_stand_in_for_the_models()
    {
        RunNetwork network = PlainNetworks.Describe()
            .With(input: tensor => tensor with { Preprocessing = [new ScaleRange(2, 99.8, StatisticAxes.Plane, 0)] });
        using Picture image = Picture.Random(PixelType.UInt16, (1, 1, 1, 31, 40)), result = new(PixelType.Float32, (1, 1, 1, 31, 40));
        ImageRun.Run(network, new PlainNetwork(network, PlainNetworks.Same).Chain(), [image.View], new RunOptions { PercentileLow = 30 },
            null, [result.View]);
        float[] values = image.Field(0, 0, 0).Values.ToArray();
        double low = Percentile(values, 30), high = Percentile(values, 99.8);
        Compare.Equal(image.Field(0, 0, 0).Map(x => (float)((x - low) / (high - low))), result, 0, 0, 0, Tolerance);
        Assert.Contains("percentile", Assert.Throws<BioDLException>(() => PixelRoad.Plan(network, [image.View],
            new RunOptions { PercentileLow = 99.9 })).Message);
        RunPlan plan = PixelRoad.Plan(PlainNetworks.Describe(), [image.View], new RunOptions { PercentileLow = 5 });
        Assert.Contains(plan.Warnings, warning => warning.Contains("percentiles"));
    }

    [Fact]
    public void Values_of_the_caller_stand_in_for_percentiles_that_scale_not_for_those_that_clip()
    {
        RunNetwork network = PlainNetworks.Describe()
            .With(input: tensor => tensor with
            {
                Preprocessing = [new ClipRange(10, 90, StatisticAxes.Plane),
                new ScaleRange(2, 99.8, StatisticAxes.Plane, 0)]
            });
        using Picture image = Picture.Random(PixelType.UInt16, (1, 1, 1, 31, 40)), result = new(PixelType.Float32, (1, 1, 1, 31, 40));
        ImageRun.Run(network, new PlainNetwork(network, PlainNetworks.Same).Chain(), [image.View],
            new RunOptions { PercentileValues = [new ValueRange(100, 300)] }, null, [result.View]);
        float[] values = image.Field(0, 0, 0).Values.ToArray();
        double least = Percentile(values, 10), most = Percentile(values, 90);
        Compare.Equal(image.Field(0, 0, 0).Map(x => (float)((Math.Clamp(x, least, most) - 100) / 200)), result, 0, 0, 0, 1e-4);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1e6, 1)]
    [InlineData(-3e4, 50)]
    public void Moments_lose_nothing_of_a_small_deviation_at_a_large_mean(double mean, double deviation)
    {
        var random = new Random(3);
        var values = new float[100_003];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(mean + deviation * (random.NextDouble() + random.NextDouble() - 1));
        var moments = new Moments();
        for (int at = 0, piece = 1; at < values.Length; at += piece, piece = piece * 3 % 9973 + 1)
            moments.Add(values.AsSpan(at, Math.Min(piece, values.Length - at)));
        Assert.Equal(values.LongLength, moments.Count);
        Assert.Equal(Mean(values), moments.Mean, Math.Abs(mean) * 1e-14 + 1e-12);
        Assert.Equal(1, moments.Deviation / Deviation(values), 1e-9);
    }

    /// <summary>
    /// Run a 2-channel (or RGB) series through a network that changes nothing, and compare with the definition for each plane.
    /// </summary>
    private static void CheckPlanes(PixelType type, StatisticAxes over, PixelOperation[] chain, Func<double, double> earlier,
        Func<float[], double, double> definition)
    {
        int channels = type == PixelType.Argb32 ? 3 : 2;
        RunNetwork network = PlainNetworks.Describe(channels: channels, outputChannels: channels)
            .With(input: tensor => tensor with { Preprocessing = chain });
        using Picture image = Picture.Random(type, (2, 2, type == PixelType.Argb32 ? 1 : 2, 19, 27), gap: 2),
            result = new(PixelType.Float32, (2, 2, channels, 19, 27));
        ImageRun.Run(network, new PlainNetwork(network, PlainNetworks.Same).Chain(), [image.View], new RunOptions { Tile = 16 },
            null, [result.View]);
        bool all = over.HasFlag(StatisticAxes.Samples);
        for (int t = 0; t < 2; t++)
            for (int z = 0; z < 2; z++)
                for (int c = 0; c < channels; c++)
                {
                    float[] values = Values(image, all ? [0, 1] : [t], all ? [0, 1] : [z],
                        over.HasFlag(StatisticAxes.Channel) ? [.. Enumerable.Range(0, channels)] : [c]);
                    values = [.. values.Select(x => (float)earlier(x))];
                    Compare.Equal(image.Field(t, z, c).Map(x => (float)definition(values, earlier(x))), result, t, z, c, 2 * Tolerance);
                }
    }

    private static float[] Values(Picture image, int[] frames, int[] slices, int[] channels) =>
        [.. frames.SelectMany(t => slices.SelectMany(z => channels.SelectMany(c => image.Field(t, z, c).Values.ToArray())))];

    private static double Mean(float[] values) => values.Sum(x => (double)x) / values.Length;

    private static double Deviation(float[] values)
    {
        double mean = Mean(values);
        return Math.Sqrt(values.Sum(x => (x - mean) * (x - mean)) / values.Length);
    }

    private static double Percentile(float[] values, double percent)
    {
        float[] sorted = [.. values];
        Array.Sort(sorted);
        double rank = (sorted.Length - 1) * percent / 100;
        int below = (int)rank, above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (sorted[above] - (double)sorted[below]) * (rank - below);
    }
}
