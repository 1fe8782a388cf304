using BioDL.Core.Training;
using BioDL.Engines;
using BioDL.Graphs.UNets;

namespace BioDL.Models.Training.Preparing;

/// <summary>How long a training takes, from the work of its steps: within a factor of two on processors with AVX2.</summary>
internal static class TrainingTime
{
    /// <summary>What libtorch does on one core with the convolutions of U-Nets, forward and backward.</summary>
    private const double FlopsPerCoreSecond = 60e9;

    /// <summary>Of a step beside its convolutions.</summary>
    private const double SecondsPerStep = 0.004;

    /// <summary>Start of the worker, preparing and finishing.</summary>
    private const double Seconds = 3;

    /// <param name="cost">of a step</param>
    /// <param name="schedule">of the training</param>
    /// <param name="threads">0: all cores</param>
    public static double Minutes(UNetCost cost, ScheduleOptions schedule, int threads)
    {
        // A step of validation for every ten of training.
        int cores = threads > 0 ? Math.Min(threads, Processor.Cores) : Processor.Cores;
        double seconds = Seconds + 1.05 * schedule.Steps * (cost.Flops / FlopsPerCoreSecond / cores + SecondsPerStep);
        return schedule.Minutes > 0 ? Math.Min(schedule.Minutes, seconds / 60) : seconds / 60;
    }
}
