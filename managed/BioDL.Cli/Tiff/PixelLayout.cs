using BioDL.Core;
using BioDL.Core.Images;

namespace BioDL.Cli.Tiff;

/// <summary>What is done to a decoded plane before the engine sees it.</summary>
internal enum PixelConversion
{
    None,

    /// <summary>Signed, 32-bit or 64-bit samples to 32-bit float.</summary>
    ToFloat,

    /// <summary>8-bit RGB, with or without alpha, to 0xAARRGGBB words, so that grey and RGB models both take it.</summary>
    ToArgb,
}

/// <summary>How the pages of a file are presented to the engine.</summary>
/// <param name="Type">of the pixels that the engine reads</param>
/// <param name="Conversion">from the file's pixels to those</param>
/// <param name="Channels">of one page as the engine sees them</param>
/// <param name="Interleaved">samples side by side in the presented plane</param>
internal sealed record PixelLayout(PixelType Type, PixelConversion Conversion, int Channels, int Interleaved)
{
    /// <exception cref="BioDLException">A kind of pixel that cannot be segmented; the message names the file and the kind.</exception>
    internal static PixelLayout Of(string path, in TiffPage page)
    {
        Require(page.Compression.IsDecodable(), path, $"its compression, {page.Compression.Name()}, is not supported here",
            "Save it uncompressed or with Deflate or LZW.");
        Require(Predictor.IsKnown(page), path, $"its predictor (number {page.Predictor}) is not supported here",
            "Save it without a predictor.");
        bool readable = page.Photometric is Photometric.MinIsWhite or Photometric.MinIsBlack or Photometric.Rgb or Photometric.Palette
            || (page.Photometric == Photometric.YCbCr && page.Compression == Compression.Jpeg);
        Require(readable, path, $"its colour model (photometric interpretation {(int)page.Photometric}) is not supported",
            "Save it as grey or RGB.");
        bool rgb = page.Photometric is Photometric.Rgb or Photometric.YCbCr;
        Require(!rgb || page.Samples >= 3, path, $"it claims to be RGB with {page.Samples} samples a pixel", "Save it again as RGB.");
        if (rgb && page.Bits == 8 && page.SampleFormat == SampleFormat.Unsigned && page.Samples is 3 or 4)
            return new PixelLayout(PixelType.Argb32, PixelConversion.ToArgb, 1, 1);
        (PixelType type, PixelConversion conversion) = (page.SampleFormat, page.Bits) switch
        {
            (SampleFormat.Unsigned, 8) => (PixelType.UInt8, PixelConversion.None),
            (SampleFormat.Unsigned, 16) => (PixelType.UInt16, PixelConversion.None),
            (SampleFormat.Float, 32) => (PixelType.Float32, PixelConversion.None),
            (SampleFormat.Unsigned, 32) or (SampleFormat.Signed, 8 or 16 or 32) or (SampleFormat.Float, 64) =>
                (PixelType.Float32, PixelConversion.ToFloat),
            _ => throw new BioDLException(Status.Io,
                $"{path}: pixels of {page.Bits} bits, {Describe(page.SampleFormat)}, are not supported",
                "Save it as 8-bit, 16-bit or 32-bit float."),
        };
        // A fourth RGB sample is opacity and not a channel.
        int channels = rgb ? 3 : page.Samples;
        return new PixelLayout(type, conversion, channels, page.SideBySide);
    }

    /// <summary>Bytes of one presented plane, all interleaved samples included.</summary>
    internal long PresentedBytes(in TiffPage page) => page.Width * page.Height * Type.Size() * Interleaved;

    /// <summary>
    /// Convert in place: the file's samples lie at the end of the memory, the presented ones are written from its start. The writer never
    /// overtakes the reader, for a presented pixel starts at or before the sample it is made of.
    /// </summary>
    internal static unsafe void Convert(byte* memory, long samplesAt, in TiffPage page, PixelConversion conversion)
    {
        byte* from = memory + samplesAt;
        long count = page.Width * page.Height;
        if (conversion == PixelConversion.ToArgb)
            ToArgb(from, (uint*)memory, count, page.SideBySide);
        else if (conversion == PixelConversion.ToFloat)
            ToFloat(from, (float*)memory, count * page.SideBySide, page);
    }

    private static unsafe void ToArgb(byte* from, uint* to, long count, int samples)
    {
        for (long i = 0; i < count; i++, from += samples)
            to[i] = 0xFF000000u | (uint)from[0] << 16 | (uint)from[1] << 8 | from[2];
    }

    private static unsafe void ToFloat(byte* from, float* to, long count, in TiffPage page)
    {
        switch (page.SampleFormat, page.Bits)
        {
            case (SampleFormat.Signed, 8): ToFloat((sbyte*)from, to, count); break;
            case (SampleFormat.Signed, 16): ToFloat((short*)from, to, count); break;
            case (SampleFormat.Signed, 32): ToFloat((int*)from, to, count); break;
            case (SampleFormat.Unsigned, 32): ToFloat((uint*)from, to, count); break;
            default: ToFloat((double*)from, to, count); break;
        }
    }

    private static unsafe void ToFloat<T>(T* from, float* to, long count) where T : unmanaged, System.Numerics.INumberBase<T>
    {
        for (long i = 0; i < count; i++)
            to[i] = float.CreateTruncating(from[i]);
    }

    private static string Describe(SampleFormat format) => format switch
    {
        SampleFormat.Unsigned => "unsigned integer",
        SampleFormat.Signed => "signed integer",
        SampleFormat.Float => "float",
        _ => $"sample format {(int)format}",
    };

    private static void Require(bool condition, string path, string what, string hint)
    {
        if (!condition)
            throw new BioDLException(Status.Io, $"{path}: {what}", hint);
    }
}
