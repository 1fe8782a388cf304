using System.Runtime.ExceptionServices;

namespace BioDL.Onnx;

/// <summary>
/// A thread on which one thing after another is done while the thread that asked for it does something else. It ends when it is disposed
/// of.
/// </summary>
internal sealed class RunThread : IDisposable
{
    /// <summary>Hosts' own threads may have little; only what is used is taken.</summary>
    private const int StackBytes = 16 << 20;
    private readonly SemaphoreSlim _begin = new(0), _done = new(0);
    private Action? _work;
    private ExceptionDispatchInfo? _failure;

    public RunThread() => new Thread(Serve, StackBytes) { IsBackground = true, Name = "BioDL network" }.Start();

    /// <summary>Do work, and something else meanwhile.</summary>
    /// <param name="work">its exception is thrown here</param>
    /// <param name="milliseconds">between two calls of <paramref name="meanwhile"/></param>
    /// <param name="meanwhile">called on this thread; its exception is thrown when the work has ended</param>
    public void Run(Action work, int milliseconds, Action meanwhile)
    {
        _work = work;
        _begin.Release();
        ExceptionDispatchInfo? own = null;
        while (!_done.Wait(milliseconds))
        {
            try
            {
                if (own is null)
                    meanwhile();
            }
            catch (Exception error)
            {
                own = ExceptionDispatchInfo.Capture(error);
            }
        }
        own?.Throw();
        _failure?.Throw();
    }

    public void Dispose()
    {
        _work = null;
        _begin.Release();
    }

    private void Serve()
    {
        for (_begin.Wait(); _work is { } work; _begin.Wait())
        {
            _failure = null;
            try
            {
                work();
            }
            catch (Exception error)
            {
                _failure = ExceptionDispatchInfo.Capture(error);
            }
            _done.Release();
        }
    }
}
