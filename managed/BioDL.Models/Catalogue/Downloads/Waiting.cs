using BioDL.Core;

namespace BioDL.Models.Catalogue.Downloads;

/// <summary>
/// Waits on the caller's own thread for what the network does, so that the caller hears of progress there and can cancel at any time, also
/// while
/// nothing comes.
/// </summary>
internal static class Waiting
{
    private const int Step = 50;

    /// <param name="start">begins the work</param>
    /// <param name="limit">how long it may take</param>
    /// <param name="meter">asked ten times a second</param>
    /// <exception cref="TimeoutException">It took longer.</exception>
    /// <exception cref="BioDLException"><see cref="Status.Cancelled"/></exception>
    public static T For<T>(Func<CancellationToken, Task<T>> start, TimeSpan limit, Meter meter)
    {
        using var source = new CancellationTokenSource();
        long begin = Environment.TickCount64;
        Task<T> task = start(source.Token);
        try
        {
            while (Task.WaitAny([task], Step) < 0)
            {
                meter.Poll();
                if (Environment.TickCount64 - begin > limit.TotalMilliseconds)
                    throw new TimeoutException();
            }
            return task.GetAwaiter().GetResult();
        }
        finally
        {
            if (!task.IsCompleted)
            {
                source.Cancel();
                // Its end is of no interest, but an unobserved exception would be reported.
                task.ContinueWith(static ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted,
                    TaskScheduler.Default);
            }
        }
    }

    /// <summary>A pause that the caller can cut short.</summary>
    /// <exception cref="BioDLException"><see cref="Status.Cancelled"/></exception>
    public static void Pause(TimeSpan time, Meter meter)
    {
        long end = Environment.TickCount64 + (long)time.TotalMilliseconds;
        for (long left; (left = end - Environment.TickCount64) > 0;)
        {
            Thread.Sleep((int)Math.Min(left, Step));
            meter.Poll();
        }
    }
}
