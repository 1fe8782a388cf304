using BioDL.Graphs.Wire;
using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow.Operations;

/// <summary>
/// Values repeated along an axis. Keras's UpSampling3D does it in one of two ways, both of which become one resizing by nearest neighbour:
/// Split into single slices and Concat of each several times; or ExpandDims, Tile and Reshape.
/// </summary>
internal static class Repeat
{
    /// <summary>The second way, at its Reshape.</summary>
    /// <returns>null where it is something else</returns>
    public static FeatureValue? Recognized(Operation operation, FeatureValue value, SizeTerm[] sizes)
    {
        GraphBuilder builder = operation.Builder;
        if (value.Rank != sizes.Length + 1 || builder.Producer(value.Name) is not { Operator: "Tile" } tile
            || builder.Producer(tile.Inputs[0]) is not { Operator: "Unsqueeze" } unsqueeze)
            return null;
        int added = value.Order[^1];
        SizeTerm[] own = [.. value.Sizes[..added], .. value.Sizes[(added + 1)..]];
        long[] repeats = (long[])builder.Draft.Constants[tile.Inputs[1]].Values, axes = (long[])builder.Draft.Constants[unsqueeze.Inputs[1]]
            .Values;
        if (added == 0 || axes is not [long axis] || axis != value.Rank - 1 || repeats[..^1].Any(repeat => repeat != 1)
            || value.Sizes[added].Value is not { } times
            || times != repeats[^1] || !JoinOperations.With(own, added - 1, own[added - 1].Times(times)).AsSpan().SequenceEqual(sizes))
            return null;
        FeatureValue source = value with
        {
            Name = unsqueeze.Inputs[0],
            Sizes = own,
            Order = [.. value.Order[..^1].Select(old => old < added ? old : old - 1)],
        };
        return Of(operation, source, added - 1, times);
    }

    /// <summary>The first way, at its Concat.</summary>
    /// <returns>null where it is something else</returns>
    public static FeatureValue? Recognized(Operation operation, TfValue[] parts, long axis)
    {
        if (parts[0] is not FeatureValue first || operation.Builder.Producer(first.Name) is not { Operator: "Split" } split
            || split.Outputs[0] != first.Name)
            return null;
        int along = operation.Axis(axis, first.Rank), count = split.Outputs.Length;
        int times = parts.TakeWhile(part => part is FeatureValue feature && feature.Name == first.Name).Count();
        if (!first.Sizes[along].Is(1) || times < 2 || parts.Length != times * count
            || (long)split.Attributes["axis"] != first.Stored(along))
            return null;
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i] is not FeatureValue part || part.Name != split.Outputs[i / times] || !part.Order.SequenceEqual(first.Order))
                return null;
        }
        return Of(operation, first with { Name = split.Inputs[0], Sizes = JoinOperations.With(first.Sizes, along, SizeTerm.Number(count)) },
            along, times);
    }

    /// <summary>All values one after the other, several times.</summary>
    public static TfValue Tiled(Operation operation)
    {
        long[] repeats = operation.Numbers(1);
        SizeTerm[] sizes = SizeOperations.Sizes(operation, operation.Input(0));
        if (repeats.Length != sizes.Length || repeats.Any(repeat => repeat is < 0 or > ElementCount.Most))
            throw new WireFormatException($"repeats ({string.Join(", ", repeats)}) for {sizes.Length} axes");
        if (operation.Input(0) is FeatureValue feature)
        {
            string stored = operation.Builder.Integers(operation.Name + "/repeats", [.. feature.Order.Select(axis => repeats[axis])]);
            SizeTerm[] tiled = [.. feature.Sizes.Select((size, axis) => size.Times(repeats[axis]))];
            return operation.Emit("Tile", feature with { Sizes = tiled }, [feature.Name, stored]);
        }
        return operation.Input(0) is SizeValue value && ElementCount.Of([.. repeats, value.Values.Items.Length]) <= SizeValue.Most
            ? value with { Values = Tiled(value.Values, repeats) } : new ConstantValue(Tiled(operation.Constant(0).Values, repeats));
    }

    private static NdArray<T> Tiled<T>(NdArray<T> block, long[] repeats)
    {
        ElementCount.Of([.. block.Shape.Select((size, axis) => Math.Min(size * repeats[axis], ElementCount.Most + 1))]);
        for (int axis = 0; axis < repeats.Length; axis++)
        {
            if (repeats[axis] == 1)
                continue;
            // An axis of the repeats before this one, of size 1 and then repeated, and both made one again.
            long[] apart = [.. block.Shape[..axis], 1, .. block.Shape[axis..]], wide = (long[])apart.Clone(),
                shape = (long[])block.Shape.Clone();
            wide[axis] = repeats[axis];
            shape[axis] *= repeats[axis];
            block = block.Reshape(apart).BroadcastTo(wide).Reshape(shape);
        }
        return block;
    }

    private static FeatureValue Of(Operation operation, FeatureValue value, int axis, long times)
    {
        float[] factors = [.. Enumerable.Range(0, value.Rank).Select(stored => stored == value.Stored(axis) ? (float)times : 1f)];
        return ResizeOperations.Repeated(operation, value, factors);
    }
}
