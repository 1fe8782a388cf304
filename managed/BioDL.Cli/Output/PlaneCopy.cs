using BioDL.Core.Images;

namespace BioDL.Cli.Output;

/// <summary>What the pixels of an image mean into another of the same size, of a type that holds all its values.</summary>
internal static unsafe class PlaneCopy
{
    /// <summary>The type that holds the pixels of both.</summary>
    internal static PixelType Wider(PixelType a, PixelType b)
    {
        PixelType Plain(PixelType type) => type == PixelType.Argb32 ? PixelType.UInt8 : type;
        (a, b) = (Plain(a), Plain(b));
        if (a == b)
            return a;
        bool wide = a is PixelType.Float32 or PixelType.UInt32 || b is PixelType.Float32 or PixelType.UInt32;
        return wide ? PixelType.Float32 : PixelType.UInt16;
    }

    /// <summary>All planes of a channel.</summary>
    /// <param name="from">the image</param>
    /// <param name="channel">of it, as a network sees them: three of packed RGB</param>
    /// <param name="to">the image to write, of the same T, Z, Y and X</param>
    /// <param name="target">its channel</param>
    internal static void Channel(ImageView from, int channel, ImageView to, int target)
    {
        for (int frame = 0; frame < from.Frames; frame++)
        {
            for (int slice = 0; slice < from.Slices; slice++)
            {
                using PlaneLock source = from.Lock(from.PlaneNumber(frame, slice, from.Type == PixelType.Argb32 ? 0 : channel));
                using PlaneLock sink = to.Lock(to.PlaneNumber(frame, slice, target), write: true);
                for (int y = 0; y < from.Height; y++)
                    Row(source.Pixel(y, 0), from, channel, sink.Pixel(y, 0), to);
            }
        }
    }

    private static void Row(byte* from, ImageView source, int channel, byte* to, ImageView sink)
    {
        int shift = 16 - 8 * channel;
        for (int x = 0; x < source.Width; x++, from += source.PixelStride, to += sink.PixelStride)
        {
            float value = source.Type switch
            {
                PixelType.UInt8 => *from,
                PixelType.UInt16 => *(ushort*)from,
                PixelType.UInt32 => *(uint*)from,
                PixelType.Argb32 => *(uint*)from >> shift & 0xff,
                _ => *(float*)from,
            };
            value = source.Values.Of(value);
            switch (sink.Type)
            {
                case PixelType.UInt8: *to = (byte)value; break;
                case PixelType.UInt16: *(ushort*)to = (ushort)value; break;
                default: *(float*)to = value; break;
            }
        }
    }
}
