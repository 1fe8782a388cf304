namespace BioDL.Core.Tiles;

/// <summary>
/// One tile along one axis. The network gives results for [Start, Start + Size); of these only the own part [OwnStart, OwnEnd) counts. The
/// own
/// parts of all tiles cover the axis once.
/// </summary>
internal readonly record struct AxisSpan(int Start, int Size, int OwnStart, int OwnEnd);

/// <summary>A tile with three axes; a network of planes has tiles of one slice.</summary>
internal readonly record struct Block(AxisSpan Z, AxisSpan Y, AxisSpan X);

/// <summary>What the tiles along one axis may be.</summary>
/// <param name="Rules">in pixels that the network gives results for</param>
/// <param name="Pad">
/// further pixels on each side that it reads and gives nothing for: what its valid convolutions cut off. They are not part of
/// <see cref="Rules"/>
/// </param>
internal readonly record struct AxisChoice(AxisRules Rules, int Pad)
{
    /// <summary>The axis is not cut.</summary>
    public bool Whole { get; init; }

    /// <summary>The only size that the network takes, less both <see cref="Pad"/>; null: all that the rules allow.</summary>
    public int? Only { get; init; }

    /// <summary>Pixels that the network reads for a tile.</summary>
    public double Read(TileAxis axis) => axis.Size + 2.0 * Pad;

    /// <summary>The tiles to choose among.</summary>
    /// <param name="side">a side that the caller asks for; null: none</param>
    public List<TileAxis> Candidates(int? side) =>
        Only is { } only ? [TileAxis.Of(Rules, only)]
        : Whole ? [TileAxis.Of(Rules, Rules.Padded)]
        : side is { } asked ? [TileAxis.AsAskedFor(Rules, asked, 2 * Pad)]
        : TileAxis.Candidates(Rules);
}
