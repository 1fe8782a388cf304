using System.Text.Json;

namespace BioDL.Core.Steps;

/// <summary>(x - mean) / (std + epsilon) with given numbers; Noise2Void's normalisation has epsilon 0.</summary>
public sealed record FixedZeroMeanUnitVariance(IReadOnlyList<double> Mean, IReadOnlyList<double> Std, double Epsilon) : PixelOperation
{
    internal const string Name = "fixed_zero_mean_unit_variance";

    public override string Id => Name;

    private protected override IReadOnlyList<double>[] Lists => [Mean, Std];

    private protected override string Parameters => $"mean {Text(Mean)}, std {Text(Std)}";

    internal static FixedZeroMeanUnitVariance Read(IOperationOptions options, double epsilon)
    {
        IReadOnlyList<double> mean = options.Channelwise("mean") ?? throw options.Missing("mean"), std = options.Channelwise("std")
            ?? throw options.Missing("std");
        if (std.Any(value => !(value > 0)))
            throw options.Invalid("has a standard deviation that is not above 0");
        return new FixedZeroMeanUnitVariance(mean, std, epsilon);
    }

    internal override Step[] Compile(int channels, IStatisticSource statistics)
    {
        double At(IReadOnlyList<double> list, int channel) => list[list.Count == 1 ? 0 : channel];
        return [DivideStep.ByDeviation([.. Enumerable.Range(0, Math.Max(Mean.Count, Std.Count)).Select(c => (At(Mean, c), At(Std, c)))],
            Epsilon)];
    }

    public override void Say(IOperationWriter writer)
    {
        // The format knows no other epsilon, so what is missing of it is added to the deviation.
        writer.Channelwise("mean", Mean);
        writer.Channelwise("std", Epsilon == UsualEpsilon ? Std : [.. Std.Select(std => std + Epsilon - UsualEpsilon)]);
    }

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteNumbers("mean", Mean);
        json.WriteNumbers("std", Std);
        json.WriteNumber("eps", Epsilon);
    }
}
