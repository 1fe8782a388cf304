namespace BioDL.Cli.Output;

/// <summary>
/// A number as the fraction that TIFF has for resolutions: 1 / 0.325 is 40 / 13, and so a pixel is 0.325 again when it is read.
/// </summary>
internal static class Fraction
{
    /// <summary>
    /// The fraction of smallest numbers that is as near as a double can tell, or else the nearest there is (continued fractions).
    /// </summary>
    /// <param name="value">above 0</param>
    /// <returns>both from 1, and below 2^31, which some readers take as signed</returns>
    internal static (uint Numerator, uint Denominator) Of(double value)
    {
        const double Exact = 1e-15;
        if (value >= int.MaxValue || value <= 1d / int.MaxValue)
            return value > 1 ? (int.MaxValue, 1u) : (1u, int.MaxValue);
        (long n, long d, long lastN, long lastD) = ((long)value, 1, 1, 0);
        double rest = value - n;
        while (Math.Abs((double)n / d - value) > Exact * value && rest > 1e-12)
        {
            double next = 1 / rest, whole = Math.Floor(next);
            if (whole * n + lastN > int.MaxValue || whole * d + lastD > int.MaxValue)
                break;
            (n, d, lastN, lastD) = ((long)whole * n + lastN, (long)whole * d + lastD, n, d);
            rest = next - whole;
        }
        return n > 0 ? ((uint)n, (uint)d) : (1u, (uint)Math.Round(1 / value));
    }
}
