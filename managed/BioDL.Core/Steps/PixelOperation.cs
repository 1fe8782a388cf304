using System.Globalization;
using System.Text.Json;

namespace BioDL.Core.Steps;

/// <summary>
/// One step between pixels and tensors, which reads, checks, compiles, prints and serialises itself; x is a value in float32. Definitions
/// of the
/// bioimage.io model specification, formats 0.4 and 0.5, and of CSBDeep. Lists have one number for all channels, or one for each. A new
/// step is
/// one record in a file of its own and one line in <see cref="OperationTable"/>.
/// </summary>
public abstract record PixelOperation
{
    /// <summary>Epsilon of both formats where a description does not say.</summary>
    internal const double UsualEpsilon = 1e-6;

    /// <summary>Its name in the specification, for messages and provenance.</summary>
    public abstract string Id { get; }

    /// <summary>It changes no value.</summary>
    internal virtual bool IsNothing => false;

    /// <summary>What it does can be undone, or loses only what lies beyond its bounds.</summary>
    internal virtual bool IsInvertible => true;

    /// <summary>Numbers for the channels.</summary>
    private protected virtual IReadOnlyList<double>[] Lists => [];

    /// <summary>Its parameters in words; empty where it has none.</summary>
    private protected virtual string Parameters => "";

    /// <summary>The step in words, such as "scale_range (1% to 99.8% of each channel)"; for people, not to be read back.</summary>
    public string Describe() => Parameters.Length == 0 ? Id : $"{Id} ({Parameters})";

    /// <summary>A list that has neither one number nor one for each channel; null: all fit.</summary>
    public IReadOnlyList<double>? Misfit(int channels) => Lists.FirstOrDefault(list => list.Count != 1 && list.Count != channels);

    /// <summary>The steps with their numbers over one plane of a tensor.</summary>
    /// <param name="channels">of the tensor</param>
    /// <param name="statistics">for numbers that come from images</param>
    internal abstract Step[] Compile(int channels, IStatisticSource statistics);

    /// <summary>Say its options, so that reading them gives the same step; its name is <see cref="Id"/>.</summary>
    public virtual void Say(IOperationWriter writer)
    {
    }

    /// <summary>Its parameters as JSON, for the provenance.</summary>
    internal virtual void Write(Utf8JsonWriter json)
    {
    }

    private protected static string Text(IEnumerable<double> values) => string.Join(", ", values.Select(Text));

    private protected static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
