using BioDL.Graphs.Wire;
using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow.Operations;

/// <summary>
/// Transposed convolutions: the gradient of a convolution by its input, of which TensorFlow gives the size. ONNX computes
/// (in - 1) * stride + kernel values, takes the pads away and adds output_padding at the end.
/// </summary>
internal static class TransposedOperations
{
    public static void Register(Dictionary<string, OperationTable.Handler> handlers)
    {
        handlers["Conv2DBackpropInput"] = operation => [Transposed(operation, 2)];
        handlers["Conv3DBackpropInputV2"] = operation => [Transposed(operation, 3)];
    }

    /// <summary>Inputs: size of the output, weights (y, x, out, in), values.</summary>
    private static FeatureValue Transposed(Operation operation, int axes)
    {
        NdArray<float> weights = operation.Constant(1).Values;
        if (weights.Rank != axes + 2)
            throw new WireFormatException($"weights with {weights.Rank} axes");
        var window = new KernelPlacement(operation, weights.Shape[..axes], operation.Node.Integers("dilations"));
        FeatureValue input = window.Input(2);
        if (input.Channels.Value is { } channels && channels != weights.Shape[axes + 1])
            throw operation.Unsupported($"its weights are for {weights.Shape[axes + 1]} channels, but its input has {channels}");
        SizeTerm[] wanted = Wanted(operation, window, axes);
        var (starts, ends, more) = (new long[axes], new long[axes], new long[axes]);
        for (int i = 0; i < axes; i++)
            (starts[i], ends[i], more[i]) = Along(operation, window, i, wanted[i], input.StoredSize(i + 2));
        var attributes = new List<(string, object)> { ("kernel_shape", window.Kernel), ("strides", window.Strides),
            ("pads", (long[])[.. starts, .. ends]) };
        if (more.Any(value => value != 0))
            attributes.Add(("output_padding", more));
        if (window.Dilations.Any(dilation => dilation != 1))
            attributes.Add(("dilations", window.Dilations));
        string kernel = operation.Builder.Floats(operation.Name + "/weights",
            weights.Transpose([axes + 1, axes, .. Enumerable.Range(0, axes)]));
        string name = operation.Builder.Add("ConvTranspose", operation.Name, [input.Name, kernel], [.. attributes]);
        FeatureValue output = window.Output(name, new SizeTerm[axes + 2]);
        for (int i = 0; i < axes + 2; i++)
            output.Sizes[output.Order[i]] = i == 0 ? input.StoredSize(0) : i == 1 ? SizeTerm.Number(weights.Shape[axes]) : wanted[i - 2];
        return output;
    }

    /// <summary>The output's size along the spatial axes.</summary>
    private static SizeTerm[] Wanted(Operation operation, KernelPlacement window, int axes)
    {
        SizeTerm[] sizes = operation.Terms(0);
        if (sizes.Length == axes)
            return sizes;
        int[] order = KernelPlacement.Order(axes + 2, window.ChannelsFirst);
        return sizes.Length == axes + 2 ? [.. order[2..].Select(axis => sizes[axis])]
            : throw new WireFormatException($"{sizes.Length} sizes of an output");
    }

    /// <summary>What ONNX has to leave out at both ends along an axis, and to add at the end.</summary>
    private static (long Start, long End, long More) Along(Operation operation, KernelPlacement window, int axis,
        SizeTerm wanted, SizeTerm size)
    {
        long stride = window.Strides[axis], span = window.Span(axis) + 1;
        if (wanted.Minus(size.Times(stride)) is not { Value: { } excess })
            throw operation.Unsupported("the size of its output is no multiple of its input's");
        long whole = span - stride - excess;
        long start = window.Padding switch
        {
            "SAME" => Math.Max(whole, 0) / 2,
            "VALID" => 0,
            _ => window.Pads()![axis],
        };
        long end = whole - start;
        if (end >= 0)
            return (start, end, 0);
        return -end < Math.Max(stride, window.Dilations[axis]) ? (start, 0, -end)
            : throw operation.Unsupported("its output is larger than its strides and kernel allow");
    }
}
