using BioDL.Models.Readers;

namespace BioDL.Models.Opening;

/// <summary>A tensor of the network with what the description says of it.</summary>
/// <param name="Network">the network's own word</param>
/// <param name="Draft">the description's; null where there is none</param>
/// <param name="Axes">one letter for each axis of the network's tensor</param>
internal sealed record MatchedTensor(NetworkTensor Network, TensorDraft? Draft, string Axes)
{
    /// <summary>The described size of an axis of the network; null where it is free or unknown.</summary>
    public long? FixedSize(char letter) => Axes.IndexOf(letter) is >= 0 and int at && Network.Shape is { } shape ? shape[at] : null;

    /// <summary>As the description has them; it may leave out a batch and a single channel that the network has.</summary>
    public string ArrayAxes => Draft?.Letters ?? Axes;

    public string Name => Network.Name;

    public string Id => Draft?.Id ?? Network.Name;
}

/// <summary>
/// Finds out which tensor of the network a description means. Formats leave that open: many packages name the tensors as their network
/// does,
/// others only keep the order.
/// </summary>
internal static class TensorMatch
{
    /// <param name="drafts">as described, null when nothing is</param>
    /// <param name="tensors">as the network has them</param>
    /// <param name="kind">"input" or "output", for messages</param>
    /// <param name="errors">likewise</param>
    public static IReadOnlyList<(NetworkTensor Tensor, TensorDraft? Draft)> Of(IReadOnlyList<TensorDraft>? drafts,
        IReadOnlyList<NetworkTensor> tensors,
        string kind, DescriptionErrors errors)
    {
        if (drafts is null)
            return [.. tensors.Select(tensor => (tensor, (TensorDraft?)null))];
        NetworkTensor? Named(TensorDraft draft) => tensors.FirstOrDefault(tensor => tensor.IsCalled(draft.Id));
        if (drafts.Count != tensors.Count)
            drafts = [.. drafts.Where(draft => !draft.Optional || Named(draft) is not null)];
        bool all = drafts.All(draft => Named(draft) is not null);
        if (all && (kind == "output" || drafts.Count == tensors.Count))
            return [.. drafts.Select(draft => (Named(draft)!, (TensorDraft?)draft))];
        if (drafts.Count != tensors.Count)
            throw errors.Invalid($"describes the {kind}s {Ids(drafts)}, but its network has {string.Join(" and ", tensors)}");
        for (int i = 0; i < drafts.Count; i++)
        {
            // A name that is right elsewhere tells that the order is not.
            if (Named(drafts[i]) is { } elsewhere && elsewhere != tensors[i])
            {
                TensorDraft unknown = drafts.First(draft => Named(draft) is null);
                throw errors.Invalid($"describes the {kind} \"{unknown.Id}\", but its network has {string.Join(" and ", tensors)}");
            }
        }
        return [.. drafts.Select((draft, index) => (tensors[index], (TensorDraft?)draft))];
    }

    /// <summary>
    /// The axes of a network's tensor: what its file says, what the description says, or what its rank and sizes let guess.
    /// </summary>
    /// <param name="tensor">the network's</param>
    /// <param name="draft">the description's</param>
    /// <param name="like">axes of the input, for an output that nothing is known of; null for an input</param>
    /// <param name="errors">for messages</param>
    public static MatchedTensor WithAxes(NetworkTensor tensor, TensorDraft? draft, string? like, DescriptionErrors errors)
    {
        string? axes = tensor.Axes ?? (draft is { AnyOrder: false } || Undecided(tensor, draft) ? draft!.Letters : null)
            ?? (like is not null && tensor.Shape?.Count == like.Length ? like : null);
        axes ??= tensor.Shape is { } shape ? Guess(shape, isOutput: like is not null) : like ?? "bcyx";
        if (axes is null)
            throw errors.Unsupported($"has the tensor {tensor}, whose axes cannot be told",
                "Give the network a description (bioimageio.yaml).");
        if (tensor.Shape is { } sizes && sizes.Count != axes.Length)
            throw errors.Invalid($"describes {draft?.Id ?? tensor.Name} with the axes {axes}, but its network has {tensor}");
        if (draft is not null && axes != draft.Letters && !Same(draft.Letters, axes))
            throw errors.Invalid($"describes {draft.Id} with the axes {draft.Letters}, but its network has {axes}");
        if (axes.IndexOf('b') is >= 0 and int batch && tensor.Shape?[batch] is > 1)
            throw errors.Unsupported($"has the tensor {tensor} of a fixed batch", "Export the network with a free batch, or a batch of 1.");
        return new MatchedTensor(tensor, draft, axes);
    }

    /// <summary>Nothing in the file tells where the channels are, but the description does.</summary>
    private static bool Undecided(NetworkTensor tensor, TensorDraft? draft) =>
        draft is { AnyOrder: true } && tensor.Shape is { } shape && shape.Count == draft.Letters.Length
        && shape.Skip(1).All(size => size is null);

    /// <summary>By the habits of exporters: channels come first, unless the last size alone is small and fixed.</summary>
    private static string? Guess(IReadOnlyList<long?> shape, bool isOutput)
    {
        bool last = shape.Count >= 4 && shape[^1] is <= 16 && shape[1] is null or > 16;
        return shape.Count switch
        {
            2 => isOutput ? "bc" : "yx",
            3 => shape[0] is null or 1 ? "byx" : "cyx",
            4 => last ? "byxc" : "bcyx",
            5 => last ? "bzyxc" : "bczyx",
            _ => null,
        };
    }

    /// <summary>In any order; an importer gives every tensor a batch and channels.</summary>
    private static bool Same(string described, string found) =>
        found.Where(letter => letter is not ('b' or 'c')).Order()
        .SequenceEqual(described.Where(letter => letter is not ('b' or 'c')).Order())
        && described.All(found.Contains);

    private static string Ids(IEnumerable<TensorDraft> drafts) => string.Join(" and ", drafts.Select(draft => $"\"{draft.Id}\""));
}
