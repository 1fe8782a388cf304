using BioDL.Cli.Output;
using BioDL.Cli.Tiff;
using BioDL.Core.Images;
using BioDL.Models.Outputs;

namespace BioDL.Tests.Cli;

/// <summary>Names, colours and display ranges go where a channel's pixels go.</summary>
public sealed class ChannelLookTests : IDisposable
{
    private static readonly ChannelLook[] Looks =
    [
        new("GFP", ChannelLook.From(0, 255, 0), (100, 2000)), new("DAPI", ChannelLook.From(0, 0, 255), (50, 4000)),
        new("Cy5", ChannelLook.From(200, 100, 0), (0, 900)),
    ];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", 0, 1, 2), InlineData("3,1", 2, 0), InlineData("DAPI", 1), InlineData("cy5,DAPI,gfp", 2, 1, 0), InlineData("2", 1)]
    public void ChannelsOfARestoredImageAreThoseOfItsSource(string channels, params int[] expected)
    {
        string image = Write("a.tif", []), model = PixelModel.Write(_folder.File("m.zip"), "denoising");
        string[] chosen = channels.Length > 0 ? ["--channels", channels] : [];
        var (code, _, error) = CliRun.Run(["denoise", image, "--model", model, "--out", _folder.File("o.tif"), .. chosen]);
        Assert.Equal((0, ""), (code, error));
        using TiffImage before = TiffImage.Open(image), after = TiffImage.Open(_folder.File("o.tif"));
        Assert.Equal((2, expected.Length), (after.View.Slices, after.View.Channels));
        for (int channel = 0; channel < expected.Length; channel++)
        {
            Same(Looks[expected[channel]], after.Channels[channel]);
            for (int slice = 0; slice < 2; slice++)
            {
                Assert.All(TiffImageTests.Plane<ushort>(before.View, 0, slice, expected[channel])
                    .Zip(TiffImageTests.Plane<ushort>(after.View, 0, slice, channel)), pair =>
                    Assert.InRange(pair.First - pair.Second, -1, 1));
            }
        }
    }

    [Fact]
    public void MergedChannelsKeepTheirLooksAndTheNewOneHasItsOwn()
    {
        string image = Write("a.tif", []), model = PixelModel.Write(_folder.File("m.zip"), "virtual-staining");
        var (code, _, error) = CliRun.Run("stain", image, "--model", model, "--out", _folder.File("o.tif"), "--merge", "--channels", "Cy5");
        Assert.Equal((0, ""), (code, error));
        using TiffImage after = TiffImage.Open(_folder.File("o.tif"));
        Assert.Equal(4, after.Channels.Count);
        for (int channel = 0; channel < 3; channel++)
            Same(Looks[channel], after.Channels[channel]);
        // The model calls its output DAPI, too: a name of two channels names neither.
        Assert.Equal("DAPI", after.Channels[3].Name);
        Assert.Contains("2, 4", Assert.Throws<BioDL.Core.BioDLException>(() =>
            BioDL.Cli.Images.ChannelList.Of([BioDL.Cli.Images.ChannelList.Parse("dapi")], ["raw"], "o.tif", after.ChannelNames)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void LabelsOfPlanesStayWithTheirPlanes()
    {
        string[] labels = [.. Enumerable.Range(0, 6).Select(plane => $"plane {plane}")];
        string image = Write("a.tif", labels), model = PixelModel.Write(_folder.File("m.zip"), "denoising");
        Assert.Equal(0, CliRun.Run("denoise", image, "--model", model, "--out", _folder.File("o.tif"), "--channels", "3,1").Code);
        using TiffImage before = TiffImage.Open(image), after = TiffImage.Open(_folder.File("o.tif"));
        Assert.Equal(["", "", ""], before.ChannelNames);
        Assert.Equal(["plane 2", "plane 0", "plane 5", "plane 3"], after.PlaneLabels);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void ImageJsTagsAreReadInTheFilesByteOrder(bool bigEndian)
    {
        string path = _folder.File("tags.tif");
        byte[] Swap(byte[] bytes) => bigEndian ? [.. bytes.Reverse()] : bytes;
        byte[] Whole(int value) => Swap(BitConverter.GetBytes(value));
        byte[] Text(string text) => (bigEndian ? System.Text.Encoding.BigEndianUnicode : System.Text.Encoding.Unicode).GetBytes(text);
        byte[] one = Text("α"), two = Text("β"),
            range = [.. new[] { 1.5, 2, 3, 4 }.SelectMany(value => Swap(BitConverter.GetBytes(value)))],
            red = ChannelLook.From(255, 0, 0);
        byte[] data =
        [
            .. Whole(0x494A494A), .. Whole(0x6C61626C), .. Whole(2), .. Whole(0x72616E67), .. Whole(1), .. Whole(0x6C757473), .. Whole(2),
            .. one, .. two, .. range, .. red, .. red,
        ];
        long[] text = [.. "ImageJ=1.53t\nimages=2\nchannels=2\n\0"u8.ToArray().Select(b => (long)b)];
        File.WriteAllBytes(path, new RawTiff(bigEndian, false, (270, 1, text),
            (50838, 4, [28, one.Length, two.Length, range.Length, 768, 768]),
            (50839, 1, [.. data.Select(b => (long)b)])).Write(Enumerable.Repeat((TiffMaker.Grey(4, 1), new[] { new byte[4] }), 2)));
        using TiffImage image = TiffImage.Open(path);
        Same(new ChannelLook("α", red, (1.5, 2)), image.Channels[0]);
        Same(new ChannelLook("β", red, (3, 4)), image.Channels[1]);
    }

    [Fact]
    public void OmesNamesAndColoursAreRead()
    {
        string path = _folder.File("a.ome.tif");
        TiffMaker.Write(path, TiffMaker.Grey(4, 1), [new byte[4], new byte[4]], "w",
            "<OME><Image><Pixels DimensionOrder=\"XYCZT\" SizeX=\"4\" SizeY=\"1\" SizeC=\"2\" SizeZ=\"1\" SizeT=\"1\">"
            + "<Channel Name=\"DAPI\" Color=\"65535\"/><Channel Color=\"-16776961\"/></Pixels></Image></OME>");
        using TiffImage image = TiffImage.Open(path);
        Same(new ChannelLook("DAPI", ChannelLook.From(0, 0, 255)), image.Channels[0]);
        Same(new ChannelLook("", ChannelLook.From(255, 0, 0)), image.Channels[1]);
    }

    private static void Same(ChannelLook expected, ChannelLook found) =>
        Assert.Equal((expected.Name, expected.Range, Convert.ToHexString(expected.Table!)),
            (found.Name, found.Range, Convert.ToHexString(found.Table ?? [])));

    /// <summary>Three channels of two slices, all of other values.</summary>
    private unsafe string Write(string name, string[] labels)
    {
        using var file = new HyperstackFile(new SafeFile(_folder.File(name), overwrite: true), new Hyperstack
        {
            Type = PixelType.UInt16, Frames = 1, Slices = 2, Channels = 3, Height = 12, Width = 16, Calibration = new(), Looks = Looks,
            PlaneLabels = labels,
        });
        for (int plane = 0; plane < 6; plane++)
        {
            using PlaneLock locked = file.View.Lock(plane, write: true);
            for (int i = 0; i < 192; i++)
                *(ushort*)locked.Pixel(i / 16, i % 16) = (ushort)(1000 * plane + i * (plane + 1));
        }
        file.Commit("");
        return _folder.File(name);
    }
}
