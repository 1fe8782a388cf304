using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Normalization;
using BioDL.Core.Road;
using BioDL.Core.Runs;
using BioDL.Core.Steps;

namespace BioDL.Tests.Road;

/// <summary>Images whose values are not their pixels: whatever is done with them, it is done with the values.</summary>
public unsafe class ValueTests
{
    /// <summary>Signed numbers, calibrations, and dark pixels that are large values.</summary>
    private static readonly ValueTransform[] Transforms =
        [new(1, -32768), new(1, 1000), new(0.25, 3), new(0.1, -7.3), new(-1, 255), new(-0.5, 0)];

    public static TheoryData<PixelType, string> Cases()
    {
        var cases = new TheoryData<PixelType, string>();
        foreach (PixelType type in new[] { PixelType.UInt8, PixelType.UInt16, PixelType.Float32 })
            foreach (string chain in Chains.Keys)
                cases.Add(type, chain);
        return cases;
    }

    private static readonly Dictionary<string, PixelOperation[]> Chains = new()
    {
        ["raw"] = [],
        ["percentiles"] = [new ScaleRange(1, 99.8, StatisticAxes.Plane, 1e-20)],
        ["joint percentiles"] = [new ScaleRange(3, 97, StatisticAxes.Channel | StatisticAxes.Samples, 1e-6)],
        ["fixed"] = [new FixedZeroMeanUnitVariance([100], [17], 0)],
        ["linear"] = [new ScaleLinear([1 / 255.0], [-0.5])],
        ["later percentiles"] = [new ScaleLinear([0.5], [3]), new Clip(-20, 400), new ScaleRange(5, 95, StatisticAxes.Plane, 1e-6)],
        ["moments"] = [new ZeroMeanUnitVariance(StatisticAxes.Plane, 1e-6)],
    };

    /// <summary>The definition: an image of float32 that holds the values themselves.</summary>
    private static Picture Spelled(Picture image, ValueTransform transform)
    {
        ImageView view = image.View;
        var spelled = new Picture(PixelType.Float32, (view.Frames, view.Slices, view.Channels, view.Height, view.Width));
        for (int t = 0; t < view.Frames; t++)
            for (int c = 0; c < view.Channels; c++)
                for (int y = 0; y < view.Height; y++)
                    for (int x = 0; x < view.Width; x++)
                        *(float*)spelled.At(t, 0, c, y, x) = transform.Of((float)image.Value(t, 0, c, y, x));
        return spelled;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_network_sees_what_an_image_of_the_values_would_show_it(PixelType type, string chain)
    {
        RunNetwork network = PlainNetworks.Describe(channels: 2, outputChannels: 2)
            .With(input: tensor => tensor with { Preprocessing = Chains[chain] });
        // A mean is taken of counts here and of values there, which are added in another order.
        double tolerance = chain == "moments" ? 1e-5 : 0;
        foreach (ValueTransform transform in Transforms)
        {
            using Picture image = Picture.Random(type, (2, 1, 2, 23, 31), gap: 2, upsideDown: true), spelled = Spelled(image, transform);
            using Picture ours = new(PixelType.Float32, (2, 1, 2, 23, 31)), expected = new(PixelType.Float32, (2, 1, 2, 23, 31));
            Run(network, With(image.View, transform), ours.View);
            Run(network, spelled.View, expected.View);
            for (int t = 0; t < 2; t++)
                Compare.Equal(expected.Field(t, 0, 0, 1), ours, t, 0, 0, tolerance);
        }
    }

    [Theory]
    [InlineData(PixelType.UInt8)]
    [InlineData(PixelType.UInt16)]
    [InlineData(PixelType.Float32)]
    public void An_output_of_the_images_own_kind_gives_the_pixels_back(PixelType type)
    {
        foreach (string chain in new[] { "raw", "percentiles", "fixed", "moments" })
            foreach (ValueTransform transform in Transforms)
            {
                RunNetwork network = PlainNetworks.Describe().With(input: tensor => tensor with { Preprocessing = Chains[chain] },
                    output: tensor => tensor with { RestoresInput = true });
                using Picture image = Picture.Random(type, (1, 1, 1, 23, 31)), result = new(type, (1, 1, 1, 23, 31));
                RunResult run = Run(network, With(image.View, transform), With(result.View, transform));
                Compare.Equal(image.Field(0, 0, 0), result, 0, 0, 0, type == PixelType.Float32 ? 1e-4 : 0);
                Assert.Equal(0, run.Clipped[0]);
                Assert.Contains(FormattableString.Invariant($"\"value_scale\":{transform.Scale},\"value_offset\":{transform.Offset}"),
                    run.Account.Provenance, StringComparison.Ordinal);
            }
    }

    /// <summary>Both are counted in pixels of the output; what is no number is the pixel that means 0.</summary>
    [Theory]
    [InlineData(1, -100, 100)]
    [InlineData(2, 0, 0)]
    [InlineData(0.5, -10, 20)]
    [InlineData(-1, 255, 255)]
    public void What_does_not_fit_is_clipped_in_pixels(double scale, double offset, int zero)
    {
        RunNetwork network = PlainNetworks.Describe();
        using Picture image = new(PixelType.Float32, (1, 1, 1, 1, 40)), result = new(PixelType.UInt8, (1, 1, 1, 1, 40));
        for (int x = 0; x < 40; x++)
            *(float*)image.At(0, 0, 0, 0, x) = x == 7 ? float.NaN : (x - 20) * 20;
        // The network brings back what reading has made 0.
        var plain = new PlainNetwork(network, inputs => [inputs[0].Map(value => value == -40 ? float.PositiveInfinity : value)]);
        RunResult run = ImageRun.Run(network, plain.Chain(), [image.View], new RunOptions(), null,
            [result.View with { ValueScale = scale, ValueOffset = offset }]);
        int clipped = 0;
        for (int x = 0; x < 40; x++)
        {
            double value = x == 7 ? 0 : (x - 20) * 20, pixel = x == 18 ? zero : (value - offset) / scale;
            Assert.Equal(Math.Clamp(Math.Round(pixel), 0, 255), result.Value(0, 0, 0, 0, x));
            clipped += pixel is < 0 or > 255 ? 1 : 0;
        }
        Assert.Equal((clipped, 1), (run.Clipped[0], run.NotFinite[0]));
    }

    [Fact]
    public void A_mean_of_grey_pixels_is_that_of_their_values()
    {
        RunNetwork network = (PlainNetworks.Describe() with { ChannelByChannel = false })
            .With(input: tensor => tensor with { Preprocessing = Chains["moments"] });
        using Picture image = Picture.Random(PixelType.Argb32, (1, 1, 1, 23, 31)), result = new(PixelType.Float32, (1, 1, 1, 23, 31));
        Run(network, image.View, result.View);
        double[] values = [.. Enumerable.Range(0, 23 * 31).Select(i => result.Value(0, 0, 0, i / 31, i % 31))];
        Assert.Equal(0, values.Average(), 4);
        Assert.Equal(1, Math.Sqrt(values.Average(value => value * value)), 4);
    }

    [Theory]
    [InlineData(PixelType.Argb32, 2, 0)]
    [InlineData(PixelType.Argb32, 1, -3)]
    [InlineData(PixelType.UInt8, 0, 0)]
    [InlineData(PixelType.UInt16, double.NaN, 0)]
    [InlineData(PixelType.UInt16, 1, double.NegativeInfinity)]
    public void Values_that_mean_nothing_are_refused_by_name(PixelType type, double scale, double offset)
    {
        using Picture image = Picture.Random(type, (1, 1, 1, 5, 5)), result = new(PixelType.Float32, (1, 1, 1, 5, 5));
        RunNetwork network = PlainNetworks.Describe() with { ChannelByChannel = false };
        var error = Assert.Throws<BioDLException>(() => Run(network, With(image.View, new(scale, offset)), result.View));
        Assert.Equal(Status.InvalidArgument, error.Status);
        Assert.Contains("value", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_percentiles_that_a_host_asks_for_are_values()
    {
        using Picture image = Picture.Random(PixelType.UInt16, (1, 1, 1, 23, 31));
        InputChannel[] whole = [new(0, PixelPart.Whole)];
        var (low, high, _) = Percentiles.Of(image.View, 0, 0, whole, new(10, 70));
        var (signedLow, signedHigh, _) = Percentiles.Of(image.View with { ValueOffset = -32768 }, 0, 0, whole, new(10, 70));
        var (turnedLow, turnedHigh, _) = Percentiles.Of(image.View with { ValueScale = -1 }, 0, 0, whole, new(30, 90));
        Assert.Equal((low - 32768, high - 32768), (signedLow, signedHigh));
        Assert.Equal(-high, turnedLow, 3);
        Assert.Equal(-low, turnedHigh, 3);
    }

    private static ImageView With(ImageView view, ValueTransform transform) =>
        view with { ValueScale = transform.Scale, ValueOffset = transform.Offset };

    private static RunResult Run(RunNetwork network, ImageView input, ImageView output) =>
        ImageRun.Run(network, new PlainNetwork(network, PlainNetworks.Same).Chain(), [input], new RunOptions { Tile = 16 }, null, [output]);
}
