using BioDL.Core.Training;

namespace BioDL.Training.Patches;

/// <summary>What may happen to the normalised values of a patch: another gain and offset, less focus, more noise.</summary>
internal static class Intensities
{
    /// <param name="options">how much at most</param>
    /// <param name="patch">to change</param>
    /// <param name="targetFollows">gain and offset are the target's, too</param>
    /// <param name="random">of the step</param>
    public static void Apply(AugmentationOptions options, Patch patch, bool targetFollows, PatchRandom random)
    {
        if (options.Gain > 0 || options.Offset > 0)
        {
            float gain = (float)Math.Exp(random.Uniform(-1, 1) * Math.Log(1 + options.Gain));
            float offset = (float)(random.Uniform(-1, 1) * options.Offset);
            Scale(patch.Input, gain, offset);
            if (targetFollows && patch.Target is { } target)
                Scale(target, gain, offset);
        }
        if (options.Blur > 0)
            Blur(patch.Input, patch.Size[^2], patch.Size[^1], random.Uniform() * options.Blur);
        if (options.Noise > 0)
            AddNoise(patch.Input, random.Uniform() * options.Noise, random);
    }

    /// <summary>A Gaussian in y and x; the border is repeated.</summary>
    public static void Blur(float[] values, int rows, int columns, double sigma)
    {
        // Below this the neighbours' weight is less than one in a million.
        if (sigma < 0.2)
            return;
        float[] kernel = Kernel(sigma), line = new float[Math.Max(rows, columns)];
        for (int plane = 0; plane < values.Length; plane += rows * columns)
        {
            for (int y = 0; y < rows; y++)
                Convolve(values, plane + y * columns, 1, line.AsSpan(0, columns), kernel);
            for (int x = 0; x < columns; x++)
                Convolve(values, plane + x, columns, line.AsSpan(0, rows), kernel);
        }
    }

    private static void Scale(float[] values, float gain, float offset)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = values[i] * gain + offset;
    }

    private static void AddNoise(float[] values, double sigma, PatchRandom random)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] += (float)(sigma * random.Normal());
    }

    /// <summary>From the centre to one side.</summary>
    private static float[] Kernel(double sigma)
    {
        double[] weights = [.. Enumerable.Range(0, (int)Math.Ceiling(3 * sigma) + 1).Select(i => Math.Exp(-i * i / (2 * sigma * sigma)))];
        double sum = 2 * weights.Sum() - weights[0];
        return [.. weights.Select(weight => (float)(weight / sum))];
    }

    private static void Convolve(float[] values, int start, int step, Span<float> line, float[] kernel)
    {
        for (int i = 0; i < line.Length; i++)
            line[i] = values[start + i * step];
        for (int i = 0; i < line.Length; i++)
        {
            float sum = kernel[0] * line[i];
            for (int k = 1; k < kernel.Length; k++)
                sum += kernel[k] * (line[Math.Max(0, i - k)] + line[Math.Min(line.Length - 1, i + k)]);
            values[start + i * step] = sum;
        }
    }
}
