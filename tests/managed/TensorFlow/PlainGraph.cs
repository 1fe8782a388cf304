using BioDL.TensorFlow.Reading;

namespace BioDL.Tests.TensorFlow;

/// <summary>
/// Computes a TensorFlow graph in float64, operation by operation, as TensorFlow documents them: channels last, nothing fused, nothing
/// moved.
/// It shares the reader of files with the importer and nothing else.
/// </summary>
internal sealed class PlainGraph(FlatGraph graph, Nd input, Func<TfNode, Nd>? variable = null)
{
    private readonly Dictionary<string, Nd?[]> _values = new(StringComparer.Ordinal);

    public static PlainGraph Of(byte[] file, Nd input, Func<TfNode, Nd>? variable = null) =>
        new(FunctionInliner.Flatten(GraphReader.Read(file, "test").Graph), input, variable);

    /// <summary>Null for what is not computed because a condition went the other way.</summary>
    public Nd? Value(TfPort port)
    {
        if (!_values.TryGetValue(port.Node, out Nd?[]? outputs))
            _values[port.Node] = outputs = Computed(graph.Nodes[port.Node]);
        return outputs.Length == 1 && outputs[0] is null ? null : outputs[port.Index];
    }

    private Nd?[] Computed(FlatNode node)
    {
        switch (node.Operation)
        {
            case "Placeholder":
                return [node.Node.Type("dtype") == TfTypes.Bool ? new Nd([], [0]) : input];
            case "Const":
                return [Constant(node.Node)];
            case "VariableV2" or "VarHandleOp":
                return [variable!(node.Node)];
            case FunctionInliner.Choice:
                return [Value(node.Inputs[Value(node.Inputs[0])!.Values[0] != 0 ? 1 : 2])];
            case "Merge":
                return [node.Inputs.Select(Value).Single(value => value is not null)];
        }
        Nd?[] inputs = [.. node.Inputs.Select(Value)];
        if (inputs.Contains(null))
            return [null];
        if (node.Operation == "Switch")
            return inputs[1]!.Values[0] != 0 ? [null, inputs[0]] : [inputs[0], null];
        return PlainOperations.Computed(node, inputs!);
    }

    /// <summary>Values in tensor_content, or listed by type with the last one repeated.</summary>
    private static Nd Constant(TfNode node)
    {
        int[] shape = [.. TestTensor.Shape(node.Tensor("value")).Select(size => (int)size)];
        int count = shape.Aggregate(1, (product, size) => product * size);
        double[] listed = TestTensor.Values(node.Tensor("value"));
        return new Nd(shape, [.. Enumerable.Range(0, count).Select(i => listed.Length == 0 ? 0 : listed[Math.Min(i, listed.Length - 1)])]);
    }
}
