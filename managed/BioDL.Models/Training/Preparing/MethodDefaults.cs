using BioDL.Core.Training;

namespace BioDL.Models.Training.Preparing;

/// <summary>What a method is trained with when nobody says otherwise.</summary>
internal sealed record MethodDefaults
{
    public required UNet Network { get; init; }

    /// <summary>Pixels along y and x.</summary>
    public int Patch { get; init; } = 128;
    public int Batch { get; init; } = 4;
    public double Foreground { get; init; } = 0.9;

    /// <summary>The model whose weights are the start; "": random weights.</summary>
    public string Start { get; init; } = "";
    public required ScheduleOptions Schedule { get; init; }
    public AugmentationOptions Augmentation { get; init; } = new();
    public ValueRule Input { get; init; } = new(ValueRuleKind.Percentiles, 1, 99.8);
    public ValueRule Target { get; init; } = new(ValueRuleKind.AsIs);

    /// <summary>Its share in the loss of pairs.</summary>
    public double StructuralSimilarity { get; init; }

    /// <param name="request">method and the method's options</param>
    /// <param name="channels">of the input</param>
    /// <param name="targets">channels of the target; classes of a semantic one, background included</param>
    public static MethodDefaults Of(TrainingRequest request, int channels, int targets)
    {
        UNet network = new()
        {
            Dimensions = request.Volumes ? 3 : 2, Channels = channels, Narrow = true, Grid = request.Volumes ? [1, 1, 1] : [1, 1],
            // The sampling of stacks is coarse along z: what is neighbouring there is not halved.
            PoolsZ = false,
        };
        return request.Method switch
        {
            TrainingMethod.DenoiseImage => DenoiseImage(network),
            TrainingMethod.Noise2Void => Noise2Void(network, request.Noise2Void),
            TrainingMethod.Restoration => Restoration(network, targets, request.Restoration),
            TrainingMethod.StarDist => StarDist(network, request.StarDist),
            TrainingMethod.Semantic => Semantic(network, targets),
            _ => Stain(network, targets),
        };
    }

    /// <summary>
    /// Few weights and a wide reach, so that a step takes some hundredths of a second; steps enough to fit what the start knows of noise
    /// in general to one image.
    /// </summary>
    private static MethodDefaults DenoiseImage(UNet network) => new()
    {
        Network = network with
        {
            Narrow = false,
            Depth = 3,
            Filters = 8,
            MostFilters = 8,
            Residual = true,
            Heads = [new UNetHead("output", network.Channels)],
        },
        Start = network.Dimensions == 2 ? "builtin:denoise-image" : "", Foreground = 0,
        Schedule = new ScheduleOptions { Steps = 50, ValidateEvery = 50, WarmUp = 5, WeightDecay = 0, Average = 0.9 },
        Input = new ValueRule(ValueRuleKind.Percentiles, 1, 99.8),
    };

    private static MethodDefaults Noise2Void(UNet network, Noise2VoidOptions options) => new()
    {
        Network = network with
        {
            // Noise2Void 2: no skip at the top and blurred pooling, against its checkerboards.
            BlurPool = options.Median,
            TopSkip = !options.Median,
            Heads = [new UNetHead("output", network.Channels)],
        },
        Patch = 64, Batch = 16, Foreground = 0,
        Schedule = new ScheduleOptions { Steps = 800, Rate = 4e-4, WeightDecay = 0, Average = 0.99, Patience = 0 },
        Input = new ValueRule(ValueRuleKind.MeanDeviation),
    };

    private static MethodDefaults Restoration(UNet network, int targets, RestorationOptions options) => options.Logarithmic
        ? AnyNoise(network, targets) : Pairs(network, targets, options);

    /// <summary>For noise of every strength, made from clean images: many quick steps, no two patches of one noise.</summary>
    private static MethodDefaults AnyNoise(UNet network, int targets) => new()
    {
        Network = network with
        {
            Narrow = false,
            Depth = 3,
            Filters = 16,
            MostFilters = 128,
            Residual = true,
            Heads = [new UNetHead("output", targets)],
        },
        Patch = 96,
        Schedule = new ScheduleOptions { Steps = 15_000, ValidateEvery = 500, Rate = 2e-3, Average = 0.999 },
        Target = new ValueRule(ValueRuleKind.Percentiles, 1, 99.8),
    };

    private static MethodDefaults Pairs(UNet network, int targets, RestorationOptions options) => new()
    {
        Network = network with
        {
            Residual = network.Channels == targets,
            Heads = options.Probabilistic
                ? [new UNetHead("output", targets), new UNetHead("scale", targets, Activation.Softplus)]
                : [new UNetHead("output", targets)],
        },
        Schedule = new ScheduleOptions { Steps = 2000, Rate = 4e-4, Average = 0.99, Patience = 8 },
        Input = new ValueRule(ValueRuleKind.Percentiles, 2, 99.8), Target = new ValueRule(ValueRuleKind.Percentiles, 2, 99.8),
    };

    private static MethodDefaults StarDist(UNet network, StarDistOptions options) => new()
    {
        Network = network with
        {
            Depth = 3,
            Grid = [2, 2],
            Features = 128,
            Heads =
            [
                new UNetHead("prob", 1, Activation.Sigmoid), new UNetHead("dist", options.Rays),
                .. options.Classes > 1 ? [new UNetHead("classes", options.Classes + 1, Activation.Softmax) { Features = 128 }]
                    : Array.Empty<UNetHead>(),
            ],
        },
        // What an outline is need not be learned again: ten annotated fields from random weights find much less.
        Start = network.Dimensions != 2 ? "" : network.Channels == 3 ? "builtin:segment-stained" : "builtin:segment",
        Schedule = new ScheduleOptions { Steps = 2000, Rate = 3e-4, Average = 0.99, Patience = 10 },
        Augmentation = new AugmentationOptions { Scale = 0.2, Gain = 0.4, Offset = 0.1, Noise = 0.02 },
        Input = new ValueRule(ValueRuleKind.Percentiles, 1, 99.8, Joint: network.Channels == 3),
    };

    private static MethodDefaults Semantic(UNet network, int classes) => new()
    {
        Network = network with { Depth = 3, Heads = [new UNetHead("classes", Math.Max(2, classes), Activation.Softmax)] },
        Schedule = new ScheduleOptions { Steps = 1500, Rate = 3e-4, Average = 0.99, Patience = 10 },
        Augmentation = new AugmentationOptions { Scale = 0.2, Gain = 0.3, Offset = 0.1, Noise = 0.02 },
        Input = new ValueRule(ValueRuleKind.Percentiles, 1, 99.8, Joint: network.Channels == 3),
    };

    private static MethodDefaults Stain(UNet network, int targets) => new()
    {
        Network = network with { Depth = 3, Filters = 16, Heads = [new UNetHead("output", targets)] },
        Schedule = new ScheduleOptions { Steps = 3000, Rate = 1e-3, Average = 0.99, Patience = 10 },
        Augmentation = new AugmentationOptions { Gain = 0.1, Offset = 0.05 },
        Input = new ValueRule(ValueRuleKind.MeanDeviation), Target = new ValueRule(ValueRuleKind.Percentiles, 1, 99.8),
        StructuralSimilarity = 0.5,
    };
}
