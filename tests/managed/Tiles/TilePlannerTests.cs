using BioDL.Core.Tiles;

namespace BioDL.Tests.Tiles;

public class TilePlannerTests
{
    [Fact]
    public void EveryGridCellBelongsToOneTile()
    {
        var rules = new TileRules { MinY = 64, MinX = 64, StepY = 16, StepX = 16, HaloY = 48, HaloX = 48, GridY = 2, GridX = 2, BytesPerPixel = 600 };
        var plan = TilePlanner.Plan(1001, 777, rules, new TileBudget(1L << 30, 256));
        var owners = new int[plan.GridHeight, plan.GridWidth];
        foreach (var tile in plan)
            for (int y = tile.OwnTop / 2; y < tile.OwnBottom / 2; y++)
                for (int x = tile.OwnLeft / 2; x < tile.OwnRight / 2; x++)
                    owners[y, x]++;
        Assert.All(owners.Cast<int>(), n => Assert.Equal(1, n));
    }
}
