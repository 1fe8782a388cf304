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
        var window = new KernelPlacement(operation, KernelPlacement.Spatial(operation, sizes, rank, KernelPlacement.IsChannelsFirst(operation.Node)), []);
        FeatureValue input = window.Input(0);
        string name = operation.Builder.Add(onnx, operation.Name, [input.Name], [.. window.Attributes()]);
        return window.Output(name, window.Sizes(input, input.StoredSize(1), name));
    }
}
