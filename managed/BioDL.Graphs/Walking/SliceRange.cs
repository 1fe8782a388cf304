namespace BioDL.Graphs.Walking;

/// <summary>What a Slice takes along one axis; negative places count from the end.</summary>
internal readonly record struct SliceRange(long Axis, SymbolicSize Start, SymbolicSize End, double Step)
{
    /// <summary>The ranges of a Slice node: attributes until operator set 9, inputs since. Null when one of them is not known.</summary>
    public static SliceRange[]? All(OnnxNode node, ShapeValues shapes)
    {
        SymbolicSize?[]? starts = List(node, shapes, "starts", 1), ends = List(node, shapes, "ends", 2);
        if (starts is null || ends is null || starts.Length != ends.Length)
            return null;
        SymbolicSize?[]? axes = List(node, shapes, "axes", 3), steps = List(node, shapes, "steps", 4);
        if ((axes is null && node.Input(3).Length > 0) || (steps is null && node.Input(4).Length > 0))
            return null;
        var ranges = new SliceRange[starts.Length];
        for (int i = 0; i < ranges.Length; i++)
        {
            double? axis = axes is null ? i : At(axes, i)?.Value, step = steps is null ? 1 : At(steps, i)?.Value;
            if (starts[i] is not { } start || ends[i] is not { } end || axis is null || step is null or 0)
                return null;
            ranges[i] = new SliceRange((long)axis, start, end, step.Value);
        }
        return ranges;
    }

    private static SymbolicSize? At(SymbolicSize?[] values, int index) => index < values.Length ? values[index] : null;

    private static SymbolicSize?[]? List(OnnxNode node, ShapeValues shapes, string attribute, int input) =>
        node.List(attribute)?.Select(value => (SymbolicSize?)SymbolicSize.Number(value)).ToArray() ?? shapes[node.Input(input)]?.Values;
}
