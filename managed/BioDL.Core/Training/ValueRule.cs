namespace BioDL.Core.Training;

public enum ValueRuleKind
{
    AsIs = 0,

    /// <summary>(v - low) / (high - low), low and high being percentiles of the whole image.</summary>
    Percentiles = 1,

    /// <summary>(v - mean) / standard deviation, both of the whole image.</summary>
    MeanDeviation = 2,
}

/// <summary>How the values of an image are normalised: over the whole image (plane or volume) that the network is run on.</summary>
/// <param name="Kind">by what</param>
/// <param name="Low">in percent</param>
/// <param name="High">in percent</param>
/// <param name="Joint">all channels together, as for stained brightfield; else each by itself</param>
public sealed record ValueRule(ValueRuleKind Kind, double Low = 0, double High = 100, bool Joint = false);
