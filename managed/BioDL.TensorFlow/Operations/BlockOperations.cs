using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow.Operations;

/// <summary>
/// Channels to pixels and back; and SpaceToBatchND with BatchToSpaceND, between which a plain convolution is a dilated one (Yu and Koltun
/// 2016).
/// </summary>
internal static class BlockOperations
{
    public static void Register(Dictionary<string, OperationTable.Handler> handlers)
    {
        handlers["DepthToSpace"] = operation => [Rearranged(operation, "DepthToSpace")];
        handlers["SpaceToDepth"] = operation => [Rearranged(operation, "SpaceToDepth")];
        handlers["SpaceToBatchND"] = operation => [Spaced(operation)];
        handlers["BatchToSpaceND"] = operation => [Joined(operation)];
    }

    private static FeatureValue Rearranged(Operation operation, string onnx)
    {
        FeatureValue value = operation.Feature(0);
        long block = operation.Node.Integer("block_size", 1);
        if (value.Rank != 4 || block is < 1 or > 1024)
            throw operation.Unsupported($"its input has {value.Rank} axes, its block {block} pixels");
        value = operation.Builder.Ordered(value, KernelPlacement.Order(4, KernelPlacement.IsChannelsFirst(operation.Node)));
        double factor = onnx == "DepthToSpace" ? block : 1.0 / block;
        var sizes = (SizeTerm[])value.Sizes.Clone();
        for (int i = 1; i < 4; i++)
            sizes[value.Order[i]] = sizes[value.Order[i]].Times(i == 1 ? 1 / (factor * factor) : factor).Floor();
        (string, object)[] attributes = onnx == "DepthToSpace" ? [("blocksize", block), ("mode", "DCR")] : [("blocksize", block)];
        return operation.Emit(onnx, value with { Sizes = sizes }, [value.Name], attributes);
    }

    /// <summary>Nothing is computed yet: what follows says what it was for.</summary>
    private static SpacedValue Spaced(Operation operation)
    {
        FeatureValue value = operation.Feature(0);
        long[] blocks = operation.Numbers(1);
        SizeTerm[] pads = operation.Terms(2);
        if (blocks.Length != value.Rank - 2 || pads.Length != 2 * blocks.Length || blocks.Any(block => block is < 1 or > 1 << 20))
            throw operation.Unsupported("it takes apart other than all spatial axes");
        return new SpacedValue(value, blocks, [.. blocks.Select((_, i) => new[] { pads[2 * i], pads[2 * i + 1] })], null, null);
    }

    public static SpacedValue Convolved(Operation operation, SpacedValue value, NdArray<float> weights)
    {
        if (value.Convolution is not null || operation.Node.Text("padding") != "VALID"
            || operation.Node.Integers("strides").Any(stride => stride != 1)
            || operation.Node.Integers("dilations").Any(dilation => dilation != 1) || KernelPlacement.IsChannelsFirst(operation.Node)
            || weights.Rank != value.Source.Rank)
            throw operation.Unsupported("between SpaceToBatchND and BatchToSpaceND only one plain convolution without padding "
            + "is supported");
        return value with { Convolution = operation.Node, Weights = new ConstantValue(weights) };
    }

    /// <summary>
    /// Padding and cropping together are the padding of the dilated convolution: cropping n values of a result is padding n pixels less.
    /// </summary>
    private static FeatureValue Joined(Operation operation)
    {
        if (operation.Input(0) is not SpacedValue { Convolution: { } convolution, Weights.Values: { } weights } value)
            throw operation.Unsupported("it is supported only after SpaceToBatchND and a convolution");
        int axes = value.Blocks.Length;
        SizeTerm[] crops = operation.Terms(2);
        if (!operation.Numbers(1).SequenceEqual(value.Blocks) || crops.Length != 2 * axes)
            throw operation.Unsupported("it does not undo the SpaceToBatchND before it");
        FeatureValue input = operation.Builder.Ordered(value.Source, KernelPlacement.Order(axes + 2, channelsFirst: false));
        if (input.Channels.Value is { } channels && channels != weights.Shape[axes])
            throw operation.Unsupported($"its weights are for {weights.Shape[axes]} channels, but its input has {channels}");
        var pads = new long[2 * axes];
        var sizes = (SizeTerm[])input.Sizes.Clone();
        sizes[^1] = SizeTerm.Number(weights.Shape[axes + 1]);
        for (int i = 0; i < axes; i++)
        {
            for (int side = 0; side < 2; side++)
            {
                pads[i + side * axes] = value.Padding[i][side].Minus(crops[2 * i + side])?.Value is { } pad and >= 0 ? pad
                    : throw operation.Unsupported("its crops are no part of the paddings before it");
            }
            sizes[i + 1] = sizes[i + 1].Plus(SizeTerm.Number(pads[i] + pads[i + axes] - (weights.Shape[i] - 1) * value.Blocks[i]))!.Value;
        }
        string kernel = operation.Builder.Floats(convolution.Name + "/weights",
            weights.Transpose([axes + 1, axes, .. Enumerable.Range(0, axes)]));
        return operation.Emit("Conv", input with { Sizes = sizes }, [input.Name, kernel],
            ("kernel_shape", weights.Shape[..axes]), ("dilations", value.Blocks), ("pads", pads));
    }
}
