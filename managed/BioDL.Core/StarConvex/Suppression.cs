using BioDL.Core.Segmentation;

namespace BioDL.Core.StarConvex;

/// <summary>
/// Non-maximum suppression of star-convex polygons (Schmidt et al. 2018): from the most probable candidate down, one falls when it shares
/// more than a part of the smaller of the two areas with a survivor. The measure is intersection / (smaller area + 1e-10), not IoU.
/// </summary>
public static class Suppression
{
    /// <summary>The candidates that survive, by falling probability; of equal ones the upper, then the left one comes first.</summary>
    /// <param name="candidates">of one plane</param>
    /// <param name="overlapThreshold">0 to 1</param>
    /// <param name="mode">exact polygons, or the reference's whole-pixel vertices</param>
    /// <param name="cancelled">asked now and then, on the calling thread; true ends the call</param>
    /// <returns>indices into <paramref name="candidates"/></returns>
    /// <exception cref="BioDLException"><see cref="Status.Cancelled"/></exception>
    public static int[] Survivors(CandidateList candidates, double overlapThreshold, VertexMode mode, Func<bool>? cancelled = null) =>
        SurvivorsInOrder(candidates, ByProbability(candidates), overlapThreshold, mode, cancelled);

    /// <summary>As <see cref="Survivors"/>, with the candidates taken in the order given.</summary>
    internal static int[] SurvivorsInOrder(CandidateList candidates, int[] order, double overlapThreshold, VertexMode mode,
        Func<bool>? cancelled = null)
    {
        int rays = candidates.Rays;
        float threshold = (float)overlapThreshold;
        var survivors = new List<int>();
        var polygons = new List<(float[] Y, float[] X, double Area)>();
        foreach (int index in order)
        {
            if (cancelled is not null && cancelled())
                throw new BioDLException(Status.Cancelled, "the segmentation was cancelled");
            float[] y = new float[rays], x = new float[rays];
            if (mode == VertexMode.Integer)
                StarVertices.Truncated(candidates.Distances(index), candidates.Y(index), candidates.X(index), y, x);
            else
                StarVertices.Reported(candidates.Distances(index), candidates.Y(index), candidates.X(index), y, x);
            double area = PolygonArea.Of(y, x);
            bool falls = false;
            foreach ((float[] otherY, float[] otherX, double otherArea) in polygons)
            {
                if (otherY.Max() < y.Min() || otherY.Min() > y.Max() || otherX.Max() < x.Min() || otherX.Min() > x.Max())
                    continue;
                double shared = PolygonArea.Shared(otherY, otherX, y, x);
                falls = (float)(shared / (Math.Min(area, otherArea) + 1e-10)) > threshold;
                if (falls)
                    break;
            }
            if (falls)
                continue;
            survivors.Add(index);
            polygons.Add((y, x, area));
        }
        return [.. survivors];
    }

    private static int[] ByProbability(CandidateList candidates)
    {
        int[] order = new int[candidates.Count];
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(order, (a, b) =>
        {
            int byProbability = candidates.Probability(b).CompareTo(candidates.Probability(a));
            int byY = candidates.Y(a).CompareTo(candidates.Y(b));
            return byProbability != 0 ? byProbability : byY != 0 ? byY : candidates.X(a).CompareTo(candidates.X(b));
        });
        return order;
    }
}
