using System.Text.RegularExpressions;
using BioDL.Models.Descriptions;
using BioDL.Models.Files;

namespace BioDL.Models.Writing;

/// <summary>A work to cite.</summary>
/// <param name="Text">authors, title, where, when</param>
/// <param name="Doi">such as "10.1038/s41592-018-0216-7"; "": <paramref name="Url"/> says where it is</param>
/// <param name="Url">used where there is no DOI</param>
public sealed partial record Citation(string Text, string Doi = "", string Url = "")
{
    /// <summary>What a person wrote, such as "Weigert et al., Nature Methods 2018, doi:10.1038/s41592-018-0216-7": the format wants the
    /// place by itself.</summary>
    public static Citation Of(string text)
    {
        Match place = Place().Match(text);
        if (!place.Success)
            return new Citation(text.Trim());
        string words = text[..place.Index].Trim(' ', ',', ';', '.', '('), doi = place.Groups["doi"].Value, url = place.Groups["url"].Value;
        return new Citation(words.Length > 0 ? words : doi + url, doi, url);
    }

    [GeneratedRegex(@"(?:(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(?<doi>10\.\d{4,9}/[^\s)]+)|(?<url>https?://[^\s)]+))[\s).]*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Place();
}

/// <summary>A file of a package beside its weights and test tensors.</summary>
/// <param name="Name">in the package, without a folder</param>
/// <param name="Content">of it</param>
public sealed record PackagePart(string Name, byte[] Content);

/// <summary>How a network was trained, as bioimage.io's model card has it; null or 0 where it is not known.</summary>
public sealed record TrainingCard
{
    /// <summary>Normalisation and augmentation, in words.</summary>
    public string? Preprocessing { get; init; }
    public string? Loss { get; init; }
    public string? Optimizer { get; init; }
    public string? Schedule { get; init; }
    public double BatchSize { get; init; }
    public double Rate { get; init; }

    /// <summary>Of training alone.</summary>
    public double Hours { get; init; }

    /// <summary>Weights that were learned.</summary>
    public long Parameters { get; init; }

    /// <summary>Such as "U-Net, depth 3, 32 filters".</summary>
    public string? Architecture { get; init; }
}

/// <summary>A package in the format 0.5 of bioimage.io, before it is written.</summary>
/// <remarks>The test tensors belong to the package when they are there: as many as inputs and outputs, each with the axes of
/// <see cref="Core.Runs.InputTensor.ArrayAxes"/>.</remarks>
public sealed record ModelPackage
{
    /// <summary>
    /// What a reader shall make of it: names, task, tensors, sizes, steps, thresholds, what it was made for. What only a reader can know
    /// (source, hash, notes, format) is not used. Characters that the format does not allow in names are replaced.
    /// </summary>
    public required ModelDescription Model { get; init; }

    /// <summary>An .onnx file with the weights inside.</summary>
    public required byte[] Weights { get; init; }

    public IReadOnlyList<string> Authors { get; init; } = [];
    public IReadOnlyList<Citation> Citations { get; init; } = [];
    public DateTime Made { get; init; } = DateTime.UtcNow;

    /// <summary>Images and their licence, in words; "" where nothing is known.</summary>
    public string TrainingData { get; init; } = "";

    /// <summary>The model whose weights it began with; "": random weights.</summary>
    public string Parent { get; init; } = "";
    public TrainingCard? Training { get; init; }

    /// <summary>Figures of the validation set by name, such as "psnr" or "ap50".</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();

    public IReadOnlyList<NpyArray> TestInputs { get; init; } = [];
    public IReadOnlyList<NpyArray> TestOutputs { get; init; } = [];

    /// <summary>Markdown, README.md in the package; null: none.</summary>
    public string? Documentation { get; init; }

    /// <summary>Pictures to show, the first one first.</summary>
    public IReadOnlyList<PackagePart> Covers { get; init; } = [];

    /// <summary>Other files, such as a report.</summary>
    public IReadOnlyList<PackagePart> Attachments { get; init; } = [];
}
