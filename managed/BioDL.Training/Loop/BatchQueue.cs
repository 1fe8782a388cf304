using System.Collections.Concurrent;
using BioDL.Training.Methods;

namespace BioDL.Training.Loop;

/// <summary>
/// Batches of steps that follow each other, made on a thread of its own while the network computes. What a batch holds depends on its step
/// only, not on when it is made.
/// </summary>
internal sealed class BatchQueue : IDisposable
{
    /// <summary>One is computed with, one waits, one is made.</summary>
    private const int Ahead = 1;

    private readonly BlockingCollection<Batch> _ready = new(Ahead);
    private readonly CancellationTokenSource _end = new();
    private readonly Thread _thread;
    private Exception? _failure;

    /// <param name="make">the batch of a step</param>
    /// <param name="step">the first one</param>
    public BatchQueue(Func<int, Batch> make, int step)
    {
        _thread = new Thread(() => Fill(make, step)) { IsBackground = true, Name = "BioDL patches" };
        _thread.Start();
    }

    /// <summary>The next one; the caller's to dispose.</summary>
    /// <exception cref="Exception">What went wrong when it was made.</exception>
    public Batch Take()
    {
        try
        {
            return _ready.Take();
        }
        catch (InvalidOperationException) when (_failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
            throw;
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _thread.Join();
        foreach (Batch batch in _ready)
            batch.Dispose();
        _ready.Dispose();
        _end.Dispose();
    }

    private void Fill(Func<int, Batch> make, int step)
    {
        try
        {
            for (; ; step++)
            {
                Batch batch = make(step);
                try
                {
                    _ready.Add(batch, _end.Token);
                }
                catch (OperationCanceledException)
                {
                    batch.Dispose();
                    return;
                }
            }
        }
        catch (Exception error)
        {
            _failure = error;
            _ready.CompleteAdding();
        }
    }
}
