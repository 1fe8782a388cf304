namespace BioDL.Graphs.UNets.Reading;

/// <summary>What lies between a file's input and its heads, as its main way tells it.</summary>
/// <param name="Stages">convolutions between one change of size and the next; there is one more than changes</param>
/// <param name="Poolings">factors along each spatial axis, in order</param>
/// <param name="Enlargements">their number; all come behind the poolings</param>
internal sealed record FoundTrunk(IReadOnlyList<IReadOnlyList<FoundBlock>> Stages, IReadOnlyList<int[]> Poolings, int Enlargements)
{
    public bool BlurPool { get; init; }

    /// <summary>The last enlargement is joined with the first level.</summary>
    public bool TopSkip { get; init; } = true;

    /// <summary>Poolings before the U-Net.</summary>
    public int GridPoolings => Poolings.Count - Enlargements;
}

/// <summary>
/// Goes from a file's input to where its heads branch off. What it finds is a guess that is compared with the file after.
/// </summary>
/// <param name="links">of its graph</param>
/// <param name="branches">convolutions that are not on the way: heads, their features, copies of the input</param>
internal sealed class TrunkReader(GraphLinks links, IReadOnlySet<string> branches)
{
    private readonly List<List<FoundBlock>> _stages = [[]];
    private readonly List<int[]> _poolings = [];
    private int _enlargements;
    private bool _blurs, _joins = true;

    /// <param name="input">the network's</param>
    /// <param name="end">the tensor that the branches take</param>
    /// <exception cref="UnmappedException">The way does not lead there over steps of the family.</exception>
    public FoundTrunk Read(string input, string end)
    {
        for (string current = input; current != end;)
            current = Step(current);
        return new FoundTrunk(_stages, _poolings, _enlargements) { BlurPool = _blurs, TopSkip = _joins };
    }

    private string Step(string current)
    {
        IReadOnlyList<OnnxNode> next = links.Consumers(current);
        OnnxNode? Of(string type) => next.FirstOrDefault(node => node.Operator == type && !branches.Contains(node.Outputs[0]));
        if (Of("MaxPool") is { } pool)
            return Pool(pool);
        if (Of("Resize") is { } enlarged)
            return Enlarge(enlarged);
        if (Of("Conv") is not { } convolution)
        {
            string found = string.Join(", ", next.Select(node => node.Operator).Distinct().Order(StringComparer.Ordinal));
            throw new UnmappedException($"{(found.Length > 0 ? found : "nothing")} where a convolution, a pooling or an "
                + "enlargement has to be");
        }
        var block = FoundBlock.Of(links, convolution);
        _stages[^1].Add(block);
        return block.Output;
    }

    private string Pool(OnnxNode pool)
    {
        if (_enlargements > 0)
            throw new UnmappedException("a pooling behind an enlargement");
        _poolings.Add([.. (pool.List("kernel_shape") ?? []).Select(size => (int)size)]);
        _stages.Add([]);
        _blurs = (pool.List("strides") ?? [1]).All(step => step == 1);
        if (!_blurs)
            return pool.Outputs[0];
        return links.OnlyConsumer(pool.Outputs[0]) is { Operator: "Conv" } blur ? blur.Outputs[0]
            : throw new UnmappedException("a pooling that does not change the size");
    }

    private string Enlarge(OnnxNode enlarged)
    {
        _enlargements++;
        _stages.Add([]);
        OnnxNode? join = links.Consumer(enlarged.Outputs[0], "Concat");
        _joins = join is not null;
        return (join ?? enlarged).Outputs[0];
    }
}
