namespace BioDL.Core.Objects.StarConvex;

/// <summary>Polar to Cartesian, in the operation order and precision of the reference, so that vertices agree to the bit.</summary>
internal static class StarVertices
{
    /// <summary>
    /// The vertices as they are drawn and reported: distance times direction in double precision, rounded to single, then moved to the
    /// point. In a block they are moved to the point in the whole, where single precision is coarser, and back, which is exact.
    /// </summary>
    /// <param name="distances">one a ray</param>
    /// <param name="center">the point</param>
    /// <param name="origin">of the block in the whole</param>
    /// <param name="y">receives the vertices</param>
    /// <param name="x">see there</param>
    public static void Reported(ReadOnlySpan<float> distances, (float Y, float X) center, (long Y, long X) origin, Span<float> y,
        Span<float> x)
    {
        RayTable rays = RayTable.Of(distances.Length);
        (float originY, float originX) = (origin.Y, origin.X);
        (float centerY, float centerX) = (center.Y + originY, center.X + originX);
        for (int k = 0; k < distances.Length; k++)
        {
            y[k] = (float)(distances[k] * rays.Sin[k]) + centerY - originY;
            x[k] = (float)(distances[k] * rays.Cos[k]) + centerX - originX;
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
