namespace BioDL.Graphs.Walking;

/// <summary>Reshape and its kin.</summary>
internal sealed partial class GraphWalk
{
    private TensorTrack Squeezed(OnnxNode node, TensorTrack input)
    {
        if (input.Dimensions is not { } dimensions)
            return Lost(node, "layout");
        double[]? axes = node.List("axes")?.Select(axis => (double)axis).ToArray() ?? _shapes[node.Input(1)]?.Numbers();
        HashSet<int> gone = axes is null ? [.. Enumerable.Range(0, dimensions.Length).Where(i => input.SizeOf(i) is { } size && size.Is(1))]
            : [.. axes.Select(axis => Index(axis, dimensions.Length))];
        if (gone.Any(i => i < 0 || i >= dimensions.Length || input.AxisOf(i) != -1))
            return Lost(node, "along a spatial axis");
        return input with { Dimensions = [.. dimensions.Where((_, i) => !gone.Contains(i))] };
    }

    private TensorTrack Unsqueezed(OnnxNode node, TensorTrack input)
    {
        double[]? axes = node.List("axes")?.Select(axis => (double)axis).ToArray() ?? _shapes[node.Input(1)]?.Numbers();
        if (input.Dimensions is not { } dimensions || axes is null)
            return Lost(node, "layout");
        int rank = dimensions.Length + axes.Length;
        HashSet<int> made = [.. axes.Select(axis => Index(axis, rank))];
        if (made.Count != axes.Length || made.Any(i => i < 0 || i >= rank))
            return Lost(node, "layout");
        var rest = new Queue<Factor[]>(dimensions);
        return input with
        {
            Dimensions = [.. Enumerable.Range(0, rank).Select(i => made.Contains(i) ? [Factor.Plain(1)] : rest.Dequeue())],
        };
    }

    private TensorTrack Flattened(OnnxNode node, TensorTrack input)
    {
        if (input.Dimensions is not { } dimensions)
            return Lost(node, "layout");
        int axis = Math.Clamp(Index(node.Integer("axis", 1), dimensions.Length), 0, dimensions.Length);
        return input with
        {
            Dimensions = [[.. dimensions[..axis].SelectMany(factors => factors)], [.. dimensions[axis..].SelectMany(factors => factors)]],
        };
    }

    private TensorTrack Reshaped(OnnxNode node, TensorTrack input)
    {
        SymbolicSize?[]? wanted = node.List("shape")?.Select(size => (SymbolicSize?)SymbolicSize.Number(size)).ToArray()
            ?? _shapes[node.Input(1)]?.Values;
        if (input.Dimensions is not { } dimensions || wanted is null)
            return Lost(node, "sizes that are not known");
        var sizes = new SymbolicSize?[wanted.Length];
        for (int i = 0; i < wanted.Length; i++)
        {
            bool copied = wanted[i] is { } size && size.Is(0) && node.Integer("allowzero", 0) == 0 && i < dimensions.Length;
            sizes[i] = copied ? input.SizeOf(i) : wanted[i];
        }
        return new Reshaping(input, _fixed).To(sizes) ?? Lost(node, "sizes that are not known");
    }
}
