using BioDL.TensorFlow.Reading;

namespace BioDL.Tests.TensorFlow;

/// <summary>Operations on shapes, parts and joins.</summary>
internal static class PlainShapes
{
    public static Nd[] Computed(TfNode node, Nd[] inputs) => node.Operation switch
    {
        "Shape" => [List(inputs[0].Shape.Select(size => (double)size))],
        "Pack" => [Packed(node, inputs)],
        "Prod" => [new Nd([], [inputs[0].Values.Aggregate((a, b) => a * b)])],
        "ConcatV2" => [Joined(inputs[..^1], (int)inputs[^1].Values[0])],
        "Split" => Split(inputs[1], (int)inputs[0].Values[0], Equal(inputs[1], (int)inputs[0].Values[0], (int)node.Integer("num_split"))),
        "RandomStandardNormal" => [new Nd(inputs[0].Shape)],
        "SplitV" => Split(inputs[0], (int)inputs[2].Values[0], Whole(inputs[1])),
        "Slice" => [Slice(inputs[0], Whole(inputs[1]),
            [.. Whole(inputs[2]).Select((size, axis) => size < 0 ? inputs[0].Shape[axis] - (int)inputs[1].Values[axis] : size)])],
        "StridedSlice" => [Strided(node, inputs)],
        "Squeeze" => [inputs[0] with { Shape = [.. inputs[0].Shape.Where((_, axis) => !node.Integers("squeeze_dims").Contains(axis))] }],
        "ExpandDims" => [Expanded(inputs[0], (int)inputs[1].Values[0])],
        "Reshape" => [Reshaped(inputs[0], Whole(inputs[1]))],
        "Transpose" => [inputs[0].Transpose(Whole(inputs[1]))],
        "Pad" or "PadV2" or "MirrorPad" => [Padded(node, inputs)],
        "Mean" or "Sum" or "Max" => [Reduced(node, inputs[0], Whole(inputs[1]))],
        "Tile" => [Nd.Of([.. inputs[0].Shape.Select((size, axis) => size * (int)inputs[1].Values[axis])],
            i => inputs[0][[.. i.Select((at, axis) => at % inputs[0].Shape[axis])]])],
        "BroadcastTo" => [PlainOperations.Broadcast(inputs[0], new Nd(Whole(inputs[1])), (a, _) => a)],
        _ => throw new NotSupportedException(node.Operation),
    };

    private static int[] Whole(Nd tensor) => Array.ConvertAll(tensor.Values, value => (int)value);

    private static Nd List(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return new Nd([all.Length], all);
    }

    private static Nd Expanded(Nd value, int axis)
    {
        int at = axis < 0 ? axis + value.Rank + 1 : axis;
        return value with { Shape = [.. value.Shape[..at], 1, .. value.Shape[at..]] };
    }

    private static Nd Packed(TfNode node, Nd[] inputs)
    {
        int axis = (int)node.Integer("axis");
        return Joined([.. inputs.Select(value => Expanded(value, axis))], axis);
    }

    private static Nd Joined(Nd[] parts, int axis)
    {
        int along = axis < 0 ? axis + parts[0].Rank : axis;
        int[] shape = [.. parts[0].Shape];
        shape[along] = parts.Sum(part => part.Shape[along]);
        return Nd.Of(shape, index =>
        {
            int[] from = (int[])index.Clone();
            foreach (Nd part in parts)
            {
                if (from[along] < part.Shape[along])
                    return part[from];
                from[along] -= part.Shape[along];
            }
            throw new InvalidOperationException();
        });
    }

    private static int[] Equal(Nd value, int axis, int parts) =>
        [.. Enumerable.Repeat(value.Shape[axis < 0 ? axis + value.Rank : axis] / parts, parts)];

    private static Nd[] Split(Nd value, int axis, int[] sizes)
    {
        int along = axis < 0 ? axis + value.Rank : axis, start = 0;
        var parts = new List<Nd>();
        foreach (int size in sizes)
        {
            int[] begin = new int[value.Rank], count = [.. value.Shape];
            (begin[along], count[along]) = (start, size);
            parts.Add(Slice(value, begin, count));
            start += size;
        }
        return [.. parts];
    }

    private static Nd Slice(Nd value, int[] begin, int[] count) =>
        Nd.Of(count, index => value[[.. index.Select((at, axis) => at + begin[axis])]]);

    /// <summary>NumPy's rules, without ellipsis and new axes.</summary>
    private static Nd Strided(TfNode node, Nd[] inputs)
    {
        Nd value = inputs[0];
        var (places, shape) = (new List<int[]>(), new List<int>());
        for (int axis = 0; axis < value.Rank; axis++)
        {
            int size = value.Shape[axis];
            bool given = axis < inputs[1].Values.Length;
            int step = given ? (int)inputs[3].Values[axis] : 1;
            bool one = given && (node.Integer("shrink_axis_mask") >> axis & 1) != 0;
            int begin = given ? (int)inputs[1].Values[axis] : 0, end = given ? (int)inputs[2].Values[axis] : size;
            begin = !given || (node.Integer("begin_mask") >> axis & 1) != 0 ? step > 0 ? 0 : size - 1 : begin < 0 ? begin + size : begin;
            end = !given || (node.Integer("end_mask") >> axis & 1) != 0 ? step > 0 ? size : -1 : end < 0 ? end + size : Math.Min(end, size);
            var taken = new List<int>();
            for (int at = begin; one ? taken.Count == 0 : step > 0 ? at < end : at > end; at += step)
                taken.Add(at);
            places.Add([.. taken]);
            if (!one)
                shape.Add(taken.Count);
        }
        Nd cut = Nd.Of([.. places.Select(list => list.Length)], index => value[[.. index.Select((at, axis) => places[axis][at])]]);
        return cut with { Shape = [.. shape] };
    }

    private static Nd Reshaped(Nd value, int[] shape)
    {
        int known = shape.Where(size => size >= 0).Aggregate(1, (product, size) => product * size);
        return value with { Shape = [.. shape.Select(size => size < 0 ? value.Values.Length / known : size)] };
    }

    private static Nd Padded(TfNode node, Nd[] inputs)
    {
        var (value, pads) = (inputs[0], inputs[1]);
        double number = node.Operation == "PadV2" ? inputs[2].Values[0] : 0;
        int twice = node.Text("mode") == "SYMMETRIC" ? 1 : 0;
        return Nd.Of([.. value.Shape.Select((size, axis) => size + (int)pads[axis, 0] + (int)pads[axis, 1])], index =>
        {
            int[] from = new int[value.Rank];
            for (int axis = 0; axis < from.Length; axis++)
            {
                int at = index[axis] - (int)pads[axis, 0], size = value.Shape[axis];
                if (node.Operation != "MirrorPad" && (at < 0 || at >= size))
                    return number;
                from[axis] = at < 0 ? -at - twice : at >= size ? 2 * size - 2 - at + twice : at;
            }
            return value[from];
        });
    }

    private static Nd Reduced(TfNode node, Nd value, int[] axes)
    {
        int[] kept = [.. value.Shape.Select((size, axis) => axes.Contains(axis) ? 1 : size)];
        var groups = new Dictionary<int, List<double>>();
        var places = new Nd(kept);
        _ = Nd.Of(value.Shape, index =>
        {
            int place = 0;
            for (int axis = 0; axis < kept.Length; axis++)
                place = place * kept[axis] + (kept[axis] == 1 ? 0 : index[axis]);
            (groups.TryGetValue(place, out List<double>? list) ? list : groups[place] = []).Add(value[index]);
            return 0;
        });
        for (int i = 0; i < places.Values.Length; i++)
            places.Values[i] = node.Operation switch { "Mean" => groups[i].Average(), "Sum" => groups[i].Sum(), _ => groups[i].Max() };
        return node.Flag("keep_dims") ? places : places with { Shape = [.. kept.Where((_, axis) => !axes.Contains(axis))] };
    }
}
