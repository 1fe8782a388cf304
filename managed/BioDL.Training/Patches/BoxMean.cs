namespace BioDL.Training.Patches;

internal static class BoxMean
{
    /// <summary>Means of the squares around each pixel, which are smaller at the borders; along y and x only.</summary>
    /// <param name="values">rows of planes, one after another</param>
    /// <param name="height">of a plane</param>
    /// <param name="width">of a plane</param>
    /// <param name="radius">of the square: 2 * radius + 1 pixels a side</param>
    public static float[] Of(float[] values, int height, int width, int radius)
    {
        float[] across = new float[values.Length], means = new float[values.Length];
        for (int row = 0; row < values.Length; row += width)
            Along(values.AsSpan(row, width), across.AsSpan(row, width), 1, width, radius);
        for (int plane = 0; plane < values.Length; plane += height * width)
            for (int x = 0; x < width; x++)
                Along(across.AsSpan(plane + x), means.AsSpan(plane + x), width, height, radius);
        return means;
    }

    private static void Along(ReadOnlySpan<float> from, Span<float> to, int stride, int length, int radius)
    {
        double sum = 0;
        for (int at = 0; at < Math.Min(radius, length); at++)
            sum += from[at * stride];
        for (int at = 0; at < length; at++)
        {
            if (at + radius < length)
                sum += from[(at + radius) * stride];
            if (at - radius - 1 >= 0)
                sum -= from[(at - radius - 1) * stride];
            to[at * stride] = (float)(sum / (Math.Min(at + radius, length - 1) - Math.Max(at - radius, 0) + 1));
        }
    }
}
