using System.Buffers.Binary;
using BioDL.Cli.Tiff;
using BioDL.Core.Images;
using BitMiracle.LibTiff.Classic;
using Photometric = BioDL.Cli.Tiff.Photometric;

namespace BioDL.Cli.Pictures;

/// <summary>
/// JPEG (ITU T.81) of 8 bits, grey or in colours. A TIFF may hold a whole JPEG as its one strip, so that LibTiff.NET decodes it when it is
/// given the directory of such a TIFF in front. As in ImageJ, a camera's note of orientation is not followed.
/// </summary>
internal static unsafe class JpegFile
{
    // LibTiff.NET decodes into an array.
    private const long MostBytes = 1 << 30;

    // No JPEG of noise or of nothing holds more pixels a byte.
    private const long MostExpansion = 4096;

    internal static ReadOnlySpan<byte> Signature => [0xFF, 0xD8, 0xFF];

    /// <exception cref="InvalidDataException">Damaged, or of a kind that is not read; the message names it.</exception>
    internal static ImageFile Open(string path)
    {
        byte[] jpeg = File.ReadAllBytes(path);
        JpegFrame frame = JpegFrame.Find(jpeg);
        long bytes = (long)frame.Width * frame.Height * frame.Components;
        if (bytes > MostBytes)
            throw new InvalidDataException($"a JPEG of {frame.Width} x {frame.Height} pixels is too large to decode");
        if (bytes > jpeg.LongLength * MostExpansion)
            throw new InvalidDataException($"it claims {bytes} bytes of pixels, which cannot be in a file of {jpeg.Length}");
        byte[] samples = new byte[bytes];
        byte[] wrapped = Wrapped(jpeg, frame, out int directory);
        using (var library = LibTiffHandle.Read(new MemoryStream(wrapped)))
        {
            library.Do(tiff => tiff.SetSubDirectory(directory), "it cannot be read");
            if (frame.Photometric == Photometric.YCbCr)
                library.Do(tiff => tiff.SetField(TiffTag.JPEGCOLORMODE, JpegColorMode.RGB), "its colours cannot be decoded");
            library.Do(tiff => tiff.ReadEncodedStrip(0, samples, 0, samples.Length) == samples.Length, "it holds too few pixels");
        }
        var form = new PictureForm(frame.Components == 3 ? PixelType.Argb32 : PixelType.UInt8, frame.Components, frame.Height, frame.Width);
        var memory = new PlaneMemory(form.Bytes);
        for (long i = 0, pixels = (long)form.Width * form.Height; i < pixels; i++)
        {
            if (frame.Components == 1)
                memory.Data[i] = samples[i];
            else
                ((uint*)memory.Data)[i] = 0xFF000000u | (uint)samples[3 * i] << 16 | (uint)samples[3 * i + 1] << 8 | samples[3 * i + 2];
        }
        return Picture.Of(path, memory, form, []);
    }

    /// <summary>A little-endian TIFF of one page, whose one strip is the JPEG.</summary>
    private static byte[] Wrapped(byte[] jpeg, JpegFrame frame, out int directory)
    {
        const int Short = 3, Long = 4, HeaderBytes = 8;
        List<(int Tag, int Type, int Count, long Value)> entries =
        [
            (256, Long, 1, frame.Width), (257, Long, 1, frame.Height), (258, Short, 1, 8), (259, Short, 1, (int)Tiff.Compression.Jpeg),
            (262, Short, 1, (int)frame.Photometric), (273, Long, 1, HeaderBytes), (277, Short, 1, frame.Components),
            (278, Long, 1, frame.Height), (279, Long, 1, jpeg.Length), (284, Short, 1, (int)Planar.Chunky),
        ];
        if (frame.Photometric == Photometric.YCbCr)
            entries.Add((530, Short, 2, frame.Across | frame.Down << 16));
        directory = (HeaderBytes + jpeg.Length + 1) / 2 * 2;
        byte[] file = new byte[directory + 2 + 12 * entries.Count + 4];
        "II*\0"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), directory);
        jpeg.CopyTo(file, HeaderBytes);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(directory), (short)entries.Count);
        for (int i = 0; i < entries.Count; i++)
        {
            Span<byte> entry = file.AsSpan(directory + 2 + 12 * i, 12);
            BinaryPrimitives.WriteUInt16LittleEndian(entry, (ushort)entries[i].Tag);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], (ushort)entries[i].Type);
            BinaryPrimitives.WriteInt32LittleEndian(entry[4..], entries[i].Count);
            BinaryPrimitives.WriteInt32LittleEndian(entry[8..], (int)entries[i].Value);
        }
        return file;
    }
}

/// <summary>What a JPEG says of its pixels (SOF) and of their colours (Adobe's APP14).</summary>
/// <param name="Width">pixels along X</param>
/// <param name="Height">pixels along Y</param>
/// <param name="Components">1 or 3</param>
/// <param name="Photometric">grey, RGB or YCbCr</param>
/// <param name="Across">pixels of a colour sample along X, in YCbCr</param>
/// <param name="Down">along Y</param>
internal sealed record JpegFrame(int Width, int Height, int Components, Photometric Photometric, int Across, int Down)
{
    private const int Baseline = 0xC0, Extended = 0xC1, Progressive = 0xC2, LastFrame = 0xCF, Huffman = 0xC4, Reserved = 0xC8,
        ArithmeticTables = 0xCC, AdobeSegment = 0xEE, StartOfScan = 0xDA;

    /// <exception cref="InvalidDataException">It is cut short, or of a kind that is not read.</exception>
    internal static JpegFrame Find(ReadOnlySpan<byte> jpeg)
    {
        bool adobeRgb = false;
        for (int at = 2; at + 4 <= jpeg.Length;)
        {
            int marker = jpeg[at + 1], length = BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
            if (jpeg[at] != 0xFF || marker == StartOfScan)
                break;
            if (marker == 0xFF)
            {
                at++; // a byte that only fills
                continue;
            }
            if (at + 2 + length > jpeg.Length || length < 2)
                break;
            ReadOnlySpan<byte> segment = jpeg.Slice(at + 4, length - 2);
            if (marker == AdobeSegment && segment.StartsWith("Adobe"u8) && segment.Length >= 12)
                adobeRgb = segment[11] == 0;
            bool frame = marker is >= Baseline and <= LastFrame and not Huffman and not Reserved and not ArithmeticTables;
            if (frame)
                return Of(marker, segment, adobeRgb);
            at += 2 + length;
        }
        throw new InvalidDataException("it is cut short, or no JPEG");
    }

    private static JpegFrame Of(int marker, ReadOnlySpan<byte> segment, bool adobeRgb)
    {
        if (marker is not (Baseline or Extended or Progressive))
            throw new InvalidDataException($"a JPEG that is lossless or coded arithmetically (SOF{marker - Baseline}) is not read");
        if (segment.Length < 6 || segment.Length < 6 + 3 * segment[5])
            throw new InvalidDataException("it is cut short");
        int height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]), width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]),
            components = segment[5];
        if (segment[0] != 8)
            throw new InvalidDataException($"a JPEG of {segment[0]} bits is not read");
        if (components is not (1 or 3))
            throw new InvalidDataException($"a JPEG of {components} colours (CMYK) is not read");
        if (width == 0 || height == 0)
            throw new InvalidDataException($"it has the size {width} x {height}");
        if (components == 1)
            return new JpegFrame(width, height, 1, Photometric.MinIsBlack, 1, 1);
        bool named = segment[6] == 'R' && segment[9] == 'G' && segment[12] == 'B';
        int first = segment[7], second = Math.Max((int)segment[10], 0x11);
        return new JpegFrame(width, height, 3, adobeRgb || named ? Photometric.Rgb : Photometric.YCbCr,
            Math.Max(1, (first >> 4) / Math.Max(1, second >> 4)), Math.Max(1, (first & 15) / Math.Max(1, second & 15)));
    }
}
