using BioDL.Graphs;

namespace BioDL.TensorFlow.Fusion;

/// <summary>
/// Takes biases, batch normalisation and other products and sums by channel into the convolution before them, as weights and bias, where
/// nobody
/// else uses the convolution's own result. Products are computed in float64 and rounded once.
/// </summary>
internal static class AffineFolding
{
    public static void Apply(OnnxDraft draft)
    {
        Dictionary<string, int> uses = GraphFusion.Uses(draft);
        var outputs = draft.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        // What has been folded for a convolution so far; written into its weights at the end, so that they are rounded once.
        var folded = new Dictionary<int, Affine>();
        DraftNode?[] nodes = [.. draft.Nodes];
        for (int i = 0; i < nodes.Length; i++)
        {
            DraftNode node = nodes[i]!;
            bool free = Affine.Is(node) && uses[node.Inputs[0]] == 1 && !outputs.Contains(node.Inputs[0]);
            if (free && places.TryGetValue(node.Inputs[0], out int place) && Takes(nodes[place]!, draft))
            {
                Affine own = Affine.Of(node, draft);
                Affine? before = folded.GetValueOrDefault(place) ?? (Affine.Is(nodes[place]!) ? Affine.Of(nodes[place]!, draft) : null);
                folded[place] = before?.Then(own) ?? own;
                nodes[place] = nodes[place]! with { Outputs = node.Outputs };
                nodes[i] = null;
                places[node.Outputs[0]] = place;
            }
            else
                places[node.Outputs[0]] = i;
        }
        foreach ((int place, Affine affine) in folded)
            nodes[place] = Affine.Is(nodes[place]!) ? Joined(nodes[place]!, affine, draft) : Convolution(nodes[place]!, affine, draft);
        draft.Nodes = [.. nodes.OfType<DraftNode>()];
    }

    private static bool Takes(DraftNode node, OnnxDraft draft) => Affine.Is(node)
        || (node.Operator is "Conv" or "ConvTranspose" && draft.Constants.ContainsKey(node.Inputs[1]));

    private static DraftNode Joined(DraftNode node, Affine affine, OnnxDraft draft)
    {
        draft.Constants[node.Inputs[1]] = Constant(affine.Scale);
        draft.Constants[node.Inputs[2]] = Constant(affine.Shift);
        return node;
    }

    /// <summary>Weights (out, in, ...) of a convolution, (in, out, ...) of a transposed one.</summary>
    private static DraftNode Convolution(DraftNode node, Affine affine, OnnxDraft draft)
    {
        DraftConstant weights = draft.Constants[node.Inputs[1]];
        bool transposed = node.Operator == "ConvTranspose";
        int channels = (int)weights.Dimensions[transposed ? 1 : 0];
        affine = affine.Spread(channels);
        float[] values = (float[])weights.Values, scaled = new float[values.Length];
        long inner = weights.Dimensions[(transposed ? 2 : 1)..].Aggregate(1L, (product, size) => product * size);
        for (int i = 0; i < scaled.Length; i++)
            scaled[i] = (float)(values[i] * affine.Scale[i / inner % channels]);
        draft.Constants[node.Inputs[1]] = DraftConstant.Floats(weights.Dimensions, scaled);
        string bias = node.Inputs[1] + "/bias";
        draft.Constants.Add(bias, Constant(affine.Shift));
        return node with { Inputs = [node.Inputs[0], node.Inputs[1], bias] };
    }

    private static DraftConstant Constant(double[] values) =>
        DraftConstant.Floats([values.Length], Array.ConvertAll(values, value => (float)value));
}
