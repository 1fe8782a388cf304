namespace BioDL.Training.Loop;

/// <summary>What is asked of a training while it runs. Safe for concurrent use: one thread tells, another trains.</summary>
internal sealed class TrainingControl
{
    private readonly ManualResetEventSlim _goes = new(true);
    private volatile bool _stops, _snapshot, _less;

    /// <summary>End with the best state.</summary>
    public bool Stops => _stops;

    public bool IsPaused => !_goes.IsSet;

    /// <param name="command">pause, go, stop, snapshot or less; others are left, since a newer library may know more</param>
    public void Tell(string command)
    {
        switch (command)
        {
            case "pause":
                _goes.Reset();
                break;
            case "go":
                _goes.Set();
                break;
            case "stop":
                _stops = true;
                _goes.Set();
                break;
            case "snapshot":
                _snapshot = true;
                break;
            case "less":
                _less = true;
                break;
        }
    }

    /// <summary>Wait until it goes on.</summary>
    public void WaitToGo() => _goes.Wait();

    /// <summary>Whether a snapshot was asked for since the last call.</summary>
    public bool TakeSnapshot() => Interlocked.Exchange(ref _snapshot, false);

    /// <summary>Whether the process before this one ended for lack of memory, so that a step is to take less; said once.</summary>
    public bool TakeLess() => Interlocked.Exchange(ref _less, false);
}
