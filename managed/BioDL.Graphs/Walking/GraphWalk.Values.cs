namespace BioDL.Graphs.Walking;

/// <summary>Operators that keep the layout: value by value, statistics, products.</summary>
internal sealed partial class GraphWalk
{
    private TensorTrack Elementwise(OnnxNode node)
    {
        if (node.Operator == "BatchNormalization" && node.Integer("training_mode", 0) != 0)
            Note("BatchNormalization (training)");
        if (node.Inputs.Any(name => !_tracks.ContainsKey(name) && _shapes[name] is { } values
            && values.Values.Any(value => value is { IsNumber: false })))
            Note($"{node.Operator} (with the image's size)");
        TensorTrack output = Joined(node);
        _flops += output.ValuesPerPixel;
        return output;
    }

    /// <summary>Inputs broadcast against each other: along each dimension the larger one counts.</summary>
    private TensorTrack Joined(OnnxNode node)
    {
        TensorTrack[] inputs = [.. node.Inputs.Concat(node.Captures).Where(_tracks.ContainsKey).Select(name => _tracks[name])];
        if (inputs.Length == 1 && node.Inputs.Length == 1)
            return inputs[0];
        ReceptiveField?[] spans = Joined(node, inputs);
        Factor[][][] layouts = [.. inputs.Where(input => input.Dimensions is not null).Select(input => input.Dimensions!),
            .. node.Inputs.Select(ConstantLayout)];
        if (inputs.All(input => input.Dimensions is null) || Operators.Elementwise.Contains(node.Operator) == false)
            return new TensorTrack(inputs[0].Dimensions, spans, inputs.Max(input => input.Channels));
        var dimensions = new Factor[layouts.Max(layout => layout.Length)][];
        for (int fromEnd = 1; fromEnd <= dimensions.Length; fromEnd++)
        {
            Factor[][] meeting = [.. layouts.Where(layout => layout.Length >= fromEnd).Select(layout => layout[^fromEnd])];
            dimensions[^fromEnd] = meeting.MaxBy(Weight)!;
            string[] axes = [.. meeting.Select(factors =>
                string.Concat(factors.Where(factor => factor.IsSpatial).Select(factor => factor.Axis))).Where(name =>
                name.Length > 0).Distinct()];
            if (axes.Length > 1)
                Note($"{node.Operator} (axes that differ)");
        }
        return new TensorTrack(dimensions, spans);
    }

    private ReceptiveField?[] Joined(OnnxNode node, TensorTrack[] inputs)
    {
        var spans = new ReceptiveField?[3];
        foreach (TensorTrack input in inputs)
        {
            for (int axis = 0; axis < 3; axis++)
            {
                if (spans[axis] is { } a && input.Spans[axis] is { } b)
                {
                    if (!a.SamePitch(b))
                        Note($"{node.Operator} (sizes that differ)");
                    spans[axis] = a.Union(b);
                }
                else
                    spans[axis] ??= input.Spans[axis];
            }
        }
        return spans;
    }

    /// <summary>Of a constant that is not one of the tracked tensors; no dimensions for others.</summary>
    private Factor[][] ConstantLayout(string name) =>
        !_tracks.ContainsKey(name) && _graph.Constants.TryGetValue(name, out OnnxConstant? constant)
            ? [.. constant.Dimensions.Select(size => new[] { Factor.Plain(size) })] : [];

    private static double Weight(Factor[] factors) =>
        factors.Sum(factor => factor.IsSpatial ? 1e12 : 0)
        + factors.Aggregate(1.0, (product, factor) => factor.IsSpatial ? product : product * factor.Size.Offset);

    /// <summary>Statistics over all of space. Along the axes that a pooling takes away, nothing is left to see.</summary>
    private TensorTrack Statistics(OnnxNode node, TensorTrack input)
    {
        Note(node.Operator);
        _flops += input.ValuesPerPixel;
        if (!node.Operator.EndsWith("Pool", StringComparison.Ordinal) || input.Dimensions is not { } dimensions)
            return input;
        return new TensorTrack([.. dimensions.Select((factors, i) => i < 2 ? factors : [Factor.Plain(1)])], new ReceptiveField?[3]);
    }

    private TensorTrack Reduced(OnnxNode node, TensorTrack input)
    {
        _flops += input.ValuesPerPixel;
        if (input.Dimensions is not { } dimensions)
            return Lost(node, "");
        bool argument = node.Operator.StartsWith("Arg", StringComparison.Ordinal);
        double[]? axes = argument ? [node.Integer("axis", 0)] : node.List("axes")?.Select(axis => (double)axis).ToArray()
            ?? _shapes[node.Input(1)]?.Numbers();
        if (axes is null && (node.Input(1).Length > 0 || node.Integer("noop_with_empty_axes", 0) != 0))
            return Lost(node, "");
        HashSet<int> reduced = axes is null or [] ? [.. Enumerable.Range(0, dimensions.Length)]
            : [.. axes.Select(axis => Index(axis, dimensions.Length))];
        if (reduced.Any(i => i >= 0 && i < dimensions.Length && input.AxisOf(i) != -1))
            Note(node.Operator);
        bool keep = node.Integer("keepdims", 1) != 0;
        IEnumerable<Factor[]> rest = dimensions.Select((factors, i) => reduced.Contains(i) ? [Factor.Plain(1)] : factors);
        return new TensorTrack([.. keep ? rest : rest.Where((_, i) => !reduced.Contains(i))], input.Spans).Trimmed();
    }

    private static int Index(double axis, int rank) => (int)(axis < 0 ? axis + rank : axis);

    /// <summary>Softmax and its kin: local where the axis is that of the channels.</summary>
    private TensorTrack AlongAxis(OnnxNode node, TensorTrack input)
    {
        _flops += input.ValuesPerPixel;
        if (input.Dimensions is not { } dimensions)
            return Lost(node, "");
        bool flattens = node.Operator is "Softmax" or "LogSoftmax" or "Hardmax" && _graph.Opset < 13;
        bool onwards = flattens || node.Operator.EndsWith("LayerNormalization", StringComparison.Ordinal)
            || node.Operator == "RMSNormalization";
        IEnumerable<int> axes;
        if (node.Operator == "MeanVarianceNormalization")
            axes = (node.List("axes") ?? [0, 2, 3]).Select(axis => Index(axis, dimensions.Length));
        else if (node.Operator == "CumSum")
            axes = _shapes[node.Input(1)]?.Numbers() is [var along] ? [Index(along, dimensions.Length)]
                : Enumerable.Range(0, dimensions.Length);
        else
        {
            int axis = Index(node.Integer("axis", flattens ? 1 : -1), dimensions.Length);
            axes = onwards ? Enumerable.Range(Math.Max(axis, 0), Math.Max(0, dimensions.Length - Math.Max(axis, 0))) : [axis];
        }
        if (axes.Any(i => i < 0 || i >= dimensions.Length || input.AxisOf(i) != -1))
            Note(node.Operator);
        return Joined(node) is { Dimensions: not null } joined ? new TensorTrack(dimensions, joined.Spans) : input;
    }

    /// <summary>A product with constant weights over the channels is local; of two tensors it is attention or the like.</summary>
    private TensorTrack Product(OnnxNode node, TensorTrack input)
    {
        int weights = node.Operator == "QLinearMatMul" ? 3 : 1;
        if (input.Dimensions is not { } dimensions || _tracks.ContainsKey(node.Input(weights)) || !_tracks.ContainsKey(node.Input(0))
            || !_graph.Constants.TryGetValue(node.Input(weights), out OnnxConstant? constant) || constant.Dimensions.Length != 2
            || node.Integer("transA", 0) != 0 || dimensions.Length < 2)
            return Lost(node, "");
        int last = dimensions.Length - 1;
        if (input.AxisOf(last) != -1)
            Note(node.Operator);
        bool transposed = node.Integer("transB", 0) != 0;
        var (taken, given) = transposed ? (constant.Dimensions[1], constant.Dimensions[0])
            : (constant.Dimensions[0], constant.Dimensions[1]);
        TensorTrack output = input.With(last, Factor.Plain(given)).Trimmed();
        _flops += 2.0 * taken * output.ValuesPerPixel;
        return output;
    }
}
