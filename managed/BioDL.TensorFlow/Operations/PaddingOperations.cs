using BioDL.Graphs.Wire;
using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow.Operations;

/// <summary>Pixels added around an image.</summary>
internal static class PaddingOperations
{
    private const long Most = 1 << 20;

    public static void Register(Dictionary<string, OperationTable.Handler> handlers)
    {
        handlers["Pad"] = operation => [Padded(operation, "constant", 0)];
        handlers["PadV2"] = operation => [Padded(operation, "constant", operation.Constant(2).Values.Items[0])];
        handlers["MirrorPad"] = operation =>
            [operation.Node.Text("mode") == "SYMMETRIC" ? Symmetric(operation) : Padded(operation, "reflect", 0)];
    }

    /// <summary>Before and after along each axis.</summary>
    private static long[] Pads(Operation operation, int rank)
    {
        long[] pads = operation.Numbers(1);
        return pads.Length == 2 * rank && pads.All(pad => pad is >= 0 and <= Most) ? pads
            : throw new WireFormatException($"paddings ({string.Join(", ", pads)}) for {rank} axes");
    }

    private static FeatureValue Padded(Operation operation, string mode, float number)
    {
        FeatureValue value = operation.Feature(0);
        long[] pads = Pads(operation, value.Rank);
        if (pads.All(pad => pad == 0))
            return value;
        string list = operation.Builder.Integers(operation.Name + "/pads",
            [.. value.Order.Select(axis => pads[2 * axis]), .. value.Order.Select(axis => pads[2 * axis + 1])]);
        string[] inputs = mode != "constant" ? [value.Name, list]
            : [value.Name, list, operation.Builder.Floats(operation.Name + "/value", NdArray<float>.Scalar(number))];
        return operation.Emit("Pad", value with { Sizes = Grown(value.Sizes, pads) }, inputs, ("mode", mode));
    }

    private static SizeTerm[] Grown(SizeTerm[] sizes, long[] pads) =>
        [.. sizes.Select((size, axis) => size.Plus(SizeTerm.Number(pads[2 * axis] + pads[2 * axis + 1]))!.Value)];

    /// <summary>
    /// The mirror lies beyond the outermost pixel, so that this pixel comes twice; ONNX has no such mode, so turned slices are joined.
    /// </summary>
    private static FeatureValue Symmetric(Operation operation)
    {
        FeatureValue value = operation.Feature(0);
        long[] pads = Pads(operation, value.Rank);
        for (int axis = 0; axis < value.Rank; axis++)
        {
            var (before, after) = (pads[2 * axis], pads[2 * axis + 1]);
            if (before == 0 && after == 0)
                continue;
            var parts = new List<string> { value.Name };
            if (before > 0)
                parts.Insert(0, Turned(operation, value, axis, before - 1, long.MinValue));
            if (after > 0)
                parts.Add(Turned(operation, value, axis, -1, -after - 1));
            SizeTerm[] sizes = JoinOperations.With(value.Sizes, axis, value.Sizes[axis].Plus(SizeTerm.Number(before + after))!.Value);
            value = operation.Emit("Concat", value with { Sizes = sizes }, [.. parts], ("axis", (long)value.Stored(axis)));
        }
        return value;
    }

    private static string Turned(Operation operation, FeatureValue value, int axis, long from, long to)
    {
        GraphBuilder builder = operation.Builder;
        string name = operation.Name + "/mirrored";
        return builder.Add("Slice", name, [value.Name, builder.Integers(name + "/from", from), builder.Integers(name + "/to", to),
            builder.Integers(name + "/axis", value.Stored(axis)), builder.Integers(name + "/step", -1)]);
    }
}
