using BioDL.Core.Training;

namespace BioDL.Graphs.UNets;

/// <summary>A batch norm as part of the convolution before it.</summary>
internal static class UNetFolding
{
    /// <summary>
    /// Weight (outputs, inputs, kernel) and bias (outputs) of a block's convolution, with its batch norm where it has one.
    /// </summary>
    public static (float[] Weight, float[] Bias) Convolution(UNetBlock block, IReadOnlyDictionary<string, float[]> weights)
    {
        float[] weight = weights[$"{block.Name}.weight"], bias = weights[$"{block.Name}.bias"];
        if (block.Norm != UNetNorm.Batch)
            return (weight, bias);
        float[] Of(string part) => weights[$"{block.NormName}.{part}"];
        float[] scale = Of("weight"), shift = Of("bias"), mean = Of("mean"), variance = Of("variance");
        int size = weight.Length / block.Outputs;
        var (foldedWeight, foldedBias) = (new float[weight.Length], new float[bias.Length]);
        for (int channel = 0; channel < block.Outputs; channel++)
        {
            double gain = scale[channel] / Math.Sqrt(variance[channel] + UNetParameters.Epsilon);
            foldedBias[channel] = (float)((bias[channel] - mean[channel]) * gain + shift[channel]);
            for (int i = channel * size; i < (channel + 1) * size; i++)
                foldedWeight[i] = (float)(weight[i] * gain);
        }
        return (foldedWeight, foldedBias);
    }
}
