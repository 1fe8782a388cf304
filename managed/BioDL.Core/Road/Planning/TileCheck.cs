using System.Globalization;
using BioDL.Core.Tiles;

namespace BioDL.Core.Road.Planning;

/// <summary>Whether tiles are worth their cost, and how long they will take.</summary>
internal static class TileCheck
{
    /// <summary>
    /// Tiles that together read so many times what one of everything would read are a mistake: they repeat little but the margin between
    /// them, for minutes where seconds would do.
    /// </summary>
    private const double MostComputed = 100;

    /// <summary>
    /// Floating-point operations a second and a core, of processors with AVX2 in convolutions: half to twice that was measured.
    /// </summary>
    private const double OperationsPerSecond = 50e9;

    /// <exception cref="BioDLException">
    /// <see cref="Status.InvalidArgument"/>: the tiles asked for cost too much; <see cref="Status.OutOfMemory"/>: those that the memory
    /// allows
    /// </exception>
    public static void Require(RunJob job, Action<string> warn)
    {
        BlockPlan tiles = job.Tiles;
        if (tiles.Computed <= MostComputed)
            return;
        string what = string.Create(CultureInfo.InvariantCulture, $"compute {tiles.Computed:F0} times the image, since each reads a margin "
            + $"around what it gives");
        BlockPlan best = BlockPlanner.Plan(tiles.Choices.Z, tiles.Choices.Y, tiles.Choices.X, tiles.BytesPerPixel,
            new TileBudget(long.MaxValue / 2));
        if (best.Computed > MostComputed)
            warn($"The network takes tiles of {tiles.Sizes} alone, which {what}.");
        else if (job.Options.Tile is { } side)
        {
            throw new BioDLException(Status.InvalidArgument, $"tiles of {side} pixels would {what}",
                $"Leave the tiles to BioDL, or make them {4 * Math.Max(Margin(tiles.Choices.Y), Margin(tiles.Choices.X))} pixels or more.");
        }
        else
        {
            throw new BioDLException(Status.OutOfMemory, $"the memory allows only tiles of {tiles.Sizes}, which would {what}",
                $"Allow more memory (the best tiles take {BlockPlanner.Megabytes(best.Bytes)}), or close other programs.");
        }
    }

    /// <summary>"; about 12 s on 8 cores", "" where the cost of the network is not known, or it takes no time.</summary>
    public static string Time(RunJob job)
    {
        double seconds = job.Tiles.Count * (double)job.Match.SampleCount * job.Tiles.Pixels * job.Network.FlopsPerPixel
            / (OperationsPerSecond * Cores.Count);
        return seconds < 5 ? "" : string.Create(CultureInfo.InvariantCulture, $"; about {Text(seconds)} on {Cores.Count} cores");
    }

    private static string Text(double seconds) => seconds < 100 ? FormattableString.Invariant($"{seconds:F0} s")
        : seconds < 6000 ? FormattableString.Invariant($"{seconds / 60:F0} min") : FormattableString.Invariant($"{seconds / 3600:F0} h");

    private static int Margin(AxisChoice axis) => Math.Max(axis.Rules.Min, axis.Rules.Margin) + axis.Pad;
}
