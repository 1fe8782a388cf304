using BioDL.Core.Images;
using BioDL.Core.Road;
using BioDL.Core.Runs;

namespace BioDL.Tests.Road;

/// <summary>The cut into tiles must not show: results equal the network's over the whole image, every value of it.</summary>
public class TilesTests
{
    [Theory]
    [InlineData(61, 83, 24, 2)]
    [InlineData(17, 200, 32, 3)]
    [InlineData(64, 64, 16, 0)]
    [InlineData(1, 77, 24, 2)]
    [InlineData(5, 1, 24, 1)]
    public void A_blur_in_tiles_equals_the_whole(int height, int width, int tile, int radius)
    {
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, radius, radius));
        Check(network, f => PlainNetworks.Blur(f, 0, radius), (1, 1, 1, height, width), new RunOptions { Tile = tile });
    }

    [Theory]
    [InlineData(61, 83, 48, 4)]
    [InlineData(40, 133, 64, 8)]
    public void Pooling_blocks_fall_as_in_the_whole_plane(int height, int width, int tile, int block)
    {
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, block + 1, block + 1), divisor: block);
        Check(network, f => PlainNetworks.Blur(PlainNetworks.Pooled(f, block), 0, 1), (1, 1, 1, height, width),
            new RunOptions { Tile = tile });
    }

    [Theory]
    [InlineData(9, 31, 45, 24, 2)]
    [InlineData(1, 31, 45, 24, 1)]
    [InlineData(23, 20, 18, 16, 3)]
    public void Stacks_are_cut_along_all_three_axes(int slices, int height, int width, int tile, int radiusZ)
    {
        RunNetwork network = PlainNetworks.Describe("bczyx", reach: new Extent(radiusZ, 2, 2));
        // So little memory that z is cut too.
        var options = new RunOptions { Tile = tile, MemoryLimit = 100 * tile * tile * (2 * radiusZ + 3) };
        RunResult result = Check(network, f => PlainNetworks.Blur(f, radiusZ, 2), (2, slices, 1, height, width), options);
        if (slices > 2 * radiusZ + 3)
            Assert.True(result.Account.Tile.Z < slices, "z was not cut");
    }

    [Theory]
    [InlineData(2, 30, 47)]
    [InlineData(4, 29, 21)]
    [InlineData(3, 1, 40)]
    public void Every_value_of_a_larger_output_has_its_place(int factor, int height, int width)
    {
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, 1, 1))
            .With(output: tensor => tensor with { Y = new AxisLink(factor, 0), X = new AxisLink(factor, 0) });
        Check(network, f => PlainNetworks.Enlarged(PlainNetworks.Blur(f, 0, 1), factor), (1, 2, 1, height, width),
            new RunOptions { Tile = 16 });
    }

    [Theory]
    [InlineData(2, 64, 48)]
    [InlineData(4, 61, 47)]
    public void Every_value_of_a_smaller_output_has_its_place(int block, int height, int width)
    {
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, 1, 1), divisor: 4)
            .With(output: tensor => tensor with { Y = new AxisLink(1.0 / block, 0), X = new AxisLink(1.0 / block, 0) });
        Check(network, f => PlainNetworks.Reduced(PlainNetworks.Blur(f, 0, 1), block), (1, 1, 1, height, width),
            new RunOptions { Tile = 24 });
    }

    [Theory]
    [InlineData(1, 40, 53)]
    [InlineData(5, 33, 20)]
    [InlineData(9, 5, 60)]
    public void A_valid_convolution_covers_the_image_with_its_mirror(int radius, int height, int width)
    {
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, radius, radius))
            .With(output: tensor => tensor with { Y = new AxisLink(1, -2 * radius), X = new AxisLink(1, -2 * radius) });
        using Picture image = Picture.Random(PixelType.UInt16, (1, 1, 1, height, width)),
            result = new(PixelType.Float32, (1, 1, 1, height, width));
        foreach (int? tile in new int?[] { null, 2 * radius + 12 })
        {
            ImageRun.Run(network, new PlainNetwork(network, f => [PlainNetworks.ValidBlur(f[0], radius)]).Chain(), [image.View],
                new RunOptions { Tile = tile }, null, [result.View]);
            Field mirrored = image.Field(0, 0, 0).Mirrored(0, -radius, -radius, 1, height + 2 * radius, width + 2 * radius);
            Compare.Equal(PlainNetworks.ValidBlur(mirrored, radius), result, 0, 0, 0);
        }
    }

    [Fact]
    public void As_one_whole_the_outputs_have_the_size_that_the_network_gives()
    {
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, 5, 5));
        OutputTensor first = network.Outputs[0];
        network = network with
        {
            Outputs = [first with { Y = new AxisLink(1, -4), X = new AxisLink(1, -6) },
            first with { Y = new AxisLink(2, 1), X = new AxisLink(2, 3) }]
        };
        using Picture image = Picture.Random(PixelType.UInt16, (1, 2, 1, 33, 45));
        var options = new RunOptions { WholeImage = true, Tile = 16 };
        RunPlan plan = PixelRoad.Plan(network, [image.View], options);
        Assert.Equal([(29, 39), (67, 93)], plan.Outputs.Select(output => (output.Height, output.Width)));
        Assert.Equal((2, new Extent(1, 33, 45)), (plan.Tiles, plan.Tile));
        using Picture valid = new(PixelType.Float32, (1, 2, 1, 29, 39)), large = new(PixelType.Float32, (1, 2, 1, 67, 93));
        Field[] Function(Field[] f) => [f[0].Crop(0, 2, 3, 1, f[0].Y - 4, f[0].X - 6),
            Field.Make(1, 1, 2 * f[0].Y + 1, 2 * f[0].X + 3, (_, z, y, x) => 100 * y + x)];
        ImageRun.Run(network, new PlainNetwork(network, Function).Chain(), [image.View], options, null, [valid.View, large.View]);
        for (int z = 0; z < 2; z++)
        {
            Compare.Equal(image.Field(0, z, 0).Crop(0, 2, 3, 1, 29, 39), valid, 0, z, 0, 0);
            Compare.Equal(Field.Make(1, 1, 67, 93, (_, _, y, x) => 100 * y + x), large, 0, z, 0, 0);
        }
    }

    [Fact]
    public void A_valid_convolution_with_context_beyond_it_has_no_seams()
    {
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, 5, 5))
            .With(output: tensor => tensor with { Y = new AxisLink(1, -4), X = new AxisLink(1, -4) });
        using Picture image = Picture.Random(PixelType.UInt16, (1, 1, 1, 50, 61)), whole = new(PixelType.Float32, (1, 1, 1, 50, 61)),
            tiled = new(PixelType.Float32, (1, 1, 1, 50, 61));
        Field[] Function(Field[] f) => [PlainNetworks.ValidBlur(PlainNetworks.Blur(f[0], 0, 3), 2)];
        RunResult one = ImageRun.Run(network, new PlainNetwork(network, Function).Chain(), [image.View], new RunOptions { Tile = 500 },
            null, [whole.View]);
        RunResult many = ImageRun.Run(network, new PlainNetwork(network, Function).Chain(), [image.View], new RunOptions { Tile = 24 },
            null, [tiled.View]);
        Assert.Equal(1, one.Account.Tiles);
        Assert.True(many.Account.Tiles >= 9);
        Assert.True(whole.Bytes.SequenceEqual(tiled.Bytes));
    }

    [Fact]
    public void Outputs_of_different_sizes_come_from_the_same_tiles()
    {
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, 2, 2), divisor: 2);
        OutputTensor first = network.Outputs[0];
        network = network with
        {
            Outputs =
            [
                first with { Name = "same" }, first with { Name = "large", Y = new AxisLink(2, 0), X = new AxisLink(2, 0) },
                first with { Name = "small", Y = new AxisLink(0.5, 0), X = new AxisLink(0.5, 0) }, first with
                {
                    Name = "valid",
                    Y = new AxisLink(1, -4),
                    X = new AxisLink(1, -4),
                },
            ],
        };
        using Picture image = Picture.Random(PixelType.UInt8, (1, 1, 1, 40, 54)), same = new(PixelType.Float32, (1, 1, 1, 40, 54)),
            large = new(PixelType.Float32, (1, 1, 1, 80, 108));
        using Picture small = new(PixelType.Float32, (1, 1, 1, 20, 27)), valid = new(PixelType.Float32, (1, 1, 1, 40, 54));
        Field[] Function(Field[] f) => [f[0], PlainNetworks.Enlarged(f[0], 2), PlainNetworks.Reduced(f[0], 2),
            PlainNetworks.ValidBlur(f[0], 2)];
        RunResult result = ImageRun.Run(network, new PlainNetwork(network, Function).Chain(), [image.View],
            new RunOptions { Tile = 24 }, null,
            [same.View, large.View, small.View, valid.View]);
        Assert.True(result.Account.Tiles > 4);
        Field source = image.Field(0, 0, 0);
        Compare.Equal(source, same, 0, 0, 0);
        Compare.Equal(PlainNetworks.Enlarged(source, 2), large, 0, 0, 0);
        Compare.Equal(PlainNetworks.Reduced(source, 2), small, 0, 0, 0);
        Compare.Equal(PlainNetworks.ValidBlur(source.Mirrored(0, -2, -2, 1, 44, 58), 2), valid, 0, 0, 0);
    }

    [Fact]
    public void A_fixed_size_is_the_only_one_the_network_sees()
    {
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, 2, 2))
            .With(input: tensor => tensor with { Y = new AxisSizes(32, 0), X = new AxisSizes(40, 0) });
        RunResult result = Check(network, f => PlainNetworks.Blur(f, 0, 2), (1, 1, 1, 70, 90), new RunOptions());
        Assert.Equal(new Extent(1, 32, 40), result.Account.Tile);
        Assert.Empty(result.Account.Warnings);
    }

    [Fact]
    public void A_fixed_size_without_room_for_the_halo_says_so()
    {
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, 40, 40))
            .With(input: tensor => tensor with { Y = new AxisSizes(32, 0), X = new AxisSizes(32, 0) },
                output: tensor => tensor with { Halo = new Extent(0, 4, 4) });
        using Picture image = Picture.Random(PixelType.UInt8, (1, 1, 1, 70, 90)), result = new(PixelType.Float32, (1, 1, 1, 70, 90));
        RunPlan plan = PixelRoad.Plan(network, [image.View], new RunOptions());
        Assert.Equal(new Extent(0, 4, 4), plan.Halo);
        Assert.Equal(2, plan.Warnings.Count(warning => warning.Contains("seams")));
        ImageRun.Run(network, new PlainNetwork(network, PlainNetworks.Same).Chain(), [image.View], new RunOptions(), null, [result.View]);
        Compare.Equal(image.Field(0, 0, 0), result, 0, 0, 0);
    }

    [Fact]
    public void Sizes_in_large_steps_from_an_odd_smallest_one_are_met()
    {
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, 1, 1))
            .With(input: tensor => tensor with { Y = new AxisSizes(21, 10), X = new AxisSizes(33, 7) });
        using Picture image = Picture.Random(PixelType.UInt8, (1, 1, 1, 100, 100)), result = new(PixelType.Float32, (1, 1, 1, 100, 100));
        var plain = new PlainNetwork(network, f => [PlainNetworks.Blur(f[0], 0, 1)])
        {
            Before = shape => Assert.True((shape[2] - 21) % 10 == 0 && (shape[3] - 33) % 7 == 0, "a size that the network does not take"),
        };
        ImageRun.Run(network, plain.Chain(), [image.View], new RunOptions { Tile = 40 }, null, [result.View]);
        Assert.True(plain.Runs > 4);
        Field padded = image.Field(0, 0, 0).Mirrored(0, 0, 0, 1, 101, 103);
        Compare.Equal(PlainNetworks.Blur(padded, 0, 1).Crop(0, 0, 0, 1, 100, 100), result, 0, 0, 0);
    }

    /// <summary>
    /// Run in tiles and compare each stack or plane with the network over the whole of it, mirrored up to a size that it takes.
    /// </summary>
    private static RunResult Check(RunNetwork network, Func<Field, Field> function, (int T, int Z, int C, int Y, int X) shape,
        RunOptions options)
    {
        using Picture image = Picture.Random(PixelType.UInt16, shape);
        PlannedOutput planned = Assert.Single(PixelRoad.Plan(network, [image.View], options).Outputs);
        using var result = new Picture(PixelType.Float32,
            (planned.Frames, planned.Slices, planned.Channels, planned.Height, planned.Width));
        RunResult run = ImageRun.Run(network, new PlainNetwork(network, f => [function(f[0])]).Chain(), [image.View], options,
            null, [result.View]);
        bool volumes = network.Inputs[0].Axes.Contains('z');
        int divisor = network.Divisor.Y;
        for (int t = 0; t < shape.T; t++)
            for (int z = 0; z < (volumes ? 1 : shape.Z); z++)
            {
                Field source = image.Field(t, volumes ? null : z, 0);
                Field expected = function(source.Mirrored(0, 0, 0, source.Z, RoundUp(shape.Y, divisor), RoundUp(shape.X, divisor)));
                Compare.Equal(expected.Crop(0, 0, 0, expected.Z, planned.Height, planned.Width), result, t, z, 0);
            }
        return run;
    }

    private static int RoundUp(int size, int step) => (size + step - 1) / step * step;
}
