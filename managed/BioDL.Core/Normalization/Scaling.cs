namespace BioDL.Core.Normalization;

/// <summary>Percentiles in percent, 0 to 100, low not above high.</summary>
public readonly record struct PercentilePair(double Low, double High)
{
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: not in 0 to 100, or not low below high.</exception>
    public void Validate()
    {
        if (!(Low >= 0 && High <= 100 && Low < High))
            throw new BioDLException(Status.InvalidArgument,
                FormattableString.Invariant($"percentiles {Low} and {High} are not a range within 0 to 100"),
                "Give a low percentile of at least 0 and a higher one of at most 100, such as 1 and 99.8.");
    }
}

/// <summary>
/// The normalisation of one channel, (x - <paramref name="Offset"/>) / <paramref name="Divisor"/> in float32: a subtraction and a true
/// division, so that the result equals CSBDeep's <c>normalize_mi_ma</c> in every bit.
/// </summary>
public readonly record struct Scaling(float Offset, float Divisor)
{
    /// <summary>CSBDeep's and StarDist's eps; bioimage.io's scale_range has 1e-6 by default.</summary>
    public const double CsbDeepEpsilon = 1e-20;

    /// <summary>The pixels are normalised already: x - 0 and x / 1 change nothing.</summary>
    public static Scaling None => new(0, 1);

    /// <summary>Low becomes 0 and high becomes 1: (x - low) / (high - low + epsilon), each step rounded to float32 as NumPy does.</summary>
    public static Scaling FromRange(double low, double high, double epsilon = CsbDeepEpsilon)
    {
        float lower = (float)low;
        float range = (float)high - lower;
        return new(lower, range + (float)epsilon);
    }
}
