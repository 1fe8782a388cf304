namespace BioDL.Core.Runs;

/// <summary>What became of the outputs, whose pixels are in the caller's images, and the account of the run.</summary>
public sealed record RunResult
{
    /// <summary>For each output the values that were beyond its pixel type and became the nearest one.</summary>
    public required IReadOnlyList<long> Clipped { get; init; }

    /// <summary>For each output the values that were NaN or infinite and became 0.</summary>
    public required IReadOnlyList<long> NotFinite { get; init; }
    public required Account Account { get; init; }
}
