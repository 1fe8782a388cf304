using System.Text.Json;
using BioDL.Core.Normalization;

namespace BioDL.Core.Steps;

/// <summary>(x - low) / (high - low + epsilon) with low and high the values at two percentiles, by NumPy's linear definition.</summary>
/// <param name="Low">in percent</param>
/// <param name="High">in percent</param>
/// <param name="Over">where the percentiles are taken</param>
/// <param name="Epsilon">added to the range</param>
/// <param name="Reference">see <see cref="StatisticOperation"/></param>
public sealed record ScaleRange(double Low, double High, StatisticAxes Over, double Epsilon, string? Reference = null)
    : StatisticOperation(Over, Reference)
{
    internal const string Name = "scale_range";

    public override string Id => Name;

    internal override PercentilePair? Percentiles => new PercentilePair(Low, High);

    private protected override string Parameters =>
        $"{Text(Low)}% to {Text(High)}% {Scope}{(Reference is { } tensor ? $" of {tensor}" : "")}";

    internal static ScaleRange Read(IOperationOptions options)
    {
        (double low, double high) = Range(options, options.Number("min_percentile") ?? 0, options.Number("max_percentile") ?? 100);
        return new ScaleRange(low, high, options.Over(), options.Number("eps") ?? UsualEpsilon, options.Reference());
    }

    /// <exception cref="BioDLException">The percentiles are no range.</exception>
    internal static (double Low, double High) Range(IOperationOptions options, double low, double high) =>
        low >= 0 && low < high && high <= 100 ? (low, high)
        : throw options.Invalid(FormattableString.Invariant($"has the percentiles {low} and {high}, which are no range of 0 to 100"));

    internal override StatisticOperation WithPercentiles(double? low, double? high) => this with { Low = low ?? Low, High = high ?? High };

    internal override Step[] Compile(int channels, IStatisticSource statistics) =>
        [DivideStep.ByRange(Values(channels, c => statistics.Take(this, new Statistic(Over, Percentiles, Reference), c)), Epsilon)];

    public override void Say(IOperationWriter writer)
    {
        writer.Over(Over);
        writer.Number("min_percentile", Low);
        writer.Number("max_percentile", High);
        if (Epsilon != UsualEpsilon)
            writer.Number("eps", Epsilon);
        writer.Reference(Reference);
    }

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("low_percentile", Low);
        json.WriteNumber("high_percentile", High);
        json.WriteNumber("eps", Epsilon);
        if (Reference is not null)
            json.WriteString("reference", Reference);
    }
}
