using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using BioDL.Cli.Pictures;
using BioDL.Cli.Tiff;
using BioDL.Core;
using BioDL.Core.Images;

namespace BioDL.Tests.Cli;

/// <summary>PNG and JPEG are read to the values that were written, in every verb.</summary>
public sealed class PictureTests : IDisposable
{
    private const int Width = 21, Height = 13, Grey = 0, Rgb = 2, Indexed = 3, GreyAlpha = 4, Rgba = 6;
    private readonly TestFolder _folder = new();

    public static TheoryData<int, int, bool> Pngs
    {
        get
        {
            var data = new TheoryData<int, int, bool>();
            foreach ((int kind, int[] bits) in new[] { (Grey, new[] { 1, 2, 4, 8, 16 }), (Rgb, [8, 16]), (Indexed, [1, 2, 4, 8]),
                (GreyAlpha, [8, 16]), (Rgba, [8, 16]) })
            {
                foreach (int one in bits)
                {
                    data.Add(kind, one, false);
                    data.Add(kind, one, true);
                }
            }
            return data;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Pngs))]
    public void APngOfEveryKindIsReadToItsValues(int kind, int bits, bool interlaced)
    {
        int samples = kind switch { GreyAlpha => 2, Rgb => 3, Rgba => 4, _ => 1 }, colours = samples >= 3 ? 3 : 1;
        string path = Png(kind, bits, samples, interlaced, Palette(grey: false));
        using ImageFile image = ImageFiles.Open(path);
        ImageView view = image.View;
        Assert.Equal((Width, Height, kind is Grey or GreyAlpha ? 1 : 3), (view.Width, view.Height, view.LogicalChannels));
        Assert.Equal(bits == 16 ? PixelType.UInt16 : view.LogicalChannels == 3 ? PixelType.Argb32 : PixelType.UInt8, view.Type);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                for (int c = 0; c < view.LogicalChannels; c++)
                {
                    int stored = Value(x, y, c < colours ? c : 0, bits), expected = kind == Indexed ? Palette(grey: false)[3 * stored + c]
                        : bits < 8 ? stored * 255 / ((1 << bits) - 1) : stored;
                    Assert.Equal(expected, Read(view, x, y, c));
                }
            }
        }
        Assert.Equal(kind is GreyAlpha or Rgba ? 1 : 0, image.Warnings.Count);
    }

    [Fact]
    public void APaletteOfGreysIsGrey()
    {
        using ImageFile image = ImageFiles.Open(Png(Indexed, 8, 1, false, Palette(grey: true)));
        Assert.Equal(PixelType.UInt8, image.View.Type);
        Assert.Equal(Palette(grey: true)[3 * Value(3, 2, 0, 8)], Read(image.View, 3, 2, 0));
    }

    [Theory, InlineData("grey"), InlineData("colour"), InlineData("subsampled")]
    public void AJpegIsWhatTheSameDataInATiffAre(string kind)
    {
        TiffPage page = TiffMaker.Grey(40, 24) with
        {
            Compression = Compression.Jpeg,
            Samples = kind == "grey" ? 1 : 3,
            Photometric = kind == "grey" ? Photometric.MinIsBlack : Photometric.YCbCr,
        };
        byte[] samples = [.. Enumerable.Range(0, 40 * 24 * page.Samples)
            .Select(i => (byte)(i / page.Samples % 40 * 5 + i % page.Samples * 9))];
        string tiff = _folder.File("a.tif"), path = _folder.File("a.jpg");
        TiffMaker.Write(tiff, page, [samples]);
        File.WriteAllBytes(path, Standalone(File.ReadAllBytes(tiff)));
        using TiffImage expected = TiffImage.Open(tiff);
        using ImageFile image = ImageFiles.Open(path);
        Assert.Equal((expected.View.Type, 40, 24), (image.View.Type, image.View.Width, image.View.Height));
        if (page.Samples == 1)
            Assert.Equal(TiffImageTests.Plane<byte>(expected.View), TiffImageTests.Plane<byte>(image.View));
        else
            Assert.Equal(TiffImageTests.Plane<uint>(expected.View), TiffImageTests.Plane<uint>(image.View));
    }

    [Theory]
    [InlineData(0xC3, 8, 3, "SOF3"), InlineData(0xC9, 8, 3, "SOF9"), InlineData(0xC1, 12, 1, "12 bits"), InlineData(0xC0, 8, 4, "CMYK")]
    public void KindsOfJpegThatAreNotReadAreNamed(int marker, int bits, int components, string name)
    {
        string path = _folder.File("a.jpg");
        byte[] frame = [0xFF, (byte)marker, 0, (byte)(8 + 3 * components), (byte)bits, 0, 8, 0, 8, (byte)components];
        File.WriteAllBytes(path, [0xFF, 0xD8, .. frame, .. new byte[3 * components], 0xFF, 0xD9]);
        var error = Assert.Throws<BioDLException>(() => ImageFiles.Open(path));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DamagedPicturesAreErrorsThatNameTheFile()
    {
        string png = Png(Rgb, 8, 3, true, []), tiff = _folder.File("a.tif"), path = _folder.File("damaged");
        TiffMaker.Write(tiff, TiffMaker.Grey(40, 24) with { Compression = Compression.Jpeg }, [TiffMaker.Ramp<byte>(960)]);
        foreach (byte[] whole in new[] { File.ReadAllBytes(png), Standalone(File.ReadAllBytes(tiff)) })
        {
            var random = new Random(7);
            int failed = 0;
            for (int trial = 0; trial < 300; trial++)
            {
                byte[] bytes = [.. whole];
                for (int change = 0; change < 3; change++)
                    bytes[random.Next(3, bytes.Length)] = (byte)random.Next(256);
                File.WriteAllBytes(path, trial % 3 == 0 ? whole[..random.Next(8, whole.Length)] : bytes);
                try
                {
                    using ImageFile image = ImageFiles.Open(path);
                }
                catch (BioDLException error)
                {
                    Assert.Contains(path, error.Message, StringComparison.Ordinal);
                    failed++;
                }
            }
            Assert.True(failed > 30, $"{failed} of 300");
        }
    }

    [Fact]
    public void EveryVerbTakesThem()
    {
        foreach (string verb in VerbScene.Verbs)
        {
            using var scene = new VerbScene(verb);
            string path = scene.File("picture.png");
            File.Copy(Png(Grey, 16, 1, false, []), path);
            var (code, output, error) = scene.Run(path, "--out", scene.File("out/"), "--mask", Png(Grey, 8, 1, false, []), "--json");
            Assert.Equal((0, ""), (code, error));
            Assert.Contains("UInt16", output, StringComparison.Ordinal);
            Assert.Equal(0, CliRun.Run("info", path).Code);
            Assert.Contains("holds one image", scene.Run(path, "--out", scene.File("x.tif"), "--series", "2").Error,
                StringComparison.Ordinal);
        }
    }

    /// <summary>A JPEG in a TIFF has its tables in a tag and its scan in a strip.</summary>
    private static byte[] Standalone(byte[] tiff)
    {
        var structure = new BioDL.Models.Files.TiffStructure(new MemoryStream(tiff));
        var directory = structure.Directories().First();
        TiffChunk chunk = TiffChunk.All(directory, TiffPage.Of(directory, tiff.Length), tiff.Length)[0];
        byte[] tables = directory.Bytes(347), scan = tiff[(int)chunk.Offset..(int)(chunk.Offset + chunk.Bytes)];
        return [.. tables[..^2], .. scan[2..]];
    }

    private static int Value(int x, int y, int channel, int bits) => (x * 37 + y * 101 + channel * 59 + x * y) * (bits == 16 ? 257 : 1)
        & ((1 << bits) - 1);

    private static byte[] Palette(bool grey) => [.. Enumerable.Range(0, 768).Select(i => (byte)(grey ? 255 - i / 3 : i / 3 + i % 3 * 50))];

    private static unsafe int Read(ImageView view, int x, int y, int channel)
    {
        using PlaneLock plane = view.Lock(view.Type == PixelType.Argb32 ? 0 : channel);
        return (int)PixelValue.Read(plane.Pixel(y, x), view.Type,
            view.Type == PixelType.Argb32 ? PixelPart.Red + channel : PixelPart.Whole);
    }

    /// <summary>The values of <see cref="Value"/>, opacity 7; each row has another filter.</summary>
    private string Png(int kind, int bits, int samples, bool interlaced, byte[] palette)
    {
        var pixels = new MemoryStream();
        int filter = 0, pixelBytes = Math.Max(1, samples * bits / 8);
        foreach ((int x0, int y0, int dx, int dy) in PngHeader.Passes(interlaced))
        {
            byte[] above = new byte[(((Width - x0 + dx - 1) / dx * samples * bits) + 7) / 8];
            for (int y = y0; y < Height && x0 < Width; y += dy)
            {
                byte[] row = Row(y, x0, dx, samples, bits);
                pixels.WriteByte((byte)(filter % 5));
                pixels.Write(Filtered(filter++ % 5, row, above, pixelBytes));
                above = row;
            }
        }
        var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            stream.Write(pixels.ToArray());
        byte[] header = new byte[13], all = packed.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        (header[8], header[9], header[12]) = ((byte)bits, (byte)kind, interlaced ? (byte)1 : (byte)0);
        string path = _folder.File($"{Guid.NewGuid():N}.png");
        byte[] colours = kind == Indexed ? Chunk("PLTE", palette[..Math.Min(palette.Length, 3 << bits)]) : [];
        File.WriteAllBytes(path, [.. PngFile.Signature, .. Chunk("IHDR", header), .. Chunk("tEXt", "a\0b"u8), .. colours,
            .. Chunk("IDAT", all.AsSpan(0, all.Length / 3)), .. Chunk("IDAT", []), .. Chunk("IDAT", all.AsSpan(all.Length / 3)),
            .. Chunk("IEND", [])]);
        return path;
    }

    private static byte[] Row(int y, int x0, int dx, int samples, int bits)
    {
        var row = new List<byte>();
        (int filled, int part) = (0, 0);
        for (int x = x0; x < Width; x += dx)
        {
            for (int c = 0; c < samples; c++)
            {
                int value = samples is 2 or 4 && c == samples - 1 ? 7 : Value(x, y, c, bits);
                if (bits == 16)
                    row.Add((byte)(value >> 8));
                if (bits >= 8)
                    row.Add((byte)value);
                else
                    (part, filled) = (part << bits | value, filled + bits);
                if (filled == 8)
                {
                    row.Add((byte)part);
                    (filled, part) = (0, 0);
                }
            }
        }
        if (filled > 0)
            row.Add((byte)(part << (8 - filled)));
        return [.. row];
    }

    // The opposite of a filter by its definition: what the reader adds is taken away.
    private static byte[] Filtered(int filter, byte[] row, byte[] above, int pixel)
    {
        byte[] filtered = new byte[row.Length];
        for (int i = 0; i < row.Length; i++)
        {
            int a = i < pixel ? 0 : row[i - pixel], b = above[i], c = i < pixel ? 0 : above[i - pixel], p = a + b - c;
            int paeth = Math.Abs(p - a) <= Math.Abs(p - b) && Math.Abs(p - a) <= Math.Abs(p - c) ? a
                : Math.Abs(p - b) <= Math.Abs(p - c) ? b : c;
            filtered[i] = (byte)(row[i] - filter switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) / 2, _ => paeth });
        }
        return filtered;
    }

    private static byte[] Chunk(string name, ReadOnlySpan<byte> content)
    {
        byte[] length = new byte[4], check = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. content];
        BinaryPrimitives.WriteUInt32BigEndian(check, System.IO.Hashing.Crc32.HashToUInt32(named));
        return [.. length, .. named, .. check];
    }
}
