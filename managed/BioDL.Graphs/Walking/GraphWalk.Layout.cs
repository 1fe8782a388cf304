namespace BioDL.Graphs.Walking;

/// <summary>Operators that move values without changing them: transposing, joining, cutting, padding.</summary>
internal sealed partial class GraphWalk
{
    private const double Endless = int.MaxValue - 1.0;

    private TensorTrack Transposed(OnnxNode node, TensorTrack input)
    {
        if (input.Dimensions is not { } dimensions)
            return Lost(node, "layout");
        long[] order = node.List("perm") ?? [.. Enumerable.Range(0, dimensions.Length).Reverse().Select(i => (long)i)];
        if (order.Length != dimensions.Length || order.Any(i => i < 0 || i >= dimensions.Length))
            return Lost(node, "layout");
        _flops += input.ValuesPerPixel;
        return input with { Dimensions = [.. order.Select(i => dimensions[i])] };
    }

    private TensorTrack Concat(OnnxNode node)
    {
        TensorTrack[] inputs = [.. node.Inputs.Where(_tracks.ContainsKey).Select(name => _tracks[name])];
        ReceptiveField?[] spans = Joined(node, inputs);
        if (inputs.FirstOrDefault(input => input.Dimensions is not null) is not { } first)
            return new TensorTrack(null, spans, inputs.Sum(input => input.Channels));
        int axis = Index(node.Integer("axis", 1), first.Dimensions!.Length);
        if (axis < 0 || axis >= first.Dimensions.Length
            || inputs.Any(input => input.Dimensions is not null && input.Dimensions.Length != first.Dimensions.Length))
            return Lost(node, "layout");
        TensorTrack fullest = inputs.Where(input => input.Dimensions is not null)
            .MaxBy(input => input.Spans.Count(span => span is not null))!;
        if (inputs.Any(input => input.Dimensions is not null && input.AxisOf(axis) != -1))
            return Lost(node, "along a spatial axis");
        double size = 0;
        foreach (string name in node.Inputs)
        {
            if (_tracks.TryGetValue(name, out TensorTrack? part))
                size += part.Dimensions is null ? part.Channels : part.SizeOf(axis)?.Offset ?? 0;
            else if (_graph.Constants.TryGetValue(name, out OnnxConstant? constant)
                && constant.Dimensions.Length == first.Dimensions.Length)
                size += constant.Dimensions[axis];
        }
        var output = new TensorTrack(fullest.Dimensions, spans).With(axis, Factor.Plain(size));
        _flops += output.ValuesPerPixel;
        return output;
    }

    private TensorTrack[] Split(OnnxNode node, TensorTrack input)
    {
        if (input.Dimensions is not { } dimensions)
            return [Lost(node, "layout")];
        int axis = Index(node.Integer("axis", 0), dimensions.Length);
        if (axis < 0 || axis >= dimensions.Length || input.AxisOf(axis) != -1)
            return [Lost(node, "along a spatial axis")];
        double[]? sizes = node.List("split")?.Select(size => (double)size).ToArray() ?? _shapes[node.Input(1)]?.Numbers();
        double whole = input.SizeOf(axis)?.Offset ?? 0;
        return [.. node.Outputs.Select((_, i) =>
            input.With(axis, Factor.Plain(sizes is not null && i < sizes.Length ? sizes[i] : Math.Ceiling(whole / node.Outputs.Length))))];
    }

    private TensorTrack Sliced(OnnxNode node, TensorTrack input)
    {
        if (input.Dimensions is not { } dimensions || SliceRange.All(node, _shapes) is not { } ranges)
            return Lost(node, "places that are not known");
        TensorTrack output = input;
        foreach (SliceRange range in ranges)
        {
            int index = Index(range.Axis, dimensions.Length);
            if (index < 0 || index >= dimensions.Length || input.SizeOf(index) is not { } size || input.AxisOf(index) is not { } axis)
                return Lost(node, "folded axes");
            if (axis < 0)
                output = output.With(index, Factor.Plain(PlainLength(range, size.Offset)));
            else if (Cropped(range, size) is { } crop)
                output = output.With(index, new Factor(axis, crop.Size),
                    output.Spans[axis]!.Value.Window(range.Step, crop.Start, crop.Start));
            else
                return Lost(node, "along a spatial axis");
        }
        return output;
    }

    private static double PlainLength(SliceRange range, double size)
    {
        double Place(SymbolicSize at) => at.IsNumber ? Math.Clamp(at.Offset < 0 ? at.Offset + size : at.Offset, 0, size) : size;
        return Math.Max(1, Math.Ceiling(Math.Abs(Place(range.End) - Place(range.Start)) / Math.Abs(range.Step)));
    }

    /// <summary>
    /// A cut that takes a fixed number of values off each side; null for another one, such as a flip or the first hundred values.
    /// </summary>
    private static (double Start, SymbolicSize Size)? Cropped(SliceRange range, SymbolicSize size)
    {
        if (range.Step < 1 || range.Start.Value is not (>= 0 and < Endless and var start))
            return null;
        SymbolicSize? end = range.End.Value switch
        {
            >= Endless => size,
            < 0 and { } cut => size.Plus(SymbolicSize.Number(cut)),
            null when range.End.Axis == size.Axis && Math.Abs(range.End.Scale - size.Scale) < 1e-6 =>
                range.End.Offset < size.Offset ? range.End : size,
            _ => null,
        };
        return end is { } to ? (start, (Divided(to, range.Step) with { Offset = (to.Offset - start) / range.Step }).Ceiling()) : null;
    }

    private TensorTrack Padded(OnnxNode node, TensorTrack input)
    {
        SymbolicSize?[]? pads = (node.List("pads") ?? node.List("paddings"))?.Select(pad => (SymbolicSize?)SymbolicSize.Number(pad))
            .ToArray() ?? _shapes[node.Input(1)]?.Values;
        if (input.Dimensions is not { } dimensions || pads is null)
            return Lost(node, "sizes that are not known");
        double[] axes = node.Input(3).Length == 0 ? [.. Enumerable.Range(0, dimensions.Length).Select(i => (double)i)]
            : _shapes[node.Input(3)]?.Numbers() ?? [];
        if (axes.Length * 2 != pads.Length)
            return Lost(node, "layout");
        TensorTrack output = input;
        for (int i = 0; i < axes.Length; i++)
        {
            int index = Index(axes[i], dimensions.Length);
            if (pads[i] is not { IsNumber: true, Offset: var before } || pads[axes.Length + i] is not { IsNumber: true, Offset: var after }
                || index < 0 || index >= dimensions.Length)
                return Lost(node, "sizes that are not known");
            if (before == 0 && after == 0)
                continue;
            if (input.AxisOf(index) is not { } axis || input.SizeOf(index) is not { } size)
                return Lost(node, "folded axes");
            Factor factor = new(axis, size.Plus(SymbolicSize.Number(before + after))!.Value);
            output = axis < 0 ? output.With(index, factor)
                : output.With(index, factor, output.Spans[axis]!.Value.Window(1, -before, -before));
            if (axis >= 0 && node.Text("mode", "constant") == "wrap")
                Note("Pad (wrap)");
        }
        return output;
    }

    private TensorTrack Gathered(OnnxNode node, TensorTrack input)
    {
        if (input.Dimensions is not { } dimensions || !_tracks.ContainsKey(node.Input(0)) || _shapes[node.Input(1)] is not { } indices)
            return Lost(node, "");
        int axis = Index(node.Integer("axis", 0), dimensions.Length);
        if (axis < 0 || axis >= dimensions.Length || input.AxisOf(axis) != -1)
            return Lost(node, "along a spatial axis");
        Factor[][] picked = [.. indices.Dimensions.Select(size => new[] { Factor.Plain(size) })];
        return input with { Dimensions = [.. dimensions[..axis], .. picked, .. dimensions[(axis + 1)..]] };
    }

    private TensorTrack Tiled(OnnxNode node, TensorTrack input)
    {
        if (input.Dimensions is not { } dimensions || _shapes[node.Input(1)]?.Numbers() is not { } repeats
            || repeats.Length != dimensions.Length)
            return Lost(node, "");
        TensorTrack output = input;
        for (int i = 0; i < repeats.Length; i++)
        {
            if (repeats[i] == 1)
                continue;
            if (input.AxisOf(i) != -1)
                return Lost(node, "along a spatial axis");
            output = output.With(i, Factor.Plain((input.SizeOf(i)?.Offset ?? 0) * repeats[i]));
        }
        return output;
    }

    /// <summary>
    /// A dimension of one value that becomes a spatial one repeats what it has: it sees nothing of its own along that axis.
    /// </summary>
    private TensorTrack Expanded(OnnxNode node, TensorTrack input)
    {
        if (input.Dimensions is not { } dimensions || _shapes[node.Input(1)] is not { } shape)
            return Lost(node, "sizes that are not known");
        int rank = Math.Max(dimensions.Length, shape.Count);
        var output = new TensorTrack([.. Enumerable.Repeat<Factor[]>([Factor.Plain(1)], rank - dimensions.Length), .. dimensions],
            input.Spans);
        for (int i = 0; i < shape.Count; i++)
        {
            int index = rank - shape.Count + i;
            if (output.SizeOf(index) is not { } size || !size.Is(1) || shape.Values[i] is { } one && one.Is(1))
                continue;
            if (shape.Values[i] is not { } target)
                return Lost(node, "sizes that are not known");
            output = target.IsNumber ? output.With(index, Factor.Plain(target.Offset))
                : output.With(index, new Factor(target.Axis, target), new ReceptiveField(1 / target.Scale, 0, 1 / target.Scale - 1));
        }
        return output;
    }
}
