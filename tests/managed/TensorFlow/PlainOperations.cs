using BioDL.TensorFlow.Reading;

namespace BioDL.Tests.TensorFlow;

/// <summary>TensorFlow's operations in float64, from their documentation (tensorflow.org/api_docs/python/tf/raw_ops).</summary>
internal static class PlainOperations
{
    public static Nd[] Computed(FlatNode flat, Nd[] inputs)
    {
        TfNode node = flat.Node;
        if (Unary(node) is { } unary)
            return [inputs[0].Map(unary)];
        if (Binary(flat.Operation) is { } binary)
            return [Broadcast(inputs[0], inputs[1], binary)];
        return flat.Operation switch
        {
            FunctionInliner.Results => inputs,
            "Identity" or "StopGradient" or "PlaceholderWithDefault" or "ReadVariableOp" or "Cast" => [inputs[0]],
            "AddN" => [inputs.Aggregate((sum, next) => Broadcast(sum, next, (a, b) => a + b))],
            "BiasAdd" => [node.Text("data_format") is "NCHW"
                ? Broadcast(inputs[0], new Nd([inputs[1].Values.Length, 1, 1], inputs[1].Values), (a, b) => a + b)
                : Broadcast(inputs[0], inputs[1], (a, b) => a + b)],
            "Softmax" => [Softmax(inputs[0])],
            "FusedBatchNorm" or "FusedBatchNormV2" or "FusedBatchNormV3" => [Normalized(node, inputs)],
            "Conv2D" or "Conv3D" => [Formatted(node, inputs[0],
                value => PlainConvolutions.Convolution(node, value, inputs[1], depthwise: false))],
            "DepthwiseConv2dNative" => [PlainConvolutions.Convolution(node, inputs[0], inputs[1], depthwise: true)],
            "Conv2DBackpropInput" or "Conv3DBackpropInputV2" => [PlainConvolutions.Transposed(node, inputs[0], inputs[1], inputs[2])],
            "MaxPool" or "MaxPool3D" or "AvgPool" or "AvgPool3D" =>
                [Formatted(node, inputs[0], value => PlainConvolutions.Pooled(node, value))],
            "ResizeNearestNeighbor" or "ResizeBilinear" => [PlainResampling.Resized(node, inputs[0], inputs[1])],
            "DepthToSpace" => [PlainResampling.DepthToSpace(inputs[0], (int)node.Integer("block_size"))],
            "SpaceToDepth" => [PlainResampling.SpaceToDepth(inputs[0], (int)node.Integer("block_size"))],
            "SpaceToBatchND" => [PlainResampling.SpaceToBatch(inputs[0], inputs[1], inputs[2])],
            "BatchToSpaceND" => [PlainResampling.BatchToSpace(inputs[0], inputs[1], inputs[2])],
            _ => PlainShapes.Computed(node, inputs),
        };
    }

    public static Nd Broadcast(Nd a, Nd b, Func<double, double, double> function)
    {
        int rank = Math.Max(a.Rank, b.Rank);
        int[] Raised(Nd tensor) => [.. Enumerable.Repeat(1, rank - tensor.Rank), .. tensor.Shape];
        var (x, y) = (new Nd(Raised(a), a.Values), new Nd(Raised(b), b.Values));
        int[] shape = [.. x.Shape.Zip(y.Shape, (p, q) => p == 1 ? q : p)];
        double At(Nd tensor, int[] index) => tensor[[.. index.Select((place, axis) => tensor.Shape[axis] == 1 ? 0 : place)]];
        return Nd.Of(shape, index => function(At(x, index), At(y, index)));
    }

    /// <summary>Operations that are defined for channels last, of tensors that have them first.</summary>
    private static Nd Formatted(TfNode node, Nd value, Func<Nd, Nd> function) =>
        node.Text("data_format") is "NCHW" or "NCDHW" ? function(value.ChannelsLast()).ChannelsFirst() : function(value);

    private static Func<double, double, double>? Binary(string operation) => operation switch
    {
        "Add" or "AddV2" => (a, b) => a + b,
        "Sub" => (a, b) => a - b,
        "Mul" => (a, b) => a * b,
        "RealDiv" => (a, b) => a / b,
        "FloorDiv" => (a, b) => Math.Floor(a / b),
        "FloorMod" => (a, b) => a - Math.Floor(a / b) * b,
        "Maximum" => Math.Max,
        "Minimum" => Math.Min,
        "Pow" => Math.Pow,
        "SquaredDifference" => (a, b) => (a - b) * (a - b),
        _ => null,
    };

    private static Func<double, double>? Unary(TfNode node) => node.Operation switch
    {
        "Relu" => x => Math.Max(0, x),
        "Relu6" => x => Math.Min(Math.Max(0, x), 6),
        "LeakyRelu" => x => x > 0 ? x : x * node.Real("alpha", 0.2f),
        "Elu" => x => x < 0 ? Math.Exp(x) - 1 : x,
        "Selu" => x => 1.05070098735548 * (x < 0 ? 1.67326324235437 * (Math.Exp(x) - 1) : x),
        "Tanh" => Math.Tanh,
        "Sigmoid" => x => 1 / (1 + Math.Exp(-x)),
        "Softplus" => x => Math.Log(Math.Exp(x) + 1),
        "Softsign" => x => x / (Math.Abs(x) + 1),
        "Exp" => Math.Exp,
        "Abs" => Math.Abs,
        "Neg" => x => -x,
        "Square" => x => x * x,
        "Sqrt" => Math.Sqrt,
        "Rsqrt" => x => 1 / Math.Sqrt(x),
        "Log" => Math.Log,
        _ => null,
    };

    private static Nd Softmax(Nd x)
    {
        Nd exp = x.Map(Math.Exp);
        int channels = x.Shape[^1];
        return new Nd(x.Shape, [.. exp.Values.Select((value, i) => value / exp.Values.AsSpan(i / channels * channels,
            channels).ToArray().Sum())]);
    }

    private static Nd Normalized(TfNode node, Nd[] inputs)
    {
        double epsilon = node.Real("epsilon", 1e-4f);
        return Formatted(node, inputs[0], x => Nd.Of(x.Shape, index =>
        {
            int c = index[^1];
            return (x[index] - inputs[3][c]) / Math.Sqrt(inputs[4][c] + epsilon) * inputs[1][c] + inputs[2][c];
        }));
    }
}
