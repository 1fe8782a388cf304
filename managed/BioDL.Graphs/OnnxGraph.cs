namespace BioDL.Graphs;

/// <summary>An input or output of a network.</summary>
/// <param name="Name">its name in the file</param>
/// <param name="ElementType">ONNX's number: 1 is float32; 0 where the tensor is none, but a sequence or a map</param>
/// <param name="Shape">sizes, null where they are free; null when the file does not say</param>
public sealed record TensorSpec(string Name, int ElementType, IReadOnlyList<long?>? Shape)
{
    public const int Float32 = 1;

    /// <summary>NumPy's name of the element type.</summary>
    public string TypeName => ElementTypes.Name(ElementType);

    /// <summary>For messages: "prob float32 (n, 1, ?, ?)".</summary>
    public override string ToString()
    {
        string type = ElementTypes.Name(ElementType);
        return Shape is null ? $"{Name} {type}" : $"{Name} {type} ({string.Join(", ", Shape.Select(size => size?.ToString() ?? "?"))})";
    }
}

/// <summary>One operation. Attributes that nobody here needs are left out.</summary>
public sealed record OnnxNode(string Operator, string[] Inputs, string[] Outputs)
{
    /// <summary>"" for ONNX's own operators.</summary>
    public string Domain { get; init; } = "";

    /// <summary>Its place among all nodes of the file, those of graphs inside nodes and of functions included.</summary>
    public int Number { get; init; }

    /// <summary>The branches of If, the body of Loop and Scan.</summary>
    public IReadOnlyList<OnnxInnerGraph> Graphs { get; init; } = [];

    /// <summary>Names that the graphs inside it (the branches of If, the body of Loop) take from outside.</summary>
    public IReadOnlyList<string> Captures { get; init; } = [];

    public Dictionary<string, long[]> Integers { get; } = [];
    public Dictionary<string, float[]> Floats { get; } = [];
    public Dictionary<string, string> Texts { get; } = [];
    public Dictionary<string, OnnxConstant> Tensors { get; } = [];

    public long Integer(string name, long otherwise) => Integers.TryGetValue(name, out long[]? values) && values.Length > 0
        ? values[0] : otherwise;

    public long[]? List(string name) => Integers.GetValueOrDefault(name);

    public string Text(string name, string otherwise) => Texts.GetValueOrDefault(name, otherwise);

    /// <summary>The name of an input; "" where it is left out.</summary>
    public string Input(int index) => index < Inputs.Length ? Inputs[index] : "";
}

/// <summary>A constant of the network; its values only where they are few.</summary>
/// <param name="Dimensions">untrusted</param>
/// <param name="Values">row by row, or null</param>
/// <param name="Whole">of int32 or int64, so that a quotient is rounded</param>
public sealed record OnnxConstant(long[] Dimensions, double[]? Values, bool Whole = false)
{
    /// <summary>ONNX's number of its element type; 0 where it is not known.</summary>
    public int ElementType { get; init; }
}

/// <summary>A graph inside a node.</summary>
public sealed class OnnxInnerGraph
{
    public IReadOnlyList<TensorSpec> Inputs { get; internal set; } = [];
    public IReadOnlyList<TensorSpec> Outputs { get; internal set; } = [];
    internal List<OnnxNode> Nodes { get; } = [];
    internal Dictionary<string, OnnxConstant> Constants { get; } = [];
}

/// <summary>An operator that the file defines itself.</summary>
internal sealed record OnnxFunction(string Domain, string Name, string[] Inputs, string[] Outputs, IReadOnlyList<OnnxNode> Nodes);

/// <summary>A constant as the file declares it, for the checks.</summary>
/// <param name="Name">its name in the file</param>
/// <param name="ElementType">ONNX's number</param>
/// <param name="Dimensions">untrusted</param>
/// <param name="Raw">bytes of raw data; -1 where the values are kept in another way</param>
/// <param name="Message">bytes of all of it</param>
/// <param name="External">the values lie in a file of their own</param>
public readonly record struct DeclaredTensor(string Name, int ElementType, long[] Dimensions, long Raw, long Message, bool External);

/// <summary>What a network file says of itself, without its weights.</summary>
public sealed class OnnxGraph
{
    /// <summary>Version of the file format.</summary>
    public long IrVersion { get; internal set; }

    /// <summary>Version of the default operator set.</summary>
    public long Opset { get; internal set; }

    public string Producer { get; internal set; } = "";

    /// <summary>Inputs that a caller must give.</summary>
    public IReadOnlyList<TensorSpec> Inputs { get; internal set; } = [];

    public IReadOnlyList<TensorSpec> Outputs { get; internal set; } = [];

    /// <summary>Files that hold weights of their own, as the file names them, also inside branches and loops; untrusted.</summary>
    public IReadOnlyList<string> ExternalFiles { get; internal set; } = [];

    /// <summary>
    /// Operators of other domains than ONNX's own and than those that the file defines itself, such as "com.microsoft.Gelu".
    /// </summary>
    public IReadOnlyList<string> ForeignOperators { get; internal set; } = [];

    internal List<OnnxNode> Nodes { get; } = [];

    internal Dictionary<string, OnnxConstant> Constants { get; } = [];

    internal List<DeclaredTensor> Declared { get; } = [];

    internal List<OnnxFunction> Functions { get; } = [];

    /// <summary>
    /// Divisions that could end the process, by <see cref="OnnxNode.Number"/>: ONNX's number of the element type, or 0 where it cannot be
    /// told.
    /// </summary>
    internal IReadOnlyDictionary<int, int> Divisions { get; set; } = new Dictionary<int, int>();

    /// <summary>All nodes of the file, those of graphs inside nodes and of functions included.</summary>
    internal IEnumerable<OnnxNode> AllNodes => Within(Nodes.Concat(Functions.SelectMany(function => function.Nodes)));

    private static IEnumerable<OnnxNode> Within(IEnumerable<OnnxNode> nodes) =>
        nodes.SelectMany(node => node.Graphs.Count == 0 ? [node] : Within(node.Graphs.SelectMany(graph => graph.Nodes)).Prepend(node));
}
