using BioDL.Graphs.Wire;
using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow.Operations;

/// <summary>
/// Convolutions. TensorFlow's weights are (y, x, in, out), ONNX's (out, in, y, x); both compute a cross-correlation.
/// </summary>
internal static class ConvolutionOperations
{
    public static void Register(Dictionary<string, OperationTable.Handler> handlers)
    {
        handlers["Conv2D"] = operation => [Convolution(operation, 2)];
        handlers["Conv3D"] = operation => [Convolution(operation, 3)];
        handlers["DepthwiseConv2dNative"] = operation => [Depthwise(operation)];
    }

    private static TfValue Convolution(Operation operation, int axes)
    {
        NdArray<float> weights = operation.Constant(1).Values;
        if (weights.Rank != axes + 2)
            throw new WireFormatException($"weights with {weights.Rank} axes");
        if (operation.Input(0) is SpacedValue spaced)
            return BlockOperations.Convolved(operation, spaced, weights);
        var window = new KernelPlacement(operation, weights.Shape[..axes], operation.Node.Integers("dilations"));
        FeatureValue input = window.Input(0);
        return Emit(operation, window, input, weights.Transpose([axes + 1, axes, .. Enumerable.Range(0, axes)]),
            Groups(operation, input, weights.Shape[axes]));
    }

    /// <summary>Weights (y, x, in, multiplier): each channel by itself, output channel in * multiplier + m.</summary>
    private static FeatureValue Depthwise(Operation operation)
    {
        NdArray<float> weights = operation.Constant(1).Values;
        if (weights.Rank != 4)
            throw new WireFormatException($"weights with {weights.Rank} axes");
        var window = new KernelPlacement(operation, weights.Shape[..2], operation.Node.Integers("dilations"));
        long channels = weights.Shape[2], outputs = channels * weights.Shape[3];
        return Emit(operation, window, window.Input(0), weights.Transpose([2, 3, 0, 1]).Reshape([outputs, 1, .. weights.Shape[..2]]),
            channels);
    }

    /// <param name="operation">with a padding that <paramref name="window"/> knows</param>
    /// <param name="window">where the kernel goes</param>
    /// <param name="input">in ONNX's order</param>
    /// <param name="weights">(out, in / groups, z, y, x)</param>
    /// <param name="groups">of channels that do not see each other</param>
    private static FeatureValue Emit(Operation operation, KernelPlacement window, FeatureValue input, NdArray<float> weights, long groups)
    {
        bool dilated = window.Dilations.Any(dilation => dilation != 1);
        if (dilated && window.Pads() is null)
        {
            weights = Spread(weights, window.Dilations);
            window = new KernelPlacement(operation, weights.Shape[2..], []);
        }
        List<(string, object)> attributes = window.Attributes();
        if (groups != 1)
            attributes.Add(("group", groups));
        string name = operation.Builder.Add("Conv", operation.Name,
            [input.Name, operation.Builder.Floats(operation.Name + "/weights", weights)], [.. attributes]);
        return window.Output(name, window.Sizes(input, SizeTerm.Number(weights.Shape[0]), name));
    }

    private static long Groups(Operation operation, FeatureValue input, long kernelChannels)
    {
        if (input.Channels.Value is not { } channels || channels == kernelChannels)
            return 1;
        return kernelChannels > 0 && channels % kernelChannels == 0 ? channels / kernelChannels
            : throw operation.Unsupported($"its weights are for {kernelChannels} channels, but its input has {channels}");
    }

    /// <summary>The gaps of a dilated kernel written as zeros: ONNX Runtime has no SAME padding for strided, dilated kernels.</summary>
    private static NdArray<float> Spread(NdArray<float> weights, long[] dilations)
    {
        long[] shape = [.. weights.Shape];
        for (int i = 0; i < dilations.Length; i++)
            shape[i + 2] = (shape[i + 2] - 1) * dilations[i] + 1;
        var spread = new float[ElementCount.Of(shape)];
        var index = new long[shape.Length];
        foreach (float value in weights.Items)
        {
            long at = 0;
            for (int axis = 0; axis < shape.Length; axis++)
                at = at * shape[axis] + index[axis] * (axis < 2 ? 1 : dilations[axis - 2]);
            spread[at] = value;
            for (int axis = shape.Length - 1; axis >= 0 && ++index[axis] == weights.Shape[axis]; axis--)
                index[axis] = 0;
        }
        return new NdArray<float>(shape, spread);
    }
}
