using BioDL.Engines;
using BioDL.Graphs;

namespace BioDL.Models.Opening;

/// <summary>An input or output as the network's own file gives it.</summary>
/// <param name="Name">what the runtime calls it</param>
/// <param name="Shape">sizes, null where they are free; null when the file does not say</param>
internal sealed record NetworkTensor(string Name, IReadOnlyList<long?>? Shape)
{
    /// <summary>What the file called it before it was imported; else the name.</summary>
    public string Alias { get; init; } = "";

    /// <summary>One letter an axis where the file tells; null where the description has to.</summary>
    public string? Axes { get; init; }

    /// <summary>NumPy's name of the type of its values.</summary>
    public string ElementType { get; init; } = "float32";

    /// <summary>Null where the file does not say.</summary>
    public int? Channels { get; init; }

    public bool IsCalled(string name) =>
        name == Name || (Alias.Length > 0 && (name == Alias || name + ":0" == Alias || name == Alias + ":0"));

    public override string ToString() =>
        Shape is null ? Name : $"{Name} ({string.Join(", ", Shape.Select(size => size?.ToString() ?? "?"))})";
}

/// <summary>The weights of a model, read and checked, but not yet on any device.</summary>
internal sealed record LoadedNetwork
{
    /// <summary>bioimage.io's name of the format that the package has.</summary>
    public required string Format { get; init; }

    /// <summary>What runs it.</summary>
    public required IEngine Engine { get; init; }

    /// <summary>Of the weights as they are in the package.</summary>
    public required string Sha256 { get; init; }

    public required IReadOnlyList<NetworkTensor> Inputs { get; init; }
    public required IReadOnlyList<NetworkTensor> Outputs { get; init; }

    /// <summary>
    /// Where one output holds StarDist's two: those two by themselves, outputs of the network beside the one; else empty.
    /// </summary>
    public IReadOnlyList<NetworkTensor> Stars { get; init; } = [];

    /// <summary>What a user should know of how it was read; each run warns of it.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Null for a network that has no graph to look at.</summary>
    public OnnxGraph? Graph { get; init; }

    /// <summary>Where its external tensors lie; null when it has none.</summary>
    public string? ExternalFolder { get; init; }

    /// <summary>What the runtime loads, read anew so that it takes no memory while nothing runs.</summary>
    public required Func<byte[]> Read { get; init; }

    /// <summary>As an engine takes it, before its sizes are known.</summary>
    /// <param name="source">for messages</param>
    public NetworkFile File(string source) => new()
    {
        Source = source, Read = Read, ExternalFolder = ExternalFolder, Inputs = [.. Inputs.Select(tensor => tensor.Name)],
        Outputs = [.. Outputs.Select(tensor => tensor.Name)],
    };
}
