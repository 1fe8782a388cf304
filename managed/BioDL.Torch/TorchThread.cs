using BioDL.Engines;

namespace BioDL.Torch;

/// <summary>
/// The one thread on which libtorch works. OpenMP keeps a pool for every thread that calls it, so many callers would mean many pools; the number
/// of threads belongs to the calling thread; and compiling a script recurses as deep as its expressions, for which a host's thread (1 MB in Java) may
/// have no room. Calls of several threads wait for each other: each uses all cores anyway.
/// </summary>
internal static class TorchThread
{
    /// <summary>For statements as long as <see cref="Archive.TorchSource"/> lets through; only what is used is taken.</summary>
    private const int StackBytes = 256 << 20;

    private static readonly Lock Gate = new();
    private static readonly Queue<Work> Waiting = new();
    private static readonly SemaphoreSlim Arrived = new(0);
    private static Thread? _thread;

    /// <summary>Run on that thread and wait; exceptions come back as they are.</summary>
    public static void Do(Action action)
    {
        if (Thread.CurrentThread == _thread)
        {
            action();
            return;
        }
        var work = new Work(action, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (Gate)
        {
            Waiting.Enqueue(work);
            if (_thread is null)
            {
                _thread = new Thread(Loop, StackBytes) { IsBackground = true, Name = "BioDL libtorch" };
                _thread.Start();
            }
        }
        Arrived.Release();
        work.Done.Task.GetAwaiter().GetResult();
    }

    private static void Loop()
    {
        TorchCalls.Threads(Processor.Cores);
        while (true)
        {
            Arrived.Wait();
            Work work;
            lock (Gate)
                work = Waiting.Dequeue();
            try
            {
                work.Action();
                work.Done.SetResult();
            }
            catch (Exception error)
            {
                work.Done.SetException(error);
            }
        }
    }

    private sealed record Work(Action Action, TaskCompletionSource Done);
}
