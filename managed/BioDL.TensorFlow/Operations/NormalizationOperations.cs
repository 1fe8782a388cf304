using BioDL.Graphs.Wire;
using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow.Operations;

/// <summary>Batch normalisation with the statistics of training: a scale and a shift for each channel.</summary>
internal static class NormalizationOperations
{
    public static void Register(Dictionary<string, OperationTable.Handler> handlers)
    {
        foreach (string name in (string[])["FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3"])
            handlers[name] = operation => [Normalized(operation)];
    }

    /// <summary>(x - mean) / sqrt(variance + epsilon) * gamma + beta, computed in float64 and rounded once.</summary>
    private static FeatureValue Normalized(Operation operation)
    {
        if (operation.Node.Flag("is_training", true))
            throw operation.Unsupported("it takes its statistics from the batch, as in training; export the network for inference");
        FeatureValue value = operation.Feature(0);
        value = operation.Builder.Ordered(value, KernelPlacement.Order(value.Rank, KernelPlacement.IsChannelsFirst(operation.Node)));
        float[] gamma = operation.Constant(1).Values.Items, beta = operation.Constant(2).Values.Items;
        float[] mean = operation.Constant(3).Values.Items, variance = operation.Constant(4).Values.Items;
        if (beta.Length != gamma.Length || mean.Length != gamma.Length || variance.Length != gamma.Length)
            throw new WireFormatException("scale, shift, mean and variance of different length");
        double epsilon = operation.Node.Real("epsilon", 1e-4f);
        var (scale, shift) = (new float[gamma.Length], new float[gamma.Length]);
        for (int i = 0; i < gamma.Length; i++)
        {
            double factor = gamma[i] / Math.Sqrt(variance[i] + epsilon);
            (scale[i], shift[i]) = ((float)factor, (float)(beta[i] - mean[i] * factor));
        }
        if (value.Channels.Value is { } channels && channels != gamma.Length)
            throw new WireFormatException($"statistics of {gamma.Length} channels for {channels}");
        return Broadcast.Scaled(operation, value, scale, shift);
    }
}
