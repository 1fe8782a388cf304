using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace BioDL.Models.Writing;

/// <summary>Values as YAML 1.1 and 1.2 both read them: bioimage.io's tools have readers of either.</summary>
internal static partial class YamlScalars
{
    /// <summary>Quoted where a reader could take it for something else.</summary>
    public static YamlScalarNode Text(string text) =>
        new(text) { Style = Plain().IsMatch(text) && !Words().IsMatch(text) ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted };

    /// <summary>The shortest number that is read as the same; YAML 1.1 wants a point and a sign in an exponent.</summary>
    public static YamlScalarNode Number(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant();
        if (text.Contains('e') && !text.Contains('.'))
            text = text.Replace("e", ".0e", StringComparison.Ordinal);
        return new YamlScalarNode(text) { Style = ScalarStyle.Plain };
    }

    public static YamlScalarNode Whole(long value) =>
        new(value.ToString(CultureInfo.InvariantCulture)) { Style = ScalarStyle.Plain };

    public static YamlSequenceNode List(IEnumerable<YamlNode> items) => new(items) { Style = YamlDotNet.Core.Events.SequenceStyle.Flow };

    /// <summary>On one line.</summary>
    public static YamlMappingNode Line(params (string Key, YamlNode? Value)[] entries) => Mapping(true, entries);

    /// <summary>A line for each; what is null is left out.</summary>
    public static YamlMappingNode Block(params (string Key, YamlNode? Value)[] entries) => Mapping(false, entries);

    private static YamlMappingNode Mapping(bool flow, (string Key, YamlNode? Value)[] entries)
    {
        var mapping = new YamlMappingNode
        {
            Style = flow ? YamlDotNet.Core.Events.MappingStyle.Flow : YamlDotNet.Core.Events.MappingStyle.Block,
        };
        foreach ((string key, YamlNode? value) in entries)
        {
            if (value is not null)
                mapping.Add(new YamlScalarNode(key), value);
        }
        return mapping;
    }

    /// <summary>Begins with a letter, and nothing in it has a meaning of its own in YAML.</summary>
    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_./+()-]*( [A-Za-z0-9_./+()-]+)*$")]
    private static partial Regex Plain();

    [GeneratedRegex("^(true|false|yes|no|on|off|y|n|null)$", RegexOptions.IgnoreCase)]
    private static partial Regex Words();
}
