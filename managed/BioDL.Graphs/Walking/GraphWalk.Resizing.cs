namespace BioDL.Graphs.Walking;

/// <summary>Resize and Upsample, and the operators that trade channels for space.</summary>
internal sealed partial class GraphWalk
{
    private TensorTrack Resized(OnnxNode node, TensorTrack input)
    {
        if (input.Dimensions is not { } dimensions)
            return Lost(node, "layout");
        double?[]? scales = Scales(node, input);
        if (scales is null)
        {
            Note($"{node.Operator} (sizes that are not known)");
            scales = [.. dimensions.Select((_, i) => (double?)(input.AxisOf(i) == -1 ? 1 : 2))];
        }
        TensorTrack output = input;
        bool cut = false;
        for (int i = 0; i < dimensions.Length; i++)
        {
            if (scales[i] is 1)
                continue;
            if (input.AxisOf(i) is not { } axis || scales[i] is not > 0)
            {
                Note($"{node.Operator} (sizes that are not known)");
                continue;
            }
            double scale = scales[i]!.Value;
            SymbolicSize size = input.SizeOf(i) ?? SymbolicSize.Number(0);
            Factor factor = new(axis, new SymbolicSize(size.Axis, size.Scale * scale, size.Offset * scale).Floor());
            if (axis < 0)
                output = output.With(i, factor);
            else
            {
                var (low, high, whole) = new Resampling(node, scale).Taps();
                cut |= whole;
                output = output.With(i, factor, input.Spans[axis]!.Value.Window(1 / scale, low, high));
            }
        }
        if (cut)
            Note($"{node.Operator} ({node.Text("coordinate_transformation_mode", "half_pixel")})");
        return output;
    }

    /// <summary>
    /// One scale a dimension; null where none can be told, and null for a dimension whose scale depends on the image's size.
    /// </summary>
    private double?[]? Scales(OnnxNode node, TensorTrack input)
    {
        int rank = input.Dimensions!.Length;
        float[]? attribute = node.Floats.GetValueOrDefault("scales");
        bool upsample = node.Operator == "Upsample", old = _graph.Opset < 11;
        SymbolicSize?[]? scales = attribute?.Select(value => (SymbolicSize?)SymbolicSize.Number(value)).ToArray()
            ?? _shapes[node.Input(upsample || old ? 1 : 2)]?.Values;
        SymbolicSize?[]? sizes = upsample || old ? null : _shapes[node.Input(3)]?.Values;
        double[] axes = [.. node.List("axes")?.Select(axis => (double)Index(axis, rank)) ?? Enumerable.Range(0,
            rank).Select(i => (double)i)];
        SymbolicSize?[]? given = scales is { Length: > 0 } ? scales : sizes;
        if (given is null || given.Length != axes.Length || axes.Any(axis => axis < 0 || axis >= rank))
            return null;
        bool bySize = given == sizes;
        if (bySize && node.Text("keep_aspect_ratio_policy", "stretch") != "stretch")
            return null;
        double?[] result = [.. Enumerable.Repeat((double?)1, rank)];
        for (int i = 0; i < given.Length; i++)
        {
            int at = (int)axes[i];
            result[at] = bySize ? Ratio(given[i], input, at) : given[i]?.Value;
        }
        return result;
    }

    private double? Ratio(SymbolicSize? wanted, TensorTrack input, int index)
    {
        if (input.SizeOf(index) is not { } size || wanted is not { } target)
            return input.AxisOf(index) == -1 ? 1 : null;
        if (target.IsNumber && !size.IsNumber && _fixed[size.Axis] is { } known)
            return target.Offset / (size.Scale * known + size.Offset);
        return target.Same(size) ? 1 : target.Over(size)?.Value;
    }

    /// <summary>Blocks of channels become blocks of space: value o takes from place floor(o / block).</summary>
    private TensorTrack DepthToSpace(OnnxNode node, TensorTrack input)
    {
        long block = Math.Max(1, node.Integer("blocksize", 1));
        if (input.Dimensions?.Length != 4 || input.AxisOf(1) != -1)
            return Lost(node, "layout");
        TensorTrack output = input.With(1,
            Factor.Plain(Math.Floor(input.Dimensions[1].Aggregate(1.0,
            (product, factor) => product * factor.Size.Offset) / (block * block))));
        for (int i = 2; i < 4; i++)
        {
            if (input.AxisOf(i) is not (>= 0 and int axis))
                return Lost(node, "layout");
            output = output.With(i, new Factor(axis, input.Dimensions[i][0].Size.Times(SymbolicSize.Number(block))!.Value),
                output.Spans[axis]!.Value.Window(1.0 / block, -(block - 1.0) / block, 0));
        }
        return output;
    }

    private TensorTrack SpaceToDepth(OnnxNode node, TensorTrack input)
    {
        long block = Math.Max(1, node.Integer("blocksize", 1));
        if (input.Dimensions?.Length != 4 || input.AxisOf(1) != -1)
            return Lost(node, "layout");
        TensorTrack output = input.With(1,
            Factor.Plain(input.Dimensions[1].Aggregate(1.0, (product, factor) => product * factor.Size.Offset) * block * block));
        for (int i = 2; i < 4; i++)
        {
            if (input.AxisOf(i) is not (>= 0 and int axis))
                return Lost(node, "layout");
            output = output.With(i, new Factor(axis, Divided(input.Dimensions[i][0].Size, block).Floor()),
                output.Spans[axis]!.Value.Window(block, 0, block - 1));
        }
        return output;
    }
}
