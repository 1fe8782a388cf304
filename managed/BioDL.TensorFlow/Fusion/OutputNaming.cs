using BioDL.Graphs;

namespace BioDL.TensorFlow.Fusion;

/// <summary>
/// An output that only hands on another tensor becomes that tensor's name, where the tensor is no input or output itself.
/// </summary>
internal static class OutputNaming
{
    public static void Apply(OnnxDraft draft)
    {
        var taken = draft.Outputs.Select(output => output.Name).Concat(draft.Inputs.Select(input => input.Name))
            .Concat(draft.Constants.Keys)
            .ToHashSet(StringComparer.Ordinal);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = draft.Nodes.Count - 1; i >= 0; i--)
        {
            DraftNode node = draft.Nodes[i];
            if (node.Operator != "Identity" || taken.Contains(node.Inputs[0]))
                continue;
            string name = names.GetValueOrDefault(node.Outputs[0], node.Outputs[0]);
            if (names.TryAdd(node.Inputs[0], name))
                draft.Nodes.RemoveAt(i);
        }
        string Renamed(string name) => names.GetValueOrDefault(name, name);
        draft.Nodes = [.. draft.Nodes.Select(node => node with { Inputs = [.. node.Inputs.Select(Renamed)],
            Outputs = [.. node.Outputs.Select(Renamed)] })];
    }
}
