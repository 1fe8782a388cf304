using BioDL.Core.Runs;

namespace BioDL.Models.Opening;

/// <summary>The smallest tensors that a network takes and gives.</summary>
internal static class NetworkShapes
{
    public static long[][] Inputs(RunNetwork network) =>
        [.. network.Inputs.Select(input => Shape(input.Axes, input.Channels, input.Z.Min, input.Y.Min, input.X.Min))];

    public static long[][] Outputs(RunNetwork network) => [.. network.Outputs.Select(output =>
    {
        InputTensor input = network.Inputs.First(candidate => candidate.Name == output.Reference);
        return Shape(output.Axes, output.Channels, Size(output.Z, input.Z), Size(output.Y, input.Y), Size(output.X, input.X));
    })];

    private static long Size(AxisLink link, AxisSizes input) => Math.Max((long)Math.Floor(input.Min * link.Scale + link.Offset + 1e-9), 1);

    private static long[] Shape(string axes, long channels, long z, long y, long x) =>
        [.. axes.Select(axis => axis switch { 'c' => channels, 'z' => z, 'y' => y, 'x' => x, _ => 1 })];
}
