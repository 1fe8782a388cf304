namespace BioDL.Graphs;

/// <summary>
/// An output that holds what StarDist predicts behind each other as channels: the probability, the distances and sometimes class
/// probabilities, in any order. StarDist's export for Fiji also brings them back from a grid of more than one pixel to full size, the
/// probability with zeros between the grid points (a transposed convolution by 1 with that stride) and the distances by repeating each
/// value. Only the values at the grid points are the network's own.
/// </summary>
/// <param name="Grid">pixels from one grid point to the next along z, y and x; all 1 for full size</param>
/// <param name="Prob">channel of the probability</param>
/// <param name="Dist">first channel of the distances</param>
/// <param name="Rays">their number; null where the graph does not tell</param>
public sealed record JoinedStars((int Z, int Y, int X) Grid, int Prob, int Dist, int? Rays)
{
    /// <summary>Operators that leave values where they are, as far as this question goes.</summary>
    private static readonly HashSet<string> Through = ["Identity", "Transpose", "Cast"];

    /// <summary>Operators that leave the number of channels as it is.</summary>
    private static readonly HashSet<string> Same = ["Identity", "Cast", "Relu", "Sigmoid", "Softmax", "BatchNormalization", "Resize",
        "Upsample", "Exp", "Softplus", "Clip", "Max", "Transpose", "Add", "Mul", "LeakyRelu", "Elu"];

    /// <summary>Null when it is no such output.</summary>
    public static JoinedStars? Of(OnnxGraph graph, string output)
    {
        if (Producer(graph, output, Through) is not { Operator: "Concat" } join || join.Inputs.Length < 2)
            return null;
        int?[] channels = [.. join.Inputs.Select(input => Channels(graph, input))];
        for (int i = 0; i < join.Inputs.Length; i++)
        {
            // The distances come behind the probability, but for those who turned the two around.
            int dist = i == 0 ? 1 : 0;
            if (GridOf(graph, join.Inputs[i]) is { } grid && (channels[i] ?? 1) == 1 && First(channels, i) is { } prob
                && First(channels, dist) is { } from)
                return new JoinedStars(grid, prob, from, channels[dist]);
        }
        return null;
    }

    /// <summary>Channels before a part; the probability's is one.</summary>
    private static int? First(int?[] channels, int part)
    {
        int? sum = 0;
        for (int i = 0; i < part; i++)
            sum += channels[i] ?? (i == 0 && part == 1 ? 1 : null);
        return sum;
    }

    /// <summary>A part that is a probability, at its grid; null for another one.</summary>
    private static (int Z, int Y, int X)? GridOf(OnnxGraph graph, string part)
    {
        (int, int, int) grid = (1, 1, 1);
        OnnxNode? node = Producer(graph, part, Through);
        if (node is { Operator: "ConvTranspose" } && node.List("strides") is { Length: >= 2 } strides
            && strides.All(stride => stride is >= 1 and <= 64))
        {
            grid = (strides.Length > 2 ? (int)strides[^3] : 1, (int)strides[^2], (int)strides[^1]);
            node = Producer(graph, node.Input(0), Through);
        }
        return node is { Operator: "Sigmoid" } ? grid : null;
    }

    private static int? Channels(OnnxGraph graph, string part) => Producer(graph, part, Same) is { } node
        && graph.Constants.TryGetValue(node.Input(1), out OnnxConstant? weights) && weights.Dimensions.Length > 2 ? node.Operator switch
        {
            "Conv" => Count(weights.Dimensions[0]),
            "ConvTranspose" => Count(weights.Dimensions[1] * node.Integer("group", 1)),
            _ => null,
        } : null;

    private static int? Count(long channels) => channels is > 0 and < 1 << 16 ? (int)channels : null;

    private static OnnxNode? Producer(OnnxGraph graph, string name, HashSet<string> through)
    {
        for (int steps = 0; steps < 16; steps++)
        {
            OnnxNode? node = graph.Nodes.LastOrDefault(candidate => candidate.Outputs.Contains(name));
            if (node is null || !through.Contains(node.Operator))
                return node;
            name = node.Input(0);
        }
        return null;
    }
}
