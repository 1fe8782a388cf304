using System.Text.Json;

namespace BioDL.Core.Steps;

/// <summary>1 where x > threshold, else 0.</summary>
public sealed record Binarize(IReadOnlyList<double> Threshold) : PixelOperation
{
    internal const string Name = "binarize";

    public override string Id => Name;

    internal override bool IsInvertible => false;

    private protected override IReadOnlyList<double>[] Lists => [Threshold];

    private protected override string Parameters => $"above {Text(Threshold)}";

    internal static Binarize Read(IOperationOptions options) => new(options.Channelwise("threshold") ?? throw options.Missing("threshold"));

    internal override Step[] Compile(int channels, IStatisticSource statistics) => [new AboveStep([.. Threshold])];

    public override void Say(IOperationWriter writer) => writer.Channelwise("threshold", Threshold);

    internal override void Write(Utf8JsonWriter json) => json.WriteNumbers("threshold", Threshold);
}
