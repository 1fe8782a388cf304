namespace BioDL.Onnx.Graph;

/// <summary>An input or output of a network.</summary>
/// <param name="Name">its name in the file</param>
/// <param name="ElementType">ONNX's number: 1 is float32</param>
/// <param name="Shape">sizes, null where they are free; null when the file does not say</param>
public sealed record TensorSpec(string Name, int ElementType, IReadOnlyList<long?>? Shape)
{
    public const int Float32 = 1;

    /// <summary>For messages: "prob float32 (n, 1, ?, ?)".</summary>
    public override string ToString()
    {
        string type = ElementType == Float32 ? "float32" : $"element type {ElementType}";
        return Shape is null ? $"{Name} {type}" : $"{Name} {type} ({string.Join(", ", Shape.Select(size => size?.ToString() ?? "?"))})";
    }
}

/// <summary>One operation. Attributes that nobody here needs are left out.</summary>
internal sealed record OnnxNode(string Operator, string[] Inputs, string[] Outputs, Dictionary<string, long[]> Integers, Dictionary<string, float[]> Floats)
{
    public long Integer(string name, long otherwise) => Integers.TryGetValue(name, out long[]? values) && values.Length > 0 ? values[0] : otherwise;

    public long[]? List(string name) => Integers.GetValueOrDefault(name);
}

/// <summary>A constant of the network; its values only where they are few.</summary>
internal sealed record OnnxConstant(long[] Dimensions, float[]? Values);

/// <summary>What a network file says of itself, without its weights.</summary>
public sealed class OnnxGraph
{
    /// <summary>Version of the default operator set.</summary>
    public long Opset { get; internal set; }

    public string Producer { get; internal set; } = "";

    /// <summary>Inputs that a caller must give.</summary>
    public IReadOnlyList<TensorSpec> Inputs { get; internal set; } = [];

    public IReadOnlyList<TensorSpec> Outputs { get; internal set; } = [];

    /// <summary>Files that hold weights of their own, as the file names them; untrusted.</summary>
    public IReadOnlyList<string> ExternalFiles { get; internal set; } = [];

    /// <summary>Operators of other domains than ONNX's own.</summary>
    public IReadOnlyList<string> ForeignOperators { get; internal set; } = [];

    internal List<OnnxNode> Nodes { get; } = [];

    internal Dictionary<string, OnnxConstant> Constants { get; } = [];
}
