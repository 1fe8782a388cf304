namespace BioDL.Core.Steps;

/// <summary>
/// Takes the options of one step as a description of format 0.5 has them, in whatever language: the counterpart of
/// <see cref="IOperationOptions"/>. What a step says here is what it is read from.
/// </summary>
public interface IOperationWriter
{
    void Text(string name, string value);

    void Number(string name, double value);

    /// <summary>One number for all channels, or one for each.</summary>
    void Channelwise(string name, IReadOnlyList<double> values);

    /// <summary>The axes over which statistics are taken together.</summary>
    void Over(StatisticAxes axes);

    /// <summary>The input whose statistics are taken; null: the tensor's own, of which nothing is said.</summary>
    void Reference(string? tensor);

    /// <summary>The step works along the channels.</summary>
    void ChannelAxis();
}
