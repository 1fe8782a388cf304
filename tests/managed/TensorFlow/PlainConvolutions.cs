using BioDL.TensorFlow.Reading;

namespace BioDL.Tests.TensorFlow;

/// <summary>Sums and maxima over windows in one to three spatial axes, value by value.</summary>
internal static class PlainConvolutions
{
    /// <summary>Where a window of a TensorFlow operation lies, along one axis.</summary>
    /// <param name="Kernel">values</param>
    /// <param name="Stride">pixels</param>
    /// <param name="Dilation">pixels between the kernel's values</param>
    /// <param name="Before">padding at the start</param>
    /// <param name="Output">how many results there are</param>
    private readonly record struct Side(int Kernel, int Stride, int Dilation, int Before, int Output)
    {
        /// <summary>tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2</summary>
        public static Side Of(TfNode node, int axis, int rank, int size, int kernel)
        {
            bool first = node.Text("data_format") is "NCHW" or "NCDHW";
            int at = first ? axis + 1 : axis;
            long[] strides = node.Integers("strides"), dilations = node.Integers("dilations");
            int stride = (int)strides[at], dilation = dilations.Length == rank ? (int)dilations[at] : 1, span = (kernel - 1) * dilation + 1;
            switch (node.Text("padding"))
            {
                case "SAME":
                    int output = (size + stride - 1) / stride;
                    return new Side(kernel, stride, dilation, Math.Max((output - 1) * stride + span - size, 0) / 2, output);
                case "VALID":
                    return new Side(kernel, stride, dilation, 0, (size - span + stride) / stride);
                default:
                    long[] pads = node.Integers("explicit_paddings");
                    return new Side(kernel, stride, dilation, (int)pads[2 * at],
                        (int)(size + pads[2 * at] + pads[2 * at + 1] - span + stride) / stride);
            }
        }
    }

    public static Nd Convolution(TfNode node, Nd input, Nd weights, bool depthwise)
    {
        int axes = input.Rank - 2;
        Side[] sides = [.. Enumerable.Range(0, axes).Select(i => Side.Of(node, i + 1, input.Rank, input.Shape[i + 1], weights.Shape[i]))];
        int ins = weights.Shape[^2], outs = weights.Shape[^1], groups = depthwise ? 1 : input.Shape[^1] / ins;
        int[] shape = [input.Shape[0], .. sides.Select(side => side.Output), depthwise ? ins * outs : outs];
        return Nd.Of(shape, index =>
        {
            double sum = 0;
            int c = index[^1];
            foreach ((int[] kernel, int[] pixel) in Window(sides, index, input))
            {
                if (depthwise)
                    sum += input[[index[0], .. pixel, c / outs]] * weights[[.. kernel, c / outs, c % outs]];
                else
                {
                    int from = input.Place([index[0], .. pixel, c / (outs / groups) * ins]), by = weights.Place([.. kernel, 0, c]);
                    for (int i = 0; i < ins; i++)
                        sum += input.Values[from + i] * weights.Values[by + i * outs];
                }
            }
            return sum;
        });
    }

    public static Nd Pooled(TfNode node, Nd input)
    {
        bool first = node.Text("data_format") is "NCHW" or "NCDHW";
        long[] kernel = node.Integers("ksize");
        Side[] sides = [.. Enumerable.Range(0,
            input.Rank - 2).Select(i => Side.Of(node, i + 1, input.Rank, input.Shape[i + 1], (int)kernel[first ? i + 2 : i + 1]))];
        return Nd.Of([input.Shape[0], .. sides.Select(side => side.Output), input.Shape[^1]], index =>
        {
            double[] values = [.. Window(sides, index, input).Select(place => input[[index[0], .. place.Pixel, index[^1]]])];
            return node.Operation.StartsWith("Max", StringComparison.Ordinal) ? values.Max() : values.Average();
        });
    }

    /// <summary>
    /// The gradient of a convolution by its input: each value of <paramref name="values"/> goes back to all pixels that its window had seen
    /// in an
    /// image of the wanted size.
    /// </summary>
    public static Nd Transposed(TfNode node, Nd sizes, Nd weights, Nd values)
    {
        int axes = values.Rank - 2;
        int[] shape = [values.Shape[0], .. Enumerable.Range(1, axes).Select(axis => (int)sizes[axis]), weights.Shape[^2]];
        var output = new Nd(shape);
        Side[] sides = [.. Enumerable.Range(0, axes).Select(i => Side.Of(node, i + 1, values.Rank, shape[i + 1], weights.Shape[i]))];
        Assert.Equal(sides.Select(side => side.Output), values.Shape[1..^1]);
        _ = Nd.Of(values.Shape, index =>
        {
            foreach ((int[] kernel, int[] pixel) in Window(sides, index, output))
            {
                for (int i = 0; i < shape[^1]; i++)
                    output[[index[0], .. pixel, i]] += values[index] * weights[[.. kernel, i, index[^1]]];
            }
            return 0;
        });
        return output;
    }

    /// <summary>The kernel's places over real pixels, not over padding.</summary>
    private static IEnumerable<(int[] Kernel, int[] Pixel)> Window(Side[] sides, int[] index, Nd image)
    {
        int count = sides.Aggregate(1, (product, side) => product * side.Kernel);
        for (int i = 0; i < count; i++)
        {
            int[] kernel = new int[sides.Length], pixel = new int[sides.Length];
            bool inside = true;
            for (int axis = sides.Length - 1, rest = i; axis >= 0; rest /= sides[axis--].Kernel)
            {
                Side side = sides[axis];
                kernel[axis] = rest % side.Kernel;
                pixel[axis] = index[axis + 1] * side.Stride + kernel[axis] * side.Dilation - side.Before;
                inside &= pixel[axis] >= 0 && pixel[axis] < image.Shape[axis + 1];
            }
            if (inside)
                yield return (kernel, pixel);
        }
    }
}
