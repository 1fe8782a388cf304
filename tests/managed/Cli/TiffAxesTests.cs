using System.Globalization;
using BioDL.Cli.Output;
using BioDL.Cli.Tiff;
using BioDL.Core.Images;

namespace BioDL.Tests.Cli;

/// <summary>Pages become frames, slices and channels, and the size of a pixel is found, as ImageJ and OME say.</summary>
public sealed class TiffAxesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AnImageJHyperstackHasItsAxesAndItsCalibration()
    {
        string text = "ImageJ=1.53t\nimages=12\nchannels=2\nslices=3\nframes=2\n"
            + "hyperstack=true\nunit=\\u00B5m\nspacing=0.5\nfinterval=30\nloop=false\n";
        using TiffImage image = Open(12, text, page => page with { XResolution = 4, YResolution = 2 });
        Assert.Equal((2, 3, 2), (image.View.Frames, image.View.Slices, image.View.Channels));
        // ImageJ's order is channel, slice, frame: page (t * 3 + z) * 2 + c
        Assert.Equal(11, First(image.View, 1, 2, 1));
        Assert.Equal(7, First(image.View, 1, 0, 1));
        Assert.Equal((0.25, 0.5, "µm"), (image.Calibration.PixelWidth, image.Calibration.PixelHeight, image.Calibration.Unit));
        Assert.Equal((0.5, 30), (image.Calibration.PixelDepth, image.Calibration.FrameInterval));
        Assert.Empty(image.Warnings);
    }

    [Fact]
    public void APlainImageJStackAndAnyOtherFileOfManyPagesAreSlices()
    {
        using TiffImage stack = Open(5, "ImageJ=1.53t\nimages=5\n");
        Assert.Equal((1, 5, 1), (stack.View.Frames, stack.View.Slices, stack.View.Channels));
        using TiffImage pages = Open(4, "a scan of the kitchen table");
        Assert.Equal((1, 4, 1), (pages.View.Frames, pages.View.Slices, pages.View.Channels));
        Assert.Equal("pixel", pages.Calibration.Unit);
    }

    [Fact]
    public void ADescriptionThatDoesNotFitIsSaid()
    {
        using TiffImage stopped = Open(5, "ImageJ=1.53t\nimages=6\nslices=3\nframes=2\n");
        Assert.Equal((1, 3, 1), (stopped.View.Frames, stopped.View.Slices, stopped.View.Channels));
        Assert.Contains("5 pages", Assert.Single(stopped.Warnings), StringComparison.Ordinal);
        using TiffImage more = Open(7, "ImageJ=1.53t\nimages=6\nslices=3\nframes=2\n");
        Assert.Equal((1, 7, 1), (more.View.Frames, more.View.Slices, more.View.Channels));
        Assert.Contains("7 pages", Assert.Single(more.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void OmeXmlGivesAxesOrderAndPhysicalSize()
    {
        string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><OME><Image ID=\"Image:0\"><Pixels DimensionOrder=\"XYZTC\" SizeC=\"2\" "
            + "SizeT=\"2\" "
            + "SizeZ=\"3\" SizeX=\"4\" SizeY=\"3\" Type=\"uint8\" PhysicalSizeX=\"0.2\" PhysicalSizeY=\"0.3\" "
            + "PhysicalSizeZ=\"1.5\"/></Image></OME>";
        using TiffImage image = Open(12, text);
        Assert.Equal((2, 3, 2), (image.View.Frames, image.View.Slices, image.View.Channels));
        // XYZTC: page (c * 2 + t) * 3 + z
        Assert.Equal((1 * 2 + 0) * 3 + 2, First(image.View, 0, 2, 1));
        Assert.Equal((0.2, 0.3, "µm", 1.5),
            (image.Calibration.PixelWidth, image.Calibration.PixelHeight, image.Calibration.Unit, image.Calibration.PixelDepth));
    }

    [Fact]
    public void CentimetresAndInchesCountAsUnitsButNotTheScreens72Dots()
    {
        using TiffImage centimetres = Open(1, null,
            page => page with { XResolution = 10000, YResolution = 10000, ResolutionUnit = ResolutionUnit.Centimetre });
        Assert.Equal((1, "µm"), (Math.Round(centimetres.Calibration.PixelWidth, 6), centimetres.Calibration.Unit));
        using TiffImage screen = Open(1, null,
            page => page with { XResolution = 72, YResolution = 72, ResolutionUnit = ResolutionUnit.Inch });
        Assert.Equal((1.0, "pixel"), (screen.Calibration.PixelWidth, screen.Calibration.Unit));
    }

    [Theory, InlineData("wl"), InlineData("wb")]
    public void ImageJsRawStackOfOnePageHoldsAllImages(string mode)
    {
        // As ImageJ writes stacks above 4 GB: one page, and the pixels of all images in one run.
        string path = _folder.File("raw.tif");
        TiffPage page = TiffMaker.Grey(6, 5) with { Bits = 16 };
        TiffMaker.Write(path, page, [TiffMaker.Ramp<ushort>(30)], mode, "ImageJ=1.53t\nimages=4\nslices=4\n");
        long offset;
        using (TiffFile file = TiffFile.Read(path))
            offset = file.Pages[0].RawOffset;
        byte[] head = File.ReadAllBytes(path);
        // Move what follows the first image (the directory) to the front of nothing: append the images after a copy of the whole file.
        var stack = new MemoryStream();
        stack.Write(head);
        long images = stack.Length;
        for (int value = 0; value < 120; value++)
            stack.Write(mode == "wb" ? [(byte)(value >> 8), (byte)value] : [(byte)value, (byte)(value >> 8)]);
        byte[] bytes = stack.ToArray();
        PatchStripOffset(bytes, (uint)offset, (uint)images, mode == "wb");
        File.WriteAllBytes(path, bytes);

        using (TiffImage image = TiffImage.Open(path))
        {
            Assert.Equal(4, image.View.Slices);
            Assert.Equal(mode == "wl", image.InPlace);
            for (int slice = 0; slice < 4; slice++)
                Assert.Equal(TiffMaker.Ramp<ushort>(30, slice * 30), TiffImageTests.Plane<ushort>(image.View, 0, slice));
        }
        File.WriteAllBytes(path, bytes[..^10]);
        var error = Assert.Throws<BioDL.Core.BioDLException>(() => TiffImage.Open(path));
        Assert.Contains("4 images", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheDescriptionOfALabelImageIsReadBackAsItWasMeant()
    {
        string text = ImageJDescription.Of(new Hyperstack
        {
            Type = PixelType.UInt8, Frames = 3, Slices = 2, Channels = 1, Height = 1, Width = 1,
            Calibration = new Calibration { Unit = "µm", PixelDepth = 2 },
        }, 0, 41);
        Assert.True(text.All(char.IsAscii));
        ImageDescription back = ImageDescription.Parse(text)!;
        Assert.Equal((6, 2, 3), (back.Count("images"), back.Count("slices"), back.Count("frames")));
        Assert.Equal(("µm", "2"), (back.Text("unit"), back.Text("spacing")));
        Assert.Equal(41, back.Number("max"));
    }

    private TiffImage Open(int pages, string? description, Func<TiffPage, TiffPage>? change = null)
    {
        string path = _folder.File($"{Guid.NewGuid():N}.tif");
        TiffPage page = TiffMaker.Grey(4, 3);
        // Every pixel of a page holds the number of the page.
        TiffMaker.Write(path, change?.Invoke(page) ?? page,
            [.. Enumerable.Range(0, pages).Select(number => Enumerable.Repeat((byte)number, 12).ToArray())], "w", description);
        return TiffImage.Open(path);
    }

    private static int First(ImageView view, int frame, int slice, int channel) =>
        TiffImageTests.Plane<byte>(view, frame, slice, channel)[0];

    private static void PatchStripOffset(byte[] bytes, uint old, uint now, bool bigEndian)
    {
        byte[] from = BitConverter.GetBytes(old), to = BitConverter.GetBytes(now);
        if (bigEndian)
            (from, to) = ([.. from.Reverse()], [.. to.Reverse()]);
        // Tag 273 (StripOffsets), type 4 (long) or 3 (short), count 1
        byte[] tag = bigEndian ? [1, 17] : [17, 1];
        int at = Enumerable.Range(8, bytes.Length - 20)
            .Last(i => bytes.AsSpan(i, 2).SequenceEqual(tag) && (bytes[i + 2] | bytes[i + 3]) is 3 or 4);
        Assert.Equal(1, bytes[at + 4] | bytes[at + 7]);
        (bytes[at + 2], bytes[at + 3]) = bigEndian ? ((byte)0, (byte)4) : ((byte)4, (byte)0);
        to.CopyTo(bytes, at + 8);
        Assert.True(from.Length == 4, string.Create(CultureInfo.InvariantCulture, $"{old}"));
    }
}
