using System.Globalization;
using BioDL.Core.Training;
using BioDL.Graphs.UNets;
using BioDL.Models.Writing;

namespace BioDL.Models.Training.Finishing;

/// <summary>A training's settings in words: for the model card and the report.</summary>
/// <param name="job">whose</param>
internal sealed class JobWords(TrainingJob job)
{
    private long Weights => UNetParameters.Of(job.Network).Where(parameter => parameter.IsTrained).Sum(parameter => (long)parameter.Count);

    private string Architecture => string.Create(CultureInfo.InvariantCulture,
        $"U-Net, {job.Network.Dimensions}D, depth {job.Network.Depth}, {job.Network.Filters} filters, {job.Network.Convolutions} "
            + $"convolutions a "
        + $"level, grid {string.Join(" x ", job.Network.Grid)}");

    private string Augmentation
    {
        get
        {
            AugmentationOptions options = job.Augmentation;
            (string Name, double Value)[] all =
            [
                ("flips", options.Flips ? 1 : 0), ("turns", options.Turns ? 1 : 0), ("elastic", options.Elastic), ("scale", options.Scale),
                ("gain", options.Gain), ("offset", options.Offset), ("blur", options.Blur), ("noise", options.Noise),
                ("stain", options.Stain),
                ("simulated noise", options.SimulatedNoise),
            ];
            return string.Join(", ", all.Where(one => one.Value > 0)
                .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Name} {one.Value:0.###}")));
        }
    }

    /// <param name="seconds">of training</param>
    public TrainingCard Card(double seconds) => new()
    {
        Architecture = Architecture, Parameters = Weights, Optimizer = "AdamW", Loss = Loss,
        Schedule = $"{job.Schedule.WarmUp} steps of warm-up, then a cosine to a hundredth", BatchSize = job.Patches.Batch,
        Rate = job.Schedule.Rate, Preprocessing = $"{Values(job.InputValues)}; augmentation: {Augmentation}", Hours = seconds / 3600,
    };

    /// <param name="parent">the start; "": none</param>
    public IReadOnlyList<(string Name, string Value)> Settings(string parent) =>
    [
        ("Method", job.Method.Id()), ("Network", Architecture), ("Weights", Weights.ToString("N0", CultureInfo.InvariantCulture)),
        ("Begun from", parent.Length > 0 ? parent : "random weights"), ("Loss", Loss),
        ("Images to train on", job.Samples.Count(sample => !sample.IsValidation).ToString(CultureInfo.InvariantCulture)),
        ("Images for validation", job.Samples.Count(sample => sample.IsValidation).ToString(CultureInfo.InvariantCulture)),
        ("Normalisation of the input", Values(job.InputValues)), ("Normalisation of the target", Values(job.TargetValues)),
        ("Patches", $"{job.Patches.Batch} a step, {string.Join(" x ", job.Patches.Size)} pixels"), ("Augmentation", Augmentation),
        ("Steps", job.Schedule.Steps.ToString(CultureInfo.InvariantCulture)),
        ("Learning rate", job.Schedule.Rate.ToString(CultureInfo.InvariantCulture)),
        ("Seed", job.Seed.ToString(CultureInfo.InvariantCulture)),
    ];

    private string Loss => job.Method switch
    {
        TrainingMethod.DenoiseImage or TrainingMethod.Noise2Void => "mean squared error",
        TrainingMethod.StarDist => "binary cross-entropy of probabilities, mean absolute error of distances",
        TrainingMethod.Semantic => "cross-entropy and Dice",
        _ => (job.Restoration.Probabilistic ? "Laplace likelihood"
                : job.Restoration.Logarithmic ? "logarithm of the mean squared error of each patch" : "mean absolute error")
            + (job.Restoration.StructuralSimilarity > 0 ? ", multi-scale SSIM" : "")
            + (job.Restoration.Adversarial > 0 ? ", adversarial" : ""),
    };

    private static string Values(ValueRule rule) => rule.Kind switch
    {
        ValueRuleKind.Percentiles => string.Create(CultureInfo.InvariantCulture,
            $"percentiles {rule.Low} and {rule.High} of the image become 0 and 1{(rule.Joint ? ", all channels together" : "")}"),
        ValueRuleKind.MeanDeviation => "mean 0 and standard deviation 1",
        _ => "values as they are",
    };
}
