using BioDL.Cli.Tiff;

namespace BioDL.Cli.Output;

/// <summary>
/// The colour that a channel is shown in: the one a microscopist expects of the stain it is named after, else ImageJ's own order of
/// colours.
/// </summary>
internal readonly record struct ChannelColour(byte Red, byte Green, byte Blue)
{
    private static readonly ChannelColour[] InOrder =
    [
        new(255, 0, 0), new(0, 255, 0), new(0, 0, 255), new(255, 255, 255), new(0, 255, 255), new(255, 0, 255), new(255, 255, 0),
    ];

    private static readonly (string[] Words, ChannelColour Colour)[] Stains =
    [
        (["dapi", "hoechst", "dna", "nucle", "h2b", "chromatin", "blue", "bfp"], new(0, 0, 255)),
        (["far red", "far-red", "cy5", "647", "magenta", "membrane", "wga"], new(255, 0, 255)),
        (["gfp", "fitc", "488", "green", "tubulin", "calcein", "golgi"], new(0, 255, 0)),
        (["rfp", "mcherry", "tomato", "cy3", "tritc", "texas", "561", "568", "594", "red", "mito", "actin", "phalloidin"], new(255, 0, 0)),
        (["cfp", "cyan"], new(0, 255, 255)),
        (["yfp", "venus", "yellow", "propidium"], new(255, 255, 0)),
        (["phase", "brightfield", "bright field", "transmit", "dic", "grey", "gray", "spread"], new(255, 255, 255)),
    ];

    /// <param name="name">of the channel</param>
    /// <param name="index">of the channel, from 0</param>
    internal static ChannelColour Of(string name, int index)
    {
        foreach ((string[] words, ChannelColour colour) in Stains)
        {
            if (words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)))
                return colour;
        }
        return InOrder[index % InOrder.Length];
    }

    /// <summary>From black to the colour: 256 reds, greens and blues.</summary>
    internal byte[] LookupTable() => ChannelLook.From(Red, Green, Blue);
}
