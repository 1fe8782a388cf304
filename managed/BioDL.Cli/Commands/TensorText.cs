using System.Globalization;
using BioDL.Core.Runs;
using BioDL.Core.Steps;

namespace BioDL.Cli.Commands;

/// <summary>Tensors of a model in words, several lines each.</summary>
internal static class TensorText
{
    internal static string Of(InputTensor tensor)
    {
        string sizes =
            string.Join(", ", Spatial(tensor.Axes, tensor.Z, tensor.Y, tensor.X).Select(axis => $"{axis.Letter} {Sizes(axis.Value)}"));
        return Lines($"{Name(tensor.Id, tensor.Name)}: axes {tensor.ArrayAxes}, {Channels(tensor.Channels, tensor.ChannelNames)}, {sizes}",
            tensor.Preprocessing);
    }

    internal static string Of(OutputTensor tensor)
    {
        string sizes =
            string.Join(", ", Spatial(tensor.Axes, tensor.Z, tensor.Y, tensor.X)
                .Select(axis => $"{axis.Letter} {Link(axis.Value, axis.Letter)}"));
        string kind = tensor.Kind.ToString().ToLowerInvariant() + (tensor.RestoresInput ? ", restores its input" : "")
            + (tensor.IsSpread ? ", the spread of another output"
            : tensor.SpreadChannels > 0 ? $", the last {tensor.SpreadChannels} channel(s) are the spread" : "");
        string channels = Channels(tensor.Channels, tensor.ChannelNames);
        return Lines($"{Name(tensor.Id, tensor.Name)}: axes {tensor.ArrayAxes}, {channels}, {sizes}, {tensor.DataType}, {kind}",
            tensor.Postprocessing);
    }

    private static string Name(string id, string name) => id.Length == 0 || id == name ? name : $"{id} ({name})";

    private static string Channels(int count, IReadOnlyList<string> names) =>
        $"{count} channel{(count == 1 ? "" : "s")}"
        + (names.Any(name => name.Length > 0) && names.Count <= 16 ? $" ({string.Join(", ", names)})" : "");

    private static string Sizes(AxisSizes sizes) => sizes.Step == 0 ? $"{sizes.Min}" : $"{sizes.Min} + n * {sizes.Step}";

    private static string Link(AxisLink link, char axis)
    {
        if (link.Scale == 0)
            return $"{link.Offset}";
        string scale = link.Scale == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" * {link.Scale}");
        string offset = link.Offset == 0 ? ""
            : string.Create(CultureInfo.InvariantCulture, $" {(link.Offset < 0 ? '-' : '+')} {Math.Abs(link.Offset)}");
        return $"{axis}{scale}{offset}";
    }

    private static string Lines(string first, IReadOnlyList<PixelOperation> steps) =>
        string.Join('\n', steps.Select(step => $"  {step.Describe()}").Prepend(first));

    private static IEnumerable<(char Letter, T Value)> Spatial<T>(string axes, T z, T y, T x) =>
        axes.Where(axis => "zyx".Contains(axis, StringComparison.Ordinal))
            .Select(axis => (axis, axis switch { 'z' => z, 'y' => y, _ => x }));
}
