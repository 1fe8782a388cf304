using BioDL.Core.Images;
using BioDL.Core.Training;

namespace BioDL.Models.Training;

/// <summary>
/// What a host asks for: a method and images. All else has a default that is taken from the images and needs no knowledge; 0, null and ""
/// mean it.
/// </summary>
public sealed record TrainingRequest
{
    public required TrainingMethod Method { get; init; }

    /// <summary>Read while <see cref="Runs.TrainingRun.Create"/> runs, not after.</summary>
    public required IReadOnlyList<TrainingImage> Images { get; init; }

    /// <summary>Of the model; "": method, first image and day.</summary>
    public string Name { get; init; } = "";

    /// <summary>As <see cref="Start"/>: random weights.</summary>
    public const string NoStart = "none";

    /// <summary>
    /// A model whose weights are the start: path, id, or "builtin:NAME"; "": the method's own (of planes, a built-in model for StarDist and
    /// for one image alone; else random weights), and random weights where <see cref="Network"/> says which network it is to be.
    /// </summary>
    public string Start { get; init; } = "";

    /// <summary>A folder that the model's package is written to, besides the catalogue; "": none.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Steps of the optimiser; 0: the method's.</summary>
    public int Steps { get; init; }

    /// <summary>The training ends after so many minutes; 0: when its steps are done.</summary>
    public double Minutes { get; init; }

    /// <summary>Of the optimiser at its highest; 0: the method's.</summary>
    public double Rate { get; init; }

    /// <summary>The same seed gives the same curve on the same processor with the same number of threads.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Share of the images that are for checks only, 0 to 0.5; null: 0.15, or the region of one image.</summary>
    public double? Validation { get; init; }

    /// <summary>Pixels along y and x of a patch; 0: the method's, or less where images are small.</summary>
    public int Patch { get; init; }

    /// <summary>Patches a step; 0: the method's, or less where memory is short.</summary>
    public int Batch { get; init; }

    /// <summary>Inside an operator; 0: all cores.</summary>
    public int Threads { get; init; }

    /// <summary>Bytes that the worker may take; 0: what is free.</summary>
    public long MemoryLimit { get; init; }

    /// <summary>The network sees the slices of an image as a volume; else every slice is an image of its own.</summary>
    public bool Volumes { get; init; }

    /// <summary>Null: the method's.</summary>
    public UNet? Network { get; init; }

    /// <summary>Null: the method's.</summary>
    public AugmentationOptions? Augmentation { get; init; }

    /// <summary>Null: the method's. Steps, minutes and rate above win.</summary>
    public ScheduleOptions? Schedule { get; init; }
    public Noise2VoidOptions Noise2Void { get; init; } = new();
    public RestorationOptions Restoration { get; init; } = new();

    /// <summary>Classes are counted from the images; the other options are taken as they are.</summary>
    public StarDistOptions StarDist { get; init; } = new();

    /// <summary>What the package says of itself.</summary>
    public TrainingCredits Credits { get; init; } = new();
}

/// <summary>What a model's package says of who made it and of what.</summary>
public sealed record TrainingCredits
{
    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>SPDX identifier; "": none is given, so that nobody else may use it.</summary>
    public string Licence { get; init; } = "";
    public string Description { get; init; } = "";

    /// <summary>What it was trained on, in words; "": the names of the images.</summary>
    public string Data { get; init; } = "";

    /// <summary>Text or DOI of what is to be cited besides the method.</summary>
    public string Citation { get; init; } = "";
}

/// <summary>One image with what it is to become.</summary>
public sealed record TrainingImage
{
    /// <summary>For messages and the report: a file or a title.</summary>
    public required string Name { get; init; }

    /// <summary>T, Z, C, Y, X: every frame, and every slice unless volumes are trained, is a picture of its own.</summary>
    public required ImageView Input { get; init; }

    /// <summary>Of the input, from 0, in the network's order; null: all.</summary>
    public IReadOnlyList<int>? Channels { get; init; }

    /// <summary>Restoration, stain: what the network is to give. Semantic: class numbers, one channel, 0 background. As large as the
    /// input.</summary>
    public ImageView? Target { get; init; }

    /// <summary>Of the target; null: all.</summary>
    public IReadOnlyList<int>? TargetChannels { get; init; }

    /// <summary>StarDist: one channel, whole numbers, 0 background, every object a number of its own. As large as the input.</summary>
    public ImageView? Labels { get; init; }

    /// <summary>StarDist with classes: class by label, from 1; a label that is missing here has an unknown class.</summary>
    public IReadOnlyDictionary<int, int>? Classes { get; init; }

    /// <summary>Images of one group (a photograph, a slide, a day) are never on both sides of the validation split; "": its own.</summary>
    public string Group { get; init; } = "";

    /// <summary>On which side it is; null: drawn.</summary>
    public bool? IsValidation { get; init; }

    /// <summary>How often patches are drawn from it, relative to others; above 0.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Micrometres of a pixel along x; 0: not known. For what the model says it was made for.</summary>
    public double PixelSize { get; init; }
}
