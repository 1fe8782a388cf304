using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Road;
using BioDL.Core.Runs;

namespace BioDL.Tests.Road;

/// <summary>Frames, slices and channels of images against the axes of networks.</summary>
public class AxesTests
{
    [Theory]
    [InlineData("bcyx")]
    [InlineData("byxc")]
    [InlineData("cyx")]
    [InlineData("yxcb")]
    [InlineData("xyc")]
    public void Planes_of_a_hyperstack_are_samples_in_any_order_of_axes(string axes)
    {
        RunNetwork network = PlainNetworks.Describe(axes, channels: 3, outputChannels: 2, reach: new Extent(0, 1, 1));
        using Picture image = Picture.Random(PixelType.UInt16, (2, 3, 4, 20, 31)), result = new(PixelType.Float32, (2, 3, 2, 20, 31));
        var options = new RunOptions { Channels = [[3, 0, 1]], Tile = 12 };
        RunPlan plan = PixelRoad.Plan(network, [image.View], options);
        Assert.Equal("C: channels 4, 1, 2 of 4 -> c of raw", plan.Match[2]);
        Assert.Equal((2, 3, 2), (plan.Outputs[0].Frames, plan.Outputs[0].Slices, plan.Outputs[0].Channels));
        RunResult run = ImageRun.Run(network,
            new PlainNetwork(network, f => [PlainNetworks.Mixed(PlainNetworks.Blur(f[0], 0, 1), 2)]).Chain(), [image.View], options,
            null, [result.View]);
        Assert.Equal(plan.Tiles, run.Account.Tiles);
        for (int t = 0; t < 2; t++)
            for (int z = 0; z < 3; z++)
                Compare.Equal(PlainNetworks.Mixed(PlainNetworks.Blur(image.Field(t, z, 3, 0, 1), 0, 1), 2), result, t, z, 0);
    }

    [Theory]
    [InlineData("bczyx")]
    [InlineData("bzyxc")]
    [InlineData("xyzc")]
    public void Stacks_of_a_series_are_samples(string axes)
    {
        RunNetwork network = PlainNetworks.Describe(axes, channels: 2, outputChannels: 1, reach: new Extent(1, 1, 1));
        using Picture image = Picture.Random(PixelType.UInt8, (2, 5, 2, 20, 31)), result = new(PixelType.Float32, (2, 5, 1, 20, 31));
        ImageRun.Run(network, new PlainNetwork(network, f => [PlainNetworks.Mixed(PlainNetworks.Blur(f[0], 1, 1), 1)]).Chain(),
            [image.View],
            new RunOptions { Tile = 12, MemoryLimit = 60_000 }, null, [result.View]);
        for (int t = 0; t < 2; t++)
            Compare.Equal(PlainNetworks.Mixed(PlainNetworks.Blur(image.Field(t, null, 0, 1), 1, 1), 1), result, t, 0, 0);
    }

    [Fact]
    public void A_network_of_one_channel_sees_each_chosen_channel_by_itself()
    {
        RunNetwork network = PlainNetworks.Describe(outputChannels: 2)
            .With(output: tensor => tensor with { Id = "denoised", ChannelNames = ["", "spread"] });
        using Picture image = Picture.Random(PixelType.UInt16, (2, 1, 4, 20, 31)), result = new(PixelType.Float32, (2, 1, 6, 20, 31));
        var options = new RunOptions { Channels = [[2, 0, 3]] };
        RunPlan plan = PixelRoad.Plan(network, [image.View], options);
        Assert.Equal("C: channels 3, 1, 4 of 4, each by itself -> raw", plan.Match[2]);
        Assert.Equal(["denoised C3", "spread C3", "denoised C1", "spread C1", "denoised C4", "spread C4"], plan.Outputs[0].ChannelNames);
        ImageRun.Run(network, new PlainNetwork(network, f => [PlainNetworks.Mixed(f[0], 2)]).Chain(), [image.View], options,
            null, [result.View]);
        for (int t = 0; t < 2; t++)
            for (int k = 0; k < 3; k++)
                Compare.Equal(PlainNetworks.Mixed(image.Field(t, 0, options.Channels![0][k]), 2), result, t, 0, 2 * k);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Packed_rgb_goes_in_and_out_together_or_colour_by_colour(int channels)
    {
        RunNetwork network = PlainNetworks.Describe(channels: channels, outputChannels: channels, reach: new Extent(0, 0, 0));
        using Picture image = Picture.Random(PixelType.Argb32, (1, 2, 1, 33, 45)), result = new(PixelType.Argb32, (1, 2, 1, 33, 45)),
            planes = new(PixelType.Float32, (1, 2, 3, 33, 45));
        Field[] Darker(Field[] f) => [f[0].Map(x => 0.5f * x - 10)];
        RunPlan plan = PixelRoad.Plan(network, [image.View], new RunOptions());
        Assert.StartsWith("C: red, green, blue", plan.Match[2]);
        RunResult packed = ImageRun.Run(network, new PlainNetwork(network, Darker).Chain(), [image.View], new RunOptions { Tile = 16 },
            null, [result.View]);
        ImageRun.Run(network, new PlainNetwork(network, Darker).Chain(), [image.View], new RunOptions(), null, [planes.View]);
        long clipped = 0;
        for (int z = 0; z < 2; z++)
            for (int c = 0; c < 3; c++)
            {
                Field expected = image.Field(0, z, c).Map(x => 0.5f * x - 10);
                Compare.Equal(expected, planes, 0, z, c);
                foreach (float value in expected.Values)
                    clipped += MathF.Round(value) < 0 ? 1 : 0;
                Compare.Equal(expected.Map(x => Math.Max(0, MathF.Round(x))), result, 0, z, c, 0);
            }
        Assert.Equal([clipped], packed.Clipped);
        Assert.True(clipped > 0);
        Assert.All(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, uint>(result.Bytes).ToArray().Chunk(46),
            row => Assert.All(row[..45], pixel => Assert.Equal(255u, pixel >> 24)));
    }

    [Fact]
    public void Rgb_becomes_three_other_channels_by_name()
    {
        RunNetwork network = PlainNetworks.Describe(channels: 3, outputChannels: 2)
            .With(output: tensor => tensor with { ChannelNames = ["DAPI", "WGA"] });
        using Picture image = Picture.Random(PixelType.Argb32, (1, 1, 1, 12, 15)), result = new(PixelType.UInt16, (1, 1, 2, 12, 15));
        Assert.Equal(["DAPI", "WGA"], PixelRoad.Plan(network, [image.View], new RunOptions()).Outputs[0].ChannelNames);
        ImageRun.Run(network, new PlainNetwork(network, f => [PlainNetworks.Mixed(f[0], 2)]).Chain(), [image.View],
            new RunOptions { Channels = [[2, 1, 0]] }, null, [result.View]);
        Compare.Equal(PlainNetworks.Mixed(image.Field(0, 0, 2, 1, 0), 2), result, 0, 0, 0);
    }

    [Fact]
    public void Several_inputs_are_read_from_several_images()
    {
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, 1, 1));
        network = network with
        {
            Inputs = [network.Inputs[0] with { Name = "a", Y = new AxisSizes(8, 4), X = new AxisSizes(8, 4) },
            network.Inputs[0] with { Name = "b", Axes = "yxc", Channels = 2, Y = new AxisSizes(12, 6) }]
        };
        network = network.With(output: tensor => tensor with { Reference = "b" });
        using Picture a = Picture.Random(PixelType.UInt16, (2, 2, 1, 40, 31)), b = Picture.Random(PixelType.Float32, (2, 2, 3, 40, 31), 7),
            result = new(PixelType.Float32, (2, 2, 1, 40, 31));
        Field[] Sum(Field[] f) => [Field.Make(1, 1, f[0].Y, f[0].X,
            (_, z, y, x) => f[0][0, z, y, x] + 2 * f[1][0, z, y, x] + 3 * f[1][1, z, y, x])];
        var plain = new PlainNetwork(network, Sum) { Before = shape => Assert.Equal(0, (shape[2] - 12) % 12) };
        RunResult run = ImageRun.Run(network, plain.Chain(), [a.View, b.View], new RunOptions { Channels = [[], [0, 2]], Tile = 24 },
            null, [result.View]);
        Assert.True(run.Account.Tiles > 4);
        for (int t = 0; t < 2; t++)
            for (int z = 0; z < 2; z++)
                Compare.Equal(Sum([a.Field(t, z, 0), b.Field(t, z, 0, 2)])[0], result, t, z, 0);
        Refused(() => PixelRoad.Plan(network, [a.View], new RunOptions()), "2 image", "1");
        using Picture other = Picture.Random(PixelType.UInt16, (2, 2, 2, 40, 30));
        Refused(() => PixelRoad.Plan(network, [a.View, other.View], new RunOptions()), "30", "31");
    }

    [Fact]
    public void A_table_of_values_needs_the_whole_image_and_gets_it()
    {
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, 1, 1), divisor: 8);
        network = network.With(output: tensor => tensor with { Axes = "bc", Channels = 3, Kind = OutputKind.Values });
        using Picture image = Picture.Random(PixelType.UInt8, (2, 3, 1, 30, 41)), result = new(PixelType.Float32, (2, 3, 3, 1, 1));
        Field[] Table(Field[] f)
        {
            double sum = 0;
            foreach (float value in f[0].Values)
                sum += value;
            return [Field.Make(3, 1, 1, 1, (c, _, _, _) => (float)(sum * (c + 1)))];
        }
        RunPlan plan = PixelRoad.Plan(network, [image.View], new RunOptions { Tile = 16, MemoryLimit = 1 });
        Assert.Equal((6, new Extent(1, 32, 48)), (plan.Tiles, plan.Tile));
        Assert.Contains(plan.Warnings, warning => warning.Contains("whole image"));
        ImageRun.Run(network, new PlainNetwork(network, Table).Chain(), [image.View], new RunOptions(), null, [result.View]);
        for (int t = 0; t < 2; t++)
            for (int z = 0; z < 3; z++)
                Compare.Equal(Table([image.Field(t, z, 0).Mirrored(0, 0, 0, 1, 32, 48)])[0], result, t, z, 0);
        RunNetwork fix = network.With(input: tensor => tensor with { Y = new AxisSizes(24, 0), X = new AxisSizes(24, 0) });
        Refused(() => PixelRoad.Plan(fix, [image.View], new RunOptions()), "24", "30");
    }

    [Fact]
    public void A_small_image_and_a_single_slice_are_mirrored_with_a_warning()
    {
        RunNetwork network = PlainNetworks.Describe("bczyx", reach: new Extent(1, 1, 1))
            .With(input: tensor => tensor with { Z = new AxisSizes(4, 4), Y = new AxisSizes(16, 16), X = new AxisSizes(16, 16) });
        using Picture image = Picture.Random(PixelType.UInt8, (1, 1, 1, 5, 20)), result = new(PixelType.Float32, (1, 1, 1, 5, 20));
        RunPlan plan = PixelRoad.Plan(network, [image.View], new RunOptions());
        Assert.Equal(new Extent(4, 16, 32), plan.Tile);
        Assert.Contains(plan.Warnings, warning => warning.Contains("1 slice(s) along z") && warning.Contains("mirrored"));
        Assert.Contains(plan.Warnings, warning => warning.Contains("5 pixel(s) along y"));
        ImageRun.Run(network, new PlainNetwork(network, f => [PlainNetworks.Blur(f[0], 1, 1)]).Chain(), [image.View], new RunOptions(),
            null, [result.View]);
        Field expected = PlainNetworks.Blur(image.Field(0, null, 0).Mirrored(0, 0, 0, 4, 16, 32), 1, 1);
        Compare.Equal(expected.Crop(0, 0, 0, 1, 5, 20), result, 0, 0, 0);
    }

    /// <summary>bioimage.io has a smallest size leave something between two halos; a network needs no such thing.</summary>
    [Theory]
    [InlineData(16, 16, 1, true)]
    [InlineData(64, 16, 4, true)]
    [InlineData(64, 16, 40, true)]
    [InlineData(96, 16, 40, false)]
    [InlineData(112, 16, 40, true)]
    [InlineData(224, 16, 106, false)]
    [InlineData(104, 8, 51, false)]
    public void A_smallest_tile_is_warned_of_where_the_network_asks_for_it(int least, int step, int reach, bool warned)
    {
        var sizes = new AxisSizes(least, step);
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, reach, reach))
            .With(input: tensor => tensor with { Y = sizes, X = sizes });
        using Picture image = Picture.Random(PixelType.UInt8, (1, 1, 1, 13, 300));
        IEnumerable<string> warnings = PixelRoad.Plan(network, [image.View], new RunOptions()).Warnings;
        Assert.Equal(warned, warnings.Any(told => told.Contains("13 pixel(s) along y")));
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_both_numbers_and_a_remedy()
    {
        RunNetwork three = PlainNetworks.Describe(channels: 3).With(input: tensor => tensor with { ChannelNames = ["DIC", "DAPI", "GFP"] });
        using Picture two = Picture.Random(PixelType.UInt8, (1, 1, 2, 8, 8)), five = Picture.Random(PixelType.UInt8, (1, 1, 5, 8, 8)),
            labels = new(PixelType.UInt32, (1, 1, 1, 8, 8));
        Refused(() => PixelRoad.Plan(three, [two.View], new RunOptions()), "needs 3 channels, 2", "DIC, DAPI, GFP");
        Refused(() => PixelRoad.Plan(three, [five.View], new RunOptions()), "needs 3 channels, 5", "Choose 3 of the image's 5");
        Refused(() => PixelRoad.Plan(three, [five.View], new RunOptions { Channels = [[0, 1, 5]] }),
            "there is no channel 6", "from 1 to 5");
        Refused(() => PixelRoad.Plan(PlainNetworks.Describe(), [labels.View], new RunOptions()), "32-bit integer", "Convert");
        Refused(() => PixelRoad.Plan(PlainNetworks.Describe(), [two.View], new RunOptions { Tile = 0 }), "tile", "positive");
        Refused(() => PixelRoad.Plan(PlainNetworks.Describe(), [two.View], new RunOptions { MemoryLimit = -1 }),
            "memory limit", "positive");
        Refused(() => PixelRoad.Plan(PlainNetworks.Describe(), [two.View], new RunOptions { Region = new PlaneRegion(0, 4, 8, 8) }),
            "region", "within");
        using Picture small = new(PixelType.Float32, (1, 1, 1, 8, 8));
        RunNetwork one = PlainNetworks.Describe();
        Refused(() => ImageRun.Run(one, new PlainNetwork(one, PlainNetworks.Same).Chain(), [two.View], new(), null, [small.View]),
            "1 x 1 x 1 x 8 x 8", "1 x 1 x 2 x 8 x 8");
        Refused(() => ImageRun.Run(one, new PlainNetwork(one, PlainNetworks.Same).Chain(), [two.View], new(), null, []), "1 image", "0");
        var odd = Assert.Throws<BioDLException>(() => PixelRoad.Plan(PlainNetworks.Describe("btyx"), [two.View], new()));
        Assert.Equal(Status.ModelUnsupported, odd.Status);
        Assert.Contains("btyx", odd.Message);
    }

    private static void Refused(Action action, params string[] named)
    {
        var error = Assert.Throws<BioDLException>(action);
        Assert.Equal(Status.InvalidArgument, error.Status);
        Assert.NotEmpty(error.Hint);
        Assert.All(named, name => Assert.Contains(name, error.Message + " " + error.Hint));
    }
}
