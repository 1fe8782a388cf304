using System.Globalization;
using BioDL.Core;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace BioDL.Models.Readers;

/// <summary>
/// Reads YAML that may be hostile: bounded depth before the tree is built, no aliases (they can make a small file endless), and
/// look-ups that answer null for what is missing or of another kind.
/// </summary>
internal static class Yaml
{
    private const int MaximumDepth = 32;

    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/></exception>
    public static YamlMappingNode Parse(string text, string name)
    {
        try
        {
            CheckShape(text);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode root)
                return root;
            throw new YamlException("it is not one mapping");
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // YamlDotNet throws many kinds of exceptions at broken text, not only its own.
            throw new BioDLException(Status.ModelInvalid, $"{name} is not a model description in YAML: {error.Message}", "Download the model again.", error);
        }
    }

    public static YamlNode? Get(this YamlNode? node, string key) =>
        node is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? value) ? value : null;

    public static YamlNode? Get(this YamlNode? node, params ReadOnlySpan<string> path)
    {
        foreach (string key in path)
            node = node.Get(key);
        return node;
    }

    public static IEnumerable<YamlNode> Items(this YamlNode? node) => node is YamlSequenceNode sequence ? sequence.Children : [];

    public static string? Text(this YamlNode? node) => (node as YamlScalarNode)?.Value;

    public static double? Number(this YamlNode? node) =>
        double.TryParse(node.Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;

    public static int? Whole(this YamlNode? node) =>
        int.TryParse(node.Text(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : null;

    private static void CheckShape(string text)
    {
        int depth = 0;
        var parser = new Parser(new StringReader(text));
        while (parser.MoveNext())
        {
            if (parser.Current is AnchorAlias alias)
                throw new YamlException($"it uses the alias *{alias.Value}, which is not read here");
            depth += parser.Current?.NestingIncrease ?? 0;
            if (depth > MaximumDepth)
                throw new YamlException($"it is nested more than {MaximumDepth} deep");
        }
    }
}
