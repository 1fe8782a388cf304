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

    /// <summary>Seconds on the clock, and of all cores together, which other programs disturb less.</summary>
    public static (double Clock, double Cores) Measure(Action action)
    {
        // The workers of another session spin for some 20 ms after its run; they must not take a core from this one.
        Thread.Sleep(60);
        using var self = Process.GetCurrentProcess();
        TimeSpan before = self.TotalProcessorTime;
        double clock = Best(1, action);
        self.Refresh();
        return (clock, (self.TotalProcessorTime - before).TotalSeconds);
    }
}
