using BioDL.Core.Training;

namespace BioDL.Graphs.UNets;

/// <summary>Weights that a training begins with.</summary>
public static class UNetWeights
{
    /// <summary>
    /// Random ones: convolutions before an activation after He 2015 (arXiv 1502.01852), normal with variance 2 / fan-in; those of heads
    /// after Glorot 2010, uniform within sqrt(6 / (fan-in + fan-out)), and a hundredth of that in a residual network, which so begins by
    /// giving back its input (else narrow ones can lose all their features in the first steps); norms the identity; biases 0. The same seed
    /// gives the same weights everywhere.
    /// </summary>
    /// <param name="net">any member of the family</param>
    /// <param name="seed">any number</param>
    public static Dictionary<string, float[]> Random(UNet net, long seed)
    {
        var random = new Random(unchecked((int)(seed ^ seed >> 32)));
        double head = net.Residual ? 0.01 : 1;
        return UNetParameters.Of(net).ToDictionary(parameter => parameter.Name, parameter => Begin(parameter, random, head),
            StringComparer.Ordinal);
    }

    private static float[] Begin(UNetParameter parameter, Random random, double head)
    {
        var values = new float[parameter.Count];
        if (parameter.Kind is UNetParameterKind.Scale or UNetParameterKind.Variance)
            Array.Fill(values, 1);
        if (parameter.Kind is not (UNetParameterKind.Weight or UNetParameterKind.HeadWeight))
            return values;
        double inputs = (double)parameter.Count / parameter.Shape[0];
        double outputs = (double)parameter.Count / parameter.Shape[1];
        double bound = head * Math.Sqrt(6 / (inputs + outputs)), deviation = Math.Sqrt(2 / inputs);
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(parameter.Kind == UNetParameterKind.Weight ? deviation * Normal(random)
                : bound * (2 * random.NextDouble() - 1));
        return values;
    }

    /// <summary>Box and Muller 1958.</summary>
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
