using System.Globalization;

namespace BioDL.Core.Steps;

/// <summary>A step of processing in words, such as "scale_range (1% to 99.8% of each channel)"; for people, not to be read back.</summary>
public static class OperationText
{
    public static string Of(PixelOperation step)
    {
        string parameters = step switch
        {
            EnsureDtype it => it.DataType,
            ScaleLinear it => $"x * {Numbers(it.Gain)} + {Numbers(it.Offset)}",
            Clip it => $"{(it.Low is { } low ? Number(low) : "-inf")} to {(it.High is { } high ? Number(high) : "inf")}",
            Binarize it => $"above {Numbers(it.Threshold)}",
            ZeroMeanUnitVariance it => Scope(it.Over),
            FixedZeroMeanUnitVariance it => $"mean {Numbers(it.Mean)}, std {Numbers(it.Std)}",
            ScaleRange it => $"{Number(it.Low)}% to {Number(it.High)}% {Scope(it.Over)}{(it.Reference is { } tensor ? $" of {tensor}" : "")}",
            ScaleMeanVariance it => $"to those of {it.Reference}, {Scope(it.Over)}",
            _ => "",
        };
        return parameters.Length == 0 ? step.Id : $"{step.Id} ({parameters})";
    }

    private static string Scope(StatisticAxes over)
    {
        string channels = over.HasFlag(StatisticAxes.Channel) ? "over all channels" : "of each channel";
        return channels + (over.HasFlag(StatisticAxes.Samples) ? " of the whole series" : "");
    }

    private static string Numbers(IReadOnlyList<double> values) => string.Join(", ", values.Select(Number));

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
