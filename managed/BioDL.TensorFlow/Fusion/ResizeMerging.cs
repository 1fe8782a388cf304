using BioDL.Graphs;

namespace BioDL.TensorFlow.Fusion;

/// <summary>Repeating values along one axis after the other, as Keras's UpSampling3D does, is one resizing along all of them.</summary>
internal static class ResizeMerging
{
    public static void Apply(OnnxDraft draft)
    {
        Dictionary<string, int> uses = GraphFusion.Uses(draft);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        DraftNode?[] nodes = [.. draft.Nodes];
        for (int i = 0; i < nodes.Length; i++)
        {
            DraftNode node = nodes[i]!;
            if (Factors(node, draft) is { } own && uses[node.Inputs[0]] == 1 && places.TryGetValue(node.Inputs[0], out int place)
                && Factors(nodes[place]!, draft) is { } before && before.Length == own.Length)
            {
                draft.Constants[nodes[place]!.Inputs[2]] = DraftConstant.Floats([own.Length], [.. own.Zip(before, (a, b) => a * b)]);
                nodes[place] = nodes[place]! with { Outputs = node.Outputs };
                nodes[i] = null;
                places[node.Outputs[0]] = place;
            }
            else
                places[node.Outputs[0]] = i;
        }
        draft.Nodes = [.. nodes.OfType<DraftNode>()];
    }

    /// <summary>Whole factors of a resizing that repeats values; null for anything else.</summary>
    private static float[]? Factors(DraftNode node, OnnxDraft draft) => node is { Operator: "Resize", Inputs.Length: 3 }
        && node.Attributes.GetValueOrDefault("nearest_mode") is "floor" && node.Attributes["coordinate_transformation_mode"] is "asymmetric"
        && draft.Constants[node.Inputs[2]].Values is float[] factors && factors.All(factor => factor >= 1 && factor == MathF.Floor(factor))
        ? factors : null;
}
