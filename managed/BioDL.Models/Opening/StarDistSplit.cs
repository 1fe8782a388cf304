using BioDL.Graphs;
using BioDL.Graphs.Editing;
using BioDL.Graphs.Files;
using BioDL.Models.Readers;

namespace BioDL.Models.Opening;

/// <summary>
/// Gives a StarDist network that was exported with one output its two outputs back: prob and dist, each on the network's own grid. See
/// <see cref="JoinedStars"/> for what such an export looks like. The one output stays there beside them.
/// </summary>
internal sealed class StarDistSplit
{
    private const int FewestRays = 3;
    private readonly string _output;
    private readonly OutputPart[] _parts;
    private readonly string _axes;
    private readonly int _rays;

    private StarDistSplit(string output, string axes, int rays, JoinedStars joined)
    {
        (_output, _axes, _rays) = (output, axes, rays);
        var grid = joined.Grid;
        OutputPart Part(string name, long from, long to) => new(name, [.. axes.Select(axis => axis == 'c' ? from : 0)],
            [.. axes.Select(axis => axis == 'c' ? to : long.MaxValue)],
            [.. axes.Select(axis => axis switch { 'z' => grid.Z, 'y' => grid.Y, 'x' => grid.X, _ => 1L })]);
        _parts = [Part("prob", joined.Prob, joined.Prob + 1), Part("dist", joined.Dist, joined.Dist + rays)];
    }

    /// <summary>How to cut a network; null when it is not of this kind.</summary>
    /// <param name="network">what is known of it</param>
    /// <param name="draft">what its description says; null where it says nothing of stars</param>
    /// <param name="axes">of its only output</param>
    /// <param name="errors">for messages</param>
    public static StarDistSplit? Of(LoadedNetwork network, StarDistDraft? draft, string? axes, DescriptionErrors errors)
    {
        if (network.Outputs.Count != 1 || network.Graph is not { } graph)
            return null;
        NetworkTensor output = network.Outputs[0];
        JoinedStars? joined = JoinedStars.Of(graph, output.Name);
        axes = output.Axes ?? axes ?? Guess(output.Shape, draft?.Rays ?? joined?.Rays);
        int? channels = output.Channels ?? (int?)output.Shape?.ElementAtOrDefault(axes.IndexOf('c'));
        int rays = draft?.Rays ?? joined?.Rays ?? (channels ?? 0) - 1;
        if (rays < FewestRays || !axes.Contains('c') || (draft is null && (joined is null || !IsRayCount(rays))))
            return null;
        if (channels is { } found && found < rays + 1)
            throw errors.Invalid($"describes {rays} rays, but its network has {output} with {found} channels");
        return new StarDistSplit(output.Name, axes, rays, joined ?? new JoinedStars((1, 1, 1), 0, 1, rays));
    }

    /// <summary>Channels come first, unless the last size alone can hold the probability and the rays.</summary>
    private static string Guess(IReadOnlyList<long?>? shape, int? rays)
    {
        bool Holds(long? size) => size > FewestRays && (rays is not { } known || size >= known + 1);
        bool last = shape is { Count: 4 } && Holds(shape[3]) && (!Holds(shape[1]) || shape[3] == rays + 1 && shape[1] != rays + 1);
        return last ? "byxc" : "bcyx";
    }

    public byte[] Cut(byte[] onnx, OnnxGraph graph) => OutputParts.Of(onnx, graph, _output, _parts);

    /// <summary>The network with the two outputs beside its one.</summary>
    public LoadedNetwork Cut(LoadedNetwork network, byte[] onnx, string name)
    {
        OnnxGraph whole = network.Graph!;
        Func<byte[]> read = network.Read;
        return network with
        {
            Graph = OnnxReader.Read(Cut(onnx, whole), name),
            Read = () => Cut(read(), whole),
            Stars = [new NetworkTensor("prob", null) { Axes = _axes, Channels = 1 },
                new NetworkTensor("dist", null) { Axes = _axes, Channels = _rays }],
        };
    }

    /// <summary>Numbers that StarDist models have; without a description, other numbers of channels may mean anything.</summary>
    private static bool IsRayCount(int rays) => rays is 32 or 64 or 96 or 128 || (rays >= 16 && int.IsPow2(rays));
}
