using System.Text.Json;
using BioDL.Models.Cache;
using BioDL.Models.Descriptions;

namespace BioDL.Models.Catalogue.Zoo;

/// <summary>
/// What a model of the collection is for and what it takes, as far as its entry says. The package itself says it for certain.
/// </summary>
internal static class ZooWords
{
    private static readonly string[] Denoise = ["denois", "restoration", "noise2void", "n2v", "care", "super-resolution", "deconvolution"];
    private static readonly string[] Stain = ["virtual-stain", "virtual stain", "label-free", "artificial-label", "in-silico", "fnet",
        "pix2pix", "cyclegan", "stain"];

    public static ModelTask Task(IReadOnlyList<string> tags, JsonElement about)
    {
        if (about.Get("config", "stardist") is not null || tags.Any(tag => tag.Equals("stardist", StringComparison.OrdinalIgnoreCase)))
            return ModelTask.Segment;
        if (tags.Any(tag => Denoise.Any(word => word.Length <= 4 ? tag.Equals(word, StringComparison.OrdinalIgnoreCase)
            : tag.Contains(word, StringComparison.OrdinalIgnoreCase))))
            return ModelTask.Denoise;
        return tags.Any(tag => Stain.Any(word => tag.Contains(word, StringComparison.OrdinalIgnoreCase)))
            ? ModelTask.Stain : ModelTask.Other;
    }

    /// <summary>From the inputs of a whole description (formats 0.4 and 0.5), else from tags such as "3d".</summary>
    public static string Input(JsonElement about)
    {
        string[] inputs = [.. about.Items("inputs").Select(Words).Where(words => words.Length > 0)];
        if (inputs.Length > 0)
            return InputWords.Of(inputs);
        string[] sizes = [.. about.Items("tags").Select(tag => ((JsonElement?)tag).Text().ToUpperInvariant())
            .Where(tag => tag is "2D" or "3D").Distinct()];
        return sizes is [var one] ? one : "";
    }

    private static string Words(JsonElement input)
    {
        JsonElement? axes = input.Get("axes");
        if (axes is { ValueKind: JsonValueKind.String } letters)
            return InputWords.Of(letters.GetString()!.Contains('z'), OldChannels(letters.GetString()!, input));
        JsonElement[] all = [.. axes.Items()];
        if (all.Length == 0)
            return "";
        JsonElement? channel = all.Where(axis => axis.Text("type") == "channel").Select(axis => (JsonElement?)axis).FirstOrDefault();
        int channels = channel is { } named ? named.Items("channel_names").Count() : 1;
        if (channels == 0 && channel?.Whole("size") is > 0 and < 10_000 and { } size)
            channels = (int)size;
        return InputWords.Of(all.Any(axis => axis.Text("type") == "space" && axis.Text("id") == "z"), channels);
    }

    /// <summary>The shape is a list, or its smallest is.</summary>
    private static int OldChannels(string axes, JsonElement input)
    {
        int at = axes.IndexOf('c');
        if (at < 0)
            return 1;
        JsonElement? shape = input.Get("shape");
        JsonElement[] sizes = [.. (shape is { ValueKind: JsonValueKind.Object } parts ? parts.Get("min") : shape).Items()];
        return at < sizes.Length && sizes[at].ValueKind == JsonValueKind.Number && sizes[at].TryGetInt32(out int channels)
            && channels is > 0 and < 10_000 ? channels : 0;
    }
}
