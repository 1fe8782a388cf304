namespace BioDL.Graphs.UNets;

/// <summary>The blur of a pooling (Zhang 2019, arXiv 1904.11486), as Noise2Void 2 has it.</summary>
public static class UNetBlur
{
    /// <summary>(1 2 1) / 4 along each axis that is pooled, 1 along others.</summary>
    /// <param name="factors">1 or 2 along each spatial axis</param>
    /// <returns>row-major values, and the sides</returns>
    public static (float[] Values, int[] Size) Kernel(IReadOnlyList<int> factors)
    {
        float[] values = [1];
        foreach (int factor in factors)
        {
            float[] along = factor == 2 ? [0.25f, 0.5f, 0.25f] : [1];
            values = [.. values.SelectMany(value => along.Select(weight => value * weight))];
        }
        return (values, [.. factors.Select(factor => factor == 2 ? 3 : 1)]);
    }
}
