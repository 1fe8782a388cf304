using YamlDotNet.RepresentationModel;

namespace BioDL.Models.Readers;

/// <summary>The axes of an input or output in a bioimage.io description, in either of its formats.</summary>
/// <param name="Order">one letter an axis, such as "bcyx"</param>
/// <param name="Channels">null where it does not say</param>
/// <param name="Minimum">smallest size along y and x, or the only one</param>
/// <param name="Step">sizes are the minimum and multiples of this more</param>
/// <param name="Scale">pixels of the input for one value of this tensor</param>
/// <param name="Halo">values of this tensor at each side that depend on what lies beyond the tile</param>
internal sealed record TensorAxes(string Order, int? Channels, AxisPair? Minimum, AxisPair? Step, AxisPair? Scale, AxisPair? Halo)
{
    /// <summary>The tensor's name: id in format 0.5, name in 0.4.</summary>
    public static string? NameOf(YamlNode tensor) => tensor.Get("id").Text() ?? tensor.Get("name").Text();

    public static TensorAxes OfInput(YamlNode tensor) => tensor.Get("axes").Text() is { } letters ? OldInput(tensor, letters) : New(tensor);

    public static TensorAxes OfOutput(YamlNode tensor) => tensor.Get("axes").Text() is { } letters ? OldOutput(tensor, letters) : New(tensor);

    /// <summary>0.4: axes "bcyx", shape either a list or {min, step}.</summary>
    private static TensorAxes OldInput(YamlNode tensor, string order)
    {
        YamlNode? shape = tensor.Get("shape");
        int?[] minimum = Numbers(shape is YamlSequenceNode ? shape : shape.Get("min")), step = Numbers(shape.Get("step"));
        int channel = order.IndexOf('c');
        return new TensorAxes(order, channel >= 0 && channel < minimum.Length ? minimum[channel] : null, Pair(order, minimum), Pair(order, step), null, null);
    }

    /// <summary>0.4: shape {reference_tensor, scale, offset}, scale being output over input, and halo for every axis.</summary>
    private static TensorAxes OldOutput(YamlNode tensor, string order)
    {
        double?[] scale = [.. tensor.Get("shape", "scale").Items().Select(item => item.Number())];
        int?[] pitch = [.. scale.Select(factor => factor is > 0 and <= 1 ? (int?)Math.Round(1 / factor.Value) : null)];
        return new TensorAxes(order, null, null, null, Pair(order, pitch), Pair(order, Numbers(tensor.Get("halo"))));
    }

    /// <summary>0.5: a list of axes, each with its own size, scale and halo.</summary>
    private static TensorAxes New(YamlNode tensor)
    {
        YamlNode[] axes = [.. tensor.Get("axes").Items()];
        YamlNode? Axis(string id) => axes.FirstOrDefault(axis => axis.Get("id").Text() == id);
        YamlNode? channel = axes.FirstOrDefault(axis => axis.Get("type").Text() == "channel"), y = Axis("y"), x = Axis("x");
        int names = channel.Get("channel_names").Items().Count();
        return new TensorAxes(string.Concat(axes.Select(Letter)), channel.Get("size").Whole() ?? (names > 0 ? names : null),
            Both(y.Get("size", "min").Whole() ?? y.Get("size").Whole(), x.Get("size", "min").Whole() ?? x.Get("size").Whole()),
            Both(y.Get("size", "step").Whole(), x.Get("size", "step").Whole()),
            Both((int?)y.Get("scale").Number(), (int?)x.Get("scale").Number()),
            Both(y.Get("halo").Whole(), x.Get("halo").Whole()));
    }

    private static string Letter(YamlNode axis) => axis.Get("type").Text() switch
    {
        "batch" => "b",
        "channel" => "c",
        "space" => axis.Get("id").Text() ?? "?",
        "time" => "t",
        _ => "?",
    };

    private static int?[] Numbers(YamlNode? list) => [.. list.Items().Select(item => item.Whole())];

    private static AxisPair? Pair(string order, int?[] sizes)
    {
        int y = order.IndexOf('y'), x = order.IndexOf('x');
        return y >= 0 && x >= 0 && Math.Max(y, x) < sizes.Length ? Both(sizes[y], sizes[x]) : null;
    }

    private static AxisPair? Both(int? y, int? x) => y is { } height && x is { } width ? new AxisPair(height, width) : null;
}
