namespace BioDL.Graphs.Walking;

/// <summary>
/// One walk over a graph in its own (topological) order, for <see cref="GraphCost"/>. Of each tensor it keeps the layout and what a value
/// sees along
/// each axis; the other files of this class know the operators.
/// </summary>
internal sealed partial class GraphWalk
{
    private const int MaximumDivisor = 1 << 20;

    private readonly OnnxGraph _graph;
    private readonly Dictionary<string, TensorTrack> _tracks = [];
    private readonly ShapeValues _shapes;
    private readonly LiveTensors _live;
    private readonly SortedSet<string> _global = new(StringComparer.Ordinal);
    private readonly HashSet<string> _positions = [];
    private readonly double?[] _fixed = new double?[3];
    private readonly double[] _divisor = [1, 1, 1];
    private double _flops;

    public GraphWalk(OnnxGraph graph, IReadOnlyList<GraphInput> inputs)
    {
        _graph = graph;
        _shapes = new ShapeValues(graph.Constants);
        _live = new LiveTensors(graph);
        foreach (GraphInput input in inputs)
        {
            TensorTrack track = TensorTrack.Input(input);
            _tracks[input.Name] = track;
            _live.Add(input.Name, track.Channels);
            Fix(track, graph.Inputs.FirstOrDefault(spec => spec.Name == input.Name)?.Shape);
        }
        for (int i = 0; i < graph.Nodes.Count; i++)
            Visit(graph.Nodes[i], i);
    }

    public GraphCost Result()
    {
        var outputs = new Dictionary<string, GraphCost.Layer>();
        foreach (TensorSpec output in _graph.Outputs)
        {
            if (_tracks.TryGetValue(output.Name, out TensorTrack? track))
                outputs[output.Name] = LayerOf(track);
        }
        return new GraphCost
        {
            FlopsPerPixel = _flops,
            BytesPerPixel = _live.Peak * sizeof(float),
            ReachZ = Worst(outputs, layer => layer.Z), ReachY = Worst(outputs, layer => layer.Y), ReachX = Worst(outputs, layer => layer.X),
            DivisorZ = (int)_divisor[0], DivisorY = (int)_divisor[1], DivisorX = (int)_divisor[2],
            GlobalOperators = [.. _global],
            Outputs = outputs,
        };
    }

    private static int Worst(Dictionary<string, GraphCost.Layer> outputs, Func<GraphCost.Layer, GraphCost.Side> side) =>
        (int)Math.Min(int.MaxValue, Math.Ceiling(outputs.Values.Select(layer => side(layer).Reach).DefaultIfEmpty(0).Max() - 1e-6));

    /// <summary>Sizes that the file fixes, so that numbers in it can be told for the axes they mean.</summary>
    private void Fix(TensorTrack track, IReadOnlyList<long?>? shape)
    {
        for (int i = 0; i < track.Dimensions!.Length && shape?.Count == track.Dimensions.Length; i++)
        {
            if (track.AxisOf(i) is >= 0 and int axis && shape[i] is { } size)
                _fixed[axis] = size;
        }
    }

    private void Visit(OnnxNode node, int index)
    {
        if (node.Outputs.Length == 0)
            return;
        string[] tracked = [.. node.Inputs.Concat(node.Captures).Where(_tracks.ContainsKey)];
        if (node.Operator is "Shape" or "Size" && node.Domain.Length == 0)
        {
            if (tracked.Length > 0 && node.Operator == "Shape")
                _shapes.Shape(node, _tracks[tracked[0]]);
            return;
        }
        if (tracked.Length == 0)
        {
            VisitUntracked(node);
            return;
        }
        foreach (string name in node.Inputs.Where(_positions.Contains))
            Note($"{node.Operator} (positions)");
        TensorTrack[] outputs = Outputs(node);
        for (int i = 0; i < node.Outputs.Length; i++)
        {
            TensorTrack output = outputs[Math.Min(i, outputs.Length - 1)];
            _tracks[node.Outputs[i]] = output;
            Divide(output);
        }
        _live.Visit(node, index, name => _tracks.TryGetValue(name, out TensorTrack? track) ? track.ValuesPerPixel : null);
    }

    /// <summary>Sizes, and tables of positions made of sizes: those make a result depend on where its tile begins and ends.</summary>
    private void VisitUntracked(OnnxNode node)
    {
        _shapes.Visit(node);
        bool position = node.Inputs.Any(_positions.Contains)
            || (node.Operator is "Range" && !node.Inputs.All(name => _shapes[name]?.Numbers() is not null));
        if (position && _shapes[node.Outputs[0]] is null)
            _positions.UnionWith(node.Outputs);
    }

    private TensorTrack[] Outputs(OnnxNode node)
    {
        TensorTrack first = _tracks[node.Inputs.Concat(node.Captures).First(_tracks.ContainsKey)];
        if (node.Captures.Count > 0)
            return [Lost(node, "")];
        switch (node.Operator)
        {
            case "Split":
                return Split(node, first);
            case "Conv" or "FusedConv" or "ConvInteger" or "QLinearConv" or "NhwcConv":
                return [Convolution(node, first)];
            case "ConvTranspose":
                return [TransposedConvolution(node, first)];
            case "MaxPool" or "AveragePool" or "LpPool" or "QLinearAveragePool":
                return [Pooling(node, first)];
            case "Resize" or "Upsample":
                return [Resized(node, first)];
            case "MatMul" or "Gemm" or "FusedMatMul" or "MatMulInteger" or "QLinearMatMul":
                return [Product(node, first)];
            default:
                return [Operators.Global.Contains(node.Operator) ? Statistics(node, first)
                    : Operators.Reductions.Contains(node.Operator) ? Reduced(node, first)
                    : Operators.AlongAxis.Contains(node.Operator) ? AlongAxis(node, first)
                    : Operators.Elementwise.Contains(node.Operator) || node.Operator == "LRN" ? Elementwise(node)
                    : Rearranged(node, first)];
        }
    }

    private TensorTrack Rearranged(OnnxNode node, TensorTrack first) => node.Operator switch
    {
        "Concat" => Concat(node),
        "DepthToSpace" => DepthToSpace(node, first),
        "SpaceToDepth" => SpaceToDepth(node, first),
        "Transpose" => Transposed(node, first),
        "Reshape" => Reshaped(node, first),
        "Flatten" => Flattened(node, first),
        "Squeeze" => Squeezed(node, first),
        "Unsqueeze" => Unsqueezed(node, first),
        "Pad" => Padded(node, first),
        "Slice" => Sliced(node, first),
        "Gather" => Gathered(node, first),
        "Expand" => Expanded(node, first),
        "Tile" => Tiled(node, first),
        _ => Lost(node, ""),
    };

    private void Note(string what) => _global.Add(what);

    /// <summary>
    /// An operator that the walk cannot follow: its name goes among the global ones, and what it gives has no known layout.
    /// </summary>
    private TensorTrack Lost(OnnxNode node, string why)
    {
        string name = node.Domain.Length > 0 ? $"{node.Domain}.{node.Operator}" : node.Operator;
        Note(why.Length > 0 ? $"{name} ({why})" : name);
        TensorTrack joined = Joined(node);
        return new TensorTrack(null, joined.Spans, joined.Channels);
    }

    /// <summary>
    /// Sides must be multiples of every pitch's numerator, so that each level has whole sizes and resizing starts anew at each tile.
    /// </summary>
    private void Divide(TensorTrack track)
    {
        for (int axis = 0; axis < 3; axis++)
        {
            if (track.Spans[axis] is { } span)
                _divisor[axis] = Rational.LeastCommonMultiple(_divisor[axis], span.Pitch, MaximumDivisor);
        }
    }

    private static GraphCost.Layer LayerOf(TensorTrack track)
    {
        var sides = new GraphCost.Side[3];
        for (int axis = 0; axis < 3; axis++)
        {
            if (track.Spans[axis] is not { } span)
                continue;
            Factor factor = (track.Dimensions ?? []).SelectMany(factors => factors).FirstOrDefault(part => part.Axis == axis);
            double offset = factor.Size.IsNumber ? 0 : factor.Size.Offset;
            sides[axis] = new GraphCost.Side(span.Pitch, span.Reach(offset), offset);
        }
        return new GraphCost.Layer(track.Channels, AxesOf(track), sides[0], sides[1], sides[2]);
    }

    private static string AxesOf(TensorTrack track)
    {
        string axes = "";
        for (int i = 0; i < track.Dimensions?.Length; i++)
        {
            if (track.AxisOf(i) is not { } axis)
                return "";
            axes += axis >= 0 ? "zyx"[axis] : i == 0 && track.SizeOf(i) is { } size && size.Is(1) ? 'b' : 'c';
        }
        return axes.Distinct().Count() == axes.Length ? axes : "";
    }
}
