namespace BioDL.Graphs;

/// <summary>
/// Whether an output is what StarDist exports for Fiji: probability and distances behind each other as channels, and on a grid of more than
/// one pixel
/// brought back to full size, the probability with zeros between the grid points (a transposed convolution by 1 with that stride) and the
/// distances by
/// repeating each value. Only the values at the grid points are the network's own.
/// </summary>
public static class JoinedStars
{
    /// <summary>Operators that leave values where they are, as far as this question goes.</summary>
    private static readonly HashSet<string> Through = ["Identity", "Transpose", "Cast"];

    /// <summary>Pixels from one grid point to the next along z, y and x; all 1 for full size, null when it is no such output.</summary>
    public static (int Z, int Y, int X)? GridOf(OnnxGraph graph, string output)
    {
        if (Producer(graph, output) is not { Operator: "Concat" } join || join.Inputs.Length < 2)
            return null;
        (int, int, int) grid = (1, 1, 1);
        OnnxNode? node = Producer(graph, join.Inputs[0]);
        if (node is { Operator: "ConvTranspose" } && node.List("strides") is { Length: >= 2 } strides
            && strides.All(stride => stride is >= 1 and <= 64))
        {
            grid = (strides.Length > 2 ? (int)strides[^3] : 1, (int)strides[^2], (int)strides[^1]);
            node = Producer(graph, node.Input(0));
        }
        return node is { Operator: "Sigmoid" } ? grid : null;
    }

    private static OnnxNode? Producer(OnnxGraph graph, string name)
    {
        for (int steps = 0; steps < 16; steps++)
        {
            OnnxNode? node = graph.Nodes.LastOrDefault(candidate => candidate.Outputs.Contains(name));
            if (node is null || !Through.Contains(node.Operator))
                return node;
            name = node.Input(0);
        }
        return null;
    }
}
