using BioDL.Graphs;
using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow.Operations;

/// <summary>Maximum(x, a * x) with a from 0 to 1, which is what older networks have in place of LeakyRelu.</summary>
internal static class LeakyRelu
{
    /// <returns>null where it is something else</returns>
    public static FeatureValue? Recognized(Operation operation, string onnx, FeatureValue a, FeatureValue b)
    {
        if (onnx != "Max")
            return null;
        if (Slope(operation.Builder, a, b) is { } right)
            return operation.Emit("LeakyRelu", a, [a.Name], ("alpha", right));
        return Slope(operation.Builder, b, a) is { } left ? operation.Emit("LeakyRelu", b, [b.Name], ("alpha", left)) : null;
    }

    private static float? Slope(GraphBuilder builder, FeatureValue value, FeatureValue scaled)
    {
        if (builder.Producer(scaled.Name) is not { Operator: GraphBuilder.Affine } node || node.Inputs[0] != value.Name
            || !value.Order.SequenceEqual(scaled.Order))
            return null;
        DraftConstant scale = builder.Draft.Constants[node.Inputs[1]], shift = builder.Draft.Constants[node.Inputs[2]];
        return scale.Values is float[] { Length: 1 } factor && factor[0] is >= 0 and <= 1
            && Array.TrueForAll((float[])shift.Values, item => item == 0)
            ? factor[0] : null;
    }
}
