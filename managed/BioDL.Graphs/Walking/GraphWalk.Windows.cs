
namespace BioDL.Graphs.Walking;

/// <summary>Operators that slide a window over the spatial dimensions: convolutions, transposed convolutions, pools.</summary>
internal sealed partial class GraphWalk
{
    /// <summary>
    /// A window along one dimension. Same: padding by the size, with the odd value at the end (UPPER) or the start (LOWER).
    /// </summary>
    private readonly record struct Window(double Kernel, double Stride, double Dilation, double Before, double After,
        string Same, bool Ceil)
    {
        /// <summary>Values from the first to the last that the kernel touches.</summary>
        public double Extent => (Kernel - 1) * Dilation + 1;
    }

    private TensorTrack Convolution(OnnxNode node, TensorTrack input)
    {
        long[] weights = Weights(node, node.Operator == "QLinearConv" ? 3 : 1);
        if (weights.Length < 3 || input.Dimensions?.Length != weights.Length)
            return Lost(node, "layout");
        if (input.AxisOf(1) != -1)
            Note($"{node.Operator} (folded axes)");
        TensorTrack output = Slid(node, input, weights[2..]);
        output = output.With(1, Factor.Plain(weights[0]));
        _flops += 2 * weights[1..].Aggregate(1.0, (product, size) => product * size) * output.ValuesPerPixel;
        return output;
    }

    private TensorTrack Pooling(OnnxNode node, TensorTrack input) =>
        node.List("kernel_shape") is { } kernel && input.Dimensions?.Length == kernel.Length + 2 ? Slid(node, input, kernel)
        : Lost(node, "layout");

    private long[] Weights(OnnxNode node, int index) => _graph.Constants.TryGetValue(node.Input(index), out OnnxConstant? constant)
        ? constant.Dimensions : [];

    private TensorTrack Slid(OnnxNode node, TensorTrack input, long[] kernel)
    {
        TensorTrack output = input;
        for (int i = 0; i < kernel.Length; i++)
        {
            Window window = WindowOf(node, kernel, i);
            if (input.AxisOf(i + 2) is not { } axis)
            {
                if (window.Kernel != 1 || window.Stride != 1)
                    Note($"{node.Operator} (folded axes)");
                continue;
            }
            SymbolicSize size = input.Dimensions![i + 2].Aggregate(SymbolicSize.Number(1),
                (product, factor) => product.Times(factor.Size) ?? product);
            var (before, after) = Padding(window, size);
            Factor factor = new(axis, Slid(size, window));
            output = axis < 0 ? output.With(i + 2, factor)
                : output.With(i + 2, factor, output.Spans[axis]!.Value.Window(window.Stride, -before, window.Extent - 1 - after));
        }
        return output;
    }

    private static Window WindowOf(OnnxNode node, long[] kernel, int i)
    {
        int rank = kernel.Length;
        long[] pads = node.List("pads") is { } given && given.Length == 2 * rank ? given : new long[2 * rank];
        string automatic = node.Text("auto_pad", "NOTSET");
        bool same = automatic.StartsWith("SAME", StringComparison.Ordinal), none = same || automatic == "VALID";
        return new Window(Math.Max(1, kernel[i]), Math.Max(1, At(node, "strides", rank, i)), Math.Max(1, At(node, "dilations", rank, i)),
            none ? 0 : pads[i],
            none ? 0 : pads[rank + i], same ? automatic : "", node.Integer("ceil_mode", 0) != 0);
    }

    private static long At(OnnxNode node, string list, int rank, int i) =>
        node.List(list) is { } values && values.Length == rank ? values[i] : 1;

    /// <summary>
    /// The most that is padded at the start, and the least: the second bounds what a window sees at its end. SAME pads by the size; where
    /// that is
    /// no multiple of the stride for certain, every remainder counts.
    /// </summary>
    private static (double Most, double Least) Padding(Window window, SymbolicSize size)
    {
        if (window.Same.Length == 0)
            return (window.Before, window.Before);
        bool lower = window.Same == "SAME_LOWER";
        double Start(double total) => lower ? Math.Ceiling(total / 2) : Math.Floor(total / 2);
        double whole = Math.Max(window.Extent - window.Stride, 0), rest = Math.Max(window.Extent - 1, 0);
        double remainder = Math.Abs(size.Offset % window.Stride);
        if (!size.IsNumber && remainder == 0)
            return (Start(whole), Start(whole));
        return (Start(rest), Start(whole));
    }

    private static SymbolicSize Slid(SymbolicSize size, Window window)
    {
        SymbolicSize strided = Divided(size, window.Stride);
        if (window.Same.Length > 0)
            return strided.Ceiling();
        SymbolicSize windows = strided with { Offset = (size.Offset + window.Before + window.After - window.Extent) / window.Stride };
        windows = window.Ceil ? windows.Ceiling() : windows.Floor();
        return windows with { Offset = windows.Offset + 1 };
    }

    private static SymbolicSize Divided(SymbolicSize size, double by) => new(size.Axis, size.Scale / by, size.Offset / by);

    private TensorTrack TransposedConvolution(OnnxNode node, TensorTrack input)
    {
        long[] weights = Weights(node, 1);
        if (weights.Length < 3 || input.Dimensions?.Length != weights.Length)
            return Lost(node, "layout");
        if (input.AxisOf(1) != -1)
            Note($"{node.Operator} (folded axes)");
        if (node.List("output_shape") is not null)
            Note($"{node.Operator} (output_shape)");
        _flops += 2 * weights[1..].Aggregate(1.0, (product, size) => product * size) * input.ValuesPerPixel;
        TensorTrack output = input;
        for (int i = 0; i < weights.Length - 2; i++)
        {
            Window window = WindowOf(node, weights[2..], i);
            double extra = node.List("output_padding") is { } padding && padding.Length == weights.Length - 2 ? padding[i] : 0;
            if (input.AxisOf(i + 2) is not { } axis)
            {
                if (window.Kernel != 1 || window.Stride != 1)
                    Note($"{node.Operator} (folded axes)");
                continue;
            }
            SymbolicSize size = input.Dimensions[i + 2][0].Size;
            double total = window.Same.Length > 0 ? Math.Max(0, window.Extent - window.Stride + extra) : window.Before + window.After;
            var spread = new SymbolicSize(size.Axis, size.Scale * window.Stride,
                (size.Offset - 1) * window.Stride + extra + window.Extent - total);
            output = axis < 0 ? output.With(i + 2, new Factor(-1, spread))
                : output.With(i + 2, new Factor(axis, spread), Spread(output.Spans[axis]!.Value, window, total));
        }
        return output.With(1, Factor.Plain(weights[1] * (double)node.Integer("group", 1)));
    }

    /// <summary>
    /// Output o takes inputs i with o = i * stride + k * dilation - start for some k of the kernel; ONNX puts an odd padding of SAME either
    /// way.
    /// </summary>
    private static ReceptiveField Spread(ReceptiveField span, Window window, double total)
    {
        double least = window.Same.Length > 0 ? Math.Floor(total / 2) : window.Before, most = window.Same.Length > 0
            ? Math.Ceiling(total / 2) : window.Before;
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        double phases = Math.Min(window.Stride, 4096), taps = Math.Min(window.Kernel, 4096);
        for (double start = least; start <= most; start++)
        {
            for (double o = 0; o < phases; o++)
            {
                for (double k = 0; k < taps; k++)
                {
                    double i = (o + start - k * window.Dilation) / window.Stride;
                    if (i != Math.Floor(i))
                        continue;
                    low = Math.Min(low, i - o / window.Stride);
                    high = Math.Max(high, i - o / window.Stride);
                }
            }
        }
        if (low > high || phases < window.Stride || taps < window.Kernel)
            (low, high) = ((least - window.Extent + 1) / window.Stride - 1, most / window.Stride + 1);
        return span.Window(1 / window.Stride, low, high);
    }
}
