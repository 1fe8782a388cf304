namespace BioDL.Core.Tiles;

/// <summary>Chooses the tiles of a plane.</summary>
public static class TilePlanner
{
    /// <summary>Cover a plane with tiles.</summary>
    /// <param name="height">pixels of the plane</param>
    /// <param name="width">pixels of the plane</param>
    /// <param name="rules">what the network asks</param>
    /// <param name="budget">what tiles may cost, or a fixed tile</param>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: the fixed tile is not positive or too small for the halo.</exception>
    public static TilePlan Plan(int height, int width, TileRules rules, TileBudget budget)
    {
        int side = budget.Tile ?? 1024;
        var y = TileAxis.Of(height, (int)TileAxis.RoundUp(side, rules.MinY, rules.StepY), rules.MinY, rules.StepY, rules.HaloY, rules.GridY);
        var x = TileAxis.Of(width, (int)TileAxis.RoundUp(side, rules.MinX, rules.StepX), rules.MinX, rules.StepX, rules.HaloX, rules.GridX);
        return new TilePlan(y, x, rules, budget, height, width, $"{y.Size}x{x.Size} tiles");
    }

    /// <summary>A plan with smaller tiles, for a device that ran out of memory; null when the tiles are as small as they can be.</summary>
    public static TilePlan? Smaller(TilePlan plan)
    {
        int side = Math.Max(plan.TileHeight, plan.TileWidth) / 2;
        if (side < 2 * plan.Rules.HaloY + 2 * plan.Rules.StepY || side < plan.Rules.MinY)
            return null;
        return Plan(plan.Height, plan.Width, plan.Rules, plan.Budget with { Tile = side });
    }
}
