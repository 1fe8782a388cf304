using BioDL.Graphs;

namespace BioDL.TensorFlow.Fusion;

/// <summary>Brings a network that was turned into ONNX operation by operation into the shape that runs fast.</summary>
internal static class GraphFusion
{
    public static void Apply(OnnxDraft draft)
    {
        Prune(draft);
        AffineFolding.Apply(draft);
        ResizeMerging.Apply(draft);
        AffineLowering.Apply(draft);
        OutputNaming.Apply(draft);
        Prune(draft);
    }

    /// <summary>How often each tensor is used; as an output of the network once more.</summary>
    public static Dictionary<string, int> Uses(OnnxDraft draft)
    {
        var uses = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string name in draft.Nodes.SelectMany(node => node.Inputs).Concat(draft.Outputs.Select(output => output.Name)))
            uses[name] = uses.GetValueOrDefault(name) + 1;
        return uses;
    }

    /// <summary>Leave out what no output needs: the branch for training, and what was merged into something else.</summary>
    private static void Prune(OnnxDraft draft)
    {
        var needed = draft.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        var kept = new List<DraftNode>();
        for (int i = draft.Nodes.Count - 1; i >= 0; i--)
        {
            DraftNode node = draft.Nodes[i];
            if (!node.Outputs.Any(needed.Contains))
                continue;
            kept.Add(node);
            needed.UnionWith(node.Inputs);
        }
        kept.Reverse();
        draft.Nodes = kept;
        draft.Inputs.RemoveAll(input => !needed.Contains(input.Name));
        foreach (string name in draft.Constants.Keys.Where(name => !needed.Contains(name)).ToList())
            draft.Constants.Remove(name);
    }
}
