using BioDL.Core;
using BioDL.Models.Files;
using YamlDotNet.RepresentationModel;

namespace BioDL.Models.Readers;

/// <summary>A bioimage.io description, formats 0.4 and 0.5 (github.com/bioimage-io/spec-bioimage-io), as far as StarDist needs it.</summary>
internal sealed class BioimageioReader : IModelReader
{
    private static readonly string[] Names = ["bioimageio.yaml", "rdf.yaml", "model.yaml"];
    private const long Limit = 1 << 20;

    public ModelDraft? Read(ModelLocation location)
    {
        string? name = IsYaml(location.Chosen) ? location.Chosen : Names.FirstOrDefault(location.Files.Exists);
        if (name is null || (location.Chosen is { } chosen && !IsYaml(chosen) && !BareOnnxReader.IsOnnx(chosen)))
            return null;
        YamlMappingNode root = Yaml.Parse(System.Text.Encoding.UTF8.GetString(location.Files.Read(name, Limit)), $"{name} of {location.Files.Source}");
        YamlNode? onnx = root.Get("weights", "onnx");
        string? weights = onnx.Get("source").Text();
        if (BareOnnxReader.IsOnnx(location.Chosen ?? "") && location.Chosen != weights)
            return null;
        if (weights is null)
            throw Unsupported(location, $"has weights as {Keys(root.Get("weights"))}, not as onnx", "Export the network to ONNX.");
        ModelDraft draft = Draft(root, location) with { Weights = weights, Sha256 = onnx.Get("sha256").Text()?.ToLowerInvariant() };
        return draft;
    }

    private static ModelDraft Draft(YamlNode root, ModelLocation location)
    {
        YamlNode? config = root.Get("config", "stardist");
        YamlNode[] inputs = [.. root.Get("inputs").Items()], outputs = [.. root.Get("outputs").Items()];
        if (inputs.Length != 1)
            throw Unsupported(location, $"has {inputs.Length} inputs", "A StarDist model has one.");
        var (input, output) = (TensorAxes.OfInput(inputs[0]), outputs.Select(TensorAxes.OfOutput).FirstOrDefault());
        if (input.Order != "bcyx")
            throw Unsupported(location, $"has an input with the axes \"{input.Order}\"", "Only (batch, channel, y, x) is supported.");
        AxisPair? grid = Grid(config.Get("config", "grid"));
        var draft = new ModelDraft
        {
            Weights = "",
            Name = root.Get("name").Text() ?? "", Description = root.Get("description").Text() ?? "", Licence = root.Get("license").Text() ?? "",
            Citation = string.Join('\n', root.Get("cite").Items().Select(Cite)),
            InputName = TensorAxes.NameOf(inputs[0]), OutputNames = [.. outputs.Select(TensorAxes.NameOf).OfType<string>()],
            Channels = input.Channels ?? config.Get("config", "n_channel_in").Whole(),
            Rays = config.Get("config", "n_rays").Whole(),
            Grid = grid ?? output?.Scale, Minimum = input.Minimum, Step = input.Step,
            Halo = output?.Halo is { } halo ? Math.Max(halo.Y * (output.Scale?.Y ?? 1), halo.X * (output.Scale?.X ?? 1)) : null,
            ProbThreshold = config.Get("thresholds", "prob").Number(), OverlapThreshold = config.Get("thresholds", "nms").Number(),
            Border = config.Get("border").Whole(),
        };
        return WithNormalization(draft, inputs[0], config is not null, location);
    }

    private static ModelDraft WithNormalization(ModelDraft draft, YamlNode input, bool isStarDist, ModelLocation location)
    {
        foreach (YamlNode step in input.Get("preprocessing").Items())
        {
            string name = step.Get("id").Text() ?? step.Get("name").Text() ?? "";
            if (name == "ensure_dtype")
                continue;
            if (name != "scale_range")
                throw Unsupported(location, $"normalises its input by \"{name}\"", "StarDist models use scale_range.");
            YamlNode? kwargs = step.Get("kwargs");
            string axes = kwargs.Get("axes").Text() ?? string.Concat(kwargs.Get("axes").Items().Select(axis => axis.Text() is "channel" ? "c" : axis.Text()));
            draft = draft with
            {
                PercentileLow = kwargs.Get("min_percentile").Number() ?? 0,
                PercentileHigh = kwargs.Get("max_percentile").Number() ?? 100,
                Epsilon = kwargs.Get("eps").Number() ?? (isStarDist ? null : 1e-6),
                JointChannels = axes.Length == 0 || axes.Contains('c'),
            };
        }
        return draft;
    }

    private static AxisPair? Grid(YamlNode? node)
    {
        int?[] sizes = [.. node.Items().Select(item => item.Whole())];
        return sizes is [{ } y, { } x] ? new AxisPair(y, x) : null;
    }

    private static string Cite(YamlNode entry) =>
        string.Join(", ", new[] { entry.Get("text").Text(), (entry.Get("doi") ?? entry.Get("url")).Text() }.Where(part => !string.IsNullOrEmpty(part)));

    private static string Keys(YamlNode? node) =>
        node is YamlMappingNode { Children.Count: > 0 } mapping ? string.Join(", ", mapping.Children.Keys.Select(key => key.Text())) : "nothing";

    private static bool IsYaml(string? name) => name is not null &&
        (name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase));

    private static BioDLException Unsupported(ModelLocation location, string what, string hint) =>
        new(Status.ModelUnsupported, $"{location.Files.Source} {what}, so it cannot be run.", hint);
}
