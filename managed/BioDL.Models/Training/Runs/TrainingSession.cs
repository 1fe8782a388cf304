using BioDL.Core;
using BioDL.Core.Training;
using BioDL.Models.Training.Finishing;
using BioDL.Torch.Training;

namespace BioDL.Models.Training.Runs;

/// <summary>
/// A training on its way, on a thread of its own: the worker trains, then the package is made and installed, and what is no longer needed
/// goes.
/// </summary>
/// <param name="store">belongs to this from now on</param>
internal sealed class TrainingSession(TrainingStore store) : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly Lock _guard = new();
    private readonly ManualResetEventSlim _over = new();
    private readonly CancellationTokenSource _ends = new();
    private Thread? _thread;
    private TrainingWorker? _worker;
    private TrainingProgress _last = new();
    private TrainingState? _state = TrainingState.Queued;
    private BioDLException _ended = new(Status.Cancelled, "the training was cancelled");
    private bool _deletes, _isDisposed;

    public TrainingStore Store => store;

    /// <summary>What it has made; null before.</summary>
    public TrainingResult? Result { get; private set; }

    /// <summary>What ended it; null: nothing has.</summary>
    public BioDLException? Error { get; private set; }

    public void Start()
    {
        lock (_guard)
        {
            if (_thread is not null || _over.IsSet)
                throw new BioDLException(Status.InvalidArgument, "the training was started or ended already", "Start it once.");
            TrainingAbout about = store.About();
            _worker = new TrainingWorker(store.Folder, about.MemoryBytes, store.Job().Threads);
            _worker.Start();
            _state = null;
            _thread = new Thread(Work) { IsBackground = true, Name = $"training {store.Id}" };
        }
        _thread.Start();
    }

    public TrainingProgress Poll()
    {
        lock (_guard)
        {
            TrainingProgress progress = _worker?.Progress ?? _last;
            // What the worker has done is not yet a model.
            TrainingState state = _state ?? (progress.IsOver() ? TrainingState.Finishing : progress.State);
            return progress with { State = state, Message = Error?.Message ?? progress.Message };
        }
    }

    public bool Wait(TimeSpan timeout) => _over.Wait(timeout);

    /// <summary>End with the best state. One that still waits for its turn has none: it is broken off and stays as it is.</summary>
    public void Stop()
    {
        lock (_guard)
        {
            if (_worker?.Progress.State == TrainingState.Queued)
            {
                _ended = new BioDLException(Status.Cancelled, "the training was ended before its turn came",
                    $"'biodl train --resume {store.Id}' takes it up.");
                _ends.Cancel();
            }
            else
            {
                _worker?.Stop();
            }
        }
    }

    /// <summary>Have the worker write its best network, and wait until it has.</summary>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: it does not train now.</exception>
    public void Snapshot(TimeSpan timeout)
    {
        int before;
        lock (_guard)
        {
            if (_worker is null || _worker.Progress.IsOver())
                throw new BioDLException(Status.InvalidArgument, "the training has no state to keep now", "Wait until it trains.");
            before = _worker.Progress.Snapshots;
            _worker.Snapshot();
        }
        long start = Environment.TickCount64;
        while (Poll() is { } progress && progress.Snapshots <= before)
        {
            if (progress.IsOver() || Environment.TickCount64 - start > timeout.TotalMilliseconds)
                throw new BioDLException(Status.InvalidArgument, "the training has ended, or has not come to keep its state in time",
                    "Try again.");
            Thread.Sleep(Look);
        }
    }

    /// <summary>End it; unless it is done, its folder stays or goes.</summary>
    public void End(bool deletes)
    {
        Thread? thread;
        lock (_guard)
        {
            _ends.Cancel();
            thread = _thread;
        }
        thread?.Join();
        lock (_guard)
        {
            if (!_over.IsSet)
                Over(TrainingState.Cancelled, _ended);
            if (deletes && !_deletes)
                store.Delete();
            _deletes |= deletes;
        }
    }

    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        End(deletes: false);
        if (_deletes)
            store.Delete();
        store.Dispose();
        _ends.Dispose();
        _over.Dispose();
    }

    private void Work()
    {
        try
        {
            Train();
            Result = TrainingFinish.Run(store, _ends.Token);
            // The folder stays for the curve and the picture as long as somebody looks at them; it is no training any more.
            store.EndTraining();
            _deletes = true;
            Over(TrainingState.Done, null);
        }
        catch (Exception error)
        {
            if (_ends.IsCancellationRequested)
                Over(TrainingState.Cancelled, _ended);
            else
                Over(TrainingState.Failed, Fault.Of(error));
        }
    }

    private void Train()
    {
        TrainingWorker worker = _worker!;
        try
        {
            while (!worker.Wait(Look))
                _ends.Token.ThrowIfCancellationRequested();
        }
        finally
        {
            lock (_guard)
            {
                _last = worker.Progress;
                _worker = null;
            }
            worker.Dispose();
        }
        if (_last.State != TrainingState.Done)
            throw new BioDLException(Status.ModelInvalid, _last.Message ?? "The training has ended.",
                $"'biodl train --resume {store.Id}' goes on from its last checkpoint.");
        lock (_guard)
            _state = TrainingState.Finishing;
    }

    private void Over(TrainingState state, BioDLException? error)
    {
        lock (_guard)
            (_state, Error) = (state, error);
        _over.Set();
    }
}
