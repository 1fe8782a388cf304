using BioDL.Graphs.Wire;
using BioDL.TensorFlow.Reading;
using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow.Operations;

/// <summary>Where a kernel is put: what convolutions and poolings have in common, along the spatial axes z, y, x or y, x.</summary>
internal sealed class KernelPlacement
{
    private readonly Operation _operation;
    private readonly int[] _order;

    /// <param name="operation">with the attributes strides, padding and data_format</param>
    /// <param name="kernel">sizes along the spatial axes</param>
    /// <param name="dilations">along all axes; empty for none</param>
    public KernelPlacement(Operation operation, long[] kernel, long[] dilations)
    {
        (_operation, Kernel) = (operation, kernel);
        int rank = kernel.Length + 2;
        ChannelsFirst = IsChannelsFirst(operation.Node);
        _order = Order(rank, ChannelsFirst);
        Strides = Spatial(operation, operation.Node.Integers("strides"), rank, ChannelsFirst);
        Dilations = Spatial(operation, dilations, rank, ChannelsFirst);
        Padding = operation.Node.Text("padding");
        if (kernel.Concat(Strides).Concat(Dilations).Any(value => value is < 1 or > 1 << 20))
            throw new WireFormatException("a kernel, stride or dilation of 0, or out of all proportion");
    }

    public long[] Kernel { get; }

    public long[] Strides { get; }

    public long[] Dilations { get; }

    /// <summary>"SAME", "VALID" or "EXPLICIT".</summary>
    public string Padding { get; }

    public bool ChannelsFirst { get; }

    /// <summary>Pixels from a kernel's first value to its last, along an axis.</summary>
    public long Span(int axis) => (Kernel[axis] - 1) * Dilations[axis];

    public static bool IsChannelsFirst(TfNode node) => node.Text("data_format", "NHWC") is "NCHW" or "NCDHW";

    /// <summary>ONNX's order of axes, batch and channels first, as axes of TensorFlow's tensor.</summary>
    public static int[] Order(int rank, bool channelsFirst) =>
        channelsFirst ? [.. Enumerable.Range(0, rank)] : [0, rank - 1, .. Enumerable.Range(1, rank - 2)];

    /// <summary>Of a list for all axes in TensorFlow's order those of the spatial axes.</summary>
    public static long[] Spatial(Operation operation, long[] all, int rank, bool channelsFirst)
    {
        if (all.Length == 0)
            return [.. Enumerable.Repeat(1L, rank - 2)];
        if (all.Length != rank)
            throw new WireFormatException($"a list of {all.Length} values for {rank} axes");
        int[] order = Order(rank, channelsFirst);
        return all[order[0]] == 1 && all[order[1]] == 1 ? [.. order[2..].Select(axis => all[axis])]
            : throw operation.Unsupported("it strides over the batch or over channels");
    }

    /// <summary>The input with its axes as ONNX wants them.</summary>
    public FeatureValue Input(int index)
    {
        FeatureValue value = _operation.Feature(index);
        return value.Rank == _order.Length ? _operation.Builder.Ordered(value, _order)
            : throw _operation.Unsupported($"its input has {value.Rank} axes, not {_order.Length}");
    }

    /// <summary>
    /// Attributes that say where the kernel goes. SAME with strides is left to ONNX Runtime, since its padding depends on the size of the
    /// image:
    /// as in TensorFlow, the odd pixel is added at the end.
    /// </summary>
    public List<(string Name, object Value)> Attributes()
    {
        var attributes = new List<(string, object)> { ("kernel_shape", Kernel), ("strides", Strides) };
        if (Dilations.Any(dilation => dilation != 1))
            attributes.Add(("dilations", Dilations));
        if (Padding == "SAME" && Strides.Any(stride => stride != 1))
            attributes.Add(("auto_pad", "SAME_UPPER"));
        else if (Pads() is { } pads && pads.Any(pad => pad != 0))
            attributes.Add(("pads", pads));
        return attributes;
    }

    /// <summary>All paddings at the start, then all at the end; null where they depend on the size.</summary>
    public long[]? Pads()
    {
        int axes = Kernel.Length;
        switch (Padding)
        {
            case "VALID":
                return new long[2 * axes];
            case "SAME":
                return Strides.Any(stride => stride != 1) ? null
                    : [.. Enumerable.Range(0, axes).Select(i => Span(i) / 2),
                        .. Enumerable.Range(0, axes).Select(i => Span(i) - Span(i) / 2)];
            case "EXPLICIT":
                long[] list = _operation.Node.Integers("explicit_paddings");
                if (list.Length != 2 * _order.Length || list.Any(pad => pad is < 0 or > 1 << 20))
                    throw new WireFormatException("a list of explicit paddings of the wrong length or with impossible values");
                return [.. _order[2..].Select(axis => list[2 * axis]), .. _order[2..].Select(axis => list[2 * axis + 1])];
            default:
                throw _operation.Unsupported($"its padding is \"{Padding}\"");
        }
    }

    /// <summary>The output's sizes; those that are not known before the network runs are read from the output itself.</summary>
    /// <param name="input">as <see cref="Input"/> gives it</param>
    /// <param name="channels">of the output</param>
    /// <param name="output">the output's name</param>
    public SizeTerm[] Sizes(FeatureValue input, SizeTerm channels, string output)
    {
        var sizes = new SizeTerm[input.Rank];
        (sizes[_order[0]], sizes[_order[1]]) = (input.StoredSize(0), channels);
        long[]? pads = Pads();
        for (int i = 0; i < Kernel.Length; i++)
        {
            SizeTerm size = input.StoredSize(i + 2);
            if (pads is not null)
                size = size.Plus(SizeTerm.Number(pads[i] + pads[i + Kernel.Length] - Span(i)))!.Value;
            sizes[_order[i + 2]] = Divided(size, Strides[i], pads is null) ?? SizeTerm.Of(new SizeSymbol(output, i + 2));
            if (sizes[_order[i + 2]].Value is < 1)
                throw new WireFormatException("a kernel larger than its input");
        }
        return sizes;
    }

    public FeatureValue Output(string name, SizeTerm[] sizes) => new(name, sizes, _order) { ChannelsFirst = ChannelsFirst };

    /// <summary>
    /// SAME: ceil(size / stride); otherwise floor((size - 1) / stride) + 1, where size is what the kernel's first value meets.
    /// </summary>
    private static SizeTerm? Divided(SizeTerm size, long stride, bool same)
    {
        if (stride == 1)
            return size;
        if (size.Value is { } known)
            return SizeTerm.Number(same ? (known + stride - 1) / stride : known < 1 ? 0 : (known - 1) / stride + 1);
        SizeTerm whole = size.Times(1.0 / stride);
        return same && whole.Factor == Math.Floor(whole.Factor) && whole.Offset == Math.Floor(whole.Offset) ? whole : null;
    }
}
