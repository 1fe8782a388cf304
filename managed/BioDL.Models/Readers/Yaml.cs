using System.Globalization;
using BioDL.Core;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace BioDL.Models.Readers;

/// <summary>
/// Reads YAML that may be hostile: depth and size are bounded before the tree is built, aliases counted as what they stand for (a small
/// file
/// of them can be endless), and look-ups answer null for what is missing or of another kind.
/// </summary>
internal static class Yaml
{
    private const int MaximumDepth = 32, MaximumNodes = 200_000;

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
            throw new BioDLException(Status.ModelInvalid, $"{name} is not a model description in YAML: {error.Message}",
                "Download the model again.", error);
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
        double.TryParse(node.Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value
        : null;

    public static int? Whole(this YamlNode? node) =>
        int.TryParse(node.Text(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : null;

    /// <summary>Keys of a mapping in the file's order; none for another kind of node.</summary>
    public static IEnumerable<string> Keys(this YamlNode? node) =>
        node is YamlMappingNode mapping ? mapping.Children.Keys.Select(key => key.Text() ?? "") : [];

    /// <summary>A true or false value as YAML 1.2 writes it.</summary>
    public static bool? Flag(this YamlNode? node) => node.Text()?.ToLowerInvariant() switch
    {
        "true" => true,
        "false" => false,
        _ => null,
    };

    /// <summary>Walks the events before a tree is made of them, counting what aliases stand for.</summary>
    private static void CheckShape(string text)
    {
        var open = new Stack<(string? Anchor, long Before)>();
        var closed = new Dictionary<string, long>();
        long nodes = 0;
        var parser = new Parser(new StringReader(text));
        while (parser.MoveNext())
        {
            switch (parser.Current)
            {
                case AnchorAlias alias when closed.TryGetValue(alias.Value.Value, out long size):
                    nodes += size;
                    break;
                case AnchorAlias alias:
                    throw new YamlException($"it uses the alias *{alias.Value} inside of what the alias stands for");
                case Scalar scalar:
                    nodes++;
                    if (!scalar.Anchor.IsEmpty)
                        closed[scalar.Anchor.Value] = 1;
                    break;
                case SequenceStart or MappingStart:
                    open.Push((((NodeEvent)parser.Current).Anchor is { IsEmpty: false } anchor ? anchor.Value : null, nodes++));
                    break;
                case SequenceEnd or MappingEnd:
                    if (open.Pop() is ({ } name, var before))
                        closed[name] = nodes - before;
                    break;
            }
            if (open.Count > MaximumDepth)
                throw new YamlException($"it is nested more than {MaximumDepth} deep");
            if (nodes > MaximumNodes)
                throw new YamlException($"it has more than {MaximumNodes} values");
        }
    }
}
