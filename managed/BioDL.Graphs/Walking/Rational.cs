namespace BioDL.Graphs.Walking;

/// <summary>Pitches and scales are ratios of small numbers, kept as doubles.</summary>
public static class Rational
{
    private const int MostDenominator = 256;

    /// <summary>
    /// numerator / denominator = value within a millionth, with the smallest denominator; null when there is none up to 256.
    /// </summary>
    public static (long Numerator, long Denominator)? Of(double value)
    {
        if (!(value > 0) || value > int.MaxValue)
            return null;
        for (long denominator = 1; denominator <= MostDenominator; denominator++)
        {
            double numerator = value * denominator;
            if (Math.Round(numerator) >= 1 && Math.Abs(numerator - Math.Round(numerator)) <= 1e-6 * Math.Max(1, numerator))
                return ((long)Math.Round(numerator), denominator);
        }
        return null;
    }

    /// <summary>
    /// The smallest whole number that is a multiple of both; of a value that is no ratio of small numbers, of its ceiling.
    /// </summary>
    public static double LeastCommonMultiple(double whole, double value, long most)
    {
        long a = (long)whole, b = Math.Min(Of(value)?.Numerator ?? (long)Math.Min(Math.Ceiling(value), most), most);
        long common = a;
        for (long rest = b; rest != 0;)
            (common, rest) = (rest, common % rest);
        return Math.Min(a / common * b, most);
    }
}
