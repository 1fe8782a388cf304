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

    private static readonly HashSet<string> HandsOn = new(StringComparer.Ordinal) { "Identity", "IdentityN", "StopGradient", "Cast" };

    /// <param name="model">the graph with its signatures</param>
    /// <param name="graph">the same without function calls</param>
    /// <param name="wishes">what a description says</param>
    /// <param name="source">for messages</param>
    /// <returns>the outputs, and whether they are only the ends of the graph, which nobody has named</returns>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>: no such output, or none at all.</exception>
    public static (List<TfPort> Ports, bool AreEnds) Of(TfModel model, FlatGraph graph, ImportWishes wishes, string source)
    {
        List<TfSignatureTensor> signed = model.Serving?.Outputs ?? [];
        if (wishes.Outputs.Count > 0)
        {
            TfPort?[] wanted = [.. wishes.Outputs.Select(name => Named(name, signed, graph))];
            // Keras has other names for its tensors than the SavedModel that is made of them.
            if (wanted is [null] && signed is [{ } only])
                return ([only.Port], false);
            int missing = Array.IndexOf(wanted, null);
            return missing < 0 ? ([.. wanted.Select(port => port!.Value)], false) : throw Unknown(wishes.Outputs[missing], signed, source);
        }
        if (signed.Count > 0)
            return ([.. signed.Select(output => output.Port)], false);
        TfPort?[] named = [.. wishes.Named.Select(name => Named(name, signed, graph))];
        if (named.Length > 0 && named.All(port => port is not null))
            return ([.. named.Select(port => port!.Value)], false);
        List<TfPort> ports = Ends(graph);
        return ports.Count > 0 ? (ports, true) : throw new BioDLException(Status.ModelInvalid,
            $"The graph in {source} has no output that depends on an input.",
            "Export the model again, or name the output in its description.");
    }

    /// <summary>Null where there is no such operation, or where it is an input.</summary>
    private static TfPort? Named(string name, List<TfSignatureTensor> signed, FlatGraph graph)
    {
        if (TfPort.Parse(name) is { } port && graph.Nodes.TryGetValue(port.Node, out FlatNode? node)
            && node.Operation is not ("Placeholder" or "PlaceholderWithDefault"))
            return port;
        return signed.Find(output => output.Key == name)?.Port;
    }

    private static BioDLException Unknown(string name, List<TfSignatureTensor> signed, string source) =>
        new(Status.ModelInvalid, $"The graph in {source} has no operation \"{name}\" that could be an output.",
            signed.Count > 0 ? $"Its outputs are {string.Join(", ", signed.Select(output => output.Port))}."
                : "Correct the name of the output in the model's description.");

    /// <summary>Results that nobody uses, that depend on a placeholder, and that are more than what it was given.</summary>
    private static List<TfPort> Ends(FlatGraph graph)
    {
        var used = graph.Nodes.Values.SelectMany(node => node.Inputs).Select(input => input.Node).ToHashSet(StringComparer.Ordinal);
        HashSet<string> reached = Reached(graph);
        return [.. graph.Nodes.Values.Where(node => !used.Contains(node.Name) && reached.Contains(node.Name)
            && !NoResults.Contains(node.Operation) && !IsInput(node, graph))
            .Select(node => new TfPort(node.Name, 0))];
    }

    /// <summary>A placeholder, whatever only hands it on between.</summary>
    private static bool IsInput(FlatNode? node, FlatGraph graph)
    {
        for (int i = 0; i < TfGraph.MaximumNodes && node is { Inputs: [var from, ..] } && HandsOn.Contains(node.Operation); i++)
            node = graph.Nodes.GetValueOrDefault(from.Node);
        return node is { Operation: "Placeholder" or "PlaceholderWithDefault" };
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
