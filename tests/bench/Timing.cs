using System.Diagnostics;

namespace BioDL.Bench;

internal static class Timing
{
    /// <summary>The least of several runs, in seconds: the machine's other work only ever adds.</summary>
    public static double Best(int runs, Action action)
    {
        double best = double.PositiveInfinity;
        for (int run = 0; run < runs; run++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return best;
    }
}
