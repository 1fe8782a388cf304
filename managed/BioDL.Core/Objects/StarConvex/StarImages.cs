using BioDL.Core.Images;
using BioDL.Core.Runs;

namespace BioDL.Core.Objects.StarConvex;

/// <summary>Images that a segmentation writes besides its objects, each in the caller's memory; null: not wanted.</summary>
public sealed record StarImages
{
    /// <summary>
    /// T, Z, Y, X of the image, one channel of UInt16, UInt32 or Float32. Written at the very end: background 0, label 1 the most probable
    /// object.
    /// </summary>
    public ImageView? Labels { get; init; }

    /// <summary>
    /// What the network predicts, of whole planes whatever the selection: with the sizes of <see cref="RunPlan.Outputs"/> of a plan
    /// without region. UInt8, UInt16 or Float32. Written tile by tile: undefined after a failure. Probabilities are 0 to 1.
    /// </summary>
    public ImageView? Probability { get; init; }

    /// <summary>As <see cref="Probability"/>; a channel for each ray, in pixels of the image.</summary>
    public ImageView? Distances { get; init; }

    internal bool HasMaps => Probability is not null || Distances is not null;

    /// <summary>For each output of the network the image that it goes to.</summary>
    internal ImageView?[] Maps(RunNetwork network, StarDistNetwork model)
    {
        var maps = new ImageView?[network.Outputs.Count];
        (maps[model.Prob], maps[model.Dist]) = (Probability, Distances);
        return maps;
    }
}
