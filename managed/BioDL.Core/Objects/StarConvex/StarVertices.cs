namespace BioDL.Core.Objects.StarConvex;

/// <summary>Polar to Cartesian, in the operation order and precision of the reference, so that vertices agree to the bit.</summary>
internal static class StarVertices
{
    /// <summary>
    /// The vertices as they are drawn and reported: distance times direction in double precision, rounded to single, then moved to the
    /// point.
    /// </summary>
    public static void Reported(ReadOnlySpan<float> distances, float centerY, float centerX, Span<float> y, Span<float> x)
    {
        RayTable rays = RayTable.Of(distances.Length);
        for (int k = 0; k < distances.Length; k++)
        {
            y[k] = (float)(distances[k] * rays.Sin[k]) + centerY;
            x[k] = (float)(distances[k] * rays.Cos[k]) + centerX;
        }
    }

    /// <summary>The vertices cut to whole pixels, towards zero, as the reference compares them: single precision throughout.</summary>
    public static void Truncated(ReadOnlySpan<float> distances, float centerY, float centerX, Span<float> y, Span<float> x)
    {
        RayTable rays = RayTable.Of(distances.Length);
        for (int k = 0; k < distances.Length; k++)
        {
            y[k] = MathF.Truncate(centerY + distances[k] * rays.SinSingle[k]);
            x[k] = MathF.Truncate(centerX + distances[k] * rays.CosSingle[k]);
        }
    }
}
