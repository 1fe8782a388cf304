using BioDL.Core.Runs;
using YamlDotNet.RepresentationModel;

namespace BioDL.Models.Readers;

/// <summary>
/// The images that a model was made for, as any bioimage.io description may say under config.biodl.made_for:
/// <code>
///   objects: bright                                  # on a dark ground, or dark on a bright one
///   diameter_px: {usual: 21, min: 7, max: 60}        # of objects, in pixels of the training images
///   diameter_um: {min: 4, max: 30}                   # of the objects themselves
///   channels: [dapi, hoechst]                        # words in the names of channels
/// </code>
/// Without it the tags tell whether the images are fluorescence or stained.
/// </summary>
internal static class MadeForReader
{
    private static readonly string[] Fluorescent = ["fluorescence", "fluo", "dapi"],
    Stained = ["brightfield", "bright-field", "histology", "histopathology", "h&e", "phase-contrast", "hematoxylin"];

    /// <returns>null where nothing is said</returns>
    public static MadeFor? Of(YamlNode root, IReadOnlyList<string> tags, DescriptionErrors errors)
    {
        YamlNode? said = root.Get("config", "biodl", "made_for");
        var made = new MadeFor
        {
            Ground = said.Get("objects").Text() switch
            {
                "bright" => Ground.Dark,
                "dark" => Ground.Bright,
                null => OfTags(tags),
                var other => throw errors.Invalid($"says made_for.objects: {other}, which is neither bright nor dark"),
            },
            Diameter = Positive(said.Get("diameter_px", "usual"), "diameter_px.usual", errors),
            Diameters = Range(said.Get("diameter_px"), "diameter_px", errors),
            Micrometres = Range(said.Get("diameter_um"), "diameter_um", errors),
            Channels = [.. said.Get("channels").Items().Select(item => item.Text() ?? "").Where(text => text.Length > 0)],
        };
        return made.Describe().Length > 0 ? made : null;
    }

    private static Ground OfTags(IReadOnlyList<string> tags)
    {
        bool Any(string[] words) => tags.Any(tag => words.Any(word =>
            tag.Replace(' ', '-').Contains(word, StringComparison.OrdinalIgnoreCase)));
        return Any(Fluorescent) == Any(Stained) ? Ground.Unknown : Any(Fluorescent) ? Ground.Dark : Ground.Unknown;
    }

    private static SizeRange? Range(YamlNode? node, string name, DescriptionErrors errors)
    {
        double? low = Positive(node.Get("min"), $"{name}.min", errors), high = Positive(node.Get("max"), $"{name}.max", errors);
        if (low is null && high is null)
            return null;
        return low <= high ? new SizeRange(low.Value, high.Value)
            : throw errors.Invalid($"says made_for.{name} without a min and a max that is not below it");
    }

    private static double? Positive(YamlNode? node, string name, DescriptionErrors errors) => node is null ? null
        : node.Number() is { } number and > 0 ? number : throw errors.Invalid($"says made_for.{name}, which is no positive number");
}
