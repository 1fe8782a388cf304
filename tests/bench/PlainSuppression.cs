using System.Diagnostics;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Objects.StarConvex.WholePixel;

namespace BioDL.Bench;

/// <summary>The plainest suppression with the reference's measure: every candidate against every survivor whose box it meets.</summary>
internal static unsafe class PlainSuppression
{
    public static (double Seconds, int[] Survivors) Run(CandidateList candidates, int[] order, float threshold)
    {
        long start = Stopwatch.GetTimestamp();
        using var outline = new StarOutline(candidates.Rays);
        var overlap = new WholePixelOverlap(candidates.Rays);
        var kept = new List<(int Index, StarBounds Bounds, GridPoint[] Vertices)>();
        foreach (int index in order)
        {
            outline.Set(candidates, index, VertexMode.Integer);
            StarBounds own = outline.Bounds;
            var vertices = new GridPoint[candidates.Rays];
            for (int k = 0; k < vertices.Length; k++)
                vertices[k] = new GridPoint((int)(outline.X[k] + own.CenterX), (int)(outline.Y[k] + own.CenterY));
            if (!kept.Any(other => Meet(own, other.Bounds) &&
                (float)((float)overlap.Area(other.Vertices, vertices) / (Math.Min((float)own.Area, (float)other.Bounds.Area) + 1e-10))
                > threshold))
                kept.Add((index, own, vertices));
        }
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, [.. kept.Select(star => star.Index)]);
    }

    private static bool Meet(in StarBounds a, in StarBounds b) => a.Left <= b.Right && b.Left <= a.Right && a.Top <= b.Bottom
        && b.Top <= a.Bottom;
}
