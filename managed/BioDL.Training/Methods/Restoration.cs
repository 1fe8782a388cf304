using BioDL.Core.Training;
using BioDL.Training.Patches;
using TorchSharp;
using static TorchSharp.torch;

namespace BioDL.Training.Methods;

/// <summary>Supervised restoration of pairs: the squared difference between output and target.</summary>
internal sealed class Restoration(TrainingJob job) : Method(job)
{
    public override Batch Make(IReadOnlyList<Patch> patches, PatchRandom random, bool training) =>
        new(Batch.Stack(patches, patches[0].Channels, patch => patch.Input),
            [Batch.Stack(patches, patches[0].TargetChannels, patch => patch.Target!)], patches);

    public override Loss Loss(Tensor[] heads, Batch batch) => new(nn.functional.mse_loss(heads[0], batch.Targets[0]));

    public override IReadOnlyList<(string Name, double Value)> Validate(Tensor[] heads, Batch batch)
    {
        using Tensor error = nn.functional.mse_loss(heads[0], batch.Targets[0]);
        // Normalised images have a range of about 1.
        return [("psnr", -10 * Math.Log10(Math.Max(error.ToSingle(), 1e-12)))];
    }
}
