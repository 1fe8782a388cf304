using BioDL.Graphs.Wire;
using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow.Operations;

/// <summary>Operations that change the shape or the order of axes and no value.</summary>
internal static class ShapeOperations
{
    public static void Register(Dictionary<string, OperationTable.Handler> handlers)
    {
        handlers["Reshape"] = operation => [Reshaped(operation)];
        handlers["Transpose"] = operation => [Transposed(operation)];
        handlers["ExpandDims"] = operation => [Expanded(operation)];
        handlers["Squeeze"] = operation => [Squeezed(operation)];
        handlers["Tile"] = operation => [Repeat.Tiled(operation)];
        handlers["BroadcastTo"] = operation => [Broadcasted(operation)];
    }

    /// <summary>A tensor without an axis of size 1.</summary>
    public static TfValue Without(TfValue value, int axis) => value switch
    {
        ConstantValue constant => new ConstantValue(constant.Values.Reshape([.. constant.Values.Shape[..axis],
            .. constant.Values.Shape[(axis + 1)..]])),
        SizeValue sizes => sizes with
        {
            Values = sizes.Values.Reshape([.. sizes.Values.Shape[..axis], .. sizes.Values.Shape[(axis + 1)..]]),
        },
        _ => throw new WireFormatException("an axis of an image is taken away"),
    };

    private static TfValue Reshaped(Operation operation)
    {
        SizeTerm[] wanted = operation.Terms(1);
        if (operation.Input(0) is FeatureValue feature)
            return Reshaped(operation, feature, Completed(operation, wanted, feature.Sizes));
        long[] shape = [.. Completed(operation, wanted, SizeOperations.Sizes(operation, operation.Input(0))).Select(term => term.Value
            ?? throw operation.Unsupported("it gives a constant a shape that depends on the image"))];
        return operation.Input(0) is SizeValue sizes ? sizes with { Values = sizes.Values.Reshape(shape) }
            : new ConstantValue(operation.Constant(0).Values.Reshape(shape));
    }

    /// <summary>A size of -1 is what is left; it stays where it cannot be computed beforehand.</summary>
    private static SizeTerm[] Completed(Operation operation, SizeTerm[] wanted, SizeTerm[] own)
    {
        int free = Array.FindIndex(wanted, term => term.Is(-1));
        if (free < 0)
            return wanted;
        var rest = own.ToList();
        foreach (SizeTerm term in wanted.Where((_, i) => i != free))
            rest.Remove(term);
        int others = wanted.Where((_, i) => i != free).Count(own.Contains);
        if (others == wanted.Length - 1 && rest.Count(term => !term.IsNumber) <= 1)
            return JoinOperations.With(wanted, free, SizeOperations.Product(operation, rest));
        if (own.All(term => term.IsNumber) && wanted.All(term => term.IsNumber))
        {
            double product = wanted.Where((_, i) => i != free).Aggregate(1.0, (total, term) => total * term.Offset);
            double total = own.Aggregate(1.0, (count, term) => count * term.Offset);
            return JoinOperations.With(wanted, free, SizeTerm.Number(product > 0 ? Math.Floor(total / product) : 0));
        }
        return wanted;
    }

    private static FeatureValue Reshaped(Operation operation, FeatureValue value, SizeTerm[] sizes)
    {
        if (sizes.Length > 16)
            throw new WireFormatException($"a tensor with {sizes.Length} axes");
        if (sizes.AsSpan().SequenceEqual(value.Sizes))
            return value;
        if (Repeat.Recognized(operation, value, sizes) is { } repeated)
            return repeated;
        FeatureValue plain = operation.Builder.Plain(value);
        int free = Array.FindIndex(sizes, term => term.Is(-1));
        string shape = operation.Builder.Sizes(operation.Name + "/shape", sizes);
        string name = operation.Builder.Add("Reshape", operation.Name, [plain.Name, shape], ("allowzero", 0L));
        if (free >= 0)
            sizes = JoinOperations.With(sizes, free, SizeTerm.Of(new SizeSymbol(name, free)));
        return value with { Name = name, Sizes = sizes, Order = [.. Enumerable.Range(0, sizes.Length)] };
    }

    /// <summary>For pixels only the note of the order changes; a Transpose is written where an operation needs another order.</summary>
    private static TfValue Transposed(Operation operation)
    {
        int rank = SizeOperations.Sizes(operation, operation.Input(0)).Length;
        int[] order = [.. operation.Numbers(1).Select(axis => operation.Axis(axis, rank))];
        if (order.Length != rank || order.Distinct().Count() != rank)
            throw new WireFormatException($"an order of axes ({string.Join(", ", order)}) for {rank}");
        return operation.Input(0) switch
        {
            FeatureValue feature => feature with
            {
                Sizes = [.. order.Select(axis => feature.Sizes[axis])],
                Order = [.. feature.Order.Select(axis => Array.IndexOf(order, axis))],
                ChannelsFirst = (rank > 3 && order.SequenceEqual(KernelPlacement.Order(rank, channelsFirst: false)))
                    || (feature.ChannelsFirst && !IsBack(order)),
            },
            SizeValue sizes => sizes with { Values = sizes.Values.Transpose(order) },
            _ => new ConstantValue(operation.Constant(0).Values.Transpose(order)),
        };
    }

    /// <summary>Channels from behind the batch to the end.</summary>
    private static bool IsBack(int[] order) => order.Length > 3 && order.SequenceEqual([0, .. Enumerable.Range(2, order.Length - 2), 1]);

    private static TfValue Expanded(Operation operation)
    {
        int rank = SizeOperations.Sizes(operation, operation.Input(0)).Length;
        int axis = operation.Axis(operation.Numbers(1)[0], rank + 1);
        return operation.Input(0) switch
        {
            FeatureValue feature => Unsqueezed(operation, feature, axis),
            SizeValue sizes => sizes with
            {
                Values = sizes.Values.Reshape([.. sizes.Values.Shape[..axis], 1, .. sizes.Values.Shape[axis..]]),
            },
            _ => Raised(operation.Constant(0).Values, axis),
        };
    }

    private static ConstantValue Raised(NdArray<float> block, int axis) =>
        new(block.Reshape([.. block.Shape[..axis], 1, .. block.Shape[axis..]]));

    /// <summary>The new axis is stored last, so that the others keep their places in ONNX.</summary>
    public static FeatureValue Unsqueezed(Operation operation, FeatureValue value, int axis)
    {
        string axes = operation.Builder.Integers(operation.Name + "/axes", value.Rank);
        string name = operation.Builder.Add("Unsqueeze", operation.Name, [value.Name, axes]);
        return value with
        {
            Name = name,
            Sizes = [.. value.Sizes[..axis], SizeTerm.Number(1), .. value.Sizes[axis..]],
            Order = [.. value.Order.Select(own => own < axis ? own : own + 1), axis],
        };
    }

    private static TfValue Squeezed(Operation operation)
    {
        SizeTerm[] sizes = SizeOperations.Sizes(operation, operation.Input(0));
        long[] listed = operation.Node.Integers("squeeze_dims") is { Length: > 0 } dims ? dims : operation.Node.Integers("axis");
        int[] axes = listed.Length > 0 ? [.. listed.Select(axis => operation.Axis(axis, sizes.Length)).Distinct().Order()]
            : [.. Enumerable.Range(0, sizes.Length).Where(axis => sizes[axis].Is(1))];
        if (operation.Input(0) is FeatureValue feature)
            return Squeezed(operation, feature, axes);
        TfValue value = operation.Input(0);
        foreach (int axis in axes.Reverse())
            value = Without(value, axis);
        return value;
    }

    /// <summary>A tensor without some axes of size 1.</summary>
    public static FeatureValue Squeezed(Operation operation, FeatureValue value, int[] axes)
    {
        if (axes.Length == 0)
            return value;
        string stored = operation.Builder.Integers(operation.Name + "/axes", [.. axes.Select(axis => (long)value.Stored(axis)).Order()]);
        string name = operation.Builder.Add("Squeeze", operation.Name, [value.Name, stored]);
        int[] kept = [.. Enumerable.Range(0, value.Rank).Except(axes)];
        return value with
        {
            Name = name,
            Sizes = [.. kept.Select(axis => value.Sizes[axis])],
            Order = [.. value.Order.Where(axis => !axes.Contains(axis)).Select(axis => Array.IndexOf(kept, axis))],
        };
    }

    private static TfValue Broadcasted(Operation operation)
    {
        SizeTerm[] wanted = operation.Terms(1);
        if (operation.Input(0) is not FeatureValue feature)
        {
            long[] shape = operation.Numbers(1);
            return operation.Input(0) is SizeValue sizes && ElementCount.Of(shape) <= SizeValue.Most ? sizes with
            {
                Values = sizes.Values.BroadcastTo(shape),
            }
                : new ConstantValue(operation.Constant(0).Values.BroadcastTo(shape));
        }
        if (feature.Rank != wanted.Length)
            throw operation.Unsupported("it adds axes to an image");
        string target = operation.Builder.Sizes(operation.Name + "/sizes", [.. feature.Order.Select(axis => wanted[axis])]);
        return operation.Emit("Expand", feature with { Sizes = wanted }, [feature.Name, target]);
    }
}
