using System.Text.RegularExpressions;
using BioDL.Core.Runs;
using YamlDotNet.RepresentationModel;

namespace BioDL.Models.Writing;

/// <summary>Axes of a tensor as format 0.5 has them: a list with a type, a name and a size each.</summary>
internal static partial class AxisWriter
{
    /// <summary>What the format calls an axis of ours.</summary>
    public static string Id(char axis) => axis switch { 'b' => "batch", 'c' => "channel", _ => axis.ToString() };

    public static YamlNode Of(InputTensor input) => Axes(input.ArrayAxes, axis => axis == 'c' ? Channels(input.Channels, input.ChannelNames)
        : YamlScalars.Line(("type", YamlScalars.Text("space")), ("id", Quoted(axis)), ("size", Size(input.Along(axis)))));

    /// <param name="output">the tensor</param>
    /// <param name="reference">the input that its sizes follow</param>
    public static YamlNode Of(OutputTensor output, InputTensor reference) => Axes(output.ArrayAxes,
        axis => axis == 'c' ? Channels(output.Channels, output.ChannelNames) : Following(output, reference, axis));

    private static YamlNode Axes(string letters, Func<char, YamlNode> other) => new YamlSequenceNode(letters.Select(axis =>
        axis == 'b' ? YamlScalars.Line(("type", YamlScalars.Text("batch"))) : other(axis)));

    private static YamlNode Size(AxisSizes sizes) => sizes.Step == 0 ? YamlScalars.Whole(sizes.Min)
        : YamlScalars.Line(("min", YamlScalars.Whole(sizes.Min)), ("step", YamlScalars.Whole(sizes.Step)));

    private static YamlNode Following(OutputTensor output, InputTensor reference, char axis)
    {
        (AxisLink link, int halo) = (output.Along(axis), output.Halo.Along(axis));
        bool follows = link.Scale > 0 && reference.ArrayAxes.Contains(axis);
        YamlNode size = !follows ? YamlScalars.Whole(link.Offset)
            : YamlScalars.Line(("tensor_id", YamlScalars.Text(reference.Id)), ("axis_id", Quoted(axis)),
                ("offset", link.Offset != 0 ? YamlScalars.Whole(link.Offset) : null));
        return YamlScalars.Line(("type", YamlScalars.Text("space")), ("id", Quoted(axis)),
            ("scale", follows && link.Scale != 1 ? YamlScalars.Number(1 / link.Scale) : null), ("size", size),
            ("halo", follows && halo > 0 ? YamlScalars.Whole(halo) : null));
    }

    /// <summary>Each has a name of its own, which is an identifier of Python.</summary>
    private static YamlNode Channels(int count, IReadOnlyList<string> names)
    {
        string[] own = names.Count == count ? [.. names.Select(Identifier)] : [];
        if (own.Distinct().Count() != count)
            own = [.. Enumerable.Range(0, count).Select(index => $"channel{index}")];
        return YamlScalars.Line(("type", YamlScalars.Text("channel")), ("channel_names", YamlScalars.List(own.Select(YamlScalars.Text))));
    }

    private static string Identifier(string name)
    {
        string plain = Others().Replace(name, "_").Trim('_');
        return plain.Length == 0 || char.IsAsciiDigit(plain[0]) ? $"channel_{plain}".TrimEnd('_') : plain;
    }

    // y is a yes to YAML 1.1.
    private static YamlScalarNode Quoted(char axis) => YamlScalars.Text(axis.ToString());

    [GeneratedRegex("[^A-Za-z0-9_]+")]
    private static partial Regex Others();
}
