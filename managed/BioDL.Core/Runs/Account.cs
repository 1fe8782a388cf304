namespace BioDL.Core.Runs;

/// <summary>Milliseconds that each stage of a run took, over all tiles; 0 for a stage that the run had not.</summary>
public sealed record StageTimes
{
    /// <summary>Loading the network; 0 when it was loaded already.</summary>
    public double Prepare { get; set; }

    /// <summary>Taking statistics over whole images.</summary>
    public double Statistics { get; set; }

    /// <summary>Pixels into tensors, normalised on the way.</summary>
    public double Read { get; set; }
    public double Network { get; set; }

    /// <summary>Tensors into pixels, scaled back on the way.</summary>
    public double Write { get; set; }

    /// <summary>Picking candidates for objects out of tensors.</summary>
    public double Candidates { get; set; }

    /// <summary>Choosing the objects among the candidates.</summary>
    public double Suppress { get; set; }

    /// <summary>Painting labels.</summary>
    public double Render { get; set; }
    public double Total { get; set; }
}

/// <summary>How a run went, the same for every task and host.</summary>
public sealed record Account
{
    /// <summary>Computed, of all samples, those of failed attempts included.</summary>
    public required long Tiles { get; init; }

    /// <summary>Pixels of a tile along z, y and x, halo included.</summary>
    public required Extent Tile { get; init; }

    /// <summary>The choice of tiles and its reasons in one line.</summary>
    public required string Why { get; init; }

    /// <summary>Bytes read from and written to the caller's images, all passes together.</summary>
    public required long BytesRead { get; init; }
    public required long BytesWritten { get; init; }

    /// <summary>Id of the device that ran, such as "cpu" or "cuda:0".</summary>
    public required string Device { get; init; }
    public required string DeviceName { get; init; }

    /// <summary>Another device ran than the one asked for; the warnings say why.</summary>
    public required bool FellBack { get; init; }
    public required IReadOnlyList<string> Warnings { get; init; }
    public required StageTimes Times { get; init; }

    /// <summary>
    /// A JSON object, "schema" 1: model, inputs, region, options as they took effect, processing, statistics used, tiles, device, times,
    /// outputs,
    /// objects, warnings, versions. See ARCHITECTURE.md.
    /// </summary>
    public required string Provenance { get; init; }
}
