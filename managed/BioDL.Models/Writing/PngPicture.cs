using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace BioDL.Models.Writing;

/// <summary>A picture of 8 bits as a PNG file (ISO/IEC 15948), not interlaced, each row as its difference from the row above.</summary>
public static class PngPicture
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    /// <param name="pixels">row by row, samples of a pixel together</param>
    /// <param name="width">pixels</param>
    /// <param name="height">pixels</param>
    /// <param name="samples">of a pixel: 1 grey, 3 red, green and blue</param>
    public static byte[] Of(ReadOnlySpan<byte> pixels, int width, int height, int samples)
    {
        if (samples is not (1 or 3) || width < 1 || height < 1 || pixels.Length != (long)width * height * samples)
            throw new ArgumentException($"{pixels.Length} values are no picture of {width} x {height} x {samples}", nameof(pixels));
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        (header[8], header[9]) = (8, (byte)(samples == 1 ? 0 : 2));
        var file = new MemoryStream();
        file.Write(Signature);
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "IDAT"u8, Packed(pixels, width * samples));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>Filter 2 of PNG: up.</summary>
    private static byte[] Packed(ReadOnlySpan<byte> pixels, int stride)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            byte[] row = new byte[stride + 1];
            row[0] = 2;
            for (int at = 0; at < pixels.Length; at += stride)
            {
                for (int i = 0; i < stride; i++)
                    row[i + 1] = (byte)(pixels[at + i] - (at > 0 ? pixels[at - stride + i] : 0));
                zlib.Write(row);
            }
        }
        return packed.ToArray();
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        byte[] number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        int start = (int)file.Length;
        file.Write(name);
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32(file.GetBuffer().AsSpan(start, (int)file.Length - start)));
        file.Write(number);
    }
}
