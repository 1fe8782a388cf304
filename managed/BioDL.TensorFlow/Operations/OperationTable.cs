using BioDL.TensorFlow.Reading;
using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow.Operations;

/// <summary>The operations of TensorFlow that can be imported, each with the function that turns it into ONNX or into a constant.</summary>
internal static class OperationTable
{
    /// <summary>The values of an operation's outputs.</summary>
    public delegate TfValue[] Handler(Operation operation);

    private static readonly Dictionary<string, Handler> Handlers = Made();

    /// <summary>What to do about an operation that is not among them.</summary>
    public static string Hint { get; } = "Export the network as ONNX with another tool, or use only these operations: "
        + string.Join(", ", Handlers.Keys.Where(name => name[0] != '(').Order(StringComparer.Ordinal)) + ".";

    public static Handler? Find(string operation) => Handlers.GetValueOrDefault(operation);

    /// <summary>Operations that look at their inputs themselves, dead and missing ones too.</summary>
    public static bool Chooses(string operation) => operation is "Merge" or "RefMerge" or "Switch" or "RefSwitch" or FunctionInliner.Choice
        or FunctionInliner.Results or "IdentityN";

    private static Dictionary<string, Handler> Made()
    {
        var handlers = new Dictionary<string, Handler>(StringComparer.Ordinal);
        ControlOperations.Register(handlers);
        ArithmeticOperations.Register(handlers);
        ActivationOperations.Register(handlers);
        SizeOperations.Register(handlers);
        ReductionOperations.Register(handlers);
        ShapeOperations.Register(handlers);
        SliceOperations.Register(handlers);
        JoinOperations.Register(handlers);
        PaddingOperations.Register(handlers);
        ConvolutionOperations.Register(handlers);
        TransposedOperations.Register(handlers);
        PoolingOperations.Register(handlers);
        NormalizationOperations.Register(handlers);
        ResizeOperations.Register(handlers);
        BlockOperations.Register(handlers);
        return handlers;
    }
}
