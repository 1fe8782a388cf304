namespace BioDL.Core.Images;

/// <summary>Which number of a pixel a network's channel sees.</summary>
public enum PixelPart
{
    /// <summary>The pixel itself: UInt8, UInt16 or Float32.</summary>
    Whole,
    Red,
    Green,
    Blue,

    /// <summary>(r + g + b) / 3 of a packed RGB pixel, not rounded.</summary>
    Grey,
}

/// <summary>Where one channel of a network's input comes from: a channel of the image and a part of its pixels.</summary>
public readonly record struct InputChannel(int Channel, PixelPart Part)
{
    /// <summary>What each of a network's channels reads from an image.</summary>
    /// <param name="view">the image: as many channels as the network, or packed RGB</param>
    /// <param name="modelChannels">channels of the network's input</param>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: the image has other channels or a type for
    /// labels.</exception>
    public static InputChannel[] For(ImageView view, int modelChannels)
    {
        if (view.Type == PixelType.UInt32)
            throw new BioDLException(Status.InvalidArgument, "the image has 32-bit integer pixels, which are for label images only",
                "Convert it to 8-bit, 16-bit, 32-bit float or RGB.");
        if (view.Type == PixelType.Argb32 && modelChannels == 1)
            return [new(0, PixelPart.Grey)];
        if (view.Type == PixelType.Argb32 && modelChannels == 3)
            return [new(0, PixelPart.Red), new(0, PixelPart.Green), new(0, PixelPart.Blue)];
        if (view.Type == PixelType.Argb32 || view.Channels != modelChannels)
            throw new BioDLException(Status.InvalidArgument,
                $"the image has {view.LogicalChannels} channel(s), the model needs {modelChannels}",
                modelChannels == 1 ? "Choose one channel of the image."
                    : "Use an image with the channels the model was trained on, or another model.");
        var channels = new InputChannel[modelChannels];
        for (int c = 0; c < modelChannels; c++)
            channels[c] = new(c, PixelPart.Whole);
        return channels;
    }
}
