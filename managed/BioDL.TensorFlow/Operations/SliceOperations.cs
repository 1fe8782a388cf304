using BioDL.Graphs.Wire;
using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow.Operations;

/// <summary>Parts of tensors.</summary>
internal static class SliceOperations
{
    /// <summary>Beyond any size, so that ONNX cuts it down to what is there.</summary>
    private const long End = long.MaxValue;

    public static void Register(Dictionary<string, OperationTable.Handler> handlers)
    {
        handlers["Slice"] = operation => [Sliced(operation)];
        handlers["StridedSlice"] = operation => [Strided(operation)];
        handlers["Gather"] = operation => [Gathered(operation, 0)];
        handlers["GatherV2"] = operation => [Gathered(operation, operation.Numbers(2)[0])];
    }

    /// <summary>Some values along one axis of a constant.</summary>
    public static TfValue Part(Operation operation, TfValue value, int axis, long start, long count)
    {
        SizeTerm[] sizes = SizeOperations.Sizes(operation, value);
        long[] begin = new long[sizes.Length], step = [.. sizes.Select(_ => 1L)], counts = [.. sizes.Select(size => size.Value ?? 0)];
        (begin[axis], counts[axis]) = (start, count);
        return Cut(operation, value, begin, step, counts);
    }

    private static TfValue Cut(Operation operation, TfValue value, long[] begin, long[] step, long[] count) => value switch
    {
        SizeValue sizes => sizes with { Values = sizes.Values.Slice(begin, step, count) },
        ConstantValue constant => new ConstantValue(constant.Values.Slice(begin, step, count)),
        _ => throw operation.Unsupported("it takes a part of something that has none"),
    };

    /// <summary>Inputs: begin and size along each axis; a size of -1 is all that is left.</summary>
    private static TfValue Sliced(Operation operation)
    {
        SizeTerm[] sizes = SizeOperations.Sizes(operation, operation.Input(0)), count = operation.Terms(2);
        long[] begin = operation.Numbers(1);
        if (begin.Length != sizes.Length || count.Length != sizes.Length)
            throw new WireFormatException("a slice with other than its tensor's number of axes");
        count = [.. count.Select((term, axis) => term.Is(-1) ? sizes[axis].Plus(SizeTerm.Number(-begin[axis]))!.Value : term)];
        if (operation.Input(0) is FeatureValue feature)
            return OfFeature(operation, feature, begin, count);
        long[] counts = [.. count.Select(term => term.Value
            ?? throw operation.Unsupported("it takes a part of a constant that depends on the image"))];
        for (int axis = 0; axis < counts.Length; axis++)
        {
            if (begin[axis] < 0 || counts[axis] < 0 || begin[axis] > sizes[axis].Value - counts[axis])
                throw new WireFormatException($"a slice from {begin[axis]} of {counts[axis]} values of {sizes[axis].Value}");
        }
        return Cut(operation, operation.Input(0), begin, [.. begin.Select(_ => 1L)], counts);
    }

    private static FeatureValue OfFeature(Operation operation, FeatureValue value, long[] begin, SizeTerm[] count)
    {
        int[] axes = [.. Enumerable.Range(0, value.Rank).Where(axis => begin[axis] != 0 || count[axis] != value.Sizes[axis])];
        if (axes.Length == 0)
            return value;
        SizeTerm[] ends = [.. axes.Select(axis => count[axis].Plus(SizeTerm.Number(begin[axis]))!.Value)];
        GraphBuilder builder = operation.Builder;
        string[] inputs =
        [
            value.Name, builder.Integers(operation.Name + "/begin", [.. axes.Select(axis => begin[axis])]),
            builder.Sizes(operation.Name + "/end", ends),
            builder.Integers(operation.Name + "/axes", [.. axes.Select(axis => (long)value.Stored(axis))]),
        ];
        return operation.Emit("Slice", value with { Sizes = count }, inputs);
    }

    /// <summary>What one axis of a strided slice takes.</summary>
    /// <param name="Begin">first index, from the start</param>
    /// <param name="Step">not 0</param>
    /// <param name="Size">how many; null where that is not known before the network runs</param>
    /// <param name="From">for ONNX: negative counts from the end</param>
    /// <param name="To">for ONNX</param>
    private readonly record struct Range(SizeTerm? Begin, long Step, SizeTerm? Size, long From, long To);

    /// <summary>Inputs: begin, end, step; masks say where they do not hold. NumPy's rules.</summary>
    private static TfValue Strided(Operation operation)
    {
        SizeTerm[] sizes = SizeOperations.Sizes(operation, operation.Input(0));
        SliceSpec spec = SliceSpec.Of(operation, sizes.Length);
        Range[] ranges = [.. sizes.Select((size, axis) => Of(operation, spec, axis, size))];
        TfValue value = operation.Input(0) is FeatureValue feature ? OfFeature(operation, feature, ranges) : OfConstant(operation, ranges);
        value = value is FeatureValue cut ? ShapeOperations.Squeezed(operation, cut, [.. spec.Shrunk])
            : Enumerable.Reverse(spec.Shrunk).Aggregate(value, ShapeOperations.Without);
        foreach (int axis in spec.Added)
            value = Added(operation, value, axis);
        return value;
    }

    private static TfValue Added(Operation operation, TfValue value, int axis) => value switch
    {
        FeatureValue feature => ShapeOperations.Unsqueezed(operation, feature, axis),
        SizeValue sizes => sizes with { Values = sizes.Values.Reshape([.. sizes.Values.Shape[..axis], 1, .. sizes.Values.Shape[axis..]]) },
        ConstantValue constant => new ConstantValue(constant.Values.Reshape([.. constant.Values.Shape[..axis], 1,
            .. constant.Values.Shape[axis..]])),
        _ => throw operation.Unsupported("it adds an axis to something that has none"),
    };

    private static Range Of(Operation operation, SliceSpec spec, int axis, SizeTerm size)
    {
        var (begin, end, step) = spec.Along(axis);
        if (step == 0)
            throw new WireFormatException("a slice with a step of 0");
        bool one = spec.Shrunk.Contains(axis);
        if (begin is null && end is null && step == 1)
            return new Range(SizeTerm.Number(0), 1, size, 0, End);
        if (size.Value is { } known)
        {
            long lowest = step > 0 ? 0 : -1, highest = step > 0 ? known : known - 1;
            long first = Math.Clamp(begin is { } b ? b < 0 ? b + known : b : step > 0 ? 0 : known - 1, lowest, highest);
            long last = one ? first + 1 : Math.Clamp(end is { } e ? e < 0 ? e + known : e : step > 0 ? known : -1, lowest, highest);
            long count = Math.Max(0, step > 0 ? (last - first + step - 1) / step : (first - last - step - 1) / -step);
            if (one && (count != 1 || first < 0 || first >= known))
                throw new WireFormatException($"index {begin} of {known}");
            return new Range(SizeTerm.Number(first), step, SizeTerm.Number(count), first, last < 0 ? -End : last);
        }
        long from = begin ?? (step > 0 ? 0 : End), to = one ? (from == -1 ? End : from + 1) : end ?? (step > 0 ? End : -End);
        return new Range(null, step, one ? SizeTerm.Number(1) : Counted(size, from, to, step), from, to);
    }

    /// <summary>
    /// Of an axis whose size depends on the image: known for steps of one between fixed distances from the same or both ends.
    /// </summary>
    private static SizeTerm? Counted(SizeTerm size, long from, long to, long step)
    {
        if (step != 1)
            return null;
        SizeTerm last = to == End ? size : to < 0 ? size.Plus(SizeTerm.Number(to))!.Value : SizeTerm.Number(to);
        SizeTerm first = from < 0 ? size.Plus(SizeTerm.Number(from))!.Value : SizeTerm.Number(from);
        return last.Minus(first);
    }

    private static TfValue OfConstant(Operation operation, Range[] ranges)
    {
        long[] begin = [.. ranges.Select(range => range.Begin!.Value.Value!.Value)],
        size = [.. ranges.Select(range => range.Size!.Value.Value!.Value)];
        return Cut(operation, operation.Input(0), begin, [.. ranges.Select(range => range.Step)], size);
    }

    private static FeatureValue OfFeature(Operation operation, FeatureValue value, Range[] ranges)
    {
        int[] axes = [.. Enumerable.Range(0,
            ranges.Length).Where(axis => ranges[axis].Step != 1 || ranges[axis].Size != value.Sizes[axis])];
        if (axes.Length == 0)
            return value;
        GraphBuilder builder = operation.Builder;
        string[] inputs =
        [
            value.Name, builder.Integers(operation.Name + "/begin", [.. axes.Select(axis => ranges[axis].From)]),
            builder.Integers(operation.Name + "/end", [.. axes.Select(axis => ranges[axis].To)]),
            builder.Integers(operation.Name + "/axes", [.. axes.Select(axis => (long)value.Stored(axis))]),
            builder.Integers(operation.Name + "/step", [.. axes.Select(axis => ranges[axis].Step)]),
        ];
        FeatureValue cut = operation.Emit("Slice", value, inputs);
        return cut with
        {
            Sizes = [.. ranges.Select((range, axis) => range.Size ?? SizeTerm.Of(new SizeSymbol(cut.Name, value.Stored(axis))))],
        };
    }

    private static TfValue Gathered(Operation operation, long along)
    {
        if (operation.Input(0) is FeatureValue)
            throw operation.Unsupported("it picks parts of an image; only sizes and constants are supported there");
        int rank = SizeOperations.Sizes(operation, operation.Input(0)).Length, axis = operation.Axis(along, rank);
        SizeValue indices = Operation.AsSizes(operation.Input(1))!;
        long[] picked = operation.Numbers(1);
        TfValue[] parts = [.. picked.Select(index => Picked(operation, axis, index))];
        if (indices.Values.Rank == 0)
            return ShapeOperations.Without(parts[0], axis);
        if (indices.Values.Rank != 1 || parts.Length == 0)
            throw operation.Unsupported("its indices have more than one axis");
        return parts[0] is SizeValue sizes ? sizes with
        {
            Values = NdArray<SizeTerm>.Concat([.. parts.Select(part => ((SizeValue)part).Values)], axis),
        }
            : new ConstantValue(NdArray<float>.Concat([.. parts.Select(part => ((ConstantValue)part).Values)], axis));
    }

    private static TfValue Picked(Operation operation, int axis, long index)
    {
        long size = SizeOperations.Sizes(operation, operation.Input(0))[axis].Value ?? 0;
        return index >= 0 && index < size ? Part(operation, operation.Input(0), axis, index, 1)
            : throw new WireFormatException($"index {index} of {size}");
    }
}
