namespace BioDL.Graphs.UNets.Reading;

/// <summary>
/// Follows a description through a file step by step: each step must be there as the family has it, and nothing else. A tensor is its name
/// in the file.
/// </summary>
/// <param name="links">of its graph</param>
/// <param name="known">nodes of features and heads by the names of their blocks</param>
internal sealed class UNetMatcher(GraphLinks links, IReadOnlyDictionary<string, OnnxNode> known) : IUNetMaker<string>
{
    private readonly HashSet<string> _branches = [.. known.Values.Select(node => node.Outputs[0])];

    /// <summary>Those that were met, by the names of the family.</summary>
    public Dictionary<string, float[]> Weights { get; } = new(StringComparer.Ordinal);

    public string Convolve(string input, UNetBlock block)
    {
        OnnxNode node = known.GetValueOrDefault(block.Name) ?? OnWay(input, block.Name);
        if (node.Input(0) != input)
            throw new UnmappedException($"{block.Name} at another place");
        FoundBlock found = block.IsHead ? FoundBlock.Bare(links, node) : FoundBlock.Of(links, node);
        Require(found.Inputs == block.Inputs && found.Outputs == block.Outputs,
            $"{found.Inputs} and {found.Outputs} channels at {block.Name}, where {block.Inputs} and {block.Outputs} have to be");
        Require(found.Kernel.SequenceEqual(block.Kernel), $"a kernel of {string.Join(" x ", found.Kernel)} at {block.Name}");
        Require(found.Norm == block.Norm && found.Activation == block.Activation, $"another norm or activation at {block.Name}");
        foreach ((string name, float[] values) in found.Weights(block))
            Weights[name] = values;
        return found.Output;
    }

    public string Pool(string input, IReadOnlyList<int> factors, bool blurs, int channels)
    {
        OnnxNode pool = Only(input, "MaxPool");
        int[] ones = [.. factors.Select(_ => 1)], none = new int[factors.Count], after = [.. factors.Select(factor => factor - 1)];
        Require(Is(pool, "kernel_shape", factors) && Is(pool, "strides", blurs ? ones : factors)
            && Is(pool, "pads", blurs ? [.. none, .. after] : [.. none, .. none], optional: !blurs), "a pooling of another kind");
        if (!blurs)
            return pool.Outputs[0];
        OnnxNode blur = Only(pool.Outputs[0], "Conv");
        (float[] kernel, _) = UNetBlur.Kernel(factors);
        bool same = links.Values(blur.Input(1)).Chunk(kernel.Length).All(values => values.SequenceEqual(kernel));
        Require(same && Is(blur, "strides", factors) && Is(blur, "pads", [.. after, .. none]) && blur.Integer("group", 1) == channels,
            "a blur of another kind behind a pooling");
        return blur.Outputs[0];
    }

    public string Enlarge(string input, IReadOnlyList<int> factors)
    {
        OnnxNode node = Only(input, "Resize");
        string way = $"{node.Text("coordinate_transformation_mode", "half_pixel")} {node.Text("nearest_mode", "round_prefer_floor")}";
        // Each value twice, in three ways to say it.
        bool repeats = node.Text("mode", "nearest") == "nearest"
            && way is "asymmetric floor" or "half_pixel round_prefer_ceil" or "half_pixel round_prefer_floor";
        Require(repeats && node.Inputs.Length == 3 && links.Values(node.Input(2)).SequenceEqual([1, 1, .. factors.Select(f => (float)f)]),
            $"an enlargement ({node.Text("mode", "nearest")}, {way}) that does not repeat each value twice");
        return node.Outputs[0];
    }

    public string Join(string first, string second)
    {
        OnnxNode node = Only(first, "Concat");
        Require(node.Integer("axis", 0) == 1 && node.Inputs.SequenceEqual([first, second]),
            "a level joined with another tensor, or in another order, than its enlargement and then the level across");
        return node.Outputs[0];
    }

    public string AddInput(string head, string input, int headChannels, int inputChannels) => Only(head, "Add").Outputs[0];

    private OnnxNode OnWay(string input, string name) =>
        links.Consumers(input).Where(node => node.Operator == "Conv" && !_branches.Contains(node.Outputs[0])).ToList() is [var only] ? only
        : throw new UnmappedException($"none or several convolutions where {name} has to be");

    private OnnxNode Only(string tensor, string type) =>
        links.Consumer(tensor, type) ?? throw new UnmappedException($"none or several {type} where one has to be");

    private static bool Is(OnnxNode node, string attribute, IReadOnlyList<int> values, bool optional = false) =>
        node.List(attribute) is { } found ? found.SequenceEqual(values.Select(value => (long)value)) : optional;

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new UnmappedException(otherwise);
    }
}
