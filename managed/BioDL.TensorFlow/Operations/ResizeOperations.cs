using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow.Operations;

/// <summary>
/// Resizing to a size. Where that is a multiple of the input's own size, which is the rule, ONNX gets the factor. Without
/// half_pixel_centers
/// TensorFlow takes pixel floor(i * in / out), which is ONNX's "asymmetric".
/// </summary>
internal static class ResizeOperations
{
    public static void Register(Dictionary<string, OperationTable.Handler> handlers)
    {
        handlers["ResizeNearestNeighbor"] = operation => [Resized(operation, "nearest")];
        handlers["ResizeBilinear"] = operation => [Resized(operation, "linear")];
    }

    /// <summary>Each value repeated a whole number of times along some of ONNX's axes.</summary>
    /// <param name="operation">gives the name</param>
    /// <param name="value">its sizes are multiplied</param>
    /// <param name="factors">one for each axis, in ONNX's order</param>
    public static FeatureValue Repeated(Operation operation, FeatureValue value, float[] factors)
    {
        SizeTerm[] sizes = [.. value.Sizes.Select((size, axis) => size.Times(factors[value.Stored(axis)]))];
        return Scaled(operation, value, sizes, factors,
            [("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor")]);
    }

    private static FeatureValue Resized(Operation operation, string mode)
    {
        FeatureValue value = operation.Feature(0);
        if (value.Rank != 4)
            throw operation.Unsupported($"its input has {value.Rank} axes");
        value = operation.Builder.Ordered(value, KernelPlacement.Order(4, channelsFirst: false));
        SizeTerm[] wanted = operation.Terms(1);
        if (wanted.Length != 2)
            throw operation.Unsupported("it wants other than two sizes");
        SizeTerm[] sizes = [value.Sizes[0], wanted[0], wanted[1], value.Sizes[3]];
        List<(string, object)> attributes = Attributes(operation, mode);
        if (Factor(wanted[0], value.Sizes[1]) is { } y && Factor(wanted[1], value.Sizes[2]) is { } x)
            return Scaled(operation, value, sizes, [1, 1, (float)y, (float)x], [.. attributes]);
        string target = operation.Builder.Sizes(operation.Name + "/sizes", [value.Sizes[0], value.Sizes[3], wanted[0], wanted[1]]);
        return operation.Emit("Resize", value with { Sizes = sizes }, [value.Name, "", "", target], [.. attributes]);
    }

    private static FeatureValue Scaled(Operation operation, FeatureValue value, SizeTerm[] sizes, float[] factors,
        (string, object)[] attributes)
    {
        string scales = operation.Builder.Floats(operation.Name + "/scales", NdArray<float>.List(factors));
        return operation.Emit("Resize", value with { Sizes = sizes }, [value.Name, "", scales], attributes);
    }

    /// <summary>
    /// align_corners: round(i * (in - 1) / (out - 1)), halves away from zero. half_pixel_centers: floor((i + 1/2) * in / out).
    /// </summary>
    private static List<(string, object)> Attributes(Operation operation, string mode)
    {
        bool corners = operation.Node.Flag("align_corners"), halves = operation.Node.Flag("half_pixel_centers");
        var attributes = new List<(string, object)>
        {
            ("mode", mode), ("coordinate_transformation_mode", corners ? "align_corners" : halves ? "half_pixel" : "asymmetric"),
        };
        if (mode == "nearest")
            attributes.Add(("nearest_mode", corners || halves ? "round_prefer_ceil" : "floor"));
        return attributes;
    }

    /// <summary>
    /// A whole multiple of the input's size; null where it is none, since then the ratio depends on how the size was rounded.
    /// </summary>
    private static double? Factor(SizeTerm wanted, SizeTerm own) =>
        !wanted.IsNumber && wanted.Over(own) is { } factor && factor == Math.Floor(factor) && factor >= 1 ? factor : null;
}
