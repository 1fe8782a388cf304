using BioDL.Core.Training;
using BioDL.Training.Losses;
using BioDL.Training.Patches;
using static TorchSharp.torch;

namespace BioDL.Training.Methods;

/// <summary>
/// A network fitted to the images themselves, without a clean one. As in FM2S (arXiv 2412.10031) noise of the images' own kind is added
/// to them; the target is not their median, which is blurred, but the same image with that noise subtracted in proportion: then the
/// noises of input and target are independent, and what the network learns is what it would learn from the clean image
/// (Recorrupted-to-Recorrupted, Pang et al., CVPR 2021). How strong the noise is at each value is taken from the images
/// (<see cref="NoiseEstimate"/>).
/// </summary>
/// <remarks>Targets: the image without the noise's share, and weights that let noisy pixels count no more than others.</remarks>
internal sealed class DenoiseImage : Method
{
    /// <summary>Share of the noise that is added to the input; the target gets its inverse.</summary>
    private const double Share = 0.5;

    /// <summary>Of the square whose mean tells what a pixel was expected to be: noise must not choose its own strength.</summary>
    private const int MeanRadius = 2;

    /// <summary>Variance, in normalised values, that is fallen below nowhere: that of an 8-bit step in a fortieth of the range.</summary>
    private const double LeastVariance = 1e-8;

    private readonly Dictionary<TrainingSample, NoiseModel[]> _noise;

    /// <param name="job">its samples are looked at</param>
    /// <param name="folder">of the training, with their arrays</param>
    public DenoiseImage(TrainingJob job, string folder)
        : base(job) => _noise = job.Samples.ToDictionary(sample => sample, sample => Estimate(folder, sample),
            (IEqualityComparer<TrainingSample>)ReferenceEqualityComparer.Instance);

    public override Batch Make(IReadOnlyList<Patch> patches, PatchRandom random, bool training)
    {
        int channels = patches[0].Channels;
        Dictionary<Patch, (float[] Target, float[] Weight)> made = patches.ToDictionary(patch => patch, patch => Recorrupt(patch, random));
        return new(Batch.Stack(patches, channels, patch => patch.Input),
            [
                Batch.Stack(patches, channels, patch => made[patch].Target), Batch.Stack(patches, channels, patch => made[patch].Weight),
            ], patches);
    }

    public override Loss Loss(Tensor[] heads, Batch batch) => new(PixelLosses.Squared(heads[0], batch.Targets[0], batch.Targets[1]));

    private (float[] Target, float[] Weight) Recorrupt(Patch patch, PatchRandom random)
    {
        float[] values = patch.Input, target = new float[values.Length], weight = new float[values.Length];
        float[] means = BoxMean.Of(values, patch.Size[^2], patch.Size[^1], MeanRadius);
        for (int i = 0; i < values.Length; i++)
        {
            NoiseModel model = _noise[patch.Sample][i / patch.Pixels];
            double variance = model.Variance(means[i], Least(model)), noise = Math.Sqrt(variance) * random.Normal();
            target[i] = (float)(values[i] - noise / Share);
            values[i] = (float)(values[i] + noise * Share);
            weight[i] = (float)(Least(model) / variance);
        }
        return (target, weight);
    }

    /// <summary>A twentieth of the variance at half the range: the line may fall below 0 where there are no values.</summary>
    private static double Least(NoiseModel model) => Math.Max(0.05 * model.Variance(0.5, 0), LeastVariance);

    private static NoiseModel[] Estimate(string folder, TrainingSample sample)
    {
        using SampleArray array = new(folder, sample.Input);
        return [.. Enumerable.Range(0, array.Channels).Select(channel => NoiseEstimate.Of(NoiseTiles.Of(array, channel), NoiseTiles.Side))];
    }
}
