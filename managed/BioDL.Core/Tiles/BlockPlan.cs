using System.Globalization;

namespace BioDL.Core.Tiles;

/// <summary>
/// The tiles of an image for a network with any axes: three axes, of which z, y and x may each be cut; nothing else is stored.
/// </summary>
internal sealed class BlockPlan
{
    /// <summary>What the plan was chosen from.</summary>
    public required (AxisChoice Z, AxisChoice Y, AxisChoice X) Choices { get; init; }
    public required (TileAxis Z, TileAxis Y, TileAxis X) Axes { get; init; }

    /// <summary>Bytes that the network takes for each pixel (voxel) it reads.</summary>
    public required double BytesPerPixel { get; init; }

    /// <summary>Why these tiles, without their sizes.</summary>
    public required string Reason { get; init; }

    public long Count => Axes.Z.Count * Axes.Y.Count * Axes.X.Count;

    /// <summary>Pixels that the network reads for a tile.</summary>
    public double Pixels => Choices.Z.Read(Axes.Z) * Choices.Y.Read(Axes.Y) * Choices.X.Read(Axes.X);

    /// <summary>Bytes that the network takes for one tile.</summary>
    public double Bytes => Pixels * BytesPerPixel;

    /// <summary>How often the tiles together read what one tile of everything would read.</summary>
    public double Computed => Count * Pixels / (Whole(Choices.Z) * Whole(Choices.Y) * Whole(Choices.X));

    public double Cost => TileCost.Of(Count, Pixels, BytesPerPixel);

    /// <summary>Tiles row by row and slice by slice, from 0 to <see cref="Count"/> - 1.</summary>
    public Block this[long index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)index, (ulong)Count, nameof(index));
            var (rest, column) = Math.DivRem(index, Axes.X.Count);
            var (layer, row) = Math.DivRem(rest, Axes.Y.Count);
            return new Block(Span(Axes.Z, layer), Span(Axes.Y, row), Span(Axes.X, column));
        }
    }

    /// <summary>The choice and its reasons in one line.</summary>
    public string Why
    {
        get
        {
            double whole = (double)Choices.Z.Rules.Length * Choices.Y.Rules.Length * Choices.X.Rules.Length;
            string tiles = Count == 1 ? $"one tile of {Sizes}" : $"{Counts} tiles of {Sizes}, halo {Halos}";
            return string.Create(CultureInfo.InvariantCulture,
                $"{tiles}: {Count * Pixels / whole:F2}x computed, {BlockPlanner.Megabytes(Bytes)} a tile; {Reason}");
        }
    }

    private bool Volume => Choices.Z.Rules.Length > 1 || Axes.Z.Size > 1;

    private string Counts => Volume ? $"{Axes.X.Count}x{Axes.Y.Count}x{Axes.Z.Count}" : $"{Axes.X.Count}x{Axes.Y.Count}";

    /// <summary>What the network reads, x first as people say it.</summary>
    public string Sizes
    {
        get
        {
            string plane = $"{Choices.X.Read(Axes.X)}x{Choices.Y.Read(Axes.Y)}";
            return Volume ? $"{plane}x{Choices.Z.Read(Axes.Z)} voxels" : $"{plane} pixels";
        }
    }

    private string Halos
    {
        get
        {
            int[] halos = [Choices.X.Rules.Halo, Choices.Y.Rules.Halo, .. Volume ? (int[])[Choices.Z.Rules.Halo] : []];
            return halos.Distinct().Count() == 1 ? $"{halos[0]}" : string.Join('x', halos);
        }
    }

    private static double Whole(AxisChoice axis) => axis.Rules.Padded + 2.0 * axis.Pad;

    private static AxisSpan Span(TileAxis axis, long index) =>
        new(axis.Start(index), axis.Size, axis.OwnStart(index), axis.OwnStart(index + 1));
}

/// <summary>What tiles may cost.</summary>
/// <param name="MemoryBytes">tiles that take more are not chosen, unless none takes less</param>
/// <param name="Tile">side of a tile in pixels, halo included, rounded up to a size the network takes; null: chosen by the cost
/// model</param>
internal sealed record TileBudget(long MemoryBytes, int? Tile = null);

/// <summary>
/// Chooses the tiles of an image. Small tiles compute their halos again and again, large ones need memory and leave the cache, and every
/// tile has its overhead: the cheapest by <see cref="TileCost"/> of those that fit the memory wins.
/// </summary>
internal static class BlockPlanner
{
    /// <summary>Cover an image.</summary>
    /// <param name="z">its slices</param>
    /// <param name="y">its rows</param>
    /// <param name="x">its columns</param>
    /// <param name="bytesPerPixel">what the network takes</param>
    /// <param name="budget">what a tile may cost; a side that is asked for counts along y and x</param>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: the side is below the network's smallest, or has no room for
    /// the halo.</exception>
    public static BlockPlan Plan(AxisChoice z, AxisChoice y, AxisChoice x, double bytesPerPixel, TileBudget budget)
    {
        BlockPlan? best = null, smallest = null;
        string limit = $"limit {BlockPlanner.Megabytes(budget.MemoryBytes)}";
        string within = budget.Tile is null ? $"the cheapest within the {limit}" : "as asked for";
        foreach (TileAxis layers in z.Candidates(null))
            foreach (TileAxis rows in y.Candidates(budget.Tile))
                foreach (TileAxis columns in x.Candidates(budget.Tile))
                {
                    var plan = new BlockPlan
                    {
                        Choices = (z, y, x), Axes = (layers, rows, columns), BytesPerPixel = bytesPerPixel, Reason = within,
                    };
                    if (plan.Bytes <= budget.MemoryBytes && (best is null || plan.Cost < best.Cost))
                        best = plan;
                    if (smallest is null || plan.Bytes < smallest.Bytes)
                        smallest = plan;
                }
        return best ?? (smallest ?? throw TooLarge())
            .Because(budget.Tile is null ? $"the smallest there are, above the {limit}" : "as asked for");
    }

    /// <summary>A plan with tiles of at most half the memory; null when they are as small as they can be.</summary>
    public static BlockPlan? Smaller(BlockPlan plan)
    {
        BlockPlan smaller = Plan(plan.Choices.Z, plan.Choices.Y, plan.Choices.X, plan.BytesPerPixel,
            new TileBudget((long)Math.Min(plan.Bytes / 2, long.MaxValue / 2)));
        return smaller.Pixels < plan.Pixels ? smaller : null;
    }

    private static BlockPlan Because(this BlockPlan plan, string reason) =>
        new() { Choices = plan.Choices, Axes = plan.Axes, BytesPerPixel = plan.BytesPerPixel, Reason = reason };

    private static BioDLException TooLarge() =>
        new(Status.InvalidArgument, "the image has a side that cannot be cut into tiles",
            $"A side has up to {int.MaxValue} pixels, rounded up to a size that the network takes.");

    internal static string Megabytes(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F0} MB");
}
