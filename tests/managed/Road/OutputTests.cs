using System.Text.Json;
using BioDL.Core.Images;
using BioDL.Core.Road;
using BioDL.Core.Runs;
using BioDL.Core.Steps;

namespace BioDL.Tests.Road;

/// <summary>From the network's values to the caller's pixels.</summary>
public class OutputTests
{
    [Theory]
    [InlineData(PixelType.UInt8)]
    [InlineData(PixelType.UInt16)]
    [InlineData(PixelType.UInt32)]
    [InlineData(PixelType.Float32)]
    public void Values_are_rounded_clipped_and_counted_in_every_type_and_layout(PixelType type)
    {
        foreach (var (gap, upsideDown) in new[] { (1, false), (3, true) })
        {
            RunNetwork network = PlainNetworks.Describe();
            using Picture image = Picture.Random(PixelType.Float32, (1, 1, 1, 37, 71)),
                result = new(type, (1, 1, 1, 37, 71), gap, upsideDown);
            float factor = type == PixelType.UInt8 ? 0.5f : type == PixelType.UInt16 ? 100.25f : 1e7f;
            Field[] Function(Field[] f) => [Field.Make(1, 1, f[0].Y, f[0].X,
                (_, z, y, x) => (y + x) % 50 == 7 ? float.NaN : (y + x) % 50 == 8 ? float.PositiveInfinity
                : (y + x) % 3 == 0 ? MathF.Round(f[0][0, z, y, x]) + 0.5f : f[0][0, z, y, x] * factor)];
            RunResult run = ImageRun.Run(network, new PlainNetwork(network, Function).Chain(), [image.View], new RunOptions(),
                null, [result.View]);
            double most = type switch
            {
                PixelType.UInt8 => 255,
                PixelType.UInt16 => 65535,
                PixelType.UInt32 => uint.MaxValue,
                _ => double.PositiveInfinity
            };
            long clipped = 0, notFinite = 0;
            Field values = Function([image.Field(0, 0, 0)])[0];
            for (int y = 0; y < 37; y++)
                for (int x = 0; x < 71; x++)
                {
                    double value = values[0, 0, y, x];
                    notFinite += double.IsFinite(value) ? 0 : 1;
                    value = double.IsFinite(value) ? value : 0;
                    double rounded = type == PixelType.Float32 ? value : Math.Round(value, MidpointRounding.ToEven);
                    double expected = type == PixelType.Float32 ? value : Math.Clamp(rounded, 0, most);
                    clipped += expected != rounded ? 1 : 0;
                    Assert.Equal(expected, result.Value(0, 0, 0, y, x));
                }
            Assert.Equal([clipped, notFinite], [.. run.Clipped, .. run.NotFinite]);
            Assert.True(notFinite > 50);
            Assert.Equal(type != PixelType.Float32, clipped > 0);
        }
    }

    [Fact]
    public void Postprocessing_does_what_each_operation_says()
    {
        (PixelOperation Operation, Func<float, double> Definition)[] operations =
        [
            (new ScaleLinear([2.5], [-3]), x => x * 2.5 - 3), (new Clip(-0.5, 1), x => Math.Clamp(x, -0.5, 1)),
            (new Clip(null, 0.25), x => Math.Min(x, 0.25)),
            (new Binarize([0.3]), x => x > 0.3f ? 1 : 0), (new Sigmoid(), x => 1 / (1 + Math.Exp(-x))),
            (new EnsureDtype("float64"), x => x),
            (new EnsureDtype("uint8"), x => Math.Clamp(Math.Truncate(x), 0, 255)),
            (new EnsureDtype("int8"), x => Math.Clamp(Math.Truncate(x), -128, 127)), (new EnsureDtype("bool"), x => x != 0 ? 1 : 0),
            (new FixedZeroMeanUnitVariance([2], [4], 1e-3), x => (x - 2) / (4 + 1e-3)),
        ];
        foreach (var (operation, definition) in operations)
        {
            RunNetwork network = PlainNetworks.Describe().With(output: tensor => tensor with { Postprocessing = [operation] });
            using Picture image = Picture.Random(PixelType.Float32, (1, 1, 1, 23, 37)), result = new(PixelType.Float32, (1, 1, 1, 23, 37));
            ImageRun.Run(network, new PlainNetwork(network, f => [f[0].Map(x => x / 50)]).Chain(), [image.View],
                new RunOptions { Tile = 16 }, null, [result.View]);
            Compare.Equal(image.Field(0, 0, 0).Map(x => (float)definition(x / 50)), result, 0, 0, 0);
        }
    }

    [Theory]
    [InlineData("bcyx")]
    [InlineData("byxc")]
    public void Softmax_is_over_the_channels_of_each_pixel(string axes)
    {
        RunNetwork network = PlainNetworks.Describe(axes, channels: 3, outputChannels: 3)
            .With(output: tensor => tensor with { Postprocessing = [new Softmax()] });
        using Picture image = Picture.Random(PixelType.Float32, (1, 1, 3, 23, 37)), result = new(PixelType.Float32, (1, 1, 3, 23, 37));
        ImageRun.Run(network, new PlainNetwork(network, f => [f[0].Map(x => x / 2)]).Chain(), [image.View], new RunOptions { Tile = 16 },
            null, [result.View]);
        Field source = image.Field(0, 0, 0, 1, 2);
        Compare.Equal(Field.Make(3, 1, 23, 37, (c, z, y, x) =>
        {
            double most = Enumerable.Range(0, 3).Max(k => source[k, z, y, x] / 2.0), sum = Enumerable.Range(0, 3)
                .Sum(k => Math.Exp(source[k, z, y, x] / 2.0 - most));
            return (float)(Math.Exp(source[c, z, y, x] / 2.0 - most) / sum);
        }), result, 0, 0, 0);
    }

    [Theory]
    [InlineData(StatisticAxes.Plane)]
    [InlineData(StatisticAxes.Channel)]
    [InlineData(StatisticAxes.Samples)]
    public void Statistics_of_an_output_are_those_of_all_its_tiles(StatisticAxes over)
    {
        RunNetwork network = PlainNetworks.Describe(channels: 2, outputChannels: 2, reach: new Extent(0, 1, 1))
            .With(output: tensor => tensor with
            {
                Postprocessing = [new Clip(0, null), new ZeroMeanUnitVariance(over, 1e-6),
                new ScaleRange(1, 99, over, 1e-6), new ScaleLinear([100], [50])]
            });
        using Picture image = Picture.Random(PixelType.Float32, (2, 1, 2, 31, 45)), result = new(PixelType.Float32, (2, 1, 2, 31, 45));
        Assert.True(PixelRoad.Plan(network, [image.View], new RunOptions { Tile = 16 }).MemoryBytes >= 16 * 16 * 100
            + 31 * 45 * 2 * 4 * (over == StatisticAxes.Samples ? 2 : 1));
        RunResult run = ImageRun.Run(network, new PlainNetwork(network, f => [PlainNetworks.Blur(f[0], 0, 1)]).Chain(), [image.View],
            new RunOptions { Tile = 16 }, null, [result.View]);
        Assert.True(run.Account.Tiles > 10);
        Field[] clipped = [.. Enumerable.Range(0,
            2).Select(t => PlainNetworks.Blur(image.Field(t, 0, 0, 1), 0, 1).Map(x => Math.Max(0, x)))];
        for (int t = 0; t < 2; t++)
            for (int c = 0; c < 2; c++)
            {
                // Affine steps on the way change no ranking: the last statistic decides.
                float[] values = [.. (over == StatisticAxes.Samples ? new[] { 0, 1 } : [t])
                    .SelectMany(f => (over == StatisticAxes.Channel ? new[] { 0, 1 } : [c])
                    .SelectMany(k => clipped[f].Crop(0, 0, 0, 1, 31, 45).Values.ToArray().Chunk(31 * 45).ElementAt(k)))];
                Array.Sort(values);
                double low = At(values, 0.01), high = At(values, 0.99);
                Field expected = Field.Make(1, 1, 31, 45,
                    (_, z, y, x) => (float)((clipped[t][c, z, y, x] - low) / (high - low) * 100 + 50));
                Compare.Equal(expected, result, t, 0, c, 1e-5);
            }
        Assert.Contains("\"tensor\":\"out\",\"operation\":\"scale_range\"", run.Account.Provenance);
    }

    [Fact]
    public void An_output_can_be_brought_to_the_inputs_mean_and_deviation()
    {
        RunNetwork network = PlainNetworks.Describe()
            .With(input: tensor => tensor with { Preprocessing = [new ScaleRange(0, 100, StatisticAxes.Plane, 0)] },
            output: tensor => tensor with { Postprocessing = [new ScaleMeanVariance(StatisticAxes.Plane, 1e-6, "raw")] });
        using Picture image = Picture.Random(PixelType.UInt16, (1, 2, 1, 31, 45)), result = new(PixelType.Float32, (1, 2, 1, 31, 45));
        ImageRun.Run(network, new PlainNetwork(network, f => [f[0].Map(x => 5 - 3 * x)]).Chain(), [image.View],
            new RunOptions { Tile = 16 }, null, [result.View]);
        for (int z = 0; z < 2; z++)
        {
            double[] values = [.. image.Field(0, z, 0).Values.ToArray().Select(x => (double)x)];
            double mean = values.Average();
            // The network turned the image over: so is the result, about its mean.
            Compare.Equal(image.Field(0, z, 0).Map(x => (float)(2 * mean - x)), result, 0, z, 0, 1e-5);
        }
    }

    [Theory]
    [InlineData(PixelType.UInt8)]
    [InlineData(PixelType.UInt16)]
    [InlineData(PixelType.Float32)]
    public void A_restored_image_has_the_images_own_unit(PixelType type)
    {
        foreach (PixelOperation[] chain in Normalizations)
        {
            RunNetwork network = PlainNetworks.Describe(channels: 2, outputChannels: 2)
                .With(input: tensor => tensor with { Preprocessing = chain }, output: tensor => tensor with { RestoresInput = true });
            using Picture image = Picture.Random(type, (2, 2, 2, 23, 31)), result = new(type, (2, 2, 2, 23, 31)),
                normalised = new(PixelType.Float32, (2, 2, 2, 23, 31));
            Assert.True(PixelRoad.Plan(network, [image.View], new RunOptions()).Outputs[0].RestoresInput);
            RunResult run = ImageRun.Run(network, new PlainNetwork(network, PlainNetworks.Same).Chain(), [image.View],
                new RunOptions { Tile = 16 }, null, [result.View]);
            Assert.Equal([0], run.Clipped);
            for (int t = 0; t < 2; t++)
                for (int z = 0; z < 2; z++)
                    Compare.Equal(image.Field(t, z, 0, 1), result, t, z, 0, type == PixelType.Float32 ? 1e-6 : 0);
            ImageRun.Run(network, new PlainNetwork(network, PlainNetworks.Same).Chain(), [image.View], new RunOptions { ScaleBack = false },
                null, [normalised.View]);
            Assert.NotEqual(image.Value(0, 0, 0, 1, 1), normalised.Value(0, 0, 0, 1, 1), 1.0);
        }
    }

    private static readonly PixelOperation[][] Normalizations =
    [
        [new ScaleRange(2, 99.8, StatisticAxes.Plane, 1e-20)], [new ScaleRange(3, 99.8, StatisticAxes.Channel, 1e-20)],
        [new ScaleRange(3, 99.8, StatisticAxes.Samples, 1e-20)],
        [new FixedZeroMeanUnitVariance([128, 200], [30, 77], 0)],
        [new EnsureDtype("float32"), new ZeroMeanUnitVariance(StatisticAxes.Plane, 1e-6)],
        [new ScaleLinear([0.01], [-1]), new FixedZeroMeanUnitVariance([2], [0.5], 1e-6)],
    ];

    [Fact]
    public void The_spread_is_scaled_by_the_gain_alone()
    {
        RunNetwork network = PlainNetworks.Describe(outputChannels: 2)
            .With(input: tensor => tensor with { Preprocessing = [new FixedZeroMeanUnitVariance([500], [20], 0)] },
            output: tensor => tensor with { RestoresInput = true, SpreadChannels = 1 });
        using Picture image = Picture.Random(PixelType.UInt16, (1, 1, 2, 23, 31)), result = new(PixelType.Float32, (1, 1, 4, 23, 31));
        ImageRun.Run(network, new PlainNetwork(network,
            f => [Field.Make(2, 1, f[0].Y, f[0].X, (c, z, y, x) => c == 0 ? f[0][0, z, y, x] : 0.25f)]).Chain(), [image.View],
            new RunOptions(), null, [result.View]);
        for (int k = 0; k < 2; k++)
        {
            Compare.Equal(image.Field(0, 0, k), result, 0, 0, 2 * k);
            Compare.Equal(Field.Make(1, 1, 23, 31, (_, _, _, _) => 5), result, 0, 0, 2 * k + 1, 0);
        }
    }

    [Fact]
    public void So_is_a_spread_that_is_an_output_of_its_own_and_it_stays_values()
    {
        RunNetwork network = PlainNetworks.Describe(outputChannels: 1)
            .With(input: tensor => tensor with { Preprocessing = [new FixedZeroMeanUnitVariance([500], [20], 0)] },
            output: tensor => tensor with { Kind = OutputKind.Values, SpreadChannels = 1 });
        using Picture image = Picture.Random(PixelType.UInt16, (1, 1, 1, 23, 31)), result = new(PixelType.Float32, (1, 1, 1, 23, 31));
        Assert.False(PixelRoad.Plan(network, [image.View], new RunOptions()).Outputs[0].RestoresInput);
        foreach (bool back in new[] { true, false })
        {
            ImageRun.Run(network, new PlainNetwork(network, f => [f[0].Map(_ => 0.25f)]).Chain(), [image.View],
                new RunOptions { ScaleBack = back }, null, [result.View]);
            Compare.Equal(Field.Make(1, 1, 23, 31, (_, _, _, _) => back ? 5 : 0.25f), result, 0, 0, 0, 0);
        }
    }

    [Fact]
    public void Constant_images_come_back_as_they_were()
    {
        RunNetwork network = PlainNetworks.Describe()
            .With(input: tensor => tensor with { Preprocessing = [new ScaleRange(2, 99.8, StatisticAxes.Plane, 1e-20)] },
            output: tensor => tensor with { RestoresInput = true });
        using Picture image = new(PixelType.UInt8, (1, 1, 1, 23, 31)), result = new(PixelType.UInt8, (1, 1, 1, 23, 31));
        image.Bytes.Fill(99);
        ImageRun.Run(network, new PlainNetwork(network, f => [f[0].Map(x => x + 0.125f)]).Chain(), [image.View], new RunOptions(),
            null, [result.View]);
        Compare.Equal(image.Field(0, 0, 0), result, 0, 0, 0, 0);
    }

    [Fact]
    public void Pixels_normalised_already_are_taken_and_given_as_they_are()
    {
        RunNetwork network = PlainNetworks.Describe()
            .With(input: tensor => tensor with { Preprocessing = [new ScaleRange(2, 99.8, StatisticAxes.Plane, 1e-20)] },
            output: tensor => tensor with { RestoresInput = true });
        using Picture image = Picture.Random(PixelType.Float32, (1, 1, 1, 23, 31)), result = new(PixelType.Float32, (1, 1, 1, 23, 31));
        Assert.False(PixelRoad.Plan(network, [image.View], new RunOptions { Normalize = false }).Outputs[0].RestoresInput);
        ImageRun.Run(network, new PlainNetwork(network, f => [f[0].Map(x => 2 * x)]).Chain(), [image.View],
            new RunOptions { Normalize = false }, null, [result.View]);
        Compare.Equal(image.Field(0, 0, 0).Map(x => 2 * x), result, 0, 0, 0, 0);
    }

    [Fact]
    public void The_provenance_tells_the_run_again()
    {
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, 1, 1)) with
        {
            Id = "affable-shark",
            Version = "1.2",
            Versions = [("onnxruntime", "1.29")],
        };
        network = network.With(input: tensor => tensor with { Preprocessing = [new ScaleRange(2, 99.8, StatisticAxes.Plane, 1e-20)] });
        using Picture image = Picture.Random(PixelType.UInt8, (2, 3, 4, 23, 31)), result = new(PixelType.UInt8, (2, 3, 2, 23, 31));
        RunResult run = ImageRun.Run(network, new PlainNetwork(network, f => [f[0].Map(x => -x)]).Chain(), [image.View],
            new RunOptions { Channels = [[3, 1]], PercentileHigh = 99, Device = "auto" }, null, [result.View]);
        using JsonDocument json = JsonDocument.Parse(run.Account.Provenance);
        JsonElement root = json.RootElement;
        Assert.Equal(("affable-shark", "1.2", "00", "onnx"),
            (root.GetProperty("model").GetProperty("id").GetString(), root.GetProperty("model").GetProperty("version").GetString(),
            root.GetProperty("model").GetProperty("sha256").GetString(), root.GetProperty("model")
                .GetProperty("weights_format").GetString()));
        Assert.Equal([3, 1], root.GetProperty("inputs")[0].GetProperty("channels").EnumerateArray().Select(number => number.GetInt32()));
        Assert.Equal([2, 3, 4, 23, 31],
            root.GetProperty("inputs")[0].GetProperty("shape_tzcyx").EnumerateArray().Select(number => number.GetInt32()));
        Assert.Equal(run.Clipped[0], root.GetProperty("outputs")[0].GetProperty("clipped").GetInt64());
        Assert.Equal(99, root.GetProperty("processing")[0].GetProperty("high_percentile").GetDouble());
        Assert.Equal(12, root.GetProperty("statistics").GetArrayLength());
        JsonElement last = root.GetProperty("statistics").EnumerateArray().Last();
        Assert.Equal((1, 2, 1), (last.GetProperty("t").GetInt32(), last.GetProperty("z").GetInt32(), last.GetProperty("c").GetInt32()));
        Assert.True(last.GetProperty("low").GetDouble() < last.GetProperty("high").GetDouble());
        Assert.Equal(run.Account.Tiles, root.GetProperty("tiles").GetProperty("count").GetInt64());
        Assert.Equal("cpu", root.GetProperty("device").GetProperty("used").GetString());
        Assert.Equal("1.29", root.GetProperty("versions").GetProperty("onnxruntime").GetString());
    }

    private static double At(float[] sorted, double part)
    {
        double rank = (sorted.Length - 1) * part;
        int below = (int)rank;
        return sorted[below] + (sorted[Math.Min(below + 1, sorted.Length - 1)] - (double)sorted[below]) * (rank - below);
    }
}
