using BioDL.Graphs.Wire;

namespace BioDL.TensorFlow.Reading;

/// <summary>
/// Replaces calls by the operations of the functions they call, with the call's name in front of each. Both branches of a condition become
/// part
/// of the graph, joined by an operation <see cref="Choice"/>. Calls are followed to a limit, and so is the number of operations they make.
/// </summary>
internal sealed class FunctionInliner
{
    /// <summary>Inputs: condition, value if true, value if false.</summary>
    public const string Choice = "(condition)";

    /// <summary>Input: the value itself. One for each result of a call, so that its name stays in the graph.</summary>
    public const string Results = "(results)";

    private const int MaximumDepth = 32;
    private const long MaximumWork = 20_000_000;
    private long _work;
    private readonly TfGraph _graph;
    private readonly Dictionary<string, FlatNode> _flat = new(StringComparer.Ordinal);

    private FunctionInliner(TfGraph graph) => _graph = graph;

    /// <exception cref="WireFormatException">calls within calls without end, unknown functions, or a name used twice</exception>
    public static FlatGraph Flatten(TfGraph graph)
    {
        var inliner = new FunctionInliner(graph);
        foreach (TfNode node in graph.Nodes)
            inliner.Add(node, [.. node.Inputs.Select(input => TfPort.Parse(input)!.Value)], 0);
        return new FlatGraph(inliner._flat);
    }

    private void Add(TfNode node, TfPort[] inputs, int depth)
    {
        switch (node.Operation)
        {
            case "PartitionedCall" or "StatefulPartitionedCall":
                Put(node, Results, Call(node.Name, node.Function("f"), inputs, depth));
                break;
            case "If" or "StatelessIf" when inputs.Length > 0:
                AddCondition(node, inputs, depth);
                break;
            default:
                if (_graph.Functions.ContainsKey(node.Operation))
                    Put(node, Results, Call(node.Name, node.Operation, inputs, depth));
                else
                    Put(node, node.Operation, inputs);
                break;
        }
    }

    private void AddCondition(TfNode node, TfPort[] inputs, int depth)
    {
        TfPort[] then = Call($"{node.Name}/then", node.Function("then_branch"), inputs[1..], depth);
        TfPort[] otherwise = Call($"{node.Name}/else", node.Function("else_branch"), inputs[1..], depth);
        if (then.Length != otherwise.Length)
            throw new WireFormatException($"the branches of the condition \"{node.Name}\" have different results");
        var results = new TfPort[then.Length];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = new TfPort($"{node.Name}/choice_{i}", 0);
            Put(node with { Name = results[i].Node }, Choice, [inputs[0], then[i], otherwise[i]]);
        }
        Put(node, Results, results);
    }

    private void Put(TfNode node, string operation, TfPort[] inputs)
    {
        _work += inputs.Length;
        if (_flat.Count >= TfGraph.MaximumNodes || _work > MaximumWork)
            throw new WireFormatException($"with its functions it has more than {TfGraph.MaximumNodes} operations");
        if (!_flat.TryAdd(node.Name, new FlatNode(node.Operation == operation ? node : node with { Operation = operation }, inputs)))
            throw new WireFormatException($"two operations are called \"{node.Name}\"");
    }

    /// <summary>Add a function's operations.</summary>
    /// <returns>where its results come from</returns>
    private TfPort[] Call(string name, string? called, TfPort[] inputs, int depth)
    {
        if (called is null || !_graph.Functions.TryGetValue(called, out TfFunction? function))
            throw new WireFormatException($"\"{name}\" calls the function \"{called}\", which is not there");
        if (depth >= MaximumDepth)
            throw new WireFormatException($"\"{name}\" is a call in a call, more than {MaximumDepth} deep");
        if (function.Arguments.Length != inputs.Length)
            throw new WireFormatException($"\"{name}\" calls \"{called}\" with {inputs.Length} of {function.Arguments.Length} values");
        _work += function.Nodes.Count + function.Arguments.Length + function.Results.Length;
        if (_work > MaximumWork)
            throw new WireFormatException("its functions call each other too often");
        var scope = new Scope(name, function, inputs);
        foreach (TfNode node in function.Nodes)
            Add(node with { Name = $"{name}/{node.Name}" }, [.. node.Inputs.Select(scope.Resolve)], depth + 1);
        return [.. function.Results.Select(result => function.Returns.TryGetValue(result, out string? source) ? scope.Resolve(source)
            : throw new WireFormatException($"the function \"{called}\" does not say where its result \"{result}\" comes from"))];
    }

    /// <summary>What names inside a function mean: an argument, or "node:output:index".</summary>
    private sealed class Scope(string prefix, TfFunction function, TfPort[] inputs)
    {
        private readonly Dictionary<string, TfPort> _arguments = function.Arguments.Select((name, i) => (name, inputs[i]))
            .DistinctBy(pair => pair.name)
            .ToDictionary(pair => pair.name, pair => pair.Item2, StringComparer.Ordinal);

        private readonly Dictionary<string, string> _operations = function.Nodes.DistinctBy(node => node.Name)
            .ToDictionary(node => node.Name, node => node.Operation, StringComparer.Ordinal);

        public TfPort Resolve(string text)
        {
            if (_arguments.TryGetValue(text, out TfPort argument))
                return argument;
            string[] parts = text.Split(':');
            int index = parts.Length > 1 && int.TryParse(parts[^1], out int number) && number >= 0 ? number : 0;
            string output = parts.Length > 2 ? parts[1] : "";
            return new TfPort($"{prefix}/{parts[0]}", index + FirstPort(_operations.GetValueOrDefault(parts[0], ""), output));
        }

        /// <summary>
        /// Outputs are named in functions and numbered in graphs. Those without an entry here have one output, or one list of them.
        /// </summary>
        private static int FirstPort(string operation, string output) => (operation, output) switch
        {
            ("Switch" or "RefSwitch", "output_true") => 1,
            ("Merge" or "RefMerge", "value_index") => 1,
            ("FusedBatchNorm" or "FusedBatchNormV2" or "FusedBatchNormV3", _) =>
                Math.Max(0, Array.IndexOf(["y", "batch_mean", "batch_variance", "reserve_space_1", "reserve_space_2", "reserve_space_3"],
                    output)),
            ("MaxPoolWithArgmax", "argmax") => 1,
            _ => 0,
        };
    }
}
