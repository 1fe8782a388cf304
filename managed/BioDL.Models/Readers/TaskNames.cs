using System.Text.RegularExpressions;
using BioDL.Models.Descriptions;

namespace BioDL.Models.Readers;

/// <summary>Which command a model is made for, by the words that authors use for it.</summary>
internal static partial class TaskNames
{
    private static readonly HashSet<string> Stain =
    [
        "virtual-staining", "virtual-stain", "in-silico-labeling", "in-silico-labelling", "label-free", "labelfree",
        "label-free-prediction", "fnet",
        "artificial-labeling", "artificial-labelling", "image-translation", "image-to-image-translation", "image2image", "pix2pix",
        "cyclegan", "cycle-gan",
        "stain-normalization", "stain-normalisation", "stain-transfer", "stainnet", "style-transfer", "virtual-labeling",
        "virtual-labelling",
    ];

    private static readonly HashSet<string> Denoise =
    [
        "denoising", "denoise", "image-denoising", "restoration", "image-restoration", "content-aware-image-restoration",
        "care", "csbdeep", "n2v",
        "n2v2", "noise2void", "noise2noise", "probabilistic-noise2void", "ppn2v", "structn2v", "deblurring",
        "deconvolution", "super-resolution",
        "superresolution", "upsampling", "isotropic-reconstruction", "careamics",
    ];

    /// <summary>Tags first; the name only where they say nothing.</summary>
    public static ModelTask Of(IReadOnlyList<string> tags, string name)
    {
        ModelTask task = Among(tags.Select(tag => Separators().Replace(tag.Trim().ToLowerInvariant(), "-")));
        if (task != ModelTask.Other)
            return task;
        string[] words = Separators().Split(name.ToLowerInvariant());
        return Among(words.Concat(words.Zip(words.Skip(1), (first, second) => $"{first}-{second}")));
    }

    /// <summary>The word for a task; null for one that has none.</summary>
    public static string? Word(ModelTask task) => task switch
    {
        ModelTask.Denoise => "denoising",
        ModelTask.Stain => "virtual-staining",
        _ => null,
    };

    private static ModelTask Among(IEnumerable<string> words)
    {
        string[] all = [.. words];
        // "label-free" is also said of images that are segmented.
        bool segments = all.Any(word => word.Contains("segmentation", StringComparison.Ordinal));
        return !segments && all.Any(Stain.Contains) ? ModelTask.Stain : all.Any(Denoise.Contains) ? ModelTask.Denoise : ModelTask.Other;
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Separators();
}
