namespace BioDL.Core.Tiles;

/// <summary>What a network asks of its tiles. Sizes along an axis are min + n * step pixels.</summary>
public sealed record TileRules
{
    /// <summary>Smallest tile, a multiple of the grid.</summary>
    public required int MinY { get; init; }
    public required int MinX { get; init; }

    /// <summary>The divisor of tile sizes: 2^depth * grid for a StarDist network. Tiles start at multiples of it.</summary>
    public required int StepY { get; init; }
    public required int StepX { get; init; }

    /// <summary>Pixels of context that a result needs on each side, where a neighbouring tile begins.</summary>
    public required int HaloY { get; init; }
    public required int HaloX { get; init; }

    /// <summary>Pixels per cell of the output grid.</summary>
    public int GridY { get; init; } = 1;
    public int GridX { get; init; } = 1;

    /// <summary>Bytes the network takes for each pixel of a tile: its own work memory and the input and output tensors.</summary>
    public required double BytesPerPixel { get; init; }
}

/// <summary>What tiles may cost.</summary>
/// <param name="MemoryBytes">tiles whose <see cref="TileRules.BytesPerPixel"/> exceed it are not chosen, unless none is smaller</param>
/// <param name="Tile">side of a tile in pixels, halo included; null: chosen by the cost model</param>
public sealed record TileBudget(long MemoryBytes, int? Tile = null);
