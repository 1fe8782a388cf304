namespace BioDL.Core.Running;

/// <summary>What a call is doing. The numbers are those of <c>BIODL_STAGE_*</c>.</summary>
public enum Stage
{
    Prepare = 1,
    Statistics = 2,
    Network = 3,
    Suppress = 4,
    Render = 5,

    /// <summary>Bringing a model; done and total count bytes.</summary>
    Download = 6,

    /// <summary>A model's own test tensors, or its files.</summary>
    Verify = 7,
}

/// <summary>How far a call is. <see cref="Done"/> counts tiles over all planes.</summary>
public readonly record struct Progress(Stage Stage, long Done, long Total, int Frame, int Slice, double Fraction)
{
    /// <summary>Estimated from the tiles done; negative: not known yet.</summary>
    public double SecondsLeft { get; init; } = -1;
}

/// <summary>Called on the thread that made the call, never while a plane is locked. Return false to cancel.</summary>
public delegate bool ProgressHandler(in Progress progress);
