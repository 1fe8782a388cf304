using Layer = BioDL.Onnx.Graph.GraphCost.Layer;

namespace BioDL.Onnx.Graph;

/// <summary>One walk over a graph in its own (topological) order, for <see cref="GraphCost"/>.</summary>
internal sealed class GraphWalk
{
    private static readonly HashSet<string> Global =
    [
        "InstanceNormalization", "GroupNormalization", "LayerNormalization", "MeanVarianceNormalization", "GlobalAveragePool", "GlobalMaxPool",
        "ReduceMean", "ReduceMax", "ReduceSum", "ReduceL2", "Softmax", "LRN", "Attention",
    ];

    /// <summary>These work in place or are merged into their neighbour, so they take no tensor of their own.</summary>
    private static readonly HashSet<string> InPlace =
    [
        "Relu", "LeakyRelu", "PRelu", "Elu", "Selu", "Clip", "Sigmoid", "Tanh", "Exp", "Softplus", "BatchNormalization", "Identity", "Dropout", "Cast",
        "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Neg", "Abs", "Sqrt", "HardSigmoid", "Erf",
    ];

    private static readonly HashSet<string> Sizes = ["Shape", "Constant", "ConstantOfShape", "Range", "Size"];

    private readonly OnnxGraph _graph;
    private readonly Dictionary<string, Layer> _layers = [];
    private readonly Dictionary<string, string> _storage = [];
    private readonly Dictionary<string, int> _lastUse = [];
    private readonly SortedSet<string> _global = new(StringComparer.Ordinal);
    private double _flops;
    private double _live;
    private double _peak;

    public GraphWalk(OnnxGraph graph, string input, int channels)
    {
        _graph = graph;
        _layers[input] = new Layer(channels, 1, 1, 0, 0);
        _live = _peak = channels;
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            foreach (string name in graph.Nodes[i].Inputs)
                _lastUse[name] = i;
        }
        foreach (TensorSpec output in graph.Outputs)
            _lastUse[output.Name] = int.MaxValue;
        for (int i = 0; i < graph.Nodes.Count; i++)
            Visit(graph.Nodes[i], i);
    }

    public GraphCost Result()
    {
        var outputs = _graph.Outputs.Where(output => _layers.ContainsKey(output.Name)).ToDictionary(output => output.Name, output => _layers[output.Name]);
        return new GraphCost
        {
            FlopsPerPixel = _flops,
            BytesPerPixel = _peak * sizeof(float),
            Reach = (int)Math.Ceiling(outputs.Values.Select(layer => Math.Max(layer.ReachY, layer.ReachX)).DefaultIfEmpty(0).Max()),
            DivisorY = (int)Math.Ceiling(_layers.Values.Max(layer => layer.PitchY)),
            DivisorX = (int)Math.Ceiling(_layers.Values.Max(layer => layer.PitchX)),
            GlobalOperators = [.. _global],
            Outputs = outputs,
        };
    }

    private void Visit(OnnxNode node, int index)
    {
        Layer[] inputs = [.. node.Inputs.Where(_layers.ContainsKey).Select(name => _layers[name])];
        if (inputs.Length == 0 || node.Outputs.Length == 0 || Sizes.Contains(node.Operator))
            return;
        if (Global.Contains(node.Operator))
            _global.Add(node.Operator);
        Layer output = Output(node, inputs);
        string first = node.Inputs.First(_layers.ContainsKey);
        bool inPlace = InPlace.Contains(node.Operator) && (_lastUse[first] == index || index == _graph.Nodes.Count - 1);
        _layers[node.Outputs[0]] = output;
        _storage[node.Outputs[0]] = inPlace ? Storage(first) : node.Outputs[0];
        if (inPlace)
            _lastUse[Storage(first)] = Math.Max(_lastUse[Storage(first)], _lastUse.GetValueOrDefault(node.Outputs[0]));
        else
            _live += output.ValuesPerPixel;
        _peak = Math.Max(_peak, _live);
        foreach (string name in node.Inputs.Where(_layers.ContainsKey).Select(Storage).Distinct())
        {
            if (_lastUse.GetValueOrDefault(name) == index)
                _live -= _layers[name].ValuesPerPixel;
        }
    }

    private string Storage(string name) => _storage.GetValueOrDefault(name, name);

    private Layer Output(OnnxNode node, Layer[] inputs) => node.Operator switch
    {
        "Conv" => Convolution(node, inputs[0]),
        "ConvTranspose" => TransposedConvolution(node, inputs[0]),
        "MaxPool" or "AveragePool" or "LpPool" => Strided(node, inputs[0], inputs[0].Channels),
        "GlobalAveragePool" or "GlobalMaxPool" => inputs[0],
        "Resize" or "Upsample" => Resized(node, inputs[0]),
        "Concat" => Joined(inputs) with { Channels = inputs.Sum(input => input.Channels) },
        "DepthToSpace" => Spread(inputs[0], node.Integer("blocksize", 1)),
        _ => Elementwise(inputs),
    };

    private Layer Elementwise(Layer[] inputs)
    {
        Layer layer = Joined(inputs);
        _flops += layer.ValuesPerPixel;
        return layer;
    }

    private static Layer Joined(Layer[] inputs)
    {
        Layer finest = inputs.MinBy(input => input.PitchY * input.PitchX);
        return new Layer(inputs.Max(input => input.Channels), finest.PitchY, finest.PitchX, inputs.Max(input => input.ReachY), inputs.Max(input => input.ReachX));
    }

    private Layer Convolution(OnnxNode node, Layer input)
    {
        long[] weights = node.Inputs.Length > 1 && _graph.Constants.TryGetValue(node.Inputs[1], out OnnxConstant? constant) ? constant.Dimensions : [];
        double channels = weights.Length == 4 ? weights[0] : input.Channels;
        Layer output = Strided(node, input, channels, weights);
        double kernel = weights.Length == 4 ? (double)weights[1] * weights[2] * weights[3] : input.Channels;
        _flops += 2 * kernel * output.ValuesPerPixel;
        return output;
    }

    private Layer TransposedConvolution(OnnxNode node, Layer input)
    {
        long[] weights = node.Inputs.Length > 1 && _graph.Constants.TryGetValue(node.Inputs[1], out OnnxConstant? constant) ? constant.Dimensions : [];
        long[] strides = node.List("strides") ?? [1, 1];
        if (weights.Length != 4 || strides.Length != 2)
            return input;
        _flops += 2.0 * weights[0] * weights[1] * weights[2] * weights[3] / (input.PitchY * input.PitchX);
        return new Layer(weights[1] * (double)node.Integer("group", 1), input.PitchY / strides[0], input.PitchX / strides[1],
            input.ReachY + input.PitchY * ((weights[2] - 1) / strides[0]), input.ReachX + input.PitchX * ((weights[3] - 1) / strides[1]));
    }

    private static Layer Strided(OnnxNode node, Layer input, double channels, long[]? weights = null)
    {
        long[] kernel = node.List("kernel_shape") ?? (weights is { Length: 4 } ? weights[2..] : [1, 1]);
        long[] strides = node.List("strides") ?? [1, 1], dilations = node.List("dilations") ?? [1, 1];
        if (kernel.Length != 2 || strides.Length != 2 || dilations.Length != 2)
            return input with { Channels = channels };
        return new Layer(channels, input.PitchY * strides[0], input.PitchX * strides[1],
            input.ReachY + input.PitchY * Reach(kernel[0], dilations[0]), input.ReachX + input.PitchX * Reach(kernel[1], dilations[1]));
    }

    /// <summary>Values of its input that a kernel sees on its longer side.</summary>
    private static double Reach(long kernel, long dilation) => kernel / 2 * (double)dilation;

    private Layer Resized(OnnxNode node, Layer input)
    {
        float[]? scales = node.Floats.GetValueOrDefault("scales");
        foreach (string name in node.Inputs.Skip(1))
        {
            if (_graph.Constants.TryGetValue(name, out OnnxConstant? constant) && constant.Values is { Length: 4 } values)
                scales = values;
        }
        if (scales is not { Length: 4 } || !(scales[2] > 0) || !(scales[3] > 0))
            scales = [1, 1, 2, 2];
        return new Layer(input.Channels, input.PitchY / scales[2], input.PitchX / scales[3], input.ReachY + input.PitchY / 2, input.ReachX + input.PitchX / 2);
    }

    private static Layer Spread(Layer input, long block) =>
        input with { Channels = input.Channels / (block * block), PitchY = input.PitchY / block, PitchX = input.PitchX / block };
}
