using BioDL.Core;
using BioDL.Core.Tiles;

namespace BioDL.Tests.Tiles;

public class TilePlannerTests
{
    private static readonly TileBudget Gigabyte = new(1L << 30);

    private static PlaneRules Rules(int halo = 96, int min = 64, int step = 16, int grid = 2, double bytes = 600) =>
        new(new AxisRules(0, min, step, halo, grid), new AxisRules(0, min, step, halo, grid), bytes);

    [Fact]
    public void AnyPlanKeepsTheRules()
    {
        var random = new Random(31);
        for (int round = 0; round < 500; round++)
        {
            int gridY = 1 << random.Next(3), gridX = 1 << random.Next(3);
            AxisRules Axis(int grid) => new(0, grid * random.Next(1, 30), grid * random.Next(1, 9), random.Next(40), grid);
            var rules = new PlaneRules(Axis(gridY), Axis(gridX), 500);
            int height = random.Next(1, 700), width = random.Next(1, 700);
            var budget = random.Next(2) == 0 ? new TileBudget(random.Next(1, 40_000_000)) : new TileBudget(0, random.Next(250, 600));
            var plan = PlanePlan.Of(height, width, rules, budget);
            AssertEachCellHasOneOwner(plan);
            foreach (var tile in plan.All)
            {
                AssertAxis(tile.Y, height, rules.Y);
                AssertAxis(tile.X, width, rules.X);
                Assert.Equal((plan.TileHeight, plan.TileWidth), (tile.Y.Size, tile.X.Size));
            }
        }
    }

    private static void AssertEachCellHasOneOwner(PlanePlan plan)
    {
        var (gridY, gridX) = (plan.Rules.Y.Grid, plan.Rules.X.Grid);
        Assert.Equal(((plan.Rules.Y.Length + gridY - 1) / gridY, (plan.Rules.X.Length + gridX - 1) / gridX),
            (plan.GridHeight, plan.GridWidth));
        var owners = new byte[plan.GridHeight * plan.GridWidth];
        long tiles = 0;
        foreach (var tile in plan.All)
        {
            tiles++;
            for (int y = tile.Y.OwnStart / gridY; y < tile.Y.OwnEnd / gridY; y++)
                for (int x = tile.X.OwnStart / gridX; x < tile.X.OwnEnd / gridX; x++)
                    owners[y * plan.GridWidth + x]++;
        }
        Assert.Equal(plan.Count, tiles);
        Assert.True(owners.AsSpan().IndexOfAnyExcept((byte)1) < 0, plan.Why);
    }

    private static void AssertAxis(AxisSpan tile, int length, AxisRules rules)
    {
        var (start, size, ownStart, ownEnd) = tile;
        int padded = length <= rules.Min ? rules.Min : rules.Min + (length - rules.Min + rules.Step - 1) / rules.Step * rules.Step;
        Assert.True(size >= rules.Min && (size - rules.Min) % rules.Step == 0);
        Assert.True(start >= 0 && start % rules.Step == 0 && start + size <= padded);
        Assert.True(ownStart < ownEnd && ownStart % rules.Grid == 0 && ownEnd % rules.Grid == 0);
        // Context on every side that is not the padded plane's own border.
        Assert.True(start == 0 ? ownStart >= 0 : ownStart - start >= rules.Halo);
        Assert.True(start + size == padded || start + size - ownEnd >= rules.Halo);
    }

    /// <summary>A single tile is the plane as StarDist pads it.</summary>
    [Theory]
    [InlineData(1, 1, 64, 64)]
    [InlineData(64, 65, 64, 80)]
    [InlineData(500, 513, 512, 528)]
    public void AMediumPlaneIsOneTileWithNoHalo(int height, int width, int tileHeight, int tileWidth)
    {
        var plan = PlanePlan.Of(height, width, Rules(), Gigabyte);
        var tile = Assert.Single(plan.All);
        Assert.Equal((0, 0, tileHeight, tileWidth), (tile.Y.Start, tile.X.Start, tile.Y.Size, tile.X.Size));
        Assert.Equal((0, 0), (tile.Y.OwnStart, tile.X.OwnStart));
        Assert.Contains("one tile", plan.Why);
    }

    [Theory]
    [InlineData(32768, 32768)]
    [InlineData(1, 2147483646)]
    [InlineData(2147483646, 2147483646)]
    public void HugePlanesArePlannedAtOnceWithinTheMemory(int height, int width)
    {
        // A plan is some ten thousand evaluations of a formula; one that walked its tiles would not come back.
        var plan = PlanePlan.Of(height, width, Rules(), Gigabyte);
        Assert.True(plan.TileBytes <= Gigabyte.MemoryBytes);
        Block last = plan.Blocks[plan.Count - 1];
        Assert.Equal((plan.GridHeight * 2L, plan.GridWidth * 2L), (last.Y.OwnEnd, last.X.OwnEnd));
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.Blocks[plan.Count]);
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.Blocks[-1]);
    }

    /// <summary>The more memory, the fewer pixels are computed twice.</summary>
    [Fact]
    public void MemoryBuysLessRecomputation()
    {
        double before = double.PositiveInfinity;
        foreach (long megabytes in (long[])[64, 128, 256, 512, 1024, 2048])
        {
            var plan = PlanePlan.Of(8000, 8000, Rules(), new TileBudget(megabytes << 20));
            Assert.True(plan.TileBytes <= megabytes << 20, plan.Why);
            Assert.True(plan.Computed < before, plan.Why);
            before = plan.Computed;
        }
    }

    /// <summary>Without a halo there is nothing to compute twice, so the tiles are those that stay in the cache.</summary>
    [Fact]
    public void WithoutAHaloTilesFitTheCache()
    {
        var plan = PlanePlan.Of(8192, 8192, Rules(halo: 0), Gigabyte);
        Assert.InRange(plan.TileBytes, 4 << 20, 32 << 20);
        Assert.InRange(plan.Computed, 1, 1.05);
    }

    /// <summary>512 - 2 * 96 = 320 own pixels of 512: what a plan of fixed tiles computes tends to (512 / 320)^2 = 2.56.</summary>
    [Theory]
    [InlineData(512, 2.56)]
    [InlineData(1024, 1.515)]
    [InlineData(2048, 1.217)]
    public void FixedTilesComputeTheirHalos(int side, double computed)
    {
        var plan = PlanePlan.Of(100_000, 100_000, Rules(), new TileBudget(0, side));
        Assert.Equal((side, side), (plan.TileHeight, plan.TileWidth));
        // The first and the last tile have a halo less, the last one is moved back: within 3 % here.
        Assert.InRange(plan.Computed, computed * 0.97, computed * 1.03);
        Assert.Contains("as asked for", plan.Why);
    }

    [Theory]
    [InlineData(1000, 1008)]
    [InlineData(1024, 1024)]
    [InlineData(int.MaxValue, 2000)]
    public void FixedTilesAreRoundedToTheStepAndNotBeyondThePlane(int side, int size) =>
        Assert.Equal(size, PlanePlan.Of(2000, 2000, Rules(), new TileBudget(0, side)).TileWidth);

    [Theory]
    [InlineData(0, "not possible")]
    [InlineData(-512, "not possible")]
    [InlineData(63, "smallest")]
    [InlineData(192, "halo")]
    public void ImpossibleFixedTilesAreNamed(int side, string says)
    {
        var error = Assert.Throws<BioDLException>(() => PlanePlan.Of(1000, 1000, Rules(), new TileBudget(0, side)));
        Assert.Equal(Status.InvalidArgument, error.Status);
        Assert.Contains(says, error.Message);
        Assert.Contains("208", error.Hint);
        Assert.Equal(208, PlanePlan.Of(1000, 1000, Rules(), new TileBudget(0, 208)).TileWidth);
    }

    [Fact]
    public void SmallerPlansHalveTheMemoryUntilNoneIsLeft()
    {
        var plan = PlanePlan.Of(4096, 3000, Rules(), new TileBudget(0, 4096));
        int plans = 0;
        while (plan.Smaller() is { } smaller)
        {
            AssertEachCellHasOneOwner(smaller);
            Assert.True(smaller.TileBytes <= plan.TileBytes / 2 || smaller.Smaller() is null, smaller.Why);
            plan = smaller;
            plans++;
        }
        Assert.InRange(plans, 6, 12);
        Assert.Equal((208, 208), (plan.TileHeight, plan.TileWidth));
    }

    [Fact]
    public void TooLittleMemoryGivesTheSmallestTiles()
    {
        var plan = PlanePlan.Of(4096, 4096, Rules(), new TileBudget(1));
        Assert.Equal((208, 208), (plan.TileHeight, plan.TileWidth));
        Assert.Contains("smallest there are", plan.Why);
    }

    [Fact]
    public void TheChoiceIsExplained()
    {
        var plan = PlanePlan.Of(4096, 4096, Rules(), new TileBudget(700_000_000));
        Assert.Matches(@"^\d+x\d+ tiles of \d+x\d+ pixels, halo 96: " +
            @"1\.\d\dx computed, \d+ MB a tile; the cheapest within the limit 700 MB$", plan.Why);
    }
}
