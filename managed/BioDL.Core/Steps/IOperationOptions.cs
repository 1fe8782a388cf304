namespace BioDL.Core.Steps;

/// <summary>The name and options of one step as a description gives them, in whatever language; a step reads itself from them.</summary>
public interface IOperationOptions
{
    /// <summary>The step's name in the specification.</summary>
    string Id { get; }

    /// <summary>Format 0.4: "fixed", "per_sample" or "per_dataset"; null in 0.5.</summary>
    string? Mode { get; }

    /// <summary>The step follows the network.</summary>
    bool IsOutput { get; }

    /// <summary>null: not given.</summary>
    string? Text(string name);

    /// <summary>null: not given.</summary>
    /// <exception cref="BioDLException">It is no finite number.</exception>
    double? Number(string name);

    /// <summary>One number for all channels, or one for each; null: not given.</summary>
    IReadOnlyList<double>? Channelwise(string name);

    /// <summary>The axes over which statistics are taken together; all where it does not say.</summary>
    StatisticAxes Over();

    /// <summary>The input whose statistics are taken; null: the tensor's own.</summary>
    /// <exception cref="BioDLException">There is no such input.</exception>
    string? Reference();

    /// <exception cref="BioDLException">The option names another axis than that of the channels.</exception>
    void MustBeChannelAxis(string name, bool otherwise);

    /// <summary>An error: the option is missing.</summary>
    BioDLException Missing(string name);

    /// <summary>An error: the description contradicts its format; <paramref name="what"/> follows "the step, which ...".</summary>
    BioDLException Invalid(string what);

    /// <summary>An error: this cannot be run here.</summary>
    BioDLException Unsupported(string what);
}
