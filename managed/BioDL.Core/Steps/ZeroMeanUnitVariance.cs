using System.Text.Json;

namespace BioDL.Core.Steps;

/// <summary>(x - mean) / (std + epsilon), both taken from the image; the standard deviation is that of the population.</summary>
public sealed record ZeroMeanUnitVariance(StatisticAxes Over, double Epsilon) : StatisticOperation(Over)
{
    internal const string Name = "zero_mean_unit_variance";

    public override string Id => Name;

    private protected override string Parameters => Scope;

    /// <summary>0.4 names both kinds alike and tells them apart by its mode.</summary>
    internal static PixelOperation Read(IOperationOptions options)
    {
        double epsilon = options.Number("eps") ?? UsualEpsilon;
        bool given = (options.Channelwise("mean") ?? options.Channelwise("std")) is not null;
        if (options.Mode == "fixed" || (options.Mode is null && options.Channelwise("mean") is not null))
        {
            options.Over();
            return FixedZeroMeanUnitVariance.Read(options, epsilon);
        }
        return given ? throw options.Invalid($"has mean or std, but its mode is {options.Mode}")
            : new ZeroMeanUnitVariance(options.Over(), epsilon);
    }

    internal override Step[] Compile(int channels, IStatisticSource statistics) =>
        [DivideStep.ByDeviation(Values(channels, c => statistics.Take(this, new Statistic(Over, null, null), c)), Epsilon)];

    public override void Say(IOperationWriter writer)
    {
        writer.Over(Over);
        if (Epsilon != UsualEpsilon)
            writer.Number("eps", Epsilon);
    }

    internal override void Write(Utf8JsonWriter json) => json.WriteNumber("eps", Epsilon);
}
