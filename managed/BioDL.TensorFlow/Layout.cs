using BioDL.TensorFlow.Operations;
using BioDL.TensorFlow.Reading;
using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow;

/// <summary>
/// Which axes an input has, told by the first operation behind it that has a data format; a change of axes on the way there is undone, as
/// in signatures with channels first before networks with channels last.
/// </summary>
internal sealed class Layout(FlatGraph graph, Dictionary<string, List<FlatNode>> consumers)
{
    /// <summary>What was found.</summary>
    /// <param name="Rank">axes of the input; null where only their order is told</param>
    /// <param name="ChannelsFirst">as the operation has them</param>
    /// <param name="Moved">axis i of what reaches the operation is the input's axis [i]; null: none was moved</param>
    public sealed record Found(int? Rank, bool ChannelsFirst, int[]? Moved)
    {
        /// <summary>
        /// For each of ONNX's axes, batch and channels first, which of the input's it is; null where the ranks differ, or where more than
        /// the channels was moved.
        /// </summary>
        public int[]? Order(int rank)
        {
            int[] order = KernelPlacement.Order(rank, ChannelsFirst);
            if (Moved is null)
                return order;
            if (Moved.Length != rank)
                return null;
            order = [.. order.Select(axis => Moved[axis])];
            return order.SequenceEqual(KernelPlacement.Order(rank, order[1] == 1)) ? order : null;
        }
    }

    /// <returns>null: no operation tells</returns>
    public Found? Of(string name)
    {
        var waiting = new Queue<(string Name, int[]? Moved)>([(name, null)]);
        var seen = new HashSet<string>([name], StringComparer.Ordinal);
        while (waiting.TryDequeue(out var from))
        {
            foreach (FlatNode node in consumers.GetValueOrDefault(from.Name, []))
            {
                if (node.Node.Text("data_format") is { Length: > 0 })
                    return new Found(Rank(node) ?? from.Moved?.Length, KernelPlacement.IsChannelsFirst(node.Node), from.Moved);
                if (node.Operation is "Shape" or "Reshape" || !seen.Add(node.Name))
                    continue;
                if (node.Operation != "Transpose")
                    waiting.Enqueue((node.Name, from.Moved));
                else if (node.Inputs[0].Node == from.Name && Permutation(node) is { } order)
                    waiting.Enqueue((node.Name, from.Moved is { } before ? Joined(before, order) : order));
            }
        }
        return null;
    }

    private static int[]? Joined(int[] before, int[] order) =>
        order.All(axis => axis < before.Length) ? [.. order.Select(axis => before[axis])] : null;

    /// <summary>Axis i of the result is axis [i] of what is transposed; null where that is not constant.</summary>
    private int[]? Permutation(FlatNode transpose)
    {
        FlatNode? node = transpose.Inputs.Length == 2 ? graph.Nodes.GetValueOrDefault(transpose.Inputs[1].Node) : null;
        for (int i = 0; i < 8 && node is { Operation: "Identity" }; i++)
            node = graph.Nodes.GetValueOrDefault(node.Inputs[0].Node);
        if (node is not { Operation: "Const" }
            || TfTensorReader.Read(node.Node.Tensor("value")) is not SizeValue { IsNumbers: true } values)
            return null;
        int rank = values.Values.Items.Length;
        int[] order = [.. values.Values.Items.Select(term => (int)(term.Offset < 0 ? term.Offset + rank : term.Offset))];
        return order.Order().SequenceEqual(Enumerable.Range(0, rank)) ? order : null;
    }

    private static int? Rank(FlatNode node) => node.Operation switch
    {
        "Conv3D" or "MaxPool3D" or "AvgPool3D" or "Conv3DBackpropInputV2" => 5,
        "Conv2D" or "DepthwiseConv2dNative" or "MaxPool" or "AvgPool" or "Conv2DBackpropInput" => 4,
        _ => node.Node.Integers("strides") is { Length: > 0 } strides ? strides.Length : null,
    };
}
