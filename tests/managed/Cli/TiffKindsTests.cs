using System.IO.Compression;
using BioDL.Cli.Tiff;
using BioDL.Core;

namespace BioDL.Tests.Cli;

/// <summary>Every kind of file is read to the bytes that were written; those that cannot be read are named.</summary>
public sealed unsafe class TiffKindsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EveryKindOfFileGivesTheBytesThatWereWritten()
    {
        string path = _folder.File("kind.tif");
        TiffKind[] kinds = [.. TiffKind.All()];
        Assert.True(kinds.Length > 400);
        foreach (TiffKind kind in kinds)
        {
            byte[][] pages = [kind.Samples(1), kind.Samples(2)];
            kind.Write(path, pages);
            using TiffFile file = TiffFile.Read(path);
            Assert.Equal(2, file.Pages.Count);
            for (int page = 0; page < 2; page++)
                Compare(kind, pages[page], Planes(file, page));
        }
    }

    [Theory, InlineData(2_000), InlineData(40_000), InlineData(100_000)]
    public void ManyPagesAreReachedByTheirOffsets(int count)
    {
        string path = _folder.File("many.tif");
        TiffPage page = TiffMaker.Grey(2, 2);
        byte[] Pixels(int number) => [(byte)number, (byte)(number >> 8), (byte)(number >> 16), 7];
        File.WriteAllBytes(path, new RawTiff(bigEndian: false,
            big: false).Write(Enumerable.Range(0, count).Select(number => (page, new[] { Pixels(number) }))));
        using TiffImage image = TiffImage.Open(path);
        Assert.Equal(count, image.View.Slices);
        foreach (int number in new[] { 0, 1, count / 2, count - 1 })
            Assert.Equal(Pixels(number), TiffImageTests.Plane<byte>(image.View, 0, number));
    }

    [Theory, InlineData(34925, "LZMA"), InlineData(50001, "WebP"), InlineData(34712, "JPEG 2000"), InlineData(33003, "JPEG 2000"),
        InlineData(33005, "JPEG 2000"), InlineData(12345, "unknown")]
    public void CompressionsThatAreNotReadAreNamed(int number, string name)
    {
        string path = _folder.File("kind.tif");
        TiffPage page = TiffMaker.Grey(4, 4) with { Compression = (Compression)number };
        File.WriteAllBytes(path, new RawTiff(bigEndian: false, big: false).Write([(page, [new byte[16]])]));
        var error = Assert.Throws<BioDLException>(() => TiffImage.Open(path));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AStripThatHoldsTooLittleIsNamedWithItsPage()
    {
        string path = _folder.File("short.tif");
        TiffPage page = TiffMaker.Grey(64, 64) with { Compression = Compression.Deflate, ChunkHeight = 16 };
        byte[] packed = Deflate(new byte[64 * 16]), little = Deflate(new byte[64 * 15]);
        File.WriteAllBytes(path, new RawTiff(bigEndian: false,
            big: false).Write([(page, [packed, packed, packed, packed]), (page, [packed, packed, little, packed])]));
        using TiffImage image = TiffImage.Open(path);
        image.View.Lock(0).Dispose();
        var error = Assert.Throws<BioDLException>(() => image.View.Lock(1).Dispose());
        Assert.Contains("page 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("strip 3", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Planes(TiffFile file, int number)
    {
        TiffPage page = file.Pages[number];
        var bytes = new byte[(long)page.PlaneBytes * page.Planes];
        fixed (byte* into = bytes)
        {
            for (int plane = 0; plane < page.Planes; plane++)
                file.ReadPlane(number, plane, into + plane * (long)page.PlaneBytes);
        }
        return bytes;
    }

    private static void Compare(TiffKind kind, byte[] written, byte[] read)
    {
        // JPEG at its usual quality, of noise of 8 values.
        int most = kind.Page.Compression != Compression.Jpeg ? 0 : kind.Page.Samples == 1 ? 16 : 48;
        int largest = written.Zip(read, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(written.Length == read.Length && largest <= most, $"{kind.Name}: the largest difference of two bytes is {largest}");
    }

    private static byte[] Deflate(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            stream.Write(bytes);
        return packed.ToArray();
    }
}
