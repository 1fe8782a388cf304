namespace BioDL.Models.Readers;

/// <summary>What a description says; null where it does not, so that the network itself is asked.</summary>
internal sealed record ModelDraft
{
    /// <summary>The .onnx file in the model's folder.</summary>
    public required string Weights { get; init; }

    /// <summary>SHA-256 that the description gives for it.</summary>
    public string? Sha256 { get; init; }

    public string Name { get; init; } = "";
    public string Description { get; init; } = "";
    public string Licence { get; init; } = "";
    public string Citation { get; init; } = "";
    public string? InputName { get; init; }

    /// <summary>Names of the outputs that it describes; empty when it does not.</summary>
    public IReadOnlyList<string> OutputNames { get; init; } = [];

    public int? Channels { get; init; }
    public int? Rays { get; init; }
    public AxisPair? Grid { get; init; }

    /// <summary>Smallest size and step of tiles.</summary>
    public AxisPair? Minimum { get; init; }
    public AxisPair? Step { get; init; }

    /// <summary>In pixels of the input.</summary>
    public int? Halo { get; init; }
    public double? PercentileLow { get; init; }
    public double? PercentileHigh { get; init; }
    public double? Epsilon { get; init; }
    public bool JointChannels { get; init; } = true;
    public double? ProbThreshold { get; init; }
    public double? OverlapThreshold { get; init; }

    /// <summary>In grid cells.</summary>
    public int? Border { get; init; }
}

/// <summary>One number for each spatial axis.</summary>
internal readonly record struct AxisPair(int Y, int X);

/// <summary>One format of model descriptions. A further format is a further class in <see cref="ModelReaders"/>.</summary>
internal interface IModelReader
{
    /// <summary>What this reader makes of the files; null when they are not in its format.</summary>
    /// <exception cref="Core.BioDLException">They are in its format, but broken or for another task.</exception>
    ModelDraft? Read(Files.ModelLocation location);
}

/// <summary>The known formats, the most telling first.</summary>
internal static class ModelReaders
{
    public static IReadOnlyList<IModelReader> All { get; } = [new BioimageioReader(), new StarDistFolderReader(), new BareOnnxReader()];
}
