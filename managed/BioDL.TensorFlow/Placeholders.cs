using BioDL.Graphs;
using BioDL.Graphs.Wire;
using BioDL.TensorFlow.Operations;
using BioDL.TensorFlow.Reading;
using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow;

/// <summary>
/// The inputs of a graph as inputs of the ONNX network. TensorFlow's networks have their channels last, unless what they feed says
/// otherwise;
/// ONNX's have them first. Sizes that the graph leaves open stay open.
/// </summary>
/// <param name="graph">to find out what a placeholder feeds</param>
/// <param name="signature">may know shapes; may be null</param>
internal sealed class Placeholders(FlatGraph graph, TfSignature? signature)
{
    private const int MaximumInputs = 64;
    private readonly Dictionary<string, List<FlatNode>> _consumers = Consumers(graph);

    /// <summary>The value of a placeholder; a new input of the network.</summary>
    /// <exception cref="WireFormatException">neither two nor three spatial axes</exception>
    public TfValue Value(TfNode node, GraphBuilder builder)
    {
        if (node.Type("dtype") == TfTypes.Bool)
            return SizeValue.Scalar(SizeTerm.Number(0));
        if (builder.Draft.Inputs.Count >= MaximumInputs)
            throw new WireFormatException($"it has more than {MaximumInputs} inputs");
        (int? fed, bool channelsFirst) = Fed(node.Name);
        long?[] shape = Shape(node, fed);
        if (shape.Length is not (4 or 5))
        {
            throw new WireFormatException(
                $"the input \"{node.Name}\" has {shape.Length} axes; networks with a batch, channels and two or three spatial axes "
                    + "are supported");
        }
        int[] order = KernelPlacement.Order(shape.Length, channelsFirst);
        string name = builder.Name(node.Name);
        var sizes = new SizeTerm[shape.Length];
        string[] free = shape.Length == 4 ? ["b", "c", "y", "x"] : ["b", "c", "z", "y", "x"];
        for (int i = 0; i < order.Length; i++)
            sizes[order[i]] = shape[order[i]] is { } known and > 0 ? SizeTerm.Number(known) : SizeTerm.Of(new SizeSymbol(name, i));
        builder.Draft.Inputs.Add(new DraftTensor(name,
            [.. order.Select((axis, i) => sizes[axis].Value is { } known ? (object)known : free[i])])
        {
            Origin = node.Type("dtype") is not 0 and var type ? TfTypes.Name(type) : "float32",
        });
        return new FeatureValue(name, sizes, order) { ChannelsFirst = channelsFirst };
    }

    private long?[] Shape(TfNode node, int? fed)
    {
        long?[]?[] known = [node.Shape("shape"), signature?.Inputs.Find(input => input.Port.Node == node.Name)?.Shape, node.NotedShape()];
        // Placeholders of TensorFlow 1 without a shape may claim to be single numbers.
        return Array.Find(known, shape => shape is { Length: > 0 }) ?? new long?[fed ?? 4];
    }

    /// <summary>The first operation behind the placeholder that has a data format, not counting those behind a change of axes.</summary>
    private (int? Rank, bool ChannelsFirst) Fed(string name)
    {
        var waiting = new Queue<string>([name]);
        var seen = new HashSet<string>([name], StringComparer.Ordinal);
        while (waiting.TryDequeue(out string? from))
        {
            foreach (FlatNode node in _consumers.GetValueOrDefault(from, []))
            {
                if (node.Node.Text("data_format") is { Length: > 0 })
                    return (Rank(node), KernelPlacement.IsChannelsFirst(node.Node));
                if (node.Operation is not ("Transpose" or "Shape" or "Reshape") && seen.Add(node.Name))
                    waiting.Enqueue(node.Name);
            }
        }
        return (null, false);
    }

    private static int? Rank(FlatNode node) => node.Operation switch
    {
        "Conv3D" or "MaxPool3D" or "AvgPool3D" or "Conv3DBackpropInputV2" => 5,
        "Conv2D" or "DepthwiseConv2dNative" or "MaxPool" or "AvgPool" or "Conv2DBackpropInput" => 4,
        _ => node.Node.Integers("strides") is { Length: > 0 } strides ? strides.Length : null,
    };

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
