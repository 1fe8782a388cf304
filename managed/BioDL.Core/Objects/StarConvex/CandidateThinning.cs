using BioDL.Core.Runs;

namespace BioDL.Core.Objects.StarConvex;

/// <summary>
/// Keeps the candidates of a huge plane few: suppression runs in each tile by itself, and what certainly falls is not kept.
/// <list type="bullet">
///   <item>A candidate is certain to survive when no object of a neighbouring tile can touch it and it shares too much with no earlier one
///   that was kept.</item>
///   <item>One falls for certain beside one that is certain to survive.</item>
///   <item>All others are kept, to be judged in the whole plane.</item>
/// </list>
/// The result is exactly that of suppression over all candidates, provided that those called certain do survive in the whole plane: by
/// induction from the most probable down, a kept candidate meets the same survivors either way, and a dropped one falls either way. Only
/// an unusually large object of a neighbour can spoil that; <see cref="Holds"/> tells, and the plane is then taken again unthinned.
/// </summary>
internal sealed class CandidateThinning(double overlapThreshold, VertexMode mode)
{
    /// <summary>How far an object of a neighbouring tile is expected to reach at most, in mean reaches of this tile's candidates.</summary>
    private const float Reaches = 3;

    private readonly HashSet<int> _certain = [];

    /// <summary>Whether all that were called certain survived in the whole plane.</summary>
    /// <param name="survivors">of the plane's list</param>
    public bool Holds(ReadOnlySpan<int> survivors)
    {
        int alive = 0;
        foreach (int survivor in survivors)
            alive += _certain.Contains(survivor) ? 1 : 0;
        return alive == _certain.Count;
    }

    /// <summary>Add to the plane's candidates those of a tile that must be kept.</summary>
    /// <param name="found">all candidates of the tile</param>
    /// <param name="own">the pixels that the tile owns, where they come from</param>
    /// <param name="size">of the plane, in pixels</param>
    /// <param name="plane">receives those kept</param>
    /// <param name="cancelled">asked now and then; true ends the call</param>
    /// <exception cref="BioDLException"><see cref="Status.Cancelled"/></exception>
    public void Add(CandidateList found, PlaneRegion own, (int Height, int Width) size, CandidateList plane, Func<bool>? cancelled)
    {
        if (found.Count == 0)
            return;
        int[] order = CandidateOrder.Of(found);
        SurvivorGrid certain = Suppression.MakeGrid(found, order), uncertain = Suppression.MakeGrid(found, order);
        using var test = new OverlapTest(found.Rays, overlapThreshold, mode);
        float reach = Reaches * MeanReach(found);
        for (int n = 0; n < order.Length; n++)
        {
            if (n % 1024 == 0 && cancelled is not null && cancelled())
                throw new BioDLException(Status.Cancelled, "the segmentation was cancelled");
            int candidate = order[n];
            test.Candidate.Set(found, candidate, mode);
            if (certain.Any(test.Candidate.Bounds, 0, test))
                continue;
            bool open = IsNearNeighbour(found, candidate, own, size, reach) || uncertain.Any(test.Candidate.Bounds, 0, test);
            (open ? uncertain : certain).Add(test.Candidate);
            if (!open)
                _certain.Add(plane.Count);
            plane.Add(found, candidate);
        }
    }

    /// <summary>Whether an object of a neighbouring tile that reaches this far could touch the candidate.</summary>
    private static bool IsNearNeighbour(CandidateList found, int candidate, PlaneRegion own, (int Height, int Width) size, float reach)
    {
        float y = found.Y(candidate), x = found.X(candidate), room = Reach(found, candidate) + reach;
        int bottom = own.Top + own.Height, right = own.Left + own.Width;
        return (own.Top > 0 && y - room <= own.Top) || (bottom < size.Height && y + room >= bottom)
            || (own.Left > 0 && x - room <= own.Left) || (right < size.Width && x + room >= right);
    }

    private static float MeanReach(CandidateList found)
    {
        double sum = 0;
        for (int i = 0; i < found.Count; i++)
            sum += Reach(found, i);
        return (float)(sum / found.Count);
    }

    private static float Reach(CandidateList found, int candidate)
    {
        float reach = 0;
        foreach (float distance in found.Distances(candidate))
            reach = Math.Max(reach, distance);
        return reach;
    }
}
