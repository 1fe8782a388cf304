using BioDL.Core;
using BioDL.Core.Training;
using BioDL.Graphs.Files;

namespace BioDL.Graphs.UNets;

/// <summary>Names in a file.</summary>
public sealed record UNetFile
{
    /// <summary>The network's input.</summary>
    public string Input { get; init; } = "input";

    /// <summary>What made the file.</summary>
    public string Producer { get; init; } = "BioDL";
}

/// <summary>
/// Writes a network as an ONNX file: input (batch, channels, (z,) y, x) of free sizes that are multiples of
/// <see cref="UNetTopology.Divisor"/>, outputs by the heads' names with their activations; weights by the names of
/// <see cref="UNetParameters"/>, batch norms folded into the convolutions before them.
/// </summary>
public static class UNetOnnx
{
    /// <param name="net">any member of the family</param>
    /// <param name="weights">row-major values by the names of <see cref="UNetParameters"/></param>
    /// <param name="file">names in it</param>
    /// <returns>the bytes of the file</returns>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: the description is no member of the family, or the weights do
    /// not fit it.</exception>
    public static byte[] Write(UNet net, IReadOnlyDictionary<string, float[]> weights, UNetFile? file = null)
    {
        file ??= new UNetFile();
        UNetParameters.Check(net, weights);
        var maker = new UNetDraftMaker(net, weights);
        string[] axes = net.Dimensions == 2 ? ["y", "x"] : ["z", "y", "x"];
        maker.Draft.Inputs.Add(new DraftTensor(file.Input, ["batch", (long)net.Channels, .. axes]));
        string[] heads = UNetTopology.Build(net, file.Input, maker);
        object[] sizes = [.. axes.Zip(net.Grid, (axis, step) => step == 1 ? axis : $"{axis}/{step}")];
        for (int i = 0; i < heads.Length; i++)
        {
            UNetHead head = net.Heads[i];
            maker.Finish(heads[i], head);
            maker.Draft.Outputs.Add(new DraftTensor(head.Name, ["batch", (long)head.Channels, .. sizes]));
        }
        return OnnxWriter.Write(maker.Draft, file.Producer);
    }
}
