using BioDL.Graphs.Wire;

namespace BioDL.Graphs.Files;

/// <summary>
/// Finds the divisions that can end a process: ONNX Runtime divides whole numbers by the processor's instruction, and the smallest number
/// of 32 or 64 bits divided by -1 is a trap there (a division by 0 is an error). Types are followed through the whole file, graphs inside
/// nodes and functions included; a function counts once for each call.
/// </summary>
internal sealed class Divisions
{
    private const int MostVisits = 2_000_000, MaximumDepth = 32;

    private readonly Dictionary<(string Domain, string Name), OnnxFunction> _functions = [];
    private readonly Dictionary<int, int> _found = [];
    private int _visits;

    private Divisions(OnnxGraph graph)
    {
        foreach (OnnxFunction function in graph.Functions)
            _functions[(function.Domain == "ai.onnx" ? "" : function.Domain, function.Name)] = function;
        var scope = new Scope(null);
        foreach (var (name, constant) in graph.Constants)
            scope.Add(name, constant);
        foreach (TensorSpec input in graph.Inputs)
            scope.Types[input.Name] = input.ElementType;
        Walk(graph.Nodes, scope, 0);
    }

    /// <summary>
    /// By <see cref="OnnxNode.Number"/> of the division: ONNX's number of the element type, or 0 where it cannot be told.
    /// </summary>
    public static IReadOnlyDictionary<int, int> Of(OnnxGraph graph) =>
        graph.AllNodes.Any(IsDivision) ? new Divisions(graph)._found : new Dictionary<int, int>();

    private static bool IsDivision(OnnxNode node) => node is { Operator: "Div" or "Mod", Domain: "" };

    /// <summary>What is known of tensors where a graph can see them.</summary>
    private sealed class Scope(Scope? outer)
    {
        public Dictionary<string, int> Types { get; } = new(StringComparer.Ordinal);
        private Dictionary<string, OnnxConstant> Constants { get; } = new(StringComparer.Ordinal);

        public int TypeOf(string name) => Types.TryGetValue(name, out int type) ? type : outer?.TypeOf(name) ?? 0;

        public OnnxConstant? ConstantOf(string name) =>
            Constants.TryGetValue(name, out OnnxConstant? constant) ? constant : Types.ContainsKey(name) ? null : outer?.ConstantOf(name);

        public void Add(string name, OnnxConstant constant) => (Constants[name], Types[name]) = (constant, constant.ElementType);
    }

    private void Walk(IReadOnlyList<OnnxNode> nodes, Scope scope, int depth)
    {
        if (depth > MaximumDepth)
            throw new WireFormatException($"its functions call each other more than {MaximumDepth} deep");
        foreach (OnnxNode node in nodes)
        {
            if (++_visits > MostVisits)
                throw new WireFormatException("its functions make too many operations");
            if (node.Operator == "Constant" && node.Domain.Length == 0 && node.Outputs.Length == 1)
            {
                scope.Add(node.Outputs[0], OnnxReader.ConstantOf(node));
                continue;
            }
            int[] types = Outputs(node, scope, depth);
            for (int i = 0; i < node.Outputs.Length; i++)
                scope.Types[node.Outputs[i]] = i < types.Length ? types[i] : 0;
        }
    }

    private int[] Outputs(OnnxNode node, Scope scope, int depth)
    {
        if (_functions.TryGetValue((node.Domain, node.Operator), out OnnxFunction? function))
            return Called(function, node, scope, depth);
        if (node.Graphs.Count > 0)
            return Inside(node, scope, depth);
        if (node.Domain.Length > 0)
            return [];
        if (IsDivision(node))
            Check(node, scope);
        return [.. Enumerable.Range(0, node.Outputs.Length).Select(output => ElementTypeRules.Of(node, output, scope.TypeOf))];
    }

    private int[] Called(OnnxFunction function, OnnxNode node, Scope scope, int depth)
    {
        var own = new Scope(null);
        for (int i = 0; i < function.Inputs.Length; i++)
        {
            own.Types[function.Inputs[i]] = scope.TypeOf(node.Input(i));
            if (scope.ConstantOf(node.Input(i)) is { } constant)
                own.Add(function.Inputs[i], constant);
        }
        Walk(function.Nodes, own, depth + 1);
        return [.. function.Outputs.Select(own.TypeOf)];
    }

    /// <summary>The outputs of the graphs inside are the node's; a loop's first one is whether to go on.</summary>
    private int[] Inside(OnnxNode node, Scope scope, int depth)
    {
        int[] outputs = [];
        foreach (OnnxInnerGraph graph in node.Graphs)
        {
            var own = new Scope(scope);
            for (int i = 0; i < graph.Inputs.Count; i++)
                own.Types[graph.Inputs[i].Name] = graph.Inputs[i].ElementType > 0 ? graph.Inputs[i].ElementType
                    : scope.TypeOf(node.Input(i));
            foreach (var (name, constant) in graph.Constants)
                own.Add(name, constant);
            Walk(graph.Nodes, own, depth + 1);
            outputs = [.. graph.Outputs.Select(output => own.TypeOf(output.Name))];
        }
        return node.Operator == "Loop" ? outputs[Math.Min(1, outputs.Length)..] : outputs;
    }

    private void Check(OnnxNode node, Scope scope)
    {
        if (scope.ConstantOf(node.Input(1))?.Values is { } divisors && !divisors.Contains(-1))
            return;
        int type = Math.Max(scope.TypeOf(node.Input(0)), scope.TypeOf(node.Input(1)));
        if (type is 0 or ElementTypes.Int32 or ElementTypes.Int64)
            _found[node.Number] = _found.TryGetValue(node.Number, out int other) && other != type ? 0 : type;
    }
}
