using System.Collections.Concurrent;

namespace BioDL.Core.Objects.StarConvex;

/// <summary>
/// Directions of the rays, computed once for each ray count. The reference takes them in two precisions, and a vertex that lies next to a
/// whole pixel falls on one side or the other with them: <see cref="Sin"/> for polygons that are drawn and reported,
/// <see cref="SinSingle"/>
/// for those that it compares with whole-pixel vertices.
/// </summary>
internal sealed class RayTable
{
    private static readonly ConcurrentDictionary<int, RayTable> Tables = new();

    private RayTable(int rays)
    {
        int padded = (rays + 7) & ~7;
        (Sin, Cos) = (new double[rays], new double[rays]);
        (SinSingle, CosSingle, SinRounded, CosRounded) = (new float[padded], new float[padded], new float[padded], new float[padded]);
        double step = 2 * Math.PI / rays;
        Inscribed = Math.Cos(step / 2);
        float singleStep = (float)step;
        for (int k = 0; k < rays; k++)
        {
            (Sin[k], Cos[k]) = Math.SinCos(k * step);
            (SinRounded[k], CosRounded[k]) = ((float)Sin[k], (float)Cos[k]);
            // Correctly rounded from double precision, so that every platform has the same table.
            (double sin, double cos) = Math.SinCos(singleStep * k);
            (SinSingle[k], CosSingle[k]) = ((float)sin, (float)cos);
        }
    }

    /// <summary>Radius of the circle inside a regular polygon whose vertices are at distance 1.</summary>
    public double Inscribed { get; }

    public double[] Sin { get; }
    public double[] Cos { get; }

    /// <summary>Of the angle k * step in single precision. Padded with zeros to a multiple of 8.</summary>
    public float[] SinSingle { get; }
    public float[] CosSingle { get; }

    /// <summary><see cref="Sin"/> rounded to single precision. Padded with zeros to a multiple of 8.</summary>
    public float[] SinRounded { get; }
    public float[] CosRounded { get; }

    public static RayTable Of(int rays) => Tables.GetOrAdd(rays, static count => new RayTable(count));
}
