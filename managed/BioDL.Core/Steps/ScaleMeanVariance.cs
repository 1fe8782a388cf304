using System.Text.Json;

namespace BioDL.Core.Steps;

/// <summary>(x - mean) / (std + epsilon) * (reference's std + epsilon) + reference's mean.</summary>
/// <param name="Over">where both are taken</param>
/// <param name="Epsilon">added to the standard deviations</param>
/// <param name="Reference">id of an input tensor, as it was before its preprocessing</param>
public sealed record ScaleMeanVariance(StatisticAxes Over, double Epsilon, string Reference) : StatisticOperation(Over, Reference)
{
    internal const string Name = "scale_mean_variance";

    public override string Id => Name;

    internal override bool NeedsOwnStatistics => true;

    private protected override string Parameters => $"to those of {Reference}, {Scope}";

    internal static ScaleMeanVariance Read(IOperationOptions options) => options.IsOutput
        ? new ScaleMeanVariance(options.Over(), options.Number("eps") ?? UsualEpsilon,
            options.Reference() ?? throw options.Missing("reference_tensor"))
        : throw options.Unsupported("is no preprocessing");

    internal override Step[] Compile(int channels, IStatisticSource statistics)
    {
        var own = Values(channels, c => statistics.Take(this, new Statistic(Over, null, null), c));
        var other = Values(channels, c => statistics.Take(this, new Statistic(Over, null, Reference), c));
        return [DivideStep.ByDeviation(own, Epsilon),
            new MultiplyStep([.. other.Select(it => it.Second + Epsilon)], [.. other.Select(it => it.First)])];
    }

    public override void Say(IOperationWriter writer)
    {
        writer.Over(Over);
        if (Epsilon != UsualEpsilon)
            writer.Number("eps", Epsilon);
        writer.Reference(Reference);
    }

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("eps", Epsilon);
        json.WriteString("reference", Reference);
    }
}
