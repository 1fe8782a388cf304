namespace BioDL.Core.Training;

public enum TrainingState
{
    /// <summary>Another training runs; this one begins after it.</summary>
    Queued = 0,

    /// <summary>Images are read and statistics taken.</summary>
    Preparing = 1,
    Training = 2,

    /// <summary>A run that the user started has the cores.</summary>
    Yielding = 3,

    /// <summary>Thresholds, test tensors and report are made.</summary>
    Finishing = 4,
    Done = 5,
    Cancelled = 6,
    Failed = 7,
}

/// <summary>How far a training is. One line of curve.jsonl a validation, and what a host shows.</summary>
public sealed record TrainingProgress
{
    public TrainingState State { get; init; }

    /// <summary>Done, of <see cref="Steps"/>.</summary>
    public int Step { get; init; }
    public int Steps { get; init; }

    /// <summary>Mean since the last line; NaN is never written: null before the first step.</summary>
    public double? Loss { get; init; }

    /// <summary>Of the validation set; null on lines between validations.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>Parts of the loss and figures by name, such as "val_prob", "val_dist", "val_psnr".</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();
    public double Rate { get; init; }
    public double Seconds { get; init; }
    public double SecondsLeft { get; init; }

    /// <summary>How many snapshots this worker has written to <see cref="TrainingFiles.Weights"/>.</summary>
    public int Snapshots { get; init; }

    /// <summary>Resident, of the worker.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>What happened, such as a smaller batch or a return to the last good state; null: nothing.</summary>
    public string? Message { get; init; }
}
