using BioDL.Graphs;
using BioDL.Graphs.Wire;
using BioDL.TensorFlow.Operations;
using BioDL.TensorFlow.Reading;
using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow;

/// <summary>
/// The inputs of a graph as inputs of the ONNX network. TensorFlow's networks have their channels last, unless what they feed or a
/// description says otherwise; ONNX's have them first. Sizes that the graph leaves open stay open.
/// </summary>
/// <param name="graph">to find out what a placeholder feeds</param>
/// <param name="signature">may know shapes; may be null</param>
/// <param name="described">may know axes</param>
/// <param name="frees">sizes of the image that the placeholders fix are open as well</param>
internal sealed class Placeholders(FlatGraph graph, TfSignature? signature, IReadOnlyList<DescribedInput> described, bool frees)
{
    private const int MaximumInputs = 64;
    private const string Plane = "bcyx", Stack = "bczyx";
    private readonly Dictionary<string, List<FlatNode>> _consumers = Consumers(graph);

    /// <summary>A size that a placeholder fixes was opened.</summary>
    public bool HasFreed { get; private set; }

    /// <summary>The value of a placeholder; a new input of the network.</summary>
    /// <exception cref="WireFormatException">neither two nor three spatial axes</exception>
    public TfValue Value(TfNode node, GraphBuilder builder)
    {
        if (node.Type("dtype") == TfTypes.Bool)
            return SizeValue.Scalar(SizeTerm.Number(0));
        if (builder.Draft.Inputs.Count >= MaximumInputs)
            throw new WireFormatException($"it has more than {MaximumInputs} inputs");
        string? axes = Described(node.Name);
        Layout.Found? told = new Layout(graph, _consumers).Of(node.Name);
        long?[] shape = Shape(node, told?.Rank ?? axes?.Length);
        if (shape.Length is not (4 or 5))
        {
            throw new WireFormatException(
                $"the input \"{node.Name}\" has {shape.Length} axes; networks with a batch, channels and two or three spatial axes "
                    + "are supported");
        }
        int[] order = told?.Order(shape.Length) ?? Ordered(axes, shape.Length)
            ?? KernelPlacement.Order(shape.Length, channelsFirst: false);
        string name = builder.Name(node.Name);
        var sizes = new SizeTerm[shape.Length];
        for (int i = 0; i < order.Length; i++)
            sizes[order[i]] = IsFixed(shape[order[i]], i) ? SizeTerm.Number(shape[order[i]]!.Value) : SizeTerm.Of(new SizeSymbol(name, i));
        string free = shape.Length == 4 ? Plane : Stack;
        builder.Draft.Inputs.Add(new DraftTensor(name,
            [.. order.Select((axis, i) => sizes[axis].Value is { } known ? (object)known : free[i].ToString())])
        {
            Origin = node.Type("dtype") is not 0 and var type ? TfTypes.Name(type) : "float32",
        });
        return new FeatureValue(name, sizes, order) { ChannelsFirst = order[1] == 1 };
    }

    /// <param name="size">along ONNX's axis</param>
    /// <param name="axis">that axis: batch, channels, and then those of the image</param>
    private bool IsFixed(long? size, int axis)
    {
        if (size is not > 0)
            return false;
        if (!frees || axis == 1 || (axis == 0 && size == 1))
            return true;
        HasFreed = true;
        return false;
    }

    /// <summary>By its name in the graph or the signature, or as the only one.</summary>
    private string? Described(string name)
    {
        string? key = signature?.Inputs.Find(input => input.Port.Node == name)?.Key;
        return (described.FirstOrDefault(input => input.Name == name || input.Name == key)
            ?? (described.Count == 1 ? described[0] : null))?.Axes;
    }

    /// <summary>ONNX's axes as places in the described ones; null where those are others.</summary>
    private static int[]? Ordered(string? axes, int rank)
    {
        string wanted = rank == 4 ? Plane : Stack;
        return axes?.Length == rank && wanted.All(axes.Contains) ? [.. wanted.Select(letter => axes.IndexOf(letter))] : null;
    }

    private long?[] Shape(TfNode node, int? fed)
    {
        long?[]?[] known = [node.Shape("shape"), signature?.Inputs.Find(input => input.Port.Node == node.Name)?.Shape, node.NotedShape()];
        // Placeholders of TensorFlow 1 without a shape may claim to be single numbers.
        return Array.Find(known, shape => shape is { Length: > 0 }) ?? new long?[fed ?? 4];
    }

    private static Dictionary<string, List<FlatNode>> Consumers(FlatGraph graph)
    {
        var consumers = new Dictionary<string, List<FlatNode>>(StringComparer.Ordinal);
        foreach (FlatNode node in graph.Nodes.Values)
        {
            foreach (TfPort input in node.Inputs)
            {
                if (!consumers.TryGetValue(input.Node, out List<FlatNode>? list))
                    consumers[input.Node] = list = [];
                list.Add(node);
            }
        }
        return consumers;
    }
}
