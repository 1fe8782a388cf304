namespace BioDL.TensorFlow;

/// <summary>An input as a description of the network has it.</summary>
/// <param name="Name">of the input; it may be another than the graph's</param>
/// <param name="Axes">one letter an axis, outermost first, such as "byxc"</param>
public sealed record DescribedInput(string Name, string Axes);

/// <summary>What is said of a network beside its graph; all of it may be empty.</summary>
public sealed record ImportWishes
{
    /// <summary>
    /// Operations of TensorFlow's graph, or outputs of its signature, to be the outputs; empty for those of its signature, or else for all
    /// ends of the graph.
    /// </summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Names of outputs that count where the graph has no signature and knows them all.</summary>
    public IReadOnlyList<string> Named { get; init; } = [];

    /// <summary>Axes that count where no operator of the graph tells them.</summary>
    public IReadOnlyList<DescribedInput> Inputs { get; init; } = [];
}
