using System.Buffers.Binary;
using System.IO.Compression;

namespace BioDL.Conformance;

/// <summary>Pixels of a PNG with 8 bits a sample, without interlace: what the shared folder's stained images are.</summary>
internal static class PngImage
{
    /// <returns>packed 0xffRRGGBB; grey ones have three equal colours</returns>
    public static (uint[] Pixels, int Height, int Width) Read(Stream png)
    {
        using var file = new MemoryStream();
        png.CopyTo(file);
        byte[] bytes = file.ToArray();
        using var packed = new MemoryStream();
        int width = 0, height = 0, samples = 0;
        for (int at = 8; at < bytes.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
            ReadOnlySpan<byte> type = bytes.AsSpan(at + 4, 4), data = bytes.AsSpan(at + 8, length);
            if (type.SequenceEqual("IHDR"u8))
            {
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]));
                samples = data[9] switch { 0 => 1, 2 => 3, 4 => 2, 6 => 4, _ => 0 };
                Assert.True(data[8] == 8 && samples > 0 && data[12] == 0, "not a PNG of the shared folder's kind");
            }
            if (type.SequenceEqual("IDAT"u8))
                packed.Write(data);
            at += length + 12;
        }
        packed.Position = 0;
        using var inflated = new ZLibStream(packed, CompressionMode.Decompress);
        return (Pixels(inflated, height, width, samples), height, width);
    }

    private static uint[] Pixels(Stream rows, int height, int width, int samples)
    {
        var pixels = new uint[height * width];
        byte[] row = new byte[width * samples + 1], above = new byte[row.Length];
        for (int y = 0; y < height; y++)
        {
            rows.ReadExactly(row);
            Unfilter(row, above, samples);
            for (int x = 0; x < width; x++)
            {
                int at = 1 + x * samples;
                byte red = row[at], green = samples < 3 ? red : row[at + 1], blue = samples < 3 ? red : row[at + 2];
                pixels[y * width + x] = 0xff000000u | (uint)red << 16 | (uint)green << 8 | blue;
            }
            (row, above) = (above, row);
        }
        return pixels;
    }

    private static void Unfilter(byte[] row, byte[] above, int samples)
    {
        for (int i = 1; i < row.Length; i++)
        {
            int left = i > samples ? row[i - samples] : 0, up = above[i], corner = i > samples ? above[i - samples] : 0;
            int guess = left + up - corner, a = Math.Abs(guess - left), b = Math.Abs(guess - up), c = Math.Abs(guess - corner);
            row[i] += (byte)(row[0] switch
            {
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                4 => a <= b && a <= c ? left : b <= c ? up : corner,
                _ => 0,
            });
        }
    }
}
