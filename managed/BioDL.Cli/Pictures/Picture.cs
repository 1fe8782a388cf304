using BioDL.Cli.Tiff;
using BioDL.Core.Images;

namespace BioDL.Cli.Pictures;

/// <summary>One decoded picture as an image: grey of 8 or 16 bits, 8-bit colours as packed words, 16-bit colours as channels.</summary>
internal static unsafe class Picture
{
    /// <param name="path">of the file</param>
    /// <param name="memory">the pixels; belongs to the image from now on</param>
    /// <param name="form">how they lie there</param>
    /// <param name="warnings">what is left out</param>
    internal static ImageFile Of(string path, PlaneMemory memory, PictureForm form, IReadOnlyList<string> warnings)
    {
        int channels = form.Type == PixelType.Argb32 ? 1 : form.Channels, size = form.Type.Size();
        long pixel = (long)size * channels;
        return new ImageFile(path, memory)
        {
            View = new ImageView
            {
                Type = form.Type, Channels = channels, Height = form.Height, Width = form.Width, PixelStride = pixel,
                RowStride = pixel * form.Width, Planes = new FixedPlanes(memory.Data, 1, channels, 0, 0, size),
            },
            Channels = form.Channels == 3 ? ChannelLook.Rgb : [ChannelLook.None], Warnings = warnings,
        };
    }
}

/// <summary>The pixels of a picture, row by row, channels side by side or packed.</summary>
/// <param name="Type">UInt8, UInt16 or Argb32</param>
/// <param name="Channels">1, or 3 of colours</param>
/// <param name="Height">pixels along Y</param>
/// <param name="Width">pixels along X</param>
internal readonly record struct PictureForm(PixelType Type, int Channels, int Height, int Width)
{
    internal long Bytes => (long)Height * Width * Type.Size() * (Type == PixelType.Argb32 ? 1 : Channels);
}
