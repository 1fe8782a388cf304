using BioDL.Cli.Tiff;
using BioDL.Core;

namespace BioDL.Tests.Cli;

/// <summary>Files that are cut short, lie about their size, or are no images: an error that names the file, and nothing worse.</summary>
public sealed class TiffDamageTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData("None"), InlineData("Deflate"), InlineData("Lzw"), InlineData("PackBits")]
    public void EveryTruncationIsAnErrorThatNamesTheFile(string compression)
    {
        // The directory first, so that the cut hits the pixels: write two pages and cut the second page's pixels and directory away.
        string whole = _folder.File("whole.tif");
        TiffPage page = TiffMaker.Grey(64, 64) with { Bits = 16, Compression = Enum.Parse<Compression>(compression), ChunkHeight = 16 };
        var random = new Random(1);
        ushort[] noise = [.. Enumerable.Range(0, 4096).Select(_ => (ushort)random.Next(65536))];
        TiffMaker.Write(whole, page, [noise, noise]);
        byte[] bytes = File.ReadAllBytes(whole);
        string cut = _folder.File("cut.tif");
        int step = bytes.Length / 40;
        for (int length = 0; length < bytes.Length - 16; length += step)
        {
            File.WriteAllBytes(cut, bytes[..length]);
            var error = Assert.Throws<BioDLException>(() => ReadAll(cut));
            Assert.Equal(Status.Io, error.Status);
            Assert.Contains(cut, error.Message, StringComparison.Ordinal);
            Assert.NotEmpty(error.Hint);
        }
    }

    [Theory, InlineData("None"), InlineData("Deflate"), InlineData("Lzw")]
    public void ChangedBytesNeverDoMoreThanFail(string compression)
    {
        string path = _folder.File("fuzzed.tif");
        TiffPage page = TiffMaker.Grey(50, 40) with { Bits = 16, Compression = Enum.Parse<Compression>(compression), ChunkHeight = 7 };
        TiffMaker.Write(path, page, [TiffMaker.Ramp<ushort>(2000)], "w", "ImageJ=1.53t\nimages=1\n");
        byte[] bytes = File.ReadAllBytes(path);
        var random = new Random(2);
        int failed = 0, read = 0;
        for (int round = 0; round < 400; round++)
        {
            byte[] changed = [.. bytes];
            // Mostly the directory, which LibTiff.NET puts at the end.
            for (int i = 0; i < 3; i++)
                changed[random.Next(round % 3 == 0 ? 0 : bytes.Length - 300, bytes.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(path, changed);
            try
            {
                ReadAll(path);
                read++;
            }
            catch (BioDLException error)
            {
                Assert.Contains(path, error.Message, StringComparison.Ordinal);
                failed++;
            }
        }
        Assert.True(failed > 40 && read > 10, $"{failed} failed, {read} were read: the test changes too little or too much");
    }

    [Fact]
    public void APageThatClaimsMorePixelsThanTheFileCanHoldIsRefusedBeforeMemoryIsAskedFor()
    {
        // 60000 x 60000 pixels of 16 bits in a file of a few hundred bytes.
        string path = _folder.File("bomb.tif");
        File.WriteAllBytes(path, Bomb(60000, 60000, compression: 8));
        var error = Assert.Throws<BioDLException>(() => TiffImage.Open(path));
        Assert.Contains("7200000000", error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FilesThatAreNoTiffAreRefused()
    {
        string text = _folder.File("text.tif"), empty = _folder.File("empty.tif");
        File.WriteAllText(text, "this is not a TIFF file");
        File.WriteAllText(empty, "");
        foreach (string path in new[] { text, empty })
        {
            var error = Assert.Throws<BioDLException>(() => TiffImage.Open(path));
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
        }
        Assert.Equal(Status.NotFound, Assert.Throws<BioDLException>(() => TiffImage.Open(_folder.File("none.tif"))).Status);
        Assert.Contains("folder", Assert.Throws<BioDLException>(() => TiffImage.Open(_folder.Root)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PagesThatDifferAreImagesOfTheirOwnOfWhichTheFirstIsTaken()
    {
        string path = _folder.File("different.tif");
        TiffMaker.Write(path, [.. new[] { 4, 4, 5 }.Select(width => (TiffMaker.Grey(width, 1), new byte[width]))]);
        using (TiffImage first = TiffImage.Open(path))
        {
            Assert.Equal((4, 2), (first.View.Width, first.View.Slices));
            Assert.Contains("page 3", Assert.Single(first.Warnings), StringComparison.Ordinal);
        }
        using TiffImage second = TiffImage.Open(path, series: 2);
        Assert.Equal((5, 1), (second.View.Width, second.View.Slices));
        Assert.Empty(second.Warnings);
        Assert.Contains("2 image(s)", Assert.Throws<BioDLException>(() => TiffImage.Open(path, series: 3)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void KindsOfPixelsThatCannotBeSegmentedAreNamed()
    {
        string path = _folder.File("kind.tif");
        File.WriteAllBytes(path, Bomb(2, 2, compression: 1, bits: 12));
        Assert.Contains("12 bits", Assert.Throws<BioDLException>(() => TiffImage.Open(path)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(path, Bomb(2, 2, compression: 1, bits: 8, photometric: 8));
        Assert.Contains("colour model", Assert.Throws<BioDLException>(() => TiffImage.Open(path)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(path, Bomb(2, 2, compression: 34712, bits: 8));
        Assert.Contains("compression", Assert.Throws<BioDLException>(() => TiffImage.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnInvertedImageAndAPaletteOutOfOrderAreReadAsStoredWithAWarning()
    {
        string path = _folder.File("inverted.tif");
        File.WriteAllBytes(path, Bomb(2, 2, compression: 1, bits: 8, photometric: 0));
        using TiffImage image = TiffImage.Open(path);
        Assert.Contains("0 is white", Assert.Single(image.Warnings), StringComparison.Ordinal);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void APaletteIsReadAsStoredAndDoubtedWhenItDoesNotBrighten(bool shuffled)
    {
        string path = _folder.File("palette.tif");
        ushort[] colours = new ushort[768];
        for (int i = 0; i < 256; i++)
            colours[256 + i] = (ushort)(257 * (shuffled ? i * 91 % 256 : i));
        File.WriteAllBytes(path, Bomb(4, 4, compression: 1, bits: 8, photometric: 3, palette: colours));
        using TiffImage image = TiffImage.Open(path);
        Assert.Equal(TiffMaker.Ramp<byte>(16), TiffImageTests.Plane<byte>(image.View));
        Assert.Equal(shuffled ? 1 : 0, image.Warnings.Count);
    }

    private static void ReadAll(string path)
    {
        using TiffImage image = TiffImage.Open(path);
        for (int slice = 0; slice < image.View.Slices; slice++)
        {
            for (int channel = 0; channel < image.View.Channels; channel++)
                image.View.Lock(image.View.PlaneNumber(0, slice, channel)).Dispose();
        }
    }

    // A little-endian TIFF by hand: header, the pixels 0 to 15, one directory, the palette if there is one.
    private static byte[] Bomb(uint width, uint height, ushort compression, ushort bits = 16, ushort photometric = 1,
        ushort[]? palette = null)
    {
        (ushort Tag, ushort Type, uint Value)[] entries =
        [
            (256, 4, width), (257, 4, height), (258, 3, bits), (259, 3, compression), (262, 3, photometric), (273, 4, 8), (277, 3, 1),
            (278, 4, height), (279, 4, 16), (320, 3, 24 + 2 + 10 * 12 + 4),
        ];
        if (palette is null)
            Array.Resize(ref entries, entries.Length - 1);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("II*\0"u8);
        writer.Write(24u);
        writer.Write(TiffMaker.Ramp<byte>(16));
        writer.Write((ushort)entries.Length);
        foreach ((ushort tag, ushort type, uint value) in entries)
        {
            writer.Write(tag);
            writer.Write(type);
            writer.Write(tag == 320 ? 768u : 1u);
            writer.Write(value);
        }
        writer.Write(0u);
        foreach (ushort colour in palette ?? [])
            writer.Write(colour);
        return stream.ToArray();
    }
}
