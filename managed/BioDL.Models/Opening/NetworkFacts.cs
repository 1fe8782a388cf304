using BioDL.Core.Runs;
using BioDL.Graphs;
using BioDL.Graphs.Walking;

namespace BioDL.Models.Opening;

/// <summary>What the graph tells of a network, whatever its description says.</summary>
internal sealed record NetworkFacts
{
    /// <summary>
    /// What ONNX Runtime takes over the sum of live tensors, for other layouts and room that its arena cannot use. Measured as peak memory
    /// over
    /// tiles of 512 to 1024 pixels: 1.4 for the built-in network, 1.8 to 2.2 where normalisations keep it from fusing operators.
    /// </summary>
    private const double FusedOverhead = 1.4, UnfusedOverhead = 2.2;

    /// <summary>Of a U-Net with 32 channels at full size, twice; for networks without a graph.</summary>
    private const double UnknownBytesPerPixel = 4 * 32 * 2 * 4;

    /// <summary>Null where there is no graph.</summary>
    public Extent? Reach { get; init; }
    public Extent Divisor { get; init; } = new(1, 1, 1);
    public required double BytesPerPixel { get; init; }

    /// <summary>0 where there is no graph.</summary>
    public double FlopsPerPixel { get; init; }
    public IReadOnlyList<string> GlobalOperators { get; init; } = [];

    /// <summary>By the network's own names; an output that could not be followed is missing.</summary>
    public IReadOnlyDictionary<string, OutputFacts> Outputs { get; init; } = new Dictionary<string, OutputFacts>();

    public static NetworkFacts Of(LoadedNetwork network, IReadOnlyList<GraphInput> inputs) =>
        network.Graph is { } graph ? Of(graph, inputs) : new NetworkFacts { BytesPerPixel = UnknownBytesPerPixel };

    private static NetworkFacts Of(OnnxGraph graph, IReadOnlyList<GraphInput> inputs)
    {
        GraphCost cost = GraphCost.Of(graph, inputs);
        // Where the walk lost its way the reach is none.
        bool followed = cost.Outputs.Count > 0 && cost.Outputs.Values.All(output => output.Axes.Length > 0);
        return new NetworkFacts
        {
            Reach = followed ? new Extent(cost.ReachZ, cost.ReachY, cost.ReachX) : null,
            Divisor = new Extent(cost.DivisorZ, cost.DivisorY, cost.DivisorX),
            BytesPerPixel = cost.BytesPerPixel * (cost.GlobalOperators.Count > 0 ? UnfusedOverhead : FusedOverhead),
            FlopsPerPixel = cost.FlopsPerPixel, GlobalOperators = cost.GlobalOperators,
            Outputs = cost.Outputs.ToDictionary(output => output.Key,
                output => new OutputFacts(Channels(output.Value.Channels), output.Value.Axes,
                Side(output.Value.Z), Side(output.Value.Y), Side(output.Value.X))),
        };
    }

    private static SideFacts Side(GraphCost.Side side) => new(side.Pitch, side.Offset);

    private static int Channels(double channels) => channels is >= 1 and <= int.MaxValue ? (int)channels : 0;
}

/// <summary>
/// An output along one axis: its size is the input's / <paramref name="Pitch"/> + <paramref name="Offset"/>. A pitch of 0 is not known.
/// </summary>
internal readonly record struct SideFacts(double Pitch, double Offset);

/// <summary>An output of a network; channels 0 and axes "" where they are unknown.</summary>
internal readonly record struct OutputFacts(int Channels, string Axes, SideFacts Z, SideFacts Y, SideFacts X)
{
    public SideFacts Side(char letter) => letter switch { 'z' => Z, 'y' => Y, _ => X };
}
