using BioDL.Core.Images;
using BioDL.Core.Normalization;
using BioDL.Core.Tiles;

namespace BioDL.Core.Tensors;

/// <summary>
/// Reads one tile of one plane into a network's input tensor in one pass: host pixel, float32, normalised, written.
/// </summary>
public static unsafe class TileReader
{
    /// <summary>
    /// Fill <paramref name="into"/>, reshaped to (1, C, tile height, tile width). Beyond the image's bottom and right the image is mirrored
    /// about its last pixel (NumPy's "reflect": the last pixel is not repeated); a value that is not finite after normalisation becomes 0.
    /// </summary>
    /// <param name="view">the image; each channel's plane is locked while it is read, on the calling thread</param>
    /// <param name="frame">0-based</param>
    /// <param name="slice">0-based</param>
    /// <param name="tile">what to read, in pixels of the plane; it may reach beyond its bottom and right</param>
    /// <param name="channels">where each channel of the tensor comes from, and how it is normalised</param>
    /// <param name="into">the network's input</param>
    public static void Read(ImageView view, int frame, int slice, Tile tile, ReadOnlySpan<ScaledChannel> channels, Tensor into)
    {
        into.Reshape(1, channels.Length, tile.Height, tile.Width);
        float* to = into.Data;
        foreach (var channel in channels)
        {
            using var plane = view.Lock(view.PlaneNumber(frame, slice, channel.Source.Channel));
            for (int y = 0; y < tile.Height; y++)
                for (int x = 0; x < tile.Width; x++)
                {
                    byte* pixel = plane.Pixel(Mirror(tile.Y + (long)y, view.Height), Mirror(tile.X + (long)x, view.Width));
                    float value = (PixelValue.Read(pixel, view.Type, channel.Source.Part) - channel.Scaling.Offset) / channel.Scaling.Divisor;
                    *to++ = float.IsFinite(value) ? value : 0;
                }
        }
    }

    /// <summary>The pixel that stands at position <paramref name="i"/> of an axis mirrored about its last pixel, again and again.</summary>
    internal static int Mirror(long i, int size)
    {
        if (i < size)
            return (int)i;
        if (size == 1)
            return 0;
        long period = 2L * (size - 1), phase = i % period;
        return (int)(phase < size ? phase : period - phase);
    }
}

/// <summary>One channel of a network's input: what it reads and how it is normalised.</summary>
public readonly record struct ScaledChannel(InputChannel Source, Scaling Scaling);
