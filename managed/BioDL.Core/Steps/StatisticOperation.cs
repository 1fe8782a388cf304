using BioDL.Core.Normalization;

namespace BioDL.Core.Steps;

/// <summary>
/// The axes over which a statistic is taken together; along the others each index has its own. Y and X are always among them.
/// </summary>
[Flags]
public enum StatisticAxes
{
    /// <summary>Over y and x: one plane of one channel.</summary>
    Plane = 0,
    Channel = 1,
    Slices = 2,

    /// <summary>
    /// Over all samples (frames; for a network without z also slices) of the image: bioimage.io's per-dataset statistics.
    /// </summary>
    Samples = 4,
}

/// <summary>A step whose numbers are taken from a tensor.</summary>
/// <param name="Over">where they are taken</param>
/// <param name="Reference">null: from the tensor itself; else the id of an input, as it was before its own processing</param>
public abstract record StatisticOperation(StatisticAxes Over, string? Reference = null) : PixelOperation
{
    /// <summary>It cannot be compiled before the whole of the tensor itself is there.</summary>
    internal virtual bool NeedsOwnStatistics => Reference is null;

    /// <summary>Percentiles that the caller of a run may replace, by others or by values; null: none.</summary>
    internal virtual PercentilePair? Percentiles => null;

    /// <summary>The same step with other percentiles, where it has such; null: its own.</summary>
    internal virtual StatisticOperation WithPercentiles(double? low, double? high) => this;

    /// <summary>The step's numbers: of each channel, or over all of them.</summary>
    private protected static (double First, double Second)[] Values(int channels, Func<int, (double, double)> take) =>
        [.. Enumerable.Range(0, channels).Select(take)];

    private protected string Scope => (Over.HasFlag(StatisticAxes.Channel) ? "over all channels" : "of each channel")
        + (Over.HasFlag(StatisticAxes.Samples) ? " of the whole series" : "");
}

/// <summary>What is taken from a tensor: the values at two percentiles, or without them mean and standard deviation.</summary>
internal readonly record struct Statistic(StatisticAxes Over, PercentilePair? Percentiles, string? Reference);

/// <summary>Where the numbers of operations that depend on images come from.</summary>
internal interface IStatisticSource
{
    /// <summary>One statistic.</summary>
    /// <param name="operation">whose it is</param>
    /// <param name="statistic">what is taken</param>
    /// <param name="channel">of the tensor</param>
    /// <returns>low and high, or mean and standard deviation (of the population)</returns>
    (double First, double Second) Take(StatisticOperation operation, Statistic statistic, int channel);
}
