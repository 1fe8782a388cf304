namespace BioDL.TensorFlow.Reading;

/// <summary>A function of a graph's library (function.proto).</summary>
/// <param name="Name">what calls name it by</param>
/// <param name="Arguments">names of its inputs</param>
/// <param name="Results">names of its outputs, in order</param>
/// <param name="Nodes">its operations</param>
/// <param name="Returns">for each result where its value comes from: an argument, or "node:output:index"</param>
internal sealed record TfFunction(string Name, string[] Arguments, string[] Results, List<TfNode> Nodes,
    Dictionary<string, string> Returns);

/// <summary>A graph as its file has it (graph.proto).</summary>
internal sealed class TfGraph
{
    public const int MaximumNodes = 200_000;

    public List<TfNode> Nodes { get; } = [];

    public Dictionary<string, TfFunction> Functions { get; } = [];
}

/// <summary>A named input or output of a signature.</summary>
/// <param name="Key">the signature's name for it</param>
/// <param name="Port">where it is in the graph</param>
/// <param name="Shape">null where the rank is not known</param>
internal sealed record TfSignatureTensor(string Key, TfPort Port, long?[]? Shape);

/// <summary>Inputs and outputs for one purpose (SignatureDef in meta_graph.proto).</summary>
internal sealed record TfSignature(string Name, List<TfSignatureTensor> Inputs, List<TfSignatureTensor> Outputs)
{
    /// <summary>What SavedModels call the purpose of inference.</summary>
    public const string Serving = "serving_default";
}

/// <summary>A SavedModel, or a frozen graph, which has neither signatures nor variables.</summary>
internal sealed record TfModel(TfGraph Graph, List<TfSignature> Signatures, bool Frozen)
{
    /// <summary>The signature for inference; null when there is none.</summary>
    public TfSignature? Serving => Signatures.Find(signature => signature.Name == TfSignature.Serving)
        ?? Signatures.Where(signature => signature.Outputs.Count > 0 && signature.Inputs.Count > 0)
            .OrderBy(signature => signature.Name, StringComparer.Ordinal).FirstOrDefault();
}
