namespace BioDL.Engines;

/// <summary>A network as an engine needs it: its weights, its tensors, and what is known of it.</summary>
public sealed record NetworkFile
{
    /// <summary>Where it comes from, for messages.</summary>
    public required string Source { get; init; }

    /// <summary>The bytes of its file, read anew for each device so that they take no memory while nothing is loaded.</summary>
    public required Func<byte[]> Read { get; init; }

    /// <summary>Names, in the order of the tensors of a run.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>Likewise.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>The smallest shape of each input, such as (1, 1, 64, 64).</summary>
    public IReadOnlyList<long[]> SmallestInputs { get; init; } = [];

    /// <summary>The shapes of its outputs for those inputs.</summary>
    public IReadOnlyList<long[]> SmallestOutputs { get; init; } = [];

    /// <summary>Outputs see a part of the image only, as those of convolutions do: no normalisation over all of it.</summary>
    public bool Local { get; init; }

    /// <summary>Where weights beside the file lie; null when it has none.</summary>
    public string? ExternalFolder { get; init; }
}
