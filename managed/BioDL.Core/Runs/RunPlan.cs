namespace BioDL.Core.Runs;

/// <summary>What one output of a run will be: T, Z, C, Y, X of the image that the caller has to provide.</summary>
public sealed record PlannedOutput
{
    public required string Name { get; init; }
    public required OutputKind Kind { get; init; }

    /// <summary>NumPy's name of the type that the model describes.</summary>
    public required string DataType { get; init; }

    /// <summary>The values can be given in the image's own unit, and so in its bit depth.</summary>
    public required bool RestoresInput { get; init; }
    public required int Frames { get; init; }
    public required int Slices { get; init; }
    public required int Channels { get; init; }
    public required int Height { get; init; }
    public required int Width { get; init; }

    /// <summary>T, Z, C, Y, X.</summary>
    public IReadOnlyList<int> Shape => [Frames, Slices, Channels, Height, Width];

    /// <summary>As many as <see cref="Channels"/>; "" where the model has no name.</summary>
    public required IReadOnlyList<string> ChannelNames { get; init; }

    /// <summary>Pixels of the input for one of this output, along z, y and x; for the result's calibration.</summary>
    public required (double Z, double Y, double X) PixelPitch { get; init; }

    /// <summary>Where the centre of its first pixel lies in the input, in pixels.</summary>
    public required (double Z, double Y, double X) Origin { get; init; }
}

/// <summary>How a run will go, before it is made: for dialogs, and for callers that have to provide the outputs' memory.</summary>
public sealed record RunPlan
{
    public required IReadOnlyList<PlannedOutput> Outputs { get; init; }

    /// <summary>How the image's axes meet the network's, one line for each axis, such as "C: channels 1, 2 of 3 -> c of raw".</summary>
    public required IReadOnlyList<string> Match { get; init; }

    /// <summary>Tiles of the whole run.</summary>
    public required long Tiles { get; init; }

    /// <summary>Pixels of a tile, halo included.</summary>
    public required Extent Tile { get; init; }
    public required Extent Halo { get; init; }

    /// <summary>The choice of tiles and its reasons in one line.</summary>
    public required string Why { get; init; }

    /// <summary>Bytes that the run takes besides the caller's images: the network and its tensors, one tile at a time.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>What the caller should know before the run, such as an image smaller than the network's smallest tile.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
