using System.Buffers.Binary;
using BioDL.Cli.Tiff;
using BioDL.Core;

namespace BioDL.Tests.Cli;

/// <summary>Files that hold more than their pages say, or other pages than the image's.</summary>
public sealed class HiddenPlaneTests : IDisposable
{
    private const int Width = 6, Height = 5, Pixels = Width * Height;
    private readonly TestFolder _folder = new();

    /// <summary>The tags by which programs tell of four planes behind one page.</summary>
    public static TheoryData<string> Kinds => [.. new[] { "UIC2", "UIC3", "IPLab", "NIH Image", "tifffile" }];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Kinds))]
    public void PlanesBehindOnePageAreRead(string kind)
    {
        foreach (bool bigEndian in new[] { false, true })
        {
            using TiffImage image = TiffImage.Open(Write(kind, bigEndian, planes: 4));
            Assert.Empty(image.Warnings);
            Assert.Equal((1, 4, 1), (image.View.Frames, image.View.Slices, image.View.Channels));
            for (int slice = 0; slice < 4; slice++)
                Assert.Equal(TiffMaker.Ramp<ushort>(Pixels, 1000 * slice), TiffImageTests.Plane<ushort>(image.View, 0, slice));
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void OfPlanesThatAreNotAllThereThoseThatAreAreTakenWithAWarning(string kind)
    {
        string path = Write(kind, bigEndian: false, planes: 4, there: 3);
        using TiffImage image = TiffImage.Open(path);
        Assert.Equal(3, image.View.Slices);
        Assert.Contains("after 3", Assert.Single(image.Warnings), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void CompressedOnesAreRefusedByName(string kind)
    {
        var error = Assert.Throws<BioDLException>(() => TiffImage.Open(Write(kind, false, planes: 4, compression: Compression.PackBits)));
        Assert.Contains("4 planes behind one page", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OneOfOneIsNothingBesides()
    {
        using TiffImage image = TiffImage.Open(Write("UIC2", bigEndian: false, planes: 1));
        Assert.Equal((1, 0), (image.View.Slices, image.Warnings.Count));
    }

    [Fact]
    public void AnLsmFileHasItsSlicesFramesAndVoxelsAndNoThumbnails()
    {
        byte[] info = new byte[128];
        foreach ((int at, int value) in new[] { (0, 0x00400494), (8, Width), (12, Height), (16, 2), (20, 2), (24, 3) })
            BinaryPrimitives.WriteInt32LittleEndian(info.AsSpan(at), value);
        foreach ((int at, double value) in new[] { (40, 2e-7), (48, 3e-7), (56, 1e-6), (112, 1.5) })
            BinaryPrimitives.WriteDoubleLittleEndian(info.AsSpan(at), value);
        TiffPage full = TiffMaker.Grey(Width, Height) with { Samples = 2, Planar = Planar.Separate },
            thumbnail = TiffMaker.Grey(2, 2) with { Reduced = true };
        var raw = new RawTiff(false, false, (34412, 1, [.. info.Select(b => (long)b)]));
        string path = _folder.File("a.lsm");
        File.WriteAllBytes(path, raw.Write(Enumerable.Range(0, 12).Select(number => number % 2 == 1 ? (thumbnail, new[] { new byte[4] })
            : (full, [TiffMaker.Ramp<byte>(Pixels, number), TiffMaker.Ramp<byte>(Pixels, 100 + number)]))));
        using TiffImage image = TiffImage.Open(path);
        Assert.Empty(image.Warnings);
        Assert.Equal((3, 2, 2), (image.View.Frames, image.View.Slices, image.View.Channels));
        Assert.Equal(new Calibration { PixelWidth = 0.2, PixelHeight = 0.3, PixelDepth = 1, Unit = "µm", FrameInterval = 1.5 },
            image.Calibration with
            {
                PixelWidth = Math.Round(image.Calibration.PixelWidth, 9),
                PixelHeight = Math.Round(image.Calibration.PixelHeight, 9),
                PixelDepth = Math.Round(image.Calibration.PixelDepth!.Value, 9),
            });
        Assert.Equal(TiffMaker.Ramp<byte>(Pixels, 100 + 2 * (2 * 2 + 1)), TiffImageTests.Plane<byte>(image.View, 2, 1, 1));
    }

    [Fact]
    public void OfASlideTheFirstPageIsTheImageAndTheOthersCanBeChosen()
    {
        // As Aperio's SVS: the image, a thumbnail, a level, and a label and an overview that say that they are reduced.
        string path = _folder.File("slide.svs");
        (int Side, bool Reduced)[] pages = [(16, false), (4, false), (8, false), (5, true), (6, true)];
        File.WriteAllBytes(path, new RawTiff(false, false).Write(pages.Select(page =>
            (TiffMaker.Grey(page.Side, page.Side) with { Reduced = page.Reduced }, new[] { new byte[page.Side * page.Side] }))));
        using (TiffImage image = TiffImage.Open(path))
        {
            Assert.Equal((16, 1), (image.View.Width, image.View.Slices));
            string warning = Assert.Single(image.Warnings);
            foreach (string part in new[] { "image 1 of 5", "--series", "5: 6 x 6 pixels (page 5)" })
                Assert.Contains(part, warning, StringComparison.Ordinal);
            Assert.Equal("image 1 of 5: 16 x 16 pixels (page 1)", image.Taken);
        }
        for (int series = 1; series <= pages.Length; series++)
        {
            using TiffImage image = TiffImage.Open(path, series);
            Assert.Equal((pages[series - 1].Side, 0), (image.View.Width, image.Warnings.Count));
        }
        Assert.Contains("--series 6", Assert.Throws<BioDLException>(() => TiffImage.Open(path, 6)).Message, StringComparison.Ordinal);
    }

    private string Write(string kind, bool bigEndian, int planes, int there = 4, Compression compression = Compression.None)
    {
        long[] Bytes(ReadOnlySpan<byte> bytes) => [.. bytes.ToArray().Select(b => (long)b)];
        byte[] nih = new byte[512];
        nih[261] = (byte)planes;
        (int, int, long[])[] tags = kind switch
        {
            "UIC2" => [(33628, 4, new long[planes]), (33629, 4, new long[planes])],
            "UIC3" => [(33630, 4, new long[planes])],
            "IPLab" => [(34122, 4, [planes])],
            "NIH Image" => [(43314, 1, Bytes(nih))],
            _ => [(270, 1, Bytes("{\"shape\": [4, 5, 6], \"truncated\": true}\0"u8))],
        };
        string path = _folder.File($"{Guid.NewGuid():N}.stk");
        TiffPage page = TiffMaker.Grey(Width, Height) with { Bits = 16, Compression = compression };
        byte[] pixels = [.. Enumerable.Range(0, there).SelectMany(plane => TiffMaker.Ramp<ushort>(Pixels, 1000 * plane))
            .SelectMany(value => bigEndian ? new[] { (byte)(value >> 8), (byte)value } : [(byte)value, (byte)(value >> 8)])];
        // The planes are the end of the file, and one strip says where the first is.
        byte[] head = new RawTiff(bigEndian, false, tags).Write([(page, [pixels[..(Pixels * 2)]])]);
        var structure = new BioDL.Models.Files.TiffStructure(new MemoryStream(head));
        long entry = head.AsSpan().LastIndexOf(bigEndian ? [1, 17, 0, 4, 0, 0, 0, 1] : new byte[] { 17, 1, 4, 0, 1, 0, 0, 0 });
        Span<byte> offset = head.AsSpan((int)entry + 8, 4);
        if (bigEndian)
            BinaryPrimitives.WriteInt32BigEndian(offset, head.Length);
        else
            BinaryPrimitives.WriteInt32LittleEndian(offset, head.Length);
        Assert.Equal(bigEndian, structure.IsBigEndian);
        File.WriteAllBytes(path, [.. head, .. pixels]);
        return path;
    }
}
