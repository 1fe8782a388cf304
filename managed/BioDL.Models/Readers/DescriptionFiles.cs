using BioDL.Models.Descriptions;
using BioDL.Models.Files;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace BioDL.Models.Readers;

/// <summary>A file that a description names.</summary>
/// <param name="Source">a name relative to the description, or a URL</param>
/// <param name="Sha256">64 hexadecimal digits in lower case; null where the description gives none</param>
/// <param name="Needed">false for pictures, texts and attachments: a model runs without them</param>
/// <param name="Start">where the name begins in the description's text</param>
/// <param name="End">where it ends</param>
internal sealed record NamedFile(string Source, string? Sha256, bool Needed, long Start, long End);

/// <summary>
/// The files that a bioimage.io description names (formats 0.3 to 0.5): weights of the formats that can be run here, the best alone, test
/// tensors,
/// pictures, texts and attachments. Weights of other formats are left out: they would be most of the download.
/// </summary>
internal static class DescriptionFiles
{
    /// <summary>Bytes of a description.</summary>
    public const long Limit = 4 << 20;

    /// <summary>In the order in which they are preferred.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["onnx", "tensorflow_saved_model_bundle",
        "tensorflow_frozen_graph", "torchscript"];

    /// <exception cref="Core.BioDLException">The text is no description.</exception>
    public static IReadOnlyList<NamedFile> Of(byte[] yaml, string name) => Of(FileText.Of(yaml).Text, name);

    /// <exception cref="Core.BioDLException">As above.</exception>
    public static IReadOnlyList<NamedFile> Of(string yaml, string name)
    {
        YamlMappingNode root = Yaml.Parse(yaml, name);
        YamlNode? weights = root.Get("weights");
        var found = new List<NamedFile?>();
        foreach (string format in Formats.Where(format => weights.Get(format) is not null).Take(1))
        {
            found.Add(File(weights.Get(format), needed: true));
            found.Add(File(weights.Get(format, "external_data"), needed: true));
        }
        foreach (string key in new[] { "test_inputs", "test_outputs" })
            found.AddRange(root.Get(key).Items().Select(node => File(node, needed: true)));
        foreach (string key in new[] { "inputs", "outputs" })
            found.AddRange(root.Get(key).Items().Select(tensor => File(tensor.Get("test_tensor"), needed: true)));
        foreach (YamlNode node in root.Get("covers").Items().Concat(root.Get("attachments", "files").Items())
            .Concat(root.Get("attachments").Items()))
            found.Add(File(node, needed: false));
        found.Add(File(root.Get("documentation"), needed: false));
        return [.. found.OfType<NamedFile>().DistinctBy(file => file.Start)];
    }

    /// <summary>Refuse what cannot be run before anything large is brought.</summary>
    /// <exception cref="Core.BioDLException"><see cref="Core.Status.ModelUnsupported"/></exception>
    public static void CheckWeights(string yaml, string name)
    {
        YamlNode? weights = Yaml.Parse(yaml, name).Get("weights");
        string[] formats = weights is YamlMappingNode mapping ? [.. mapping.Children.Keys.Select(key => key.Text() ?? "")] : [];
        if (!formats.Any(Formats.Contains))
        {
            throw new Core.BioDLException(Core.Status.ModelUnsupported,
                $"{name} has weights as {PlainText.Line(formats.Length > 0 ? string.Join(", ", formats) : "nothing")}, not as "
                + $"{string.Join(", ", Formats)}, so it cannot be run.",
                "Ask its authors for weights in one of these formats.");
        }
    }

    /// <summary>A name alone, or a mapping with a name and its hash.</summary>
    private static NamedFile? File(YamlNode? node, bool needed)
    {
        YamlNode? named = node is YamlMappingNode ? node.Get("source") : node;
        if (named is not YamlScalarNode { Value: { Length: > 0 } source } scalar)
            return null;
        string? hash = node is YamlMappingNode ? node.Get("sha256").Text()?.ToLowerInvariant() : null;
        Mark start = scalar.Start, end = scalar.End;
        // "./name" is what "name" is.
        return new NamedFile(source.StartsWith("./", StringComparison.Ordinal) ? source[2..] : source,
            string.IsNullOrEmpty(hash) ? null : hash, needed, start.Index, end.Index);
    }
}
