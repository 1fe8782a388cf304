using BioDL.Cli.Shell;
using BioDL.Core.Images;
using BioDL.Core.Runs;
using BioDL.Models.Descriptions;

namespace BioDL.Cli.Images;

/// <summary>What the options of an image verb ask for.</summary>
internal sealed record ImageRequest
{
    internal required ImageVerb Verb { get; init; }

    /// <summary>Null: the built-in model for the verb and each image.</summary>
    internal string? Model { get; init; }

    /// <summary>What a network without a description is for.</summary>
    internal NetworkUse Use { get; init; }
    internal IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>A file or a folder; null when outputs are named one by one, or nothing is run.</summary>
    internal string? Out { get; init; }

    /// <summary>What the user called it: --out, or --labels.</summary>
    internal string OutName { get; init; } = "--out";

    /// <summary>Of the pixels; channels and mask are each image's own and added later.</summary>
    internal RunOptions Options { get; init; } = new();
    internal IReadOnlyList<ChannelList> Channels { get; init; } = [];

    /// <summary>Which image of a file that holds several, from 1; null: the first.</summary>
    internal int? Series { get; init; }

    /// <summary>Of the objects; null: not given.</summary>
    internal ObjectSize? ObjectSize { get; init; }

    /// <summary>A TIFF; null: none.</summary>
    internal string? Mask { get; init; }

    /// <summary>Say how it would go, and stop.</summary>
    internal bool PlanOnly { get; init; }
    internal bool Overwrite { get; init; }

    /// <summary>Write the provenance to a .json file beside each result, too.</summary>
    internal bool Provenance { get; init; }
    internal bool Json { get; init; }

    /// <summary>Leave out images that are done.</summary>
    internal bool Resume { get; init; }

    /// <summary>Of the images; null: all.</summary>
    internal Part? Part { get; init; }

    /// <summary>All options as they were written, by their first names.</summary>
    internal IReadOnlyDictionary<string, string> Arguments { get; init; } = new SortedDictionary<string, string>();

    /// <summary>Whether it is written down what was done: where an image is one of many.</summary>
    internal bool KeepsJournal => !PlanOnly && Tensors.Inputs.Count == 0 && (Images.Count > 1 || Resume || Part is not null);

    /// <summary>For segment; null for the other verbs.</summary>
    internal ObjectRequest? Objects { get; init; }
    internal PixelRequest Pixels { get; init; } = new();
    internal TensorRequest Tensors { get; init; } = new();

    /// <summary>Whether images and results are all there.</summary>
    /// <exception cref="UsageException"/>
    internal void Check()
    {
        bool tensors = Tensors.Inputs.Count + Tensors.Outputs.Count > 0;
        if (tensors && Images.Count > 0)
            throw new UsageException("--input and --output name all files: leave out IMAGE");
        if (tensors && Out is not null)
            throw new UsageException($"{OutName} and --output exclude each other");
        if (tensors && Tensors.Inputs.Count == 0)
            throw new UsageException("--input NAME=FILE is missing");
        if (tensors && Tensors.Outputs.Count == 0 && !PlanOnly)
            throw new UsageException("--output NAME=FILE is missing");
        if (!tensors && Images.Count == 0)
            throw new UsageException("IMAGE is missing");
        if (!tensors && Out is null && !PlanOnly)
            throw new UsageException(Objects is null ? "--out is missing" : "--out (or --labels) is missing");
        if (tensors && Pixels.Merge)
            throw new UsageException("--merge is for images");
        if (tensors && (Resume || Part is not null))
            throw new UsageException($"{(Resume ? "--resume" : "--part")} is for images");
    }
}

/// <summary>What is asked of images that the network makes.</summary>
internal sealed record PixelRequest
{
    /// <summary>Of the pixels to write; null: the input's where the model restores it, else what the model says.</summary>
    internal PixelType? Type { get; init; }

    /// <summary>The input's own type for every output.</summary>
    internal bool InputType { get; init; }

    /// <summary>Write the source's channels before the result's.</summary>
    internal bool Merge { get; init; }

    /// <summary>Keep the spread that CARE predicts as further channels.</summary>
    internal bool Spread { get; init; }
}

/// <summary>Files of a model's inputs and outputs, named one by one.</summary>
internal sealed record TensorRequest
{
    internal IReadOnlyList<(string Name, string File)> Inputs { get; init; } = [];
    internal IReadOnlyList<(string Name, string File)> Outputs { get; init; } = [];

    /// <summary>Of .npy inputs, where they are not the model's own.</summary>
    internal string? Axes { get; init; }
}
