using BioDL.Core.Images;
using BioDL.Core.Runs;
using BioDL.Core.Steps;

namespace BioDL.Core.Road.Planning;

/// <summary>An image and the input of the network that sees it.</summary>
/// <param name="Tensor">the input</param>
/// <param name="View">the image</param>
/// <param name="Chosen">the image's channels that the input sees, 0-based; of packed RGB 0 red, 1 green, 2 blue</param>
internal sealed record InputMatch(InputTensor Tensor, ImageView View, int[] Chosen)
{
    /// <summary>The one channel is the mean of packed RGB's three.</summary>
    public bool IsGrey { get; private init; }

    /// <summary>
    /// What the image's own values become before anything else, which is part of the view: K - v for dark objects, and its own inverse.
    /// Null: nothing.
    /// </summary>
    public ValueTransform? Turn { get; private init; }

    /// <summary>How the network sees the image's planes; null: pixel by pixel.</summary>
    public PlaneSampling? Sampling { get; init; }

    /// <summary>The values as the caller gave them.</summary>
    public ValueTransform OwnValues => Turn is { } turn ? View.Values.Then(turn) : View.Values;

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

    /// <summary>The same with dark pixels as large values.</summary>
    /// <param name="normalized">the network's own normalisation is applied</param>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: the normalisation has numbers that turned values do not
    /// fit.</exception>
    public InputMatch Turned(bool normalized)
    {
        ValueTransform values = View.Values;
        double? largest = View.Type switch { PixelType.UInt8 or PixelType.Argb32 => 255, PixelType.UInt16 => 65535, _ => null };
        bool own = normalized && Tensor.Preprocessing.FirstOrDefault(step => !step.IsNothing) is StatisticOperation { Reference: null };
        if (!own && largest is not 255)
            throw Invalid($"dark objects are asked for, but {Tensor.Name} is not normalised by what is taken from the image",
                "Invert the image yourself (ImageJ: Edit > Invert), so that its intensities are those that the model expects.");
        var turn = new ValueTransform(-1, largest * values.Scale + 2 * values.Offset ?? 0);
        ValueTransform turned = values.Then(turn);
        return this with { View = View with { ValueScale = turned.Scale, ValueOffset = turned.Offset }, Turn = turn };
    }

    /// <summary>How the channels meet, for a person; numbers from 1.</summary>
    public string Line()
    {
        string which = IsGrey ? "the mean of red, green and blue" : View.Type == PixelType.Argb32
            ? string.Join(", ", Chosen.Select(channel => ((string[])["red", "green", "blue"])[channel]))
            : View.Channels == 1 ? "one channel"
            : $"channel{(Chosen.Length == 1 ? "" : "s")} {string.Join(", ", Chosen.Select(channel => channel + 1))} of {View.Channels}";
        string to = Tensor.Axes.Contains('c') && !OneByOne ? $"c of {Tensor.Name}" : Tensor.Name;
        string dark = Turn is null ? "" : ", dark as bright";
        string named = Tensor.ChannelNames.Count == Tensor.Channels && !OneByOne ? $" ({string.Join(", ", Tensor.ChannelNames)})" : "";
        return $"C: {which}{(OneByOne ? ", each by itself" : "")}{dark} -> {to}{named}";
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
