using BioDL.Core;
using BioDL.TensorFlow.Reading;

namespace BioDL.TensorFlow;

/// <summary>Which tensors of a graph are the network's outputs.</summary>
internal static class OutputChoice
{
    private static readonly HashSet<string> NoResults = new(StringComparer.Ordinal)
    {
        "NoOp", "Assign", "AssignVariableOp", "AssignAdd", "AssignSub", "AssignAddVariableOp", "AssignSubVariableOp", "SaveV2", "RestoreV2",
        "MergeV2Checkpoints",
        "Const", "Placeholder", "PlaceholderWithDefault", "VariableV2", "Variable", "VarHandleOp", "ReadVariableOp", "VarIsInitializedOp",
        "IsVariableInitialized",
        "Assert", "Print", "PrintV2", "ScalarSummary", "HistogramSummary", "MergeSummary", "Shape", "ShapeN", "Rank", "Size",
    };

    /// <param name="model">the graph with its signatures</param>
    /// <param name="graph">the same without function calls</param>
    /// <param name="wanted">names of operations or of the signature's outputs; empty for those of the signature, or else for all ends of
    /// the graph</param>
    /// <param name="source">for messages</param>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>: no such output, or none at all.</exception>
    public static List<TfPort> Of(TfModel model, FlatGraph graph, IReadOnlyList<string> wanted, string source)
    {
        List<TfSignatureTensor> signed = model.Serving?.Outputs ?? [];
        if (wanted.Count > 0)
            return [.. wanted.Select(name => Named(name, signed, graph, source))];
        List<TfPort> ports = signed.Count > 0 ? [.. signed.Select(output => output.Port)] : Ends(graph);
        return ports.Count > 0 ? ports : throw new BioDLException(Status.ModelInvalid,
            $"The graph in {source} has no output that depends on an input.",
            "Export the model again, or name the output in its description.");
    }

    private static TfPort Named(string name, List<TfSignatureTensor> signed, FlatGraph graph, string source)
    {
        if (TfPort.Parse(name) is { } port && graph.Nodes.ContainsKey(port.Node))
            return port;
        string hint = signed.Count > 0 ? $"Its outputs are {string.Join(", ", signed.Select(output => output.Port))}."
            : "Correct the name of the output in the model's description.";
        return signed.Find(output => output.Key == name)?.Port
            ?? throw new BioDLException(Status.ModelInvalid, $"The graph in {source} has no operation \"{name}\".", hint);
    }

    /// <summary>Results that nobody uses and that depend on a placeholder.</summary>
    private static List<TfPort> Ends(FlatGraph graph)
    {
        var used = graph.Nodes.Values.SelectMany(node => node.Inputs).Select(input => input.Node).ToHashSet(StringComparer.Ordinal);
        HashSet<string> reached = Reached(graph);
        return [.. graph.Nodes.Values.Where(node => !used.Contains(node.Name) && reached.Contains(node.Name)
            && !NoResults.Contains(node.Operation))
            .Select(node => new TfPort(node.Name, 0))];
    }

    private static HashSet<string> Reached(FlatGraph graph)
    {
        ILookup<string, string> consumers = graph.Nodes.Values.SelectMany(node => node.Inputs.Select(input => (input.Node, node.Name)))
            .ToLookup(pair => pair.Node, pair => pair.Name, StringComparer.Ordinal);
        var waiting = new Queue<string>(graph.Nodes.Values.Where(node => node.Operation == "Placeholder").Select(node => node.Name));
        var reached = new HashSet<string>(waiting, StringComparer.Ordinal);
        while (waiting.TryDequeue(out string? name))
        {
            foreach (string consumer in consumers[name].Where(reached.Add))
                waiting.Enqueue(consumer);
        }
        return reached;
    }
}
