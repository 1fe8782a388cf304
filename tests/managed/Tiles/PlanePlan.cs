using BioDL.Core.Tiles;

namespace BioDL.Tests.Tiles;

/// <summary>What a network of planes asks of its tiles, the same along y and x unless said otherwise.</summary>
internal sealed record PlaneRules(AxisRules Y, AxisRules X, double BytesPerPixel);

/// <summary>The tiles of a plane, in words of planes: what the tests ask of a <see cref="BlockPlan"/>.</summary>
internal sealed record PlanePlan(BlockPlan Blocks, PlaneRules Rules)
{
    public long Count => Blocks.Count;

    public int TileHeight => Blocks.Axes.Y.Size;

    public int TileWidth => Blocks.Axes.X.Size;

    public int GridHeight => Blocks.Axes.Y.Cells;

    public int GridWidth => Blocks.Axes.X.Cells;

    public double TileBytes => Blocks.Bytes;

    public string Why => Blocks.Why;

    /// <summary>Pixels computed for each pixel of the plane.</summary>
    public double Computed => Count * Blocks.Pixels / ((double)Rules.Y.Length * Rules.X.Length);

    public IEnumerable<Block> All => Enumerable.Range(0, checked((int)Count)).Select(i => Blocks[i]);

    public static PlanePlan Of(int height, int width, PlaneRules rules, TileBudget budget)
    {
        rules = rules with { Y = rules.Y with { Length = height }, X = rules.X with { Length = width } };
        var one = new AxisChoice(new AxisRules(1, 1, 1, 0, 1), 0);
        return new PlanePlan(BlockPlanner.Plan(one, new AxisChoice(rules.Y, 0), new AxisChoice(rules.X, 0), rules.BytesPerPixel, budget),
            rules);
    }

    public PlanePlan? Smaller() => BlockPlanner.Smaller(Blocks) is { } smaller ? this with { Blocks = smaller } : null;
}
