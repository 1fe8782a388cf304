using System.Text.Json;
using BioDL.Core.Normalization;

namespace BioDL.Core.Steps;

/// <summary>min(max(x, low), high); null: no bound.</summary>
public sealed record Clip(double? Low, double? High) : PixelOperation
{
    internal const string Name = "clip";

    public override string Id => Name;

    internal override bool IsNothing => Low is null && High is null;

    private protected override string Parameters => $"{(Low is { } low ? Text(low) : "-inf")} to {(High is { } high ? Text(high) : "inf")}";

    internal override Step[] Compile(int channels, IStatisticSource statistics) =>
        IsNothing ? [] : [new ClampStep([(float)(Low ?? double.NegativeInfinity)], [(float)(High ?? double.PositiveInfinity)])];

    public override void Say(IOperationWriter writer)
    {
        if (Low is { } low)
            writer.Number("min", low);
        if (High is { } high)
            writer.Number("max", high);
    }

    internal override void Write(Utf8JsonWriter json)
    {
        if (Low is { } low)
            json.WriteNumber("min", low);
        if (High is { } high)
            json.WriteNumber("max", high);
    }
}

/// <summary>min(max(x, low), high) with the values of the tensor itself at two percentiles, by NumPy's linear definition.</summary>
/// <param name="Low">in percent; 0 bounds nothing</param>
/// <param name="High">in percent; 100 bounds nothing</param>
/// <param name="Over">where the percentiles are taken</param>
public sealed record ClipRange(double Low, double High, StatisticAxes Over) : StatisticOperation(Over)
{
    public override string Id => Clip.Name;

    private protected override string Parameters => $"{Text(Low)}% to {Text(High)}% {Scope}";

    /// <summary>Bounds by number, by percentile, or one of each.</summary>
    internal static IEnumerable<PixelOperation> Read(IOperationOptions options)
    {
        double? low = options.Number("min"), high = options.Number("max"), lowest = options.Number("min_percentile"),
        highest = options.Number("max_percentile");
        if ((low ?? lowest ?? high ?? highest) is null || (low is not null && lowest is not null)
            || (high is not null && highest is not null))
            throw options.Invalid("needs one of min and min_percentile, or one of max and max_percentile, or one of each");
        if (low > high)
            throw options.Invalid(FormattableString.Invariant($"has the bounds {low} and {high}"));
        if (lowest is null && highest is null)
            return [new Clip(low, high)];
        // The percentiles are those of the tensor as it comes, so a bound by number is applied after them.
        (double least, double most) = ScaleRange.Range(options, lowest ?? 0, highest ?? 100);
        var range = new ClipRange(least, most, options.Over());
        return low is null && high is null ? [range] : [range, new Clip(low, high)];
    }

    internal override Step[] Compile(int channels, IStatisticSource statistics)
    {
        var values = Values(channels, c => statistics.Take(this, new Statistic(Over, new PercentilePair(Low, High), null), c));
        return [new ClampStep([.. values.Select(own => (float)own.First)], [.. values.Select(own => (float)own.Second)])];
    }

    public override void Say(IOperationWriter writer)
    {
        writer.Over(Over);
        writer.Number("min_percentile", Low);
        writer.Number("max_percentile", High);
    }

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("low_percentile", Low);
        json.WriteNumber("high_percentile", High);
    }
}
