namespace BioDL.Training.Patches;

/// <summary>Noise of a camera: independent between pixels, its variance a straight line over the value.</summary>
/// <param name="Gain">variance per value, from photons; 0 and above</param>
/// <param name="Floor">variance at a value of 0; may be below 0 where values have an offset</param>
internal readonly record struct NoiseModel(double Gain, double Floor)
{
    /// <param name="value">expected value of a pixel</param>
    /// <param name="least">variance that is never fallen below</param>
    public double Variance(double value, double least) => Math.Max(Gain * value + Floor, least);
}

/// <summary>
/// Noise of one image from its own pixels: a Laplacian takes smooth structure away, pixels are put into classes by their local mean, each
/// class gives the variance of most of its pixels, and a line is fitted through the classes that structure disturbs least (after
/// Immerkær 1996 and Foi et al., IEEE TIP 17, 2008). Noise that is correlated between neighbours is underestimated.
/// </summary>
internal static class NoiseEstimate
{
    private const int Classes = 32, Rounds = 20;

    /// <summary>From the median of absolute values of a normal distribution to its deviation.</summary>
    private const double FromMedian = 1.4826022;

    /// <summary>Pixels on each side of a pixel whose mean puts it into a class: enough that noise alone does not.</summary>
    private const int MeanRadius = 3;

    /// <param name="tiles">parts of an image, rows one after another</param>
    /// <param name="width">of the tiles, at least 3</param>
    /// <returns>variance 0 where the image has fewer than a hundred pixels or is constant</returns>
    public static NoiseModel Of(IEnumerable<float[]> tiles, int width)
    {
        List<(float Mean, float Detail)> pixels = [];
        foreach (float[] tile in tiles)
            Look(tile, width, pixels);
        if (pixels.Count < 100)
            return default;
        pixels.Sort((one, other) => one.Mean.CompareTo(other.Mean));
        int count = Math.Min(Classes, pixels.Count / 50);
        (double Mean, double Variance)[] classes = new (double, double)[count];
        for (int i = 0; i < count; i++)
        {
            int from = (int)((long)i * pixels.Count / count), to = (int)((long)(i + 1) * pixels.Count / count);
            classes[i] = Class(pixels[from..to]);
        }
        return Line(classes);
    }

    /// <summary>Local means, and the Laplacian of 3 x 3 pixels with a gain of 1 for white noise.</summary>
    private static void Look(float[] tile, int width, List<(float Mean, float Detail)> into)
    {
        float[] means = BoxMean.Of(tile, tile.Length / width, width, MeanRadius);
        for (int at = width; at < tile.Length - width; at++)
        {
            if (at % width == 0 || at % width == width - 1)
                continue;
            float corners = tile[at - width - 1] + tile[at - width + 1] + tile[at + width - 1] + tile[at + width + 1];
            float sides = tile[at - width] + tile[at - 1] + tile[at + 1] + tile[at + width];
            float detail = (4 * tile[at] - 2 * sides + corners) / 6;
            if (float.IsFinite(detail) && float.IsFinite(means[at]))
                into.Add((means[at], detail));
        }
    }

    private static (double Mean, double Variance) Class(List<(float Mean, float Detail)> pixels)
    {
        float[] details = [.. pixels.Select(pixel => Math.Abs(pixel.Detail))];
        Array.Sort(details);
        double deviation = FromMedian * details[details.Length / 2];
        return (pixels.Average(pixel => (double)pixel.Mean), deviation * deviation);
    }

    /// <summary>
    /// Least squares with weights that fall for classes above the line: edges and texture only ever add. Relative errors count, since the
    /// error of a variance grows with it.
    /// </summary>
    private static NoiseModel Line((double Mean, double Variance)[] classes)
    {
        double typical = Math.Max(classes.Select(one => one.Variance).Order().ElementAt(classes.Length / 2), 1e-12);
        NoiseModel line = new(0, typical);
        for (int round = 0; round < Rounds; round++)
        {
            double s = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
            foreach (var (mean, variance) in classes)
            {
                double expected = line.Variance(mean, typical * 0.05), above = variance / expected - 1;
                double weight = 1 / (expected * expected) / (above > 0 ? 1 + 25 * above * above : 1);
                (s, sx, sy) = (s + weight, sx + weight * mean, sy + weight * variance);
                (sxx, sxy) = (sxx + weight * mean * mean, sxy + weight * mean * variance);
            }
            double spread = s * sxx - sx * sx, gain = spread > 1e-12 * s * sxx ? Math.Max(0, (s * sxy - sx * sy) / spread) : 0;
            line = new(gain, (sy - gain * sx) / s);
        }
        return line;
    }
}
