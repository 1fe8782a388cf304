using BioDL.Graphs.Wire;
using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow.Operations;

/// <summary>Two tensors of different shape or axis order brought together.</summary>
internal static class Broadcast
{
    /// <summary>Both depend on the input.</summary>
    public static FeatureValue OfFeatures(Operation operation, string onnx, FeatureValue a, FeatureValue b)
    {
        int rank = Math.Max(a.Rank, b.Rank);
        (a, b) = (Raised(operation, a, rank), Raised(operation, b, rank));
        b = operation.Builder.Ordered(b, a.Order);
        return operation.Emit(onnx, a with { Sizes = Joined(a.Sizes, b.Sizes) }, [a.Name, b.Name]);
    }

    /// <summary>A tensor and a constant. One number, or one for each channel, becomes what a convolution can take in.</summary>
    public static FeatureValue WithConstant(Operation operation, string onnx, FeatureValue value,
        NdArray<float> constant, bool featureFirst)
    {
        if (constant.Rank > value.Rank)
        {
            if (constant.Shape[..^value.Rank].Any(size => size != 1))
                value = Raised(operation, value, constant.Rank);
            else
                constant = constant.Reshape(constant.Shape[^value.Rank..]);
        }
        long[] shape = [.. Enumerable.Repeat(1L, value.Rank - constant.Rank), .. constant.Shape];
        NdArray<float> aligned = constant.Reshape(shape).Transpose(value.Order);
        if (Affine(operation, onnx, value, aligned, featureFirst) is { } affine)
            return affine;
        string name = operation.Builder.Floats(operation.Name + "/constant",
            aligned.Items.Length == 1 ? new NdArray<float>([], aligned.Items) : aligned);
        SizeTerm[] sizes = Joined(value.Sizes, [.. shape.Select(size => SizeTerm.Number(size))]);
        return operation.Emit(onnx, value with { Sizes = sizes }, featureFirst ? [value.Name, name] : [name, value.Name]);
    }

    /// <summary>Value * scale + shift with one number or one for each channel.</summary>
    public static FeatureValue Scaled(Operation operation, FeatureValue value, float[] scale, float[] shift)
    {
        string scaleName = operation.Builder.Floats(operation.Name + "/scale", NdArray<float>.List(scale));
        string shiftName = operation.Builder.Floats(operation.Name + "/shift", NdArray<float>.List(shift));
        return operation.Emit(GraphBuilder.Affine, value, [value.Name, scaleName, shiftName], ("rank", (long)value.Rank));
    }

    private static FeatureValue? Affine(Operation operation, string onnx, FeatureValue value, NdArray<float> aligned, bool featureFirst)
    {
        bool perChannel = value.Rank > 1 && aligned.Shape[1] == aligned.Items.Length && value.Channels.Is(aligned.Items.Length);
        if (!perChannel && aligned.Items.Length != 1)
            return null;
        float[] items = aligned.Items, ones = [.. items.Select(_ => 1f)], zeros = new float[items.Length];
        return (onnx, featureFirst) switch
        {
            ("Add", _) => Scaled(operation, value, ones, items),
            ("Sub", true) => Scaled(operation, value, ones, [.. items.Select(item => -item)]),
            ("Sub", false) => Scaled(operation, value, [.. items.Select(_ => -1f)], items),
            ("Mul", _) => Scaled(operation, value, items, zeros),
            ("Div", true) => Scaled(operation, value, [.. items.Select(item => 1 / item)], zeros),
            _ => null,
        };
    }

    /// <summary>Leading axes of size 1 added.</summary>
    private static FeatureValue Raised(Operation operation, FeatureValue value, int rank)
    {
        int more = rank - value.Rank;
        if (more == 0)
            return value;
        string axes = operation.Builder.Integers(operation.Name + "/axes", [.. Enumerable.Range(0, more).Select(i => (long)i)]);
        string name = operation.Builder.Add("Unsqueeze", operation.Name + "/raised", [value.Name, axes]);
        return value with
        {
            Name = name,
            Sizes = [.. Enumerable.Repeat(SizeTerm.Number(1), more), .. value.Sizes],
            Order = [.. Enumerable.Range(0, more), .. value.Order.Select(axis => axis + more)],
        };
    }

    private static SizeTerm[] Joined(SizeTerm[] a, SizeTerm[] b)
    {
        var sizes = new SizeTerm[a.Length];
        for (int i = 1; i <= sizes.Length; i++)
        {
            SizeTerm other = i <= b.Length ? b[^i] : SizeTerm.Number(1);
            sizes[^i] = a[^i].Is(1) || (!a[^i].IsNumber && other is { IsNumber: true, Offset: not 1 }) ? other : a[^i];
            if (a[^i].Value is { } left && other.Value is { } right && left != right && left != 1 && right != 1)
                throw new WireFormatException($"sizes {left} and {right} do not go together");
        }
        return sizes;
    }
}
