using BioDL.Cli.Tiff;
using BioDL.Core;
using BioDL.Core.Images;

namespace BioDL.Cli.Commands;

/// <summary>Which channels of an image a model sees.</summary>
internal static class ChannelChoice
{
    private static readonly string[] Colours = ["red", "green", "blue"];

    /// <param name="image">the image</param>
    /// <param name="needed">channels of the model</param>
    /// <param name="channel">asked for, from 1; null: none</param>
    /// <exception cref="BioDLException">The image has several channels and none was named, or there is no such channel.</exception>
    internal static ImageView Of(TiffImage image, int needed, int? channel)
    {
        ImageView view = image.View;
        if (channel is null)
        {
            if (needed == 1 && view.Channels > 1)
                throw new BioDLException(Status.InvalidArgument, $"{image.Path} has {view.Channels} channels, the model takes one", $"Name it: --channel 1 to {view.Channels}.");
            return view;
        }
        if (needed != 1)
            throw new BioDLException(Status.InvalidArgument, $"--channel {channel}: the model takes {needed} channels together", "Leave out --channel.");
        if (channel > view.LogicalChannels)
        {
            throw new BioDLException(Status.InvalidArgument, $"--channel {channel}: {image.Path} has {view.LogicalChannels} channel(s)",
                view.Type == PixelType.Argb32 ? $"1 to 3 are {string.Join(", ", Colours)}." : $"Choose 1 to {view.LogicalChannels}.");
        }
        return view.Type == PixelType.Argb32 ? Colour(view, channel.Value) : view.Channels == 1 ? view : view.Channel(channel.Value - 1);
    }

    // One byte of each 0xAARRGGBB word is an 8-bit image.
    private static ImageView Colour(ImageView view, int channel)
    {
        int place = BitConverter.IsLittleEndian ? 3 - channel : channel;
        return view with { Type = PixelType.UInt8, Offset = view.Offset + place };
    }
}
