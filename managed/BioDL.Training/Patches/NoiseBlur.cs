namespace BioDL.Training.Patches;

/// <summary>White noise made correlated between neighbours, its deviation kept.</summary>
internal static class NoiseBlur
{
    /// <summary>Convolve each plane with a Gaussian, cyclic at its borders, and keep the variance that white noise had.</summary>
    /// <param name="noise">rows of all planes one after another</param>
    /// <param name="width">of a row</param>
    /// <param name="sigma">of the Gaussian in pixels; below 1</param>
    public static void Apply(float[] noise, int width, double sigma)
    {
        double[] kernel = [.. Enumerable.Range(-2, 5).Select(offset => Math.Exp(-offset * offset / (2 * sigma * sigma)))];
        double norm = Math.Sqrt(kernel.Sum(value => value * value));
        int height = noise.Length / width;
        float[] across = new float[noise.Length];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                double sum = 0;
                for (int k = -2; k <= 2; k++)
                    sum += kernel[k + 2] * noise[y * width + (x + k + width) % width];
                across[y * width + x] = (float)(sum / norm);
            }
        // Planes one after another: noise that passes from one to the next at a border harms nobody.
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                double sum = 0;
                for (int k = -2; k <= 2; k++)
                    sum += kernel[k + 2] * across[(y + k + height) % height * width + x];
                noise[y * width + x] = (float)(sum / norm);
            }
    }
}
