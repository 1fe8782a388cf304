using System.Globalization;
using BioDL.Core.Steps;

namespace BioDL.Core.Road.Fitness;

/// <summary>
/// Whether an image has the intensities that a normalisation with given numbers was made for. Numbers taken from the image fit any.
/// </summary>
internal static class FixedScale
{
    /// <summary>
    /// Bits of a camera: images of 8, 12 and 16 bits differ by 16 and more, exposures of one camera by less than this.
    /// </summary>
    private const double Factor = 8;

    /// <summary>Whether a preprocessing begins with given numbers, so that there is something to compare.</summary>
    public static bool Begins(IEnumerable<PixelOperation> steps) =>
        steps.FirstOrDefault(step => !step.IsNothing) is FixedZeroMeanUnitVariance or ScaleLinear;

    /// <param name="steps">the preprocessing</param>
    /// <param name="channel">of the tensor</param>
    /// <param name="values">of the channel</param>
    /// <returns>what does not fit, in words; null where all does, or nothing can be said</returns>
    public static string? Misfit(IEnumerable<PixelOperation> steps, int channel, float[] values) => steps
        .FirstOrDefault(step => !step.IsNothing) switch
    {
        FixedZeroMeanUnitVariance given => Misfit(At(given.Mean, channel), At(given.Std, channel), values),
        ScaleLinear linear => Misfit(linear, channel, values),
        _ => null,
    };

    private static string? Misfit(double mean, double deviation, float[] values)
    {
        double own = values.Average(value => (double)value), square = values.Average(value => (value - own) * (value - own));
        double spread = Math.Sqrt(square);
        if (spread == 0 || (Math.Abs(own - mean) <= Factor * deviation && spread <= Factor * deviation && spread >= deviation / Factor))
            return null;
        return string.Create(CultureInfo.InvariantCulture,
            $"its mean is {own:G4} with a deviation of {spread:G4}, the model's normalisation expects {mean:G4} with {deviation:G4}");
    }

    /// <summary>A gain that is no 1 brings the brightest values near 1.</summary>
    private static string? Misfit(ScaleLinear linear, int channel, float[] values)
    {
        double gain = At(linear.Gain, channel), offset = At(linear.Offset, channel);
        float[] sorted = [.. values.Select(value => Math.Abs((float)(value * gain + offset)))];
        Array.Sort(sorted);
        double brightest = sorted[(int)((sorted.Length - 1) * 0.998)];
        if (gain == 1 || brightest == 0 || (brightest <= Factor && brightest >= 1 / (Factor * Factor)))
            return null;
        return string.Create(CultureInfo.InvariantCulture,
            $"the model's normalisation ({linear.Describe()}) makes {brightest:G3} of its brightest values, which are usually near 1");
    }

    private static double At(IReadOnlyList<double> list, int channel) => list[list.Count == 1 ? 0 : channel];
}
