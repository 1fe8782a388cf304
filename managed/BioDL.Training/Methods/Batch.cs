using BioDL.Training.Patches;
using static TorchSharp.torch;

namespace BioDL.Training.Methods;

/// <summary>What one step computes with. Made on another thread than the one that uses it; its tensors end with it.</summary>
/// <param name="Input">b, c, (z,) y, x</param>
/// <param name="Targets">what the method's loss compares with, in an order of its own</param>
/// <param name="Patches">they were made from, one an entry of b</param>
internal sealed record Batch(Tensor Input, IReadOnlyList<Tensor> Targets, IReadOnlyList<Patch> Patches) : IDisposable
{
    /// <summary>Arrays of patches of one size as one tensor: b, c, (z,) y, x.</summary>
    public static Tensor Stack(IReadOnlyList<Patch> patches, int channels, Func<Patch, float[]> values)
    {
        int each = channels * patches[0].Pixels;
        float[] all = new float[each * patches.Count];
        for (int i = 0; i < patches.Count; i++)
            values(patches[i]).CopyTo(all, i * each);
        return tensor(all, [patches.Count, channels, .. patches[0].Size.Select(size => (long)size)]);
    }

    public void Dispose()
    {
        Input.Dispose();
        foreach (Tensor target in Targets)
            target.Dispose();
    }
}
