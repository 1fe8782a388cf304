using System.Text.Json;

namespace BioDL.Core.Steps;

/// <summary>x * gain + offset.</summary>
public sealed record ScaleLinear(IReadOnlyList<double> Gain, IReadOnlyList<double> Offset) : PixelOperation
{
    internal const string Name = "scale_linear";

    public override string Id => Name;

    private protected override IReadOnlyList<double>[] Lists => [Gain, Offset];

    private protected override string Parameters => $"x * {Text(Gain)} + {Text(Offset)}";

    internal static ScaleLinear Read(IOperationOptions options) =>
        new(options.Channelwise("gain") ?? [1], options.Channelwise("offset") ?? [0]);

    internal override Step[] Compile(int channels, IStatisticSource statistics) => [new MultiplyStep([.. Gain], [.. Offset])];

    public override void Say(IOperationWriter writer)
    {
        writer.Channelwise("gain", Gain);
        writer.Channelwise("offset", Offset);
    }

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteNumbers("gain", Gain);
        json.WriteNumbers("offset", Offset);
    }
}
