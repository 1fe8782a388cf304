using BioDL.Core.Training;
using BioDL.Training.Losses;
using BioDL.Training.Patches;
using static TorchSharp.torch;

namespace BioDL.Training.Methods;

/// <summary>
/// Noise2Void (Krull 2019) and Noise2Void 2 (Höck 2022): the network tells hidden pixels from their neighbours, and what cannot be told is
/// noise. Targets: the values as they were, and a mask of the hidden pixels.
/// </summary>
internal sealed class Noise2Void(TrainingJob job) : Method(job)
{
    public override Batch Make(IReadOnlyList<Patch> patches, PatchRandom random, bool training)
    {
        int channels = patches[0].Channels;
        Tensor values = Batch.Stack(patches, channels, patch => patch.Input);
        Tensor mask = Batch.Stack(patches, channels, patch => BlindSpots.Hide(patch.Input, patch.Size, Job.Noise2Void, random));
        return new(Batch.Stack(patches, channels, patch => patch.Input), [values, mask], patches);
    }

    public override Loss Loss(Tensor[] heads, Batch batch) => new(PixelLosses.Squared(heads[0], batch.Targets[0], batch.Targets[1]));
}
