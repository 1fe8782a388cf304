using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Road;
using BioDL.Core.Runs;

namespace BioDL.Tests.Road;

/// <summary>Tiles that cost more than a hundred times the image are refused with a remedy that works; others never are.</summary>
public class TileCheckTests
{
    [Fact]
    public void Every_side_of_a_tile_is_either_worth_its_cost_or_refused_and_the_remedy_is_accepted()
    {
        int refused = 0;
        foreach (int reach in new[] { 0, 3, 50, 120 })
            foreach (int tile in new[] { 2 * reach + 1, 2 * reach + 3, 2 * reach + 9, 2 * reach + 64, 1000 })
                foreach ((int height, int width) in new[] { (1500, 1700), (40, 30), (1, 4000), (300, 5000) })
                {
                    RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, reach, reach));
                    using Picture image = new(PixelType.UInt8, (1, 1, 1, height, width));
                    double computed = Computed(height, tile, reach) * Computed(width, tile, reach);
                    try
                    {
                        RunPlan plan = PixelRoad.Plan(network, [image.View], new RunOptions { Tile = tile });
                        Assert.True(computed <= 101, $"{reach} {tile} {height} x {width}: {computed}");
                        Assert.True(plan.Tiles >= 1);
                    }
                    catch (BioDLException error) when (error.Status == Status.InvalidArgument && error.Message.Contains("times the image"))
                    {
                        Assert.True(computed >= 99, $"{reach} {tile} {height} x {width}: {computed}");
                        string number = new([.. error.Hint.SkipWhile(c => !char.IsDigit(c)).TakeWhile(char.IsDigit)]);
                        PixelRoad.Plan(network, [image.View], new RunOptions { Tile = int.Parse(number) });
                        refused++;
                    }
                }
        Assert.True(refused >= 4, $"{refused}");
    }

    [Fact]
    public void Memory_that_allows_such_tiles_alone_is_refused_and_a_small_image_of_a_large_smallest_tile_is_not()
    {
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, 100, 100));
        using Picture image = new(PixelType.UInt8, (1, 1, 1, 3000, 3000));
        var error = Assert.Throws<BioDLException>(() => PixelRoad.Plan(network, [image.View], new RunOptions { MemoryLimit = 1 }));
        Assert.Equal(Status.OutOfMemory, error.Status);
        Assert.Contains("times the image", error.Message, StringComparison.Ordinal);
        RunNetwork large = network.With(input => input with { Y = new AxisSizes(1024, 1), X = new AxisSizes(1024, 1) });
        using Picture small = new(PixelType.UInt8, (1, 1, 1, 5, 7));
        Assert.Equal(1, PixelRoad.Plan(large, [small.View], new RunOptions()).Tiles);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1e7, "; about ")]
    [InlineData(1e3, "")]
    public void The_plan_says_how_long_where_that_is_known_and_more_than_a_moment(double flops, string expected)
    {
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, 2, 2)) with { FlopsPerPixel = flops };
        using Picture image = new(PixelType.UInt8, (1, 1, 1, 2000, 2000));
        string why = PixelRoad.Plan(network, [image.View], new RunOptions()).Why;
        Assert.True(why.Contains(expected, StringComparison.Ordinal)
            && why.Contains("about", StringComparison.Ordinal) == expected.Length > 0, why);
    }

    /// <summary>What tiles along an axis read of what is there, from the definition alone.</summary>
    private static double Computed(int length, int tile, int reach) =>
        tile >= length ? 1 : Math.Ceiling((length - (double)tile) / (tile - 2 * reach) + 1) * tile / length;
}
