namespace BioDL.Core.Objects.StarConvex;

/// <summary>
/// Non-maximum suppression of star-convex polygons (Schmidt et al., Cell Detection with Star-Convex Polygons, MICCAI 2018): from the most
/// probable candidate down, one falls when it shares more than a part of the smaller of the two areas with a survivor. The measure is
/// intersection / (smaller area + 1e-10), not IoU.
/// <para>
/// Candidates are taken in blocks. First all of a block are compared with the survivors before it, on all processors; then those left are
/// compared, in order, with the survivors within the block. So the result does not depend on the number of threads.
/// </para>
/// </summary>
public static class Suppression
{
    private const int FirstBlock = 64;
    private const int LargestBlock = 1024;

    /// <summary>Candidates that a thread takes at a time.</summary>
    private const int Share = 16;

    /// <summary>The candidates that survive, by falling probability; of equal ones the upper, then the left one comes first.</summary>
    /// <param name="candidates">of one plane</param>
    /// <param name="overlapThreshold">0 to 1</param>
    /// <param name="mode">exact polygons, or the reference's whole-pixel vertices</param>
    /// <param name="cancelled">asked now and then, on the calling thread; true ends the call</param>
    /// <returns>indices into <paramref name="candidates"/></returns>
    /// <exception cref="BioDLException"><see cref="Status.Cancelled"/></exception>
    public static int[] Survivors(CandidateList candidates, double overlapThreshold, VertexMode mode, Func<bool>? cancelled = null) =>
        SurvivorsInOrder(candidates, CandidateOrder.Of(candidates), overlapThreshold, mode, cancelled);

    /// <summary>As <see cref="Survivors"/>, with the candidates taken in the order given.</summary>
    internal static int[] SurvivorsInOrder(CandidateList candidates, int[] order, double overlapThreshold, VertexMode mode,
        Func<bool>? cancelled = null, int threads = 0)
    {
        if (order.Length == 0)
            return [];
        int workers = Math.Min(threads > 0 ? threads : Environment.ProcessorCount, (order.Length + Share - 1) / Share);
        OverlapTest[] tests = [.. Enumerable.Range(0, workers).Select(_ => new OverlapTest(candidates.Rays, overlapThreshold, mode))];
        try
        {
            return new Run(candidates, order, mode, tests).Survivors(cancelled);
        }
        finally
        {
            foreach (OverlapTest test in tests)
                test.Dispose();
        }
    }

    private sealed class Run(CandidateList candidates, int[] order, VertexMode mode, OverlapTest[] tests)
    {
        private readonly SurvivorGrid _survivors = MakeGrid(candidates, order);
        private readonly bool[] _fell = new bool[LargestBlock];
        private readonly List<int> _kept = [];
        private int _start;
        private int _end;
        private int _next;

        public int[] Survivors(Func<bool>? cancelled)
        {
            for (int block = FirstBlock; _end < order.Length; block = Math.Min(2 * block, LargestBlock))
            {
                if (cancelled is not null && cancelled())
                    throw new BioDLException(Status.Cancelled, "the segmentation was cancelled");
                (_start, _end) = (_end, Math.Min(_end + block, order.Length));
                CompareWithEarlier();
                CompareWithinBlock();
            }
            return [.. _kept];
        }

        private void CompareWithEarlier()
        {
            _next = _start;
            if (tests.Length == 1 || _end - _start <= FirstBlock)
                TakeShares(tests[0]);
            else
                Parallel.For(0, tests.Length, worker => TakeShares(tests[worker]));
        }

        private void TakeShares(OverlapTest test)
        {
            while (true)
            {
                int first = Interlocked.Add(ref _next, Share) - Share, end = Math.Min(first + Share, _end);
                if (first >= end)
                    return;
                for (int i = first; i < end; i++)
                    _fell[i - _start] = Falls(test, order[i], 0);
            }
        }

        private void CompareWithinBlock()
        {
            int before = _survivors.Count;
            for (int i = _start; i < _end; i++)
            {
                if (_fell[i - _start] || Falls(tests[0], order[i], before))
                    continue;
                _survivors.Add(tests[0].Candidate);
                _kept.Add(order[i]);
            }
        }

        private bool Falls(OverlapTest test, int candidate, int fromSurvivor)
        {
            test.Candidate.Set(candidates, candidate, mode);
            return _survivors.Any(test.Candidate.Bounds, fromSurvivor, test);
        }
    }

    /// <summary>A grid over all centres, with cells of the size of an average object.</summary>
    internal static SurvivorGrid MakeGrid(CandidateList candidates, int[] order)
    {
        const int Samples = 500;
        (float top, float left) = (candidates.Y(order[0]), candidates.X(order[0]));
        (float bottom, float right) = (top, left);
        foreach (int i in order)
        {
            (float y, float x) = (candidates.Y(i), candidates.X(i));
            (top, bottom) = (Math.Min(top, y), Math.Max(bottom, y));
            (left, right) = (Math.Min(left, x), Math.Max(right, x));
        }
        double sum = 0;
        int step = Math.Max(1, order.Length / Samples), count = 0;
        for (int i = 0; i < order.Length; i += step, count++)
            foreach (float distance in candidates.Distances(order[i]))
                sum += distance;
        return new SurvivorGrid(candidates.Rays, (top, left, bottom, right), (float)(2 * sum / count / candidates.Rays));
    }
}
