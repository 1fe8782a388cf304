namespace BioDL.Core.Tiles;

/// <summary>What a network asks of its tiles. Sizes along an axis are min + n * step pixels.</summary>
public sealed record TileRules
{
    /// <summary>Smallest tile, a multiple of the grid.</summary>
    public required int MinY { get; init; }
    public required int MinX { get; init; }

    /// <summary>The divisor of tile sizes, 2^depth * grid for a StarDist network, and a multiple of the grid. Tiles start at multiples of it.</summary>
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

    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>: no tile can meet these rules.</exception>
    public void Validate()
    {
        Validate("y", MinY, StepY, HaloY, GridY);
        Validate("x", MinX, StepX, HaloX, GridX);
        if (!(BytesPerPixel >= 0 && double.IsFinite(BytesPerPixel)))
            throw Invalid($"takes {BytesPerPixel} bytes a pixel");
    }

    private static void Validate(string axis, int min, int step, int halo, int grid)
    {
        if (min < 1 || step < 1 || halo < 0 || grid < 1)
            throw Invalid($"asks for tiles of {min} + n x {step} pixels with a halo of {halo} and a grid of {grid} along {axis}");
        if (min % grid != 0 || step % grid != 0)
            throw Invalid($"has tile sizes of {min} + n x {step} pixels along {axis}, which are not multiples of its grid of {grid}");
        if ((long)min + 2L * halo + 2L * step + grid > int.MaxValue)
            throw Invalid($"asks for a smallest tile of {min} pixels, a step of {step} and a halo of {halo} along {axis}");
    }

    private static BioDLException Invalid(string what) => new(Status.ModelInvalid, $"the model {what}", "Check the sizes, the halo and the grid in its description.");
}

/// <summary>What tiles may cost.</summary>
/// <param name="MemoryBytes">tiles that take more (<see cref="TileRules.BytesPerPixel"/>) are not chosen, unless none takes less</param>
/// <param name="Tile">side of a tile in pixels, halo included, rounded up to a size the network takes; null: chosen by the cost model</param>
public sealed record TileBudget(long MemoryBytes, int? Tile = null);
