namespace BioDL.Models.Descriptions;

/// <summary>What a model takes, in words.</summary>
internal static class InputWords
{
    /// <summary>"2D, 1 channel"; several inputs one after the other.</summary>
    public static string Of(ModelDescription model)
    {
        if (model.Inputs.Count == 0)
            return model.StarDist is { } star ? Of(false, star.Channels) : "";
        return Of(model.Inputs.Select(input => Of(input.Axes.Contains('z'), input.Axes.Contains('c') ? input.Channels : 1)));
    }

    public static string Of(IEnumerable<string> inputs) => string.Join(" and ", inputs);

    /// <param name="volume">has a z axis</param>
    /// <param name="channels">0: not known</param>
    public static string Of(bool volume, int channels) =>
        (volume ? "3D" : "2D") + (channels > 0 ? $", {channels} channel{(channels == 1 ? "" : "s")}" : "");
}
