namespace BioDL.Graphs.Walking;

/// <summary>
/// The sizes that a network computes from the size of its input, kept as formulas. What is met here is what PyTorch, tf2onnx and Keras
/// export; a value
/// that cannot be followed is not known, and the operator that needs it says so.
/// </summary>
internal sealed class ShapeValues
{
    private readonly Dictionary<string, ShapeTensor> _known = [];

    public ShapeValues(IReadOnlyDictionary<string, OnnxConstant> constants)
    {
        foreach (var (name, constant) in constants)
        {
            if (ShapeTensor.Of(constant) is { } values)
                _known[name] = values;
        }
    }

    public ShapeTensor? this[string name] => _known.GetValueOrDefault(name);

    /// <summary>Shape of a tensor: start and end choose a part of it.</summary>
    public void Shape(OnnxNode node, TensorTrack track)
    {
        if (track.Dimensions is not { } dimensions)
            return;
        int rank = dimensions.Length;
        int start = Bounded(node.Integer("start", 0), rank), end = Bounded(node.Integer("end", rank), rank);
        _known[node.Outputs[0]] = ShapeTensor.List(Enumerable.Range(start, Math.Max(0, end - start)).Select(track.SizeOf));
    }

    private static int Bounded(long index, int rank) => (int)Math.Clamp(index < 0 ? index + rank : index, 0, rank);

    /// <summary>An operation on sizes alone.</summary>
    public void Visit(OnnxNode node)
    {
        if (node.Outputs.Length == 0 || node.Inputs.Length == 0)
            return;
        if (node.Operator == "Split")
        {
            Split(node);
            return;
        }
        if (Result(node) is { Count: <= ShapeTensor.Most } values)
            _known[node.Outputs[0]] = values;
    }

    private ShapeTensor? Result(OnnxNode node)
    {
        ShapeTensor? first = this[node.Input(0)], second = this[node.Input(1)];
        switch (node.Operator)
        {
            case "Concat":
                return Concat(node);
            case "ConstantOfShape":
                return Filled(node, first);
        }
        if (first is null)
            return null;
        return node.Operator switch
        {
            "Identity" => first,
            "Cast" => Cast(first, node.Integer("to", 0) is ElementTypes.Int32 or ElementTypes.Int64),
            "Floor" => Each(first, size => size.Floor()),
            "Ceil" => Each(first, size => size.Ceiling()),
            "Neg" => Each(first, size => SymbolicSize.Number(0).Minus(size)),
            "Add" or "Sub" or "Mul" or "Div" or "Min" or "Max" => second is null ? null : Arithmetic(node.Operator, first, second),
            "Squeeze" => first with { Dimensions = first.Count == 1 ? [] : [first.Count] },
            "Unsqueeze" => first with { Dimensions = first.Dimensions.Length == 0 ? [1] : [.. first.Dimensions, 1] },
            "Reshape" => Reshaped(first, second?.Numbers()),
            "Gather" => Gather(node, first, second),
            "Slice" => Slice(node, first),
            "Transpose" => first.Transposed(),
            "ReduceProd" => first.Values.Aggregate((ShapeTensor?)null, (product, value) => Product(product, value)),
            _ => null,
        };
    }

    private static ShapeTensor Each(ShapeTensor tensor, Func<SymbolicSize, SymbolicSize?> change) =>
        tensor with { Values = [.. tensor.Values.Select(value => value is { } size ? change(size) : null)] };

    private static ShapeTensor Cast(ShapeTensor tensor, bool whole) => (whole ? Each(tensor, size => Truncated(size)) : tensor) with
    {
        Whole = whole,
    };

    private static SymbolicSize Truncated(SymbolicSize size) => size.IsNumber && size.Offset < 0 ? size.Ceiling() : size.Floor();

    private static ShapeTensor? Arithmetic(string name, ShapeTensor a, ShapeTensor b) =>
        ShapeTensor.Combined(a, b, (left, right) => name switch
    {
        "Add" => left.Plus(right),
        "Sub" => left.Minus(right),
        "Mul" => left.Times(right),
        "Div" => left.Over(right) is { } quotient ? a.Whole && b.Whole ? Truncated(quotient) : quotient : null,
        "Min" => left.IsNumber && right.IsNumber ? SymbolicSize.Number(Math.Min(left.Offset, right.Offset)) : null,
        _ => left.IsNumber && right.IsNumber ? SymbolicSize.Number(Math.Max(left.Offset, right.Offset)) : null,
    });

    private static ShapeTensor? Product(ShapeTensor? product, SymbolicSize? value)
    {
        ShapeTensor factor = new([], [value]);
        return product is null ? factor : ShapeTensor.Combined(product, factor, (a, b) => a.Times(b));
    }

    private ShapeTensor? Concat(OnnxNode node)
    {
        var parts = new List<ShapeTensor>();
        foreach (string name in node.Inputs)
        {
            if (this[name] is not { Dimensions.Length: <= 1 } part)
                return null;
            parts.Add(part);
        }
        return ShapeTensor.List(parts.SelectMany(part => part.Values));
    }

    private static ShapeTensor? Filled(OnnxNode node, ShapeTensor? shape)
    {
        if (shape?.Numbers() is not { } sizes || sizes.Any(size => size is < 0 or > ShapeTensor.Most))
            return null;
        double count = sizes.Aggregate(1.0, (product, size) => product * size);
        if (count > ShapeTensor.Most)
            return null;
        double value = node.Tensors.GetValueOrDefault("value")?.Values?[0] ?? 0;
        return new ShapeTensor([.. sizes.Select(size => (int)size)],
            [.. Enumerable.Repeat((SymbolicSize?)SymbolicSize.Number(value), (int)count)]);
    }

    private static ShapeTensor? Reshaped(ShapeTensor tensor, double[]? shape)
    {
        if (shape is null)
            return null;
        double known = shape.Where(size => size > 0).Aggregate(1.0, (product, size) => product * size);
        int[] dimensions = [.. shape.Select(size => (int)Math.Min(size < 0 ? tensor.Count / known : size, ShapeTensor.Most))];
        return dimensions.All(size => size > 0) && dimensions.Aggregate(1L, (product, size) => product * size) == tensor.Count
            ? tensor with { Dimensions = dimensions } : null;
    }

    private static ShapeTensor? Gather(OnnxNode node, ShapeTensor from, ShapeTensor? indices)
    {
        if (from.Dimensions.Length != 1 || node.Integer("axis", 0) is not (0 or -1) || indices?.Numbers() is not { } chosen)
            return null;
        ShapeTensor? picked = from.Picked(0, [.. chosen.Select(index => (int)(index < 0 ? index + from.Count : index))]);
        return picked is null ? null : picked with { Dimensions = indices.Dimensions };
    }

    private ShapeTensor? Slice(OnnxNode node, ShapeTensor from)
    {
        if (SliceRange.All(node, this) is not [var range] || from.Dimensions.Length == 0)
            return null;
        int axis = (int)(range.Axis < 0 ? range.Axis + from.Dimensions.Length : range.Axis);
        if (axis < 0 || axis >= from.Dimensions.Length || range.Start.Value is not { } start || range.End.Value is not { } end)
            return null;
        int size = from.Dimensions[axis], step = (int)Math.Clamp(range.Step, -size - 1, size + 1);
        int least = step > 0 ? 0 : -1;
        int first = (int)Math.Clamp(start < 0 ? start + size : start, least < 0 ? 0 : least, step > 0 ? size : size - 1);
        int last = (int)Math.Clamp(end < 0 ? end + size : end, least, size);
        var indices = new List<int>();
        for (int i = first; step > 0 ? i < last : i > last; i += step)
            indices.Add(i);
        return from.Picked(axis, indices);
    }

    private void Split(OnnxNode node)
    {
        if (this[node.Input(0)] is not { Dimensions.Length: 1 } from)
            return;
        double[]? sizes = this[node.Input(1)]?.Numbers() ?? node.List("split")?.Select(size => (double)size).ToArray();
        int start = 0;
        for (int i = 0; i < node.Outputs.Length; i++)
        {
            int size = (int)Math.Clamp(sizes is null ? (double)from.Count / node.Outputs.Length : i < sizes.Length ? sizes[i] : 0, 0,
                from.Count - start);
            _known[node.Outputs[i]] = ShapeTensor.List(from.Values.AsSpan(start, size).ToArray());
            start += size;
        }
    }
}
