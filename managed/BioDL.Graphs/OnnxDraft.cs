namespace BioDL.Graphs;

/// <summary>One operation of a network that is being made.</summary>
/// <param name="Operator">of ONNX's own domain</param>
/// <param name="Inputs">names; "" for one that is left out</param>
/// <param name="Outputs">names</param>
public sealed record DraftNode(string Operator, string[] Inputs, string[] Outputs)
{
    /// <summary>Values are long, long[], float, float[] or string.</summary>
    public Dictionary<string, object> Attributes { get; init; } = [];
}

/// <summary>A constant of a network that is being made: values are float[] or long[].</summary>
public sealed record DraftConstant(long[] Dimensions, Array Values)
{
    public static DraftConstant Floats(long[] dimensions, float[] values) => new(dimensions, values);

    public static DraftConstant Integers(params long[] values) => new([values.Length], values);
}

/// <summary>An input or output of a network that is being made.</summary>
/// <param name="Name">its name</param>
/// <param name="Shape">long, or string for a size that is free</param>
public sealed record DraftTensor(string Name, object[] Shape)
{
    /// <summary>NumPy's name of the type of its values in the network that it was made from; the tensor itself is float32.</summary>
    public string Origin { get; init; } = "float32";
}

/// <summary>A network that is being made; nodes in topological order. All tensors at its border are float32.</summary>
public sealed class OnnxDraft
{
    public List<DraftNode> Nodes { get; set; } = [];

    public Dictionary<string, DraftConstant> Constants { get; } = new(StringComparer.Ordinal);

    public List<DraftTensor> Inputs { get; } = [];

    public List<DraftTensor> Outputs { get; } = [];
}
