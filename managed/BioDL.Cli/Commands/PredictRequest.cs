using BioDL.Core.Images;
using BioDL.Core.Prediction;

namespace BioDL.Cli.Commands;

/// <summary>The verbs that run a network image to image.</summary>
internal enum PredictVerb
{
    Denoise,
    Stain,
    Run,
}

/// <summary>What the options of <c>biodl denoise</c>, <c>stain</c> and <c>run</c> ask for.</summary>
internal sealed record PredictRequest
{
    internal required PredictVerb Verb { get; init; }

    /// <summary>Null: the built-in model.</summary>
    internal string? Model { get; init; }
    internal IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>A file or a folder; null when outputs are named one by one, or nothing is run.</summary>
    internal string? Out { get; init; }

    /// <summary>Files of tensors by name, for <c>run</c>.</summary>
    internal IReadOnlyList<(string Name, string File)> Inputs { get; init; } = [];
    internal IReadOnlyList<(string Name, string File)> Outputs { get; init; } = [];

    /// <summary>Axes of .npy inputs where they are not the model's own.</summary>
    internal string? Axes { get; init; }
    internal IReadOnlyList<ChannelList> Channels { get; init; } = [];

    /// <summary>Of the pixels to write; null: the input's where the model restores it, else what the model says.</summary>
    internal PixelType? OutputType { get; init; }

    /// <summary>The input's own type for every output.</summary>
    internal bool InputType { get; init; }
    internal required PredictionOptions Options { get; init; }

    /// <summary>Write the source's channels before the result's.</summary>
    internal bool Merge { get; init; }

    /// <summary>Keep the spread that CARE predicts as further channels.</summary>
    internal bool Spread { get; init; }

    /// <summary>Say how it would go, and stop.</summary>
    internal bool PlanOnly { get; init; }
    internal bool Overwrite { get; init; }

    /// <summary>Write the provenance to a .json file beside each result, too.</summary>
    internal bool Provenance { get; init; }
    internal bool Json { get; init; }
}
