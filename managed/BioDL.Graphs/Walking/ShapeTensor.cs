namespace BioDL.Graphs.Walking;

/// <summary>
/// A small tensor of sizes, as networks compute them with Shape, Gather, Mul and Concat to tell Resize, Reshape or Slice what to do.
/// </summary>
/// <param name="Dimensions">outermost first; none for a single number</param>
/// <param name="Values">row by row; null where a value is not known</param>
/// <param name="Whole">of an integer type, so that quotients are rounded</param>
internal sealed record ShapeTensor(int[] Dimensions, SymbolicSize?[] Values, bool Whole = true)
{
    /// <summary>More values than this are no sizes.</summary>
    public const int Most = 64;

    public int Count => Values.Length;

    public static ShapeTensor List(IEnumerable<SymbolicSize?> values)
    {
        SymbolicSize?[] all = [.. values];
        return new ShapeTensor([all.Length], all);
    }

    /// <summary>Null for a constant whose values were not kept.</summary>
    public static ShapeTensor? Of(OnnxConstant constant)
    {
        if (constant.Values is not { Length: <= Most } values)
            return null;
        long count = 1;
        foreach (long size in constant.Dimensions)
            count = size is >= 0 and <= Most ? count * size : -1;
        int[] dimensions = count == values.Length ? [.. constant.Dimensions.Select(size => (int)size)] : [values.Length];
        return new ShapeTensor(dimensions, [.. values.Select(value => (SymbolicSize?)SymbolicSize.Number(value))], constant.Whole);
    }

    /// <summary>Plain numbers, or null when one of them is not.</summary>
    public double[]? Numbers()
    {
        var numbers = new double[Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (Values[i]?.Value is not { } value)
                return null;
            numbers[i] = value;
        }
        return numbers;
    }

    /// <summary>Value by value, with the broadcasting that sizes need: equal counts, or one of them a single value.</summary>
    public static ShapeTensor? Combined(ShapeTensor a, ShapeTensor b, Func<SymbolicSize, SymbolicSize, SymbolicSize?> operation)
    {
        if (a.Count != b.Count && a.Count != 1 && b.Count != 1)
            return null;
        ShapeTensor shape = a.Count > b.Count || (a.Count == b.Count && a.Dimensions.Length >= b.Dimensions.Length) ? a : b;
        var values = new SymbolicSize?[shape.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = a.Values[a.Count == 1 ? 0 : i] is { } left && b.Values[b.Count == 1 ? 0 : i] is { } right
                ? operation(left, right) : null;
        return shape with { Values = values, Whole = a.Whole && b.Whole };
    }

    /// <summary>The parts along an axis that <paramref name="indices"/> name, in that order.</summary>
    public ShapeTensor? Picked(int axis, IReadOnlyList<int> indices)
    {
        int outer = Product(0, axis), size = Dimensions[axis], inner = Product(axis + 1, Dimensions.Length);
        if (indices.Any(index => index < 0 || index >= size) || outer * inner * indices.Count > Most)
            return null;
        var values = new List<SymbolicSize?>();
        for (int o = 0; o < outer; o++)
        {
            foreach (int index in indices)
                values.AddRange(Values.AsSpan((o * size + index) * inner, inner).ToArray());
        }
        return new ShapeTensor([.. Dimensions[..axis], indices.Count, .. Dimensions[(axis + 1)..]], [.. values], Whole);
    }

    public ShapeTensor Transposed()
    {
        if (Dimensions.Length != 2)
            return this;
        var (rows, columns) = (Dimensions[0], Dimensions[1]);
        var values = new SymbolicSize?[Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = Values[i % rows * columns + i / rows];
        return new ShapeTensor([columns, rows], values, Whole);
    }

    private int Product(int from, int to) => Dimensions[from..to].Aggregate(1, (product, size) => product * size);
}
