using System.Text.RegularExpressions;
using BioDL.Core;
using BioDL.Models.Files;
using YamlDotNet.RepresentationModel;

namespace BioDL.Models.Readers;

/// <summary>A description that was found and parsed.</summary>
/// <param name="Name">of its file</param>
/// <param name="Root">what it says</param>
/// <param name="IsGuessed">its text is no Unicode and was read as Windows-1252</param>
internal sealed record FoundDescription(string Name, YamlMappingNode Root, bool IsGuessed);

/// <summary>
/// Which file of a package describes the model: one of the usual names, or the only YAML file that says what a description says; the tools
/// of format 0.3 called it NAME.model.yaml. Weights are never opened without the processing that a description beside them asks for, so a
/// file that looks like one and cannot be read, and several of them, are errors that name them.
/// </summary>
internal static partial class DescriptionFinder
{
    private const long Limit = 1 << 20;
    private static readonly string[] Usual = ["bioimageio.yaml", "rdf.yaml", "model.yaml"];

    /// <summary>There is a description, under whatever name; it may be broken.</summary>
    public static bool Describes(IModelFiles files) => Usual.Any(files.Exists) || Likely(files, null).Exists(IsTop);

    /// <returns>null: there is none for what was chosen</returns>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>: broken, or several.</exception>
    public static FoundDescription? Of(ModelLocation location)
    {
        IModelFiles files = location.Files;
        if (files is EmbeddedFiles || IsYaml(location.Chosen))
            return (location.Chosen ?? Usual.FirstOrDefault(files.Exists)) is { } named ? Parsed(files, named) : null;
        if (Usual.FirstOrDefault(files.Exists) is { } usual)
            return Parsed(files, usual);
        List<string> likely = Likely(files, location.Chosen);
        if (likely.Count > 1)
        {
            throw new BioDLException(Status.ModelInvalid,
                $"{files.Source} has several descriptions of a model: {string.Join(", ", likely)}.",
                "Give the one that is meant by its own path.");
        }
        if (likely.Count == 0)
            return null;
        return !IsTop(likely[0]) ? throw new BioDLException(Status.ModelInvalid,
            $"{files.Source} has its description in a folder of its own, as {likely[0]}.", "Give that folder, or that file.")
            : Parsed(files, likely[0]);
    }

    public static bool IsYaml(string? name) => name is not null &&
        (name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase));

    private static FoundDescription Parsed(IModelFiles files, string name)
    {
        FileText text = FileText.Of(files.Read(name, Limit));
        return new FoundDescription(name, Yaml.Parse(text.Text, $"{name} of {files.Source}"), text.IsGuessed);
    }

    /// <summary>
    /// YAML files that say what only a model's description says: those at the top; deeper ones only where nothing else could be the model.
    /// Beside a chosen network: those that name it, since a folder of downloads holds others.
    /// </summary>
    private static List<string> Likely(IModelFiles files, string? chosen)
    {
        string? network = chosen is not null && IsNetwork(chosen) && Path.GetFileName(chosen) != CsbDeepLayout.SavedModel ? chosen : null;
        List<string> all = [.. files.Names.Where(IsYaml)];
        List<string> top = [.. all.Where(IsTop).Where(name => Says(files, name, network))];
        return top.Count > 0 || files.Names.Any(name => IsTop(name) && IsNetwork(name)) ? top
            : [.. all.Where(name => !IsTop(name) && Says(files, name, network))];
    }

    private static bool IsTop(string name) => !name.Contains('/');

    private static bool IsNetwork(string name) =>
        Path.GetExtension(name).ToLowerInvariant() is ".onnx" or ".pb" or ".pt" or ".pth" or ".zip" or ".torchscript";

    private static bool Says(IModelFiles files, string name, string? chosen)
    {
        string text;
        try
        {
            text = FileText.Of(files.Read(name, Limit)).Text;
        }
        catch (BioDLException error) when (error.Status is Status.ModelInvalid or Status.NotFound)
        {
            // Too large for a description, or a link that leads elsewhere.
            return false;
        }
        return (chosen is null || text.Contains(chosen, StringComparison.Ordinal))
            && Weights().IsMatch(text) && Tensors().IsMatch(text);
    }

    [GeneratedRegex(@"^[{\s""']*(weights|prediction|format_version)[""']?\s*:", RegexOptions.Multiline)]
    private static partial Regex Weights();

    [GeneratedRegex(@"^[{\s""']*(inputs|outputs)[""']?\s*:", RegexOptions.Multiline)]
    private static partial Regex Tensors();
}
