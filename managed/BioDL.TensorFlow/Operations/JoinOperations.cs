using BioDL.Graphs.Wire;
using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow.Operations;

/// <summary>Tensors joined along an axis, and split.</summary>
internal static class JoinOperations
{
    public static void Register(Dictionary<string, OperationTable.Handler> handlers)
    {
        handlers["ConcatV2"] = operation => [Joined(operation, operation.Inputs[..^1], operation.Numbers(operation.Inputs.Length - 1)[0])];
        handlers["Concat"] = operation => [Joined(operation, operation.Inputs[1..], operation.Numbers(0)[0])];
        handlers["Pack"] = operation => [Packed(operation)];
        handlers["Split"] = operation => Split(operation, operation.Input(1), operation.Numbers(0)[0], null);
        handlers["SplitV"] = operation => Split(operation, operation.Input(0), operation.Numbers(2)[0], operation.Numbers(1));
        handlers["Unpack"] = Unpacked;
    }

    private static TfValue Joined(Operation operation, TfValue[] parts, long axis)
    {
        if (parts.Length == 0)
            throw new WireFormatException("nothing is joined");
        if (parts.Any(part => part is FeatureValue))
            return Repeat.Recognized(operation, parts, axis) ?? JoinedFeatures(operation, parts, axis);
        if (parts.All(part => part is SizeValue))
        {
            SizeValue[] sizes = [.. parts.Cast<SizeValue>()];
            int along = operation.Axis(axis, sizes[0].Values.Rank);
            return new SizeValue(NdArray<SizeTerm>.Concat([.. sizes.Select(part => part.Values)], along), sizes.All(part => part.Whole));
        }
        NdArray<float>[] blocks = [.. parts.Select((_, i) => Constant(operation, parts[i]))];
        return new ConstantValue(NdArray<float>.Concat(blocks, operation.Axis(axis, blocks[0].Rank)));
    }

    private static NdArray<float> Constant(Operation operation, TfValue value) =>
        Operation.AsConstant(value)?.Values ?? throw operation.Unsupported("it joins pixels with sizes");

    private static FeatureValue JoinedFeatures(Operation operation, TfValue[] parts, long axis)
    {
        FeatureValue first = parts.OfType<FeatureValue>().First();
        int along = operation.Axis(axis, first.Rank);
        var (names, size) = (new List<string>(), SizeTerm.Number(0));
        SizeTerm? total = size;
        foreach (TfValue part in parts)
        {
            FeatureValue? feature = part as FeatureValue;
            if (feature is not null && feature.Rank != first.Rank)
                throw new WireFormatException("joined tensors have different numbers of axes");
            names.Add(feature is not null ? operation.Builder.Ordered(feature, first.Order).Name : ConstantPart(operation, part, first));
            SizeTerm own = feature?.Sizes[along] ?? SizeTerm.Number(Constant(operation, part).Shape[along]);
            total = total?.Plus(own);
        }
        FeatureValue joined = operation.Emit("Concat", first, [.. names], ("axis", (long)first.Stored(along)));
        var sizes = (SizeTerm[])first.Sizes.Clone();
        sizes[along] = total ?? SizeTerm.Of(new SizeSymbol(joined.Name, first.Stored(along)));
        return joined with { Sizes = sizes };
    }

    /// <summary>A constant beside pixels: its shape must be known whole, so the image's size must be too.</summary>
    private static string ConstantPart(Operation operation, TfValue part, FeatureValue like)
    {
        NdArray<float> block = Constant(operation, part);
        return block.Rank == like.Rank ? operation.Builder.Floats(operation.Name + "/constant", block.Transpose(like.Order))
            : throw new WireFormatException("joined tensors have different numbers of axes");
    }

    private static TfValue Packed(Operation operation)
    {
        TfValue[] parts = operation.Inputs;
        long axis = operation.Node.Integer("axis");
        if (parts.All(part => part is SizeValue))
        {
            SizeValue[] sizes = [.. parts.Cast<SizeValue>()];
            int at = operation.Axis(axis, sizes[0].Values.Rank + 1);
            return new SizeValue(NdArray<SizeTerm>.Concat([.. sizes.Select(part => Raised(part.Values, at))], at),
                sizes.All(part => part.Whole));
        }
        if (parts.Any(part => part is FeatureValue))
            throw operation.Unsupported("it stacks images; only sizes and constants are supported there");
        NdArray<float>[] blocks = [.. parts.Select(part => Constant(operation, part))];
        int along = operation.Axis(axis, blocks[0].Rank + 1);
        return new ConstantValue(NdArray<float>.Concat([.. blocks.Select(block => Raised(block, along))], along));
    }

    private static NdArray<T> Raised<T>(NdArray<T> block, int axis) =>
        axis <= block.Rank ? block.Reshape([.. block.Shape[..axis], 1, .. block.Shape[axis..]])
        : throw new WireFormatException("stacked tensors have different numbers of axes");

    private static TfValue[] Split(Operation operation, TfValue value, long axis, long[]? lengths)
    {
        SizeTerm[] sizes = SizeOperations.Sizes(operation, value);
        int along = operation.Axis(axis, sizes.Length);
        if (sizes[along].Value is not { } total)
            throw operation.Unsupported("it splits along an axis whose size depends on the image");
        lengths ??= Equal(operation, total);
        int free = Array.IndexOf(lengths, -1);
        if (free >= 0)
            lengths[free] = total - lengths.Sum() - 1;
        if (lengths.Any(length => length < 0) || lengths.Sum() != total || lengths.Length > SizeValue.Most)
            throw new WireFormatException($"parts of ({string.Join(", ", lengths)}) of {total}");
        if (value is FeatureValue feature)
            return SplitFeature(operation, feature, along, lengths);
        var parts = new TfValue[lengths.Length];
        long start = 0;
        for (int i = 0; i < parts.Length; start += lengths[i++])
            parts[i] = SliceOperations.Part(operation, value, along, start, lengths[i]);
        return parts;
    }

    private static long[] Equal(Operation operation, long total)
    {
        long parts = operation.Node.Integer("num_split", 1);
        return parts is > 0 and <= SizeValue.Most && total % parts == 0 ? [.. Enumerable.Repeat(total / parts, (int)parts)]
            : throw new WireFormatException($"{parts} equal parts of {total}");
    }

    private static TfValue[] SplitFeature(Operation operation, FeatureValue feature, int along, long[] lengths)
    {
        string sizes = operation.Builder.Integers(operation.Name + "/sizes", lengths);
        string[] names = operation.Builder.AddMany("Split",
            [.. lengths.Select((_, i) => i == 0 ? operation.Name : $"{operation.Name}:{i}")],
            [feature.Name, sizes], ("axis", (long)feature.Stored(along)));
        return [.. names.Select((name, i) => feature with { Name = name,
            Sizes = With(feature.Sizes, along, SizeTerm.Number(lengths[i])) })];
    }

    public static SizeTerm[] With(SizeTerm[] sizes, int axis, SizeTerm size)
    {
        var copy = (SizeTerm[])sizes.Clone();
        copy[axis] = size;
        return copy;
    }

    private static TfValue[] Unpacked(Operation operation)
    {
        SizeTerm[] sizes = SizeOperations.Sizes(operation, operation.Input(0));
        int along = operation.Axis(operation.Node.Integer("axis"), sizes.Length);
        if (operation.Input(0) is FeatureValue || sizes[along].Value is not <= SizeValue.Most)
            throw operation.Unsupported("it takes an image apart; only sizes and constants are supported there");
        return [.. Enumerable.Range(0, (int)sizes[along].Value!.Value).Select(i =>
            ShapeOperations.Without(SliceOperations.Part(operation, operation.Input(0), along, i, 1), along))];
    }
}
