using BioDL.Core.Runs;

namespace BioDL.Core.Road.Fitness;

/// <summary>
/// What the objects of a plane stand on, judged so that it errs on the side of not knowing: only an image that differs in every way from
/// one with bright objects on a dark ground is called bright.
/// <code>
///                                     fluorescence      stained, phase contrast, bright field    noise, haze
///   where the median lies            below 0.32        0.37 to 0.95                             0.4 to 0.6
///   skewness of 4 x 4 means          above 0.6         below 0.4                                around 0
///   what is left of the deviation
///   within a window by those means   above 0.4         above 0.7                                0.25 to 0.4
///   darkest to brightest             below 0.25        above 0.12                               any
/// </code>
/// Measured over 600 fluorescence images and 160 others of nine public sets, noise added to the former.
/// </summary>
internal static class GroundMeasure
{
    private const double Low = 1, High = 99.8;
    private const int Block = 4;

    public static Ground Of(PlaneSample sample)
    {
        float[] sorted = [.. sample.Values];
        Array.Sort(sorted);
        double low = At(sorted, Low), median = At(sorted, 50), high = At(sorted, High);
        if (!(high > low))
            return Ground.Unknown;
        float[] means = sample.Blocks(Block);
        double position = (median - low) / (high - low), skewness = Skewness(means);
        // Means of independent noise keep a quarter of its deviation.
        double structure = Within(means, sample.Windows) / Within(sample.Values, sample.Windows);
        if (position > 0.34 && skewness < 0.5 && structure > 0.6 && low > 0.1 * high)
            return Ground.Bright;
        return position < 0.2 && skewness > 1 && structure > 0.6 ? Ground.Dark : Ground.Unknown;
    }

    private static double At(float[] sorted, double percent) => sorted[(int)((sorted.Length - 1) * (percent / 100))];

    private static double Skewness(float[] values)
    {
        double mean = values.Average(value => (double)value), squares = 0, cubes = 0;
        foreach (float value in values)
            (squares, cubes) = (squares + (value - mean) * (value - mean), cubes + (value - mean) * (value - mean) * (value - mean));
        double deviation = Math.Sqrt(squares / values.Length);
        return deviation > 0 ? cubes / values.Length / (deviation * deviation * deviation) : 0;
    }

    /// <summary>The deviation from the mean of the own window, so that uneven light does not count.</summary>
    private static double Within(float[] values, int windows)
    {
        int size = values.Length / windows;
        double squares = 0;
        for (int window = 0; window < windows; window++)
        {
            ReadOnlySpan<float> own = values.AsSpan(window * size, size);
            double mean = 0;
            foreach (float value in own)
                mean += value / (double)size;
            foreach (float value in own)
                squares += (value - mean) * (value - mean);
        }
        return Math.Sqrt(squares / values.Length);
    }
}
