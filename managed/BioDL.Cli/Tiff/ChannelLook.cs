namespace BioDL.Cli.Tiff;

/// <summary>What a channel is called and how it is shown.</summary>
/// <param name="Name">"" when it has none</param>
/// <param name="Table">256 reds, greens and blues; null when the file does not say</param>
/// <param name="Range">pixels that are shown as black and as white; null when the file does not say</param>
internal sealed record ChannelLook(string Name, byte[]? Table = null, (double Low, double High)? Range = null)
{
    internal static readonly ChannelLook None = new("");

    private static readonly string[] Colours = ["red", "green", "blue"];

    /// <summary>Those of a packed RGB image.</summary>
    internal static IReadOnlyList<ChannelLook> Rgb { get; } = [.. Colours.Select(name => new ChannelLook(name))];

    /// <summary>From black to a colour.</summary>
    internal static byte[] From(byte red, byte green, byte blue)
    {
        byte[] table = new byte[768];
        for (int i = 0; i < 256; i++)
            (table[i], table[256 + i], table[512 + i]) = ((byte)(red * i / 255), (byte)(green * i / 255), (byte)(blue * i / 255));
        return table;
    }

    /// <summary>OME's channels, each as many times as it has samples in a page.</summary>
    /// <returns>as many as asked for; without names and colours where the description does not fit</returns>
    internal static ChannelLook[] Of(OmeImage ome, int channels, int samples)
    {
        ChannelLook[] looks =
        [
            .. ome.Channels.SelectMany(channel => Enumerable.Repeat(Of(channel), channel.Samples > 1 ? channel.Samples : 1)),
        ];
        if (looks.Length * samples == channels)
            looks = [.. looks.SelectMany(look => Enumerable.Repeat(look, samples))];
        return looks.Length == channels ? looks : [.. Enumerable.Repeat(None, channels)];
    }

    private static ChannelLook Of(OmeChannel channel) => new(channel.Name,
        channel.Colour is { } colour ? From((byte)(colour >> 24), (byte)(colour >> 16), (byte)(colour >> 8)) : null);
}
