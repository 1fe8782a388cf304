using BioDL.Core.Runs;

namespace BioDL.Models.Descriptions;

/// <summary>Which command a model is made for.</summary>
public enum ModelTask
{
    /// <summary>Not known: `run` takes any model.</summary>
    Other = 0,

    /// <summary>Star-convex objects.</summary>
    Segment = 1,

    /// <summary>Image restoration: the output is the input, better.</summary>
    Denoise = 2,

    /// <summary>Label-free to fluorescence, stain to stain.</summary>
    Stain = 3,
}

/// <summary>What a model is, whichever format described it.</summary>
public sealed record ModelDescription
{
    /// <summary>bioimage.io's id or nickname, such as "affable-shark"; "" where it has none.</summary>
    public string Id { get; init; } = "";
    public string Name { get; init; } = "";
    public string Version { get; init; } = "";
    public string Description { get; init; } = "";

    /// <summary>SPDX id where known.</summary>
    public string Licence { get; init; } = "";

    /// <summary>Lines to cite.</summary>
    public string Citation { get; init; } = "";

    /// <summary>The folder or file it came from, or "builtin:NAME".</summary>
    public string Source { get; init; } = "";

    /// <summary>Of the weights as they are in the package, 64 hexadecimal digits in lower case.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>How it was described, such as "bioimage.io 0.5.4", "CSBDeep", "StarDist", "ONNX".</summary>
    public string Format { get; init; } = "";

    /// <summary>bioimage.io's name: onnx, tensorflow_saved_model_bundle, tensorflow_frozen_graph, torchscript.</summary>
    public string WeightsFormat { get; init; } = "";
    public ModelTask Task { get; init; }

    /// <summary>What a user should know of how it was understood, such as a key that is not known here; each run warns of it.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The images that it was made for; null where nothing is said.</summary>
    public MadeFor? MadeFor { get; init; }

    /// <summary>Files of the package to show, the first one first.</summary>
    public IReadOnlyList<string> Covers { get; init; } = [];

    public IReadOnlyList<InputTensor> Inputs { get; init; } = [];
    public IReadOnlyList<OutputTensor> Outputs { get; init; } = [];

    /// <summary>Nothing says how its input is normalised: a bare network, which gets an image's values as they are.</summary>
    public bool ReceivesRawValues { get; init; }

    /// <summary>Null for a model that is not StarDist's.</summary>
    public StarDistDescription? StarDist { get; init; }

    /// <summary>Why it cannot be segmented with, as the rest of a sentence about the model; "" where it can.</summary>
    public string Obstacle { get; init; } = "";
}
