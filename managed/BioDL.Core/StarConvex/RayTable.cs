using System.Collections.Concurrent;

namespace BioDL.Core.StarConvex;

/// <summary>
/// Directions of the rays, computed once for each ray count. The reference takes them in two precisions, and a vertex that lies next to a
/// whole pixel falls on one side or the other with them: <see cref="Sin"/> for polygons that are drawn and reported, <see cref="SinSingle"/>
/// for those that it compares with whole-pixel vertices.
/// </summary>
internal sealed class RayTable
{
    private static readonly ConcurrentDictionary<int, RayTable> Tables = new();

    private RayTable(int rays)
    {
        (Sin, Cos, SinSingle, CosSingle) = (new double[rays], new double[rays], new float[rays], new float[rays]);
        double step = 2 * Math.PI / rays;
        float singleStep = (float)step;
        for (int k = 0; k < rays; k++)
        {
            (Sin[k], Cos[k]) = Math.SinCos(k * step);
            // Correctly rounded from double precision, so that every platform has the same table.
            (double sin, double cos) = Math.SinCos(singleStep * k);
            (SinSingle[k], CosSingle[k]) = ((float)sin, (float)cos);
        }
    }

    public double[] Sin { get; }
    public double[] Cos { get; }

    /// <summary>Of the angle k * step in single precision.</summary>
    public float[] SinSingle { get; }
    public float[] CosSingle { get; }

    public static RayTable Of(int rays) => Tables.GetOrAdd(rays, static count => new RayTable(count));
}
