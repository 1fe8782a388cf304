using BioDL.Models.Descriptions;
using BioDL.Models.Files;

namespace BioDL.Models.Readers;

/// <summary>What a description says; null or empty where it does not, so that the network itself is asked.</summary>
internal sealed record ModelDraft
{
    /// <summary>Name, citation, format and the like; tensors and weights are filled in later.</summary>
    public required ModelDescription Description { get; init; }

    public required WeightsDraft Weights { get; init; }

    /// <summary>Where the weights lie, when they lie in a zip file of the package; null: in the package itself.</summary>
    public IModelFiles? Files { get; init; }

    /// <summary>Null: the network's own inputs.</summary>
    public IReadOnlyList<TensorDraft>? Inputs { get; init; }

    /// <summary>Null: the network's own outputs.</summary>
    public IReadOnlyList<TensorDraft>? Outputs { get; init; }

    /// <summary>What it says of star-convex objects; null where it does not say that it finds any.</summary>
    public StarDistDraft? StarDist { get; init; }

    /// <summary>Channels of outputs come in pairs, a value and its spread (CARE's probabilistic networks).</summary>
    public bool Probabilistic { get; init; }

    /// <summary>The description forbids tiles.</summary>
    public bool IsWhole { get; init; }
}

/// <summary>The file of a package that holds the network.</summary>
/// <param name="Format">bioimage.io's name of the format, such as "onnx"</param>
/// <param name="File">its name in the package</param>
/// <param name="Sha256">what the description gives for it; null where it does not</param>
internal sealed record WeightsDraft(string Format, string File, string? Sha256 = null)
{
    public const string Onnx = "onnx", SavedModel = "tensorflow_saved_model_bundle", FrozenGraph = "tensorflow_frozen_graph",
    TorchScript = "torchscript";

    /// <summary>Operations of a TensorFlow graph to be taken as outputs; empty: those that the graph names itself.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Outputs of a TensorFlow graph by the names of the description, where the graph names none itself.</summary>
    public IReadOnlyList<string> Named { get; init; } = [];

    /// <summary>Inputs of a TensorFlow graph as the description has them, for their axes.</summary>
    public IReadOnlyList<TensorDraft> Inputs { get; init; } = [];

    /// <summary>All that decides what becomes of a graph, as a text.</summary>
    public string Wishes => string.Join(" / ", string.Join('|', Outputs), string.Join('|', Named),
        string.Join('|', Inputs.Select(input => $"{input.Id} {input.Letters}")));
}

/// <summary>What a description says of star-convex objects; null where it does not.</summary>
internal sealed record StarDistDraft
{
    /// <summary>Spatial dimensions; 2 can be segmented.</summary>
    public int Dimensions { get; init; } = 2;
    public int? Rays { get; init; }
    public int? Channels { get; init; }
    public AxisPair? Grid { get; init; }
    public double? ProbThreshold { get; init; }
    public double? OverlapThreshold { get; init; }

    /// <summary>In grid cells.</summary>
    public int? Border { get; init; }
}

/// <summary>One number for each axis of a plane.</summary>
internal readonly record struct AxisPair(int Y, int X);

/// <summary>One format of model descriptions. A further format is a further class in <see cref="ModelReaders"/>.</summary>
internal interface IModelReader
{
    /// <summary>What this reader makes of the files; null when they are not in its format.</summary>
    /// <exception cref="Core.BioDLException">They are in its format, but broken or of a kind that cannot be run.</exception>
    ModelDraft? Read(ModelLocation location);
}

/// <summary>The known formats, the most telling first.</summary>
internal static class ModelReaders
{
    public static IReadOnlyList<IModelReader> All { get; } = [new BioimageioReader(), new CsbDeepReader(), new NestedZipReader(),
        new KerasReader(), new BareOnnxReader()];
}
