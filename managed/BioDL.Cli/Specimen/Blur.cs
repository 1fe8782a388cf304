namespace BioDL.Cli.Specimen;

/// <summary>Gaussian blur of a square image, rows then columns, mirrored at the border.</summary>
internal static class Blur
{
    /// <param name="pixels">size x size, changed in place</param>
    /// <param name="size">side in pixels</param>
    /// <param name="sigma">in pixels; the kernel is cut at three of them</param>
    internal static void Gaussian(float[] pixels, int size, double sigma)
    {
        float[] kernel = Kernel(sigma);
        Parallel.For(0, size, row =>
        {
            Span<float> line = pixels.AsSpan(row * size, size);
            float[] source = line.ToArray();
            Convolve(source, kernel, line);
        });
        var turned = new float[pixels.Length];
        Parallel.For(0, size, column =>
        {
            var source = new float[size];
            for (int row = 0; row < size; row++)
                source[row] = pixels[row * size + column];
            Convolve(source, kernel, turned.AsSpan(column * size, size));
        });
        Parallel.For(0, size, row =>
        {
            for (int column = 0; column < size; column++)
                pixels[row * size + column] = turned[column * size + row];
        });
    }

    private static float[] Kernel(double sigma)
    {
        int reach = (int)Math.Ceiling(3 * sigma);
        var kernel = new float[2 * reach + 1];
        for (int i = 0; i < kernel.Length; i++)
            kernel[i] = (float)Math.Exp(-(i - reach) * (i - reach) / (2 * sigma * sigma));
        float sum = kernel.Sum();
        return [.. kernel.Select(value => value / sum)];
    }

    private static void Convolve(ReadOnlySpan<float> source, ReadOnlySpan<float> kernel, Span<float> into)
    {
        int reach = kernel.Length / 2, last = source.Length - 1;
        for (int at = 0; at < into.Length; at++)
        {
            float sum = 0;
            for (int i = 0; i < kernel.Length; i++)
            {
                int from = Math.Abs(at + i - reach);
                sum += kernel[i] * source[from > last ? Math.Max(0, 2 * last - from) : from];
            }
            into[at] = sum;
        }
    }
}
