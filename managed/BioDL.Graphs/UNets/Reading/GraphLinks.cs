namespace BioDL.Graphs.UNets.Reading;

/// <summary>A network's file is none of the family; the message completes "it has ...".</summary>
internal sealed class UnmappedException(string why) : Exception(why);

/// <summary>Which node makes a tensor and which take it. Tensors that are one under several names go by the first one.</summary>
internal sealed class GraphLinks
{
    private static readonly HashSet<string> Naming = ["Identity", "Dropout"];

    private readonly Dictionary<string, string> _first = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OnnxNode> _producers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<OnnxNode>> _consumers = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, float[]> _weights;

    /// <param name="graph">untrusted</param>
    /// <param name="weights">values of its initializers</param>
    /// <exception cref="UnmappedException">Nodes are not in topological order, so that following them might have no end.</exception>
    public GraphLinks(OnnxGraph graph, IReadOnlyDictionary<string, float[]> weights)
    {
        (Graph, _weights) = (graph, weights);
        HashSet<string> made = ["", .. graph.Constants.Keys, .. graph.Inputs.Select(input => input.Name)];
        foreach (OnnxNode node in graph.Nodes.Where(node => node.Operator != "Constant"))
        {
            if (!node.Inputs.All(made.Contains) || !node.Outputs.All(made.Add))
                throw new UnmappedException("nodes in another order than they run");
            OnnxNode plain = node with { Inputs = [.. node.Inputs.Select(First)] };
            if (Naming.Contains(node.Operator) && node.Domain.Length == 0)
            {
                _first[node.Outputs[0]] = plain.Input(0);
                continue;
            }
            foreach (string output in plain.Outputs)
                _producers[output] = plain;
            foreach (string input in plain.Inputs.Distinct())
                (_consumers.TryGetValue(input, out List<OnnxNode>? nodes) ? nodes : _consumers[input] = []).Add(plain);
        }
    }

    public OnnxGraph Graph { get; }

    /// <summary>The first name of a tensor.</summary>
    public string First(string tensor) => _first.GetValueOrDefault(tensor, tensor);

    /// <summary>Null for inputs and constants.</summary>
    public OnnxNode? Producer(string tensor) => _producers.GetValueOrDefault(First(tensor));

    public IReadOnlyList<OnnxNode> Consumers(string tensor) => _consumers.TryGetValue(First(tensor), out List<OnnxNode>? nodes) ? nodes
        : [];

    /// <summary>Null where there are none or several.</summary>
    public OnnxNode? OnlyConsumer(string tensor) => Consumers(tensor) is [var only] ? only : null;

    /// <summary>The only node of a kind that takes a tensor.</summary>
    public OnnxNode? Consumer(string tensor, string type) =>
        Consumers(tensor).Where(node => node.Operator == type).ToList() is [var only] ? only : null;

    /// <summary>Sizes of a constant.</summary>
    public long[] Shape(string constant) => Graph.Constants.TryGetValue(constant, out OnnxConstant? found) ? found.Dimensions
        : throw new UnmappedException($"weights \"{constant}\" that are computed");

    /// <summary>Values of a constant of real numbers.</summary>
    public float[] Values(string constant) => _weights.TryGetValue(constant, out float[]? values) ? values
        : Graph.Constants.TryGetValue(constant, out OnnxConstant? found) && found.Values is { } few ? [.. few.Select(value => (float)value)]
        : throw new UnmappedException($"weights \"{constant}\" that are not in the file as float32 or float16");

    public bool IsConstant(string tensor) => Graph.Constants.ContainsKey(tensor);
}
