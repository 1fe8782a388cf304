using BioDL.Core.Images;
using BioDL.Core.Runs;

namespace BioDL.Core.Road.Planning;

/// <summary>An image and the input of the network that sees it.</summary>
/// <param name="Tensor">the input</param>
/// <param name="View">the image</param>
/// <param name="Chosen">the image's channels that the input sees, 0-based; of packed RGB 0 red, 1 green, 2 blue</param>
internal sealed record InputMatch(InputTensor Tensor, ImageView View, int[] Chosen)
{
    /// <summary>The one channel is the mean of packed RGB's three.</summary>
    public bool IsGrey { get; private init; }

    /// <summary>The input has one channel and sees the chosen ones one after the other.</summary>
    public bool OneByOne => Tensor.Channels == 1 && Chosen.Length > 1;

    /// <summary>The image's channels that the input sees in one of the runs over its channels.</summary>
    public int[] Channels(int group) => OneByOne ? [Chosen[group]] : Chosen;

    /// <summary>Where a channel's pixels lie.</summary>
    public InputChannel Source(int channel) =>
        IsGrey ? new InputChannel(0, PixelPart.Grey) : View.Type == PixelType.Argb32 ? new InputChannel(0, PixelPart.Red + channel)
        : new InputChannel(channel, PixelPart.Whole);

    /// <summary>Check one image against its input.</summary>
    /// <param name="tensor">the input</param>
    /// <param name="view">the image</param>
    /// <param name="chosen">channels that the caller chose; null or empty: all</param>
    /// <param name="name">what messages call the image</param>
    /// <param name="channelByChannel">see <see cref="RunNetwork.ChannelByChannel"/></param>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>, naming what does not fit.</exception>
    public static InputMatch Of(InputTensor tensor, ImageView view, IReadOnlyList<int>? chosen, string name, bool channelByChannel)
    {
        view.Validate(name);
        if (view.Type == PixelType.UInt32)
            throw Invalid($"{name} has 32-bit integer pixels, which are for label images only",
                "Convert it to 8-bit, 16-bit, 32-bit float or RGB.");
        if (!channelByChannel && tensor.Channels == 1 && view.Type == PixelType.Argb32 && chosen is not { Count: > 0 })
            return new InputMatch(tensor, view, [0]) { IsGrey = true };
        int[] channels = chosen is { Count: > 0 } ? [.. chosen] : [.. Enumerable.Range(0, view.LogicalChannels)];
        foreach (int channel in channels)
            if (channel < 0 || channel >= view.LogicalChannels)
                throw Invalid($"{name} has {view.LogicalChannels} channel(s), there is no channel {channel + 1L}",
                    $"Choose channels from 1 to {view.LogicalChannels}.");
        if (tensor.Channels == 1 && channels.Length > 1 && !channelByChannel)
            throw Invalid($"{name} has {channels.Length} channels, the model needs 1", "Choose one channel of the image.");
        if (tensor.Channels != channels.Length && !(tensor.Channels == 1 && channelByChannel))
            throw Invalid($"the input {tensor.Name} of the network needs {tensor.Channels} channels, {channels.Length} of "
                + $"{name} are chosen", Remedy(tensor, view));
        return new InputMatch(tensor, view, channels);
    }

    /// <summary>How the channels meet, for a person; numbers from 1.</summary>
    public string Line()
    {
        string which = IsGrey ? "the mean of red, green and blue" : View.Type == PixelType.Argb32
            ? string.Join(", ", Chosen.Select(channel => ((string[])["red", "green", "blue"])[channel]))
            : View.Channels == 1 ? "one channel"
            : $"channel{(Chosen.Length == 1 ? "" : "s")} {string.Join(", ", Chosen.Select(channel => channel + 1))} of {View.Channels}";
        string to = Tensor.Axes.Contains('c') && !OneByOne ? $"c of {Tensor.Name}" : Tensor.Name;
        string named = Tensor.ChannelNames.Count == Tensor.Channels && !OneByOne ? $" ({string.Join(", ", Tensor.ChannelNames)})" : "";
        return $"C: {which}{(OneByOne ? ", each by itself" : "")} -> {to}{named}";
    }

    private static string Remedy(InputTensor tensor, ImageView view)
    {
        string names = tensor.ChannelNames.Count == tensor.Channels ? $" ({string.Join(", ", tensor.ChannelNames)})" : "";
        return view.LogicalChannels >= tensor.Channels
            ? $"Choose {tensor.Channels} of the image's {view.LogicalChannels} channels{names}, in the network's order."
            : $"Use an image with the {tensor.Channels} channels{names} that the model was trained on, or another model.";
    }

    private static BioDLException Invalid(string message, string hint) => new(Status.InvalidArgument, message, hint);
}
