using System.Globalization;

namespace BioDL.Core.Tiles;

/// <summary>
/// Chooses the tiles of a plane. Small tiles compute their halos again and again, large ones need memory and leave the cache, and every
/// tile has its overhead: the cheapest by <see cref="TileCost"/> of those that fit the memory wins.
/// </summary>
public static class TilePlanner
{
    /// <summary>Cover a plane with tiles.</summary>
    /// <param name="height">pixels of the plane, up to 2^31 - 1 rounded down to the grid</param>
    /// <param name="width">pixels of the plane, up to 2^31 - 1 rounded down to the grid</param>
    /// <param name="rules">what the network asks</param>
    /// <param name="budget">what tiles may cost, or a fixed tile</param>
    /// <exception cref="BioDLException">
    /// <see cref="Status.InvalidArgument"/>: the plane is empty or too large, or the fixed tile is not positive, below the network's smallest, or
    /// has no room for the halo; <see cref="Status.ModelInvalid"/>: no tile can meet the rules.
    /// </exception>
    public static TilePlan Plan(int height, int width, TileRules rules, TileBudget budget)
    {
        rules.Validate();
        var y = Axis(height, rules.MinY, rules.StepY, rules.HaloY, rules.GridY);
        var x = Axis(width, rules.MinX, rules.StepX, rules.HaloX, rules.GridX);
        if (budget.Tile is not int side)
            return Automatic(y, x, rules, budget.MemoryBytes);
        var (tileY, tileX) = (TileAxis.AsAskedFor(y, side), TileAxis.AsAskedFor(x, side));
        return Explained(tileY, tileX, (y, x), rules, "as asked for");
    }

    /// <summary>A plan with tiles of at most half the memory, for a device that ran out of it; null when they are as small as they can be.</summary>
    public static TilePlan? Smaller(TilePlan plan)
    {
        var smaller = Plan(plan.Height, plan.Width, plan.Rules, new TileBudget(plan.TileBytes / 2));
        return (double)smaller.TileHeight * smaller.TileWidth < (double)plan.TileHeight * plan.TileWidth ? smaller : null;
    }

    private static AxisRules Axis(int length, int min, int step, int halo, int grid)
    {
        var axis = new AxisRules(length, min, step, halo, grid);
        if (length < 1 || axis.GridEnd > int.MaxValue)
            throw new BioDLException(Status.InvalidArgument, $"a plane with a side of {length} pixels cannot be cut into tiles",
                $"A side has from 1 to {int.MaxValue / grid * grid} pixels; crop the image.");
        return axis;
    }

    private static TilePlan Automatic(AxisRules y, AxisRules x, TileRules rules, long memory)
    {
        var (columns, rows) = (TileAxis.Candidates(x), TileAxis.Candidates(y));
        (TileAxis Y, TileAxis X) best = default, smallest = (rows[0], columns[0]);
        double least = double.PositiveInfinity;
        foreach (var row in rows)
            foreach (var column in columns)
            {
                double cost = TileCost.Of(row, column, rules), bytes = TileCost.Bytes(row, column, rules);
                if (bytes <= memory && cost < least)
                    (best, least) = ((row, column), cost);
                if (bytes < TileCost.Bytes(smallest.Y, smallest.X, rules))
                    smallest = (row, column);
            }
        string limit = $"limit {Megabytes(memory)}";
        return double.IsFinite(least)
            ? Explained(best.Y, best.X, (y, x), rules, $"the cheapest within the {limit}")
            : Explained(smallest.Y, smallest.X, (y, x), rules, $"the smallest there are, above the {limit}");
    }

    private static TilePlan Explained(TileAxis y, TileAxis x, (AxisRules Y, AxisRules X) plane, TileRules rules, string reason)
    {
        long count = y.Count * x.Count;
        double computed = (double)count * y.Size * x.Size / ((double)plane.Y.Length * plane.X.Length);
        string halo = rules.HaloY == rules.HaloX ? $"{rules.HaloX}" : $"{rules.HaloX}x{rules.HaloY}";
        string tiles = count == 1
            ? $"one tile of {x.Size}x{y.Size} pixels"
            : $"{x.Count}x{y.Count} tiles of {x.Size}x{y.Size} pixels, halo {halo}";
        string why = string.Create(CultureInfo.InvariantCulture,
            $"{tiles}: {computed:F2}x computed, {Megabytes(TileCost.Bytes(y, x, rules))} a tile; {reason}");
        return new TilePlan(y, x, plane.Y.Length, plane.X.Length, rules, why);
    }

    internal static string Megabytes(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F0} MB");
}
