namespace BioDL.Core.Prediction;

/// <summary>Milliseconds a stage took, over all tiles.</summary>
public sealed record PredictionTimes
{
    /// <summary>Loading the network; 0 when it was loaded already.</summary>
    public double Prepare { get; set; }

    /// <summary>Taking statistics over the whole image.</summary>
    public double Statistics { get; set; }

    /// <summary>Pixels into tensors, normalised on the way.</summary>
    public double Read { get; set; }
    public double Network { get; set; }

    /// <summary>Tensors into pixels, scaled back on the way.</summary>
    public double Write { get; set; }
    public double Total { get; set; }
}

/// <summary>The account of a run; the pixels are in the caller's images.</summary>
public sealed record PredictionResult
{
    /// <summary>For each output the values that were beyond its pixel type and became the nearest one.</summary>
    public required IReadOnlyList<long> Clipped { get; init; }

    /// <summary>For each output the values that were NaN or infinite and became 0.</summary>
    public required IReadOnlyList<long> NotFinite { get; init; }
    public required long Tiles { get; init; }
    public required Extent Tile { get; init; }

    /// <summary>Bytes read from and written to the caller's images, all passes together.</summary>
    public required long BytesRead { get; init; }
    public required long BytesWritten { get; init; }
    public required string Device { get; init; }
    public required string DeviceName { get; init; }

    /// <summary>Another device ran than the one asked for; the warnings say why.</summary>
    public required bool FellBack { get; init; }
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>A JSON object: model id, version, hash, weights format, statistics used, device, versions, tiles and why, clipped values.</summary>
    public required string Provenance { get; init; }
    public required PredictionTimes Times { get; init; }
}
