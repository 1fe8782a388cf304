using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow.Operations;

/// <summary>Maxima and means of windows. Padding counts neither as a value nor in the mean, in TensorFlow as in ONNX.</summary>
internal static class PoolingOperations
{
    public static void Register(Dictionary<string, OperationTable.Handler> handlers)
    {
        handlers["MaxPool"] = handlers["MaxPool3D"] = operation => [Pooled(operation, "MaxPool")];
        handlers["AvgPool"] = handlers["AvgPool3D"] = operation => [Pooled(operation, "AveragePool")];
    }

    private static FeatureValue Pooled(Operation operation, string onnx)
    {
        long[] sizes = operation.Node.Integers("ksize");
        int rank = operation.Node.Operation.EndsWith("3D", StringComparison.Ordinal) ? 5 : 4;
        var window = new KernelPlacement(operation,
            KernelPlacement.Spatial(operation, sizes, rank, KernelPlacement.IsChannelsFirst(operation.Node)), []);
        FeatureValue input = window.Input(0);
        bool[] sparse = [.. window.Kernel.Select((kernel, axis) => window.Padding == "SAME" && kernel < window.Strides[axis])];
        string name = sparse.Contains(true) ? Sparse(operation, onnx, window, sparse, input.Name)
            : operation.Builder.Add(onnx, operation.Name, [input.Name], [.. window.Attributes()]);
        return window.Output(name, window.Sizes(input, input.StoredSize(1), name));
    }

    /// <summary>
    /// Windows further apart than they are long. ONNX Runtime's SAME asks for a negative padding there, and refuses it; TensorFlow pads
    /// nothing. Up to
    /// two values long, a window meets padding at the end alone, which is what rounding sizes up means; the other axes follow by
    /// themselves,
    /// since maxima, and means of equal counts, can be taken axis by axis.
    /// </summary>
    private static string Sparse(Operation operation, string onnx, KernelPlacement window, bool[] sparse, string input)
    {
        if (window.Kernel.Where((kernel, axis) => sparse[axis] && kernel > 2).Any())
            throw operation.Unsupported("it skips pixels between windows of more than two");
        long[] Along(long[] values, bool those) => [.. values.Select((value, axis) => sparse[axis] == those ? value : 1)];
        string dense = sparse.Contains(false)
            ? operation.Builder.Add(onnx, operation.Name + "/dense", [input],
                [("kernel_shape", Along(window.Kernel, false)), ("strides", Along(window.Strides, false)), ("auto_pad", "SAME_UPPER")])
            : input;
        return operation.Builder.Add(onnx, operation.Name, [dense],
            [("kernel_shape", Along(window.Kernel, true)), ("strides", Along(window.Strides, true)), ("ceil_mode", 1L)]);
    }
}
