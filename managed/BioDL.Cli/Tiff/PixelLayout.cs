using BioDL.Core;
using BioDL.Core.Images;

namespace BioDL.Cli.Tiff;

/// <summary>What is done to a decoded plane before the engine sees it.</summary>
internal enum PixelConversion
{
    None,

    /// <summary>32-bit integers and 64-bit floats to 32-bit float.</summary>
    ToFloat,

    /// <summary>Signed 8-bit and 16-bit integers to unsigned ones that start at the least of them, as ImageJ holds them.</summary>
    ToUnsigned,

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
    /// <summary>The value of the pixel 0.</summary>
    internal double ValueOffset { get; private init; }

    /// <param name="path">of the file, for the error</param>
    /// <param name="page">of which all are</param>
    /// <param name="packed">8-bit RGB may become packed words, which an image of one such page a plane can be</param>
    /// <exception cref="BioDLException">A kind of pixel that cannot be segmented; the message names the file and the kind.</exception>
    internal static PixelLayout Of(string path, in TiffPage page, bool packed = true)
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
        if (packed && rgb && page.Bits == 8 && page.SampleFormat == SampleFormat.Unsigned && page.Samples is 3 or 4)
            return new PixelLayout(PixelType.Argb32, PixelConversion.ToArgb, 1, 1);
        (PixelType type, PixelConversion conversion) = (page.SampleFormat, page.Bits) switch
        {
            (SampleFormat.Unsigned, 8) => (PixelType.UInt8, PixelConversion.None),
            (SampleFormat.Unsigned, 16) => (PixelType.UInt16, PixelConversion.None),
            (SampleFormat.Float, 32) => (PixelType.Float32, PixelConversion.None),
            (SampleFormat.Signed, 8) => (PixelType.UInt8, PixelConversion.ToUnsigned),
            (SampleFormat.Signed, 16) => (PixelType.UInt16, PixelConversion.ToUnsigned),
            (SampleFormat.Unsigned or SampleFormat.Signed, 32) or (SampleFormat.Float, 64) =>
                (PixelType.Float32, PixelConversion.ToFloat),
            _ => throw new BioDLException(Status.Io,
                $"{path}: pixels of {page.Bits} bits, {Describe(page.SampleFormat)}, are not supported",
                "Save it as 8-bit, 16-bit or 32-bit float."),
        };
        // A fourth RGB sample is opacity and not a channel.
        int channels = rgb ? 3 : page.Samples;
        double least = conversion == PixelConversion.ToUnsigned ? -Math.Pow(2, page.Bits - 1) : 0;
        return new PixelLayout(type, conversion, channels, page.SideBySide) { ValueOffset = least };
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
        else if (conversion == PixelConversion.ToUnsigned)
            ToUnsigned(memory, samplesAt, count * page.PixelBytes, page.Bits / 8);
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

    // The highest bit of a sample is its sign; turned over, the samples are in order. In this machine's byte order it is in the last byte.
    private static unsafe void ToUnsigned(byte* memory, long samplesAt, long bytes, int sampleBytes)
    {
        if (samplesAt > 0)
            Buffer.MemoryCopy(memory + samplesAt, memory, bytes, bytes);
        for (long i = sampleBytes - 1; i < bytes; i += sampleBytes)
            memory[i] ^= 0x80;
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
