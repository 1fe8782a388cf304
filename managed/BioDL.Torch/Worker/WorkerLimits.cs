using System.Globalization;

namespace BioDL.Torch.Worker;

/// <summary>What TorchScript of others may take.</summary>
internal sealed record WorkerLimits
{
    public const string SecondsVariable = "BIODL_TORCH_SECONDS", MemoryVariable = "BIODL_TORCH_MEMORY";

    private const double DefaultSeconds = 600, MeasureSeconds = 60, MemoryShare = 0.75;
    private const long LeastMemory = 1L << 30;

    /// <summary>One run of a network.</summary>
    public required TimeSpan Run { get; init; }

    /// <summary>One run on a small image, when a network is measured.</summary>
    public required TimeSpan Measure { get; init; }

    /// <summary>Loading a network: on the processor, and by the clock.</summary>
    public int LoadProcessorSeconds { get; init; } = 60;

    public TimeSpan Load { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Loading libtorch, also from a slow disk.</summary>
    public TimeSpan Start { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Bytes beyond those that libtorch itself takes.</summary>
    public required long Memory { get; init; }

    /// <summary>
    /// As the environment says: BIODL_TORCH_SECONDS for a run (600; at most 60 for each run of a measurement) and BIODL_TORCH_MEMORY in MiB
    /// (three quarters of
    /// what the machine has).
    /// </summary>
    public static WorkerLimits FromEnvironment()
    {
        double seconds = Number(SecondsVariable) ?? DefaultSeconds;
        long all = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return new WorkerLimits
        {
            Run = TimeSpan.FromSeconds(seconds), Measure = TimeSpan.FromSeconds(Math.Min(seconds, MeasureSeconds)),
            Memory = Number(MemoryVariable) is { } mebibytes ? (long)(mebibytes * (1 << 20))
                : Math.Max((long)(all * MemoryShare), LeastMemory),
        };
    }

    private static double? Number(string variable) =>
        double.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out double value) && value > 0 ? value : null;
}
