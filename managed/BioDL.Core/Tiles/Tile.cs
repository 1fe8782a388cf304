namespace BioDL.Core.Tiles;

/// <summary>
/// One tile, in pixels of the plane. The network reads Height x Width pixels from (Y, X) on; of what it answers only the tile's own region
/// [OwnTop, OwnBottom) x [OwnLeft, OwnRight) counts. The own regions of all tiles cover the plane's output grid once, without overlap; they
/// start and end on grid cells, so the last ones may end up to a grid step beyond the plane.
/// </summary>
public readonly record struct Tile(int Y, int X, int Height, int Width)
{
    /// <summary>First row of the own region, a multiple of the grid.</summary>
    public required int OwnTop { get; init; }
    public required int OwnLeft { get; init; }

    /// <summary>The row after the last of the own region, a multiple of the grid.</summary>
    public required int OwnBottom { get; init; }
    public required int OwnRight { get; init; }
}
