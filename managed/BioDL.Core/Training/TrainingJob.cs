using System.Text.Json.Serialization;

namespace BioDL.Core.Training;

public enum TrainingMethod
{
    /// <summary>A small network fitted to one image; no training set (FM2S, arXiv 2412.10031).</summary>
    DenoiseImage = 1,

    /// <summary>Noise2Void (Krull 2019), Noise2Void 2 (Höck 2022), with structured masks (Broaddus 2020).</summary>
    Noise2Void = 2,

    /// <summary>Supervised restoration of pairs (CARE, Weigert 2018), plain or probabilistic.</summary>
    Restoration = 3,

    /// <summary>Star-convex objects (Schmidt 2018), with classes (Weigert 2022) where labels have them.</summary>
    StarDist = 4,

    /// <summary>A class for each pixel.</summary>
    Semantic = 5,

    /// <summary>One or more stains from another image of the same field.</summary>
    Stain = 6,
}

/// <summary>
/// All that a training needs beside its arrays: what a worker reads from job.json in the training's folder. Written once by the host;
/// a training that is taken up again reads the same file.
/// </summary>
public sealed record TrainingJob
{
    public const string FileName = "job.json";

    public int Schema { get; init; } = 1;
    public required TrainingMethod Method { get; init; }
    public required UNet Network { get; init; }
    public required IReadOnlyList<TrainingSample> Samples { get; init; }
    public required PatchOptions Patches { get; init; }

    /// <summary>How the values of an image become what the network sees: taken already, into each array's offset and gain.</summary>
    public ValueRule InputValues { get; init; } = new(ValueRuleKind.AsIs);
    public ValueRule TargetValues { get; init; } = new(ValueRuleKind.AsIs);
    public AugmentationOptions Augmentation { get; init; } = new();
    public required ScheduleOptions Schedule { get; init; }
    public Noise2VoidOptions Noise2Void { get; init; } = new();
    public RestorationOptions Restoration { get; init; } = new();
    public StarDistOptions StarDist { get; init; } = new();

    /// <summary>
    /// Of everything that is drawn: the same seed gives the same curve on the same processor with the same number of threads.
    /// </summary>
    public long Seed { get; init; } = 1;

    /// <summary>Inside an operator; 0: all cores.</summary>
    public int Threads { get; init; }

    /// <summary>An ONNX file in the training's folder whose weights are taken where names and shapes agree; null: random ones.</summary>
    public string? StartWeights { get; init; }
}

/// <summary>One image of a training: its arrays lie in the training's folder.</summary>
public sealed record TrainingSample
{
    /// <summary>For messages and the report.</summary>
    public required string Name { get; init; }

    /// <summary>For checks only: never drawn for training.</summary>
    public bool IsValidation { get; init; }

    /// <summary>How often patches are drawn from it, relative to others.</summary>
    public double Weight { get; init; } = 1;

    public required TrainingArray Input { get; init; }

    /// <summary>Restoration, stain: the image to reach, same z, y, x. Semantic: class numbers, one channel.</summary>
    public TrainingArray? Target { get; init; }

    /// <summary>StarDist: label image, one channel, int32, 0 background.</summary>
    public TrainingArray? Labels { get; init; }

    /// <summary>StarDist with classes: class of label i + 1, from 1; 0: not known.</summary>
    public IReadOnlyList<int>? Classes { get; init; }
}

/// <summary>Values in a file of the training's folder: little-endian, row-major, axes c, (z,) y, x.</summary>
/// <param name="File">name in the folder</param>
/// <param name="Type">NumPy's name: uint8, uint16, int32, float32</param>
/// <param name="Shape">c, (z,) y, x</param>
public sealed record TrainingArray(string File, string Type, IReadOnlyList<int> Shape)
{
    /// <summary>
    /// A value v means (v - Offset[c]) * Gain[c]: the normalisation of the whole image, taken before it is cut. One entry a channel; empty:
    /// values as they are.
    /// </summary>
    public IReadOnlyList<double> Offset { get; init; } = [];
    public IReadOnlyList<double> Gain { get; init; } = [];
}

/// <param name="Size">pixels along each spatial axis, outermost first</param>
/// <param name="Batch">patches a step</param>
public sealed record PatchOptions(IReadOnlyList<int> Size, int Batch)
{
    /// <summary>Share of patches that are drawn around an object (StarDist, semantic) or a bright pixel; the others anywhere.</summary>
    public double Foreground { get; init; } = 0.9;
}

/// <summary>What may happen to a patch; 0 or false: it does not.</summary>
public sealed record AugmentationOptions
{
    public bool Flips { get; init; } = true;

    /// <summary>By right angles in y, x.</summary>
    public bool Turns { get; init; } = true;

    /// <summary>Largest displacement of an elastic deformation, in pixels.</summary>
    public double Elastic { get; init; }

    /// <summary>Sizes are multiplied by a number between 1 / (1 + Scale) and 1 + Scale.</summary>
    public double Scale { get; init; }

    /// <summary>Normalised values are multiplied by a number between 1 / (1 + Gain) and 1 + Gain.</summary>
    public double Gain { get; init; }

    /// <summary>A number between -Offset and Offset is added to normalised values.</summary>
    public double Offset { get; init; }

    /// <summary>Largest standard deviation of a Gaussian blur of the input, in pixels.</summary>
    public double Blur { get; init; }

    /// <summary>Largest standard deviation of normal noise that is added to the input.</summary>
    public double Noise { get; init; }

    /// <summary>Strength of random stain vectors in optical density, 0 to 1; inputs of three channels.</summary>
    public double Stain { get; init; }

    /// <summary>Strength of the Poisson and normal noise by which the input is made from the target; 0: not.</summary>
    public double SimulatedNoise { get; init; }
}

public sealed record ScheduleOptions
{
    public required int Steps { get; init; }

    /// <summary>Steps from one validation, checkpoint and picture to the next.</summary>
    public int ValidateEvery { get; init; } = 100;

    /// <summary>Of AdamW at its highest.</summary>
    public double Rate { get; init; } = 1e-3;
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>Steps in which the rate rises from 0; then it falls as a cosine to a hundredth.</summary>
    public int WarmUp { get; init; } = 100;

    /// <summary>Weights are averaged exponentially with this decay, and the average is what is validated and kept; 0: not.</summary>
    public double Average { get; init; }

    /// <summary>Gradients longer than this are shortened to it; 0: not.</summary>
    public double ClipNorm { get; init; } = 5;

    /// <summary>Validations without a better one after which it ends; 0: never early.</summary>
    public int Patience { get; init; }

    /// <summary>Ends after so many minutes of training, the rate falling with time instead of steps; 0: as many as Steps need.</summary>
    public double Minutes { get; init; }
}

public sealed record Noise2VoidOptions
{
    /// <summary>
    /// Share of pixels that are hidden, in percent: 64 of a patch of 64 x 64, as in Krull 2019. Later versions of the published code hide
    /// 0.198, which a short training on small patches makes nothing of: a step then learns from some ten pixels.
    /// </summary>
    public double MaskedPercent { get; init; } = 1.5625;

    /// <summary>A hidden pixel gets another's value from a square of 2 * Radius + 1.</summary>
    public int Radius { get; init; } = 5;

    /// <summary>The median of the square without its centre instead of a random one of it (Noise2Void 2).</summary>
    public bool Median { get; init; }

    /// <summary>Noise is correlated along this axis, "x" or "y", this many pixels to each side, which are hidden too; 0: not.</summary>
    public int StructRadius { get; init; }
    public string StructAxis { get; init; } = "x";
}

public sealed record RestorationOptions
{
    /// <summary>The network also gives the scale of a Laplace distribution: heads "output" and "scale".</summary>
    public bool Probabilistic { get; init; }

    /// <summary>
    /// Each patch counts by the logarithm of its mean squared difference instead of by its absolute one: for inputs whose noise differs
    /// by much, of which the noisiest would else be all that is learned.
    /// </summary>
    public bool Logarithmic { get; init; }

    /// <summary>Share of multi-scale SSIM in the loss, the rest is L1; null: the method's, which a job always says.</summary>
    public double? StructuralSimilarity { get; init; }

    /// <summary>Weight of pix2pix's adversarial term; 0: none.</summary>
    public double Adversarial { get; init; }
}

public sealed record StarDistOptions
{
    public int Rays { get; init; } = 32;

    /// <summary>Without background; 0 or 1: no classes.</summary>
    public int Classes { get; init; }

    /// <summary>Weight of the distances' loss beside that of the probabilities.</summary>
    public double DistanceWeight { get; init; } = 0.2;

    /// <summary>Of the background's distances, as in the reference.</summary>
    public double BackgroundWeight { get; init; } = 1e-4;
}

/// <summary>As files of a training's folder and lines of its worker.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(TrainingJob))]
public sealed partial class TrainingJobJson : JsonSerializerContext;

/// <summary>As one line.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(TrainingProgress))]
[JsonSerializable(typeof(TrainingPictureHeader))]
public sealed partial class TrainingProgressJson : JsonSerializerContext;
