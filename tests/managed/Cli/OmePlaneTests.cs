using System.Globalization;
using BioDL.Cli.Tiff;
using BioDL.Core;
using BioDL.Core.Images;

namespace BioDL.Tests.Cli;

/// <summary>Planes are found where OME-XML says that they are, in whatever order, in however many files.</summary>
public sealed class OmePlaneTests : IDisposable
{
    private const int Frames = 2, Slices = 3, Channels = 4;
    private readonly TestFolder _folder = new();

    public static TheoryData<string> Orders => [.. new[] { "XYCZT", "XYCTZ", "XYZCT", "XYZTC", "XYTCZ", "XYTZC" }];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Orders))]
    public void PagesWithoutTiffDataFollowTheOrderOfDimensions(string order)
    {
        var planes = new PlaneOrder(Frames, Slices, Channels, order[2..]);
        using TiffImage image = TiffImage.Open(Write("a.ome.tif", Xml(order, ""), InOrder(planes)));
        RequireAll(image);
        Assert.Empty(image.Warnings);
    }

    [Theory, MemberData(nameof(Orders))]
    public void AnIndexAndItsPositionAreEachOthersInverse(string order)
    {
        var planes = new PlaneOrder(5, 3, 2, order[2..]);
        for (long index = 0; index < (long)planes.Planes; index++)
            Assert.Equal(index, planes.Index(planes.At(index)));
    }

    [Theory, MemberData(nameof(Orders))]
    public void TiffDataSaysWhereEachPlaneIs(string order)
    {
        PlanePosition[] shuffled = [.. All().OrderBy(plane => Value(plane) * 7919 % 31)];
        string data = string.Concat(shuffled.Select((plane, page) => Data(plane, page, count: page % 2 == 0 ? 1 : null)));
        using TiffImage image = TiffImage.Open(Write("a.ome.tif", Xml(order, data), shuffled));
        RequireAll(image);
    }

    [Theory, MemberData(nameof(Orders))]
    public void ARunOfPagesFollowsItsFirstPlaneInTheOrderOfDimensions(string order)
    {
        var planes = new PlaneOrder(Frames, Slices, Channels, order[2..]);
        PlanePosition[] all = InOrder(planes);
        // The last seven planes come first in the file.
        string data = Data(all[17], 0, count: 7) + Data(all[0], 7, count: 17);
        using TiffImage image = TiffImage.Open(Write("a.ome.tif", Xml(order, data), [.. all[17..], .. all[..17]]));
        RequireAll(image);
        using TiffImage one = TiffImage.Open(Write("b.ome.tif", Xml(order, "<TiffData/>"), all));
        RequireAll(one);
    }

    [Fact]
    public void ProgramsThatCountFromOneAreUnderstood()
    {
        string data = string.Concat(All().Select((plane, page) =>
            Data(new PlanePosition(plane.Frame + 1, plane.Slice + 1, plane.Channel + 1), page)));
        using TiffImage image = TiffImage.Open(Write("a.ome.tif", Xml("XYCZT", data), [.. All()]));
        RequireAll(image);
    }

    [Theory, InlineData("XYCZT"), InlineData("XYZTC")]
    public void ASetOfFilesIsFollowedFromAnyOfThem(string order)
    {
        string[] paths = WriteSet(order);
        foreach (string path in paths)
        {
            using TiffImage image = TiffImage.Open(path);
            RequireAll(image);
            Assert.Empty(image.Warnings);
        }
        // A file is known by its UUID when it was renamed.
        string renamed = _folder.File("renamed.tif");
        File.Move(paths[1], renamed);
        using (TiffImage image = TiffImage.Open(renamed))
            RequireAll(image);
        var missing = Assert.Throws<BioDLException>(() => TiffImage.Open(paths[0]));
        Assert.Equal(Status.NotFound, missing.Status);
        Assert.Contains("c1.ome.tif", missing.Message, StringComparison.Ordinal);
        File.Copy(paths[2], paths[1]);
        Assert.Contains("urn:uuid:1", Assert.Throws<BioDLException>(() => TiffImage.Open(paths[0])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoResultReplacesAFileOfTheSet()
    {
        string[] paths = WriteSet("XYCZT");
        byte[] before = File.ReadAllBytes(paths[2]);
        string model = PixelModel.Write(_folder.File("m.zip"), "denoising");
        var (code, _, error) = CliRun.Run("denoise", paths[0], "--model", model, "--out", paths[2], "--overwrite");
        Assert.Equal(1, code);
        Assert.Contains("would overwrite an input", error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(paths[2]));
    }

    [Fact]
    public void AFileThatPointsToItsMetadataIsReadWithThem()
    {
        string all = Xml("XYCZT", string.Concat(All().Select((plane, page) =>
            Data(plane, page, uuid: $"<UUID FileName=\"p.ome.tif\">urn:uuid:p</UUID>"))), uuid: "urn:uuid:m");
        string path = Write("p.ome.tif",
            "<OME UUID=\"urn:uuid:p\"><BinaryOnly MetadataFile=\"set.companion.ome\" UUID=\"urn:uuid:m\"/></OME>", [.. All()]);
        Assert.Contains("set.companion.ome", Assert.Throws<BioDLException>(() => TiffImage.Open(path)).Message, StringComparison.Ordinal);
        File.WriteAllText(_folder.File("set.companion.ome"), all);
        using TiffImage image = TiffImage.Open(path);
        RequireAll(image);
    }

    [Theory]
    [InlineData("XYCZT", 13, 1, 3, 4), InlineData("XYCZT", 23, 1, 3, 4), InlineData("XYCTZ", 17, 2, 2, 4), InlineData("XYZTC", 20, 2, 3, 3)]
    [InlineData("XYCZT", 9, 1, 2, 4), InlineData("XYZCT", 12, 1, 3, 4)]
    public void OfAnAcquisitionThatWasStoppedWhatIsWholeIsTaken(string order, int pages, int frames, int slices, int channels)
    {
        PlanePosition[] there = InOrder(new PlaneOrder(Frames, Slices, Channels, order[2..]))[..pages];
        string data = string.Concat(there.Select((plane, page) => Data(plane, page)));
        foreach (string tiffData in new[] { "", data, "<TiffData/>" })
        {
            using TiffImage image = TiffImage.Open(Write($"{Guid.NewGuid():N}.ome.tif", Xml(order, tiffData), there));
            Assert.Equal((frames, slices, channels), (image.View.Frames, image.View.Slices, image.View.Channels));
            Assert.Contains($"{pages} pages", Assert.Single(image.Warnings), StringComparison.Ordinal);
            Require(image);
        }
        var none = Assert.Throws<BioDLException>(() => TiffImage.Open(Write("none.ome.tif", Xml("XYZTC", ""), there[..1])));
        Assert.Contains("no slice is whole", none.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(3, "1"), InlineData(3, "3"), InlineData(6, "3")]
    public void ColoursSideBySideAreChannelsOfOnePage(int sizeC, string said)
    {
        string path = _folder.File($"rgb-{sizeC}-{said}.ome.tif");
        int pages = sizeC / 3 * 2;
        string xml = $"<OME><Image><Pixels DimensionOrder=\"XYCZT\" SizeX=\"4\" SizeY=\"2\" SizeC=\"{sizeC}\" SizeZ=\"2\" SizeT=\"1\">"
            + string.Concat(Enumerable.Range(0, sizeC / 3).Select(_ => $"<Channel SamplesPerPixel=\"{said}\"/>"))
            + "</Pixels></Image></OME>";
        TiffPage page = TiffMaker.Grey(4, 2) with { Samples = 3, Photometric = Photometric.Rgb };
        TiffMaker.Write(path, page, [.. Enumerable.Range(0, pages).Select(number => TiffMaker.Ramp<byte>(24, 30 * number))], "w", xml);
        using TiffImage image = TiffImage.Open(path);
        Assert.Empty(image.Warnings);
        Assert.Equal((2, sizeC), (image.View.Slices, image.View.LogicalChannels));
        for (int slice = 0; slice < 2; slice++)
        {
            for (int channel = 0; channel < sizeC; channel++)
            {
                int number = slice * (sizeC / 3) + channel / 3;
                using PlaneLock plane = image.View.Lock(image.View.PlaneNumber(0, slice, sizeC == 3 ? 0 : channel));
                unsafe
                {
                    float value = PixelValue.Read(plane.Pixel(1, 2), image.View.Type,
                        sizeC == 3 ? PixelPart.Red + channel : PixelPart.Whole);
                    Assert.Equal(30 * number + 3 * 6 + channel % 3, value);
                }
            }
        }
    }

    [Fact]
    public void OfSeveralImagesThatOfTheFileIsTakenAndAnotherCanBe()
    {
        string Image(string name, int first) =>
            $"<Image Name=\"{name}\"><Pixels DimensionOrder=\"XYCZT\" SizeX=\"4\" SizeY=\"2\" SizeC=\"1\" "
            + $"SizeZ=\"2\" SizeT=\"1\"><TiffData IFD=\"{first}\"/><TiffData IFD=\"{first + 1}\" FirstZ=\"1\"/></Pixels></Image>";
        string path = Write("two.ome.tif", $"<OME>{Image("left", 0)}{Image("right", 2)}</OME>", [.. All().Take(4)]);
        using (TiffImage left = TiffImage.Open(path))
        {
            Assert.Equal((2, Value(All().First())), (left.View.Slices, First(left, 0, 0, 0)));
            Assert.Contains("'right'", Assert.Single(left.Warnings), StringComparison.Ordinal);
            Assert.Contains("'left'", left.Taken, StringComparison.Ordinal);
        }
        using TiffImage right = TiffImage.Open(path, series: 2);
        Assert.Equal(Value(All().ElementAt(3)), First(right, 0, 1, 0));
        Assert.Empty(right.Warnings);
    }

    [Theory, InlineData("<OME><Image><Pixels SizeC=\"4\" Dim"), InlineData("<OME><Image><Pixels DimensionOrder=\"XYABC\"/></Image></OME>")]
    [InlineData("<OME><Image><Pixels SizeC=\"2147483647\" SizeZ=\"2147483647\" SizeT=\"2147483647\"/></Image></OME>")]
    public void OmeThatCannotBeReadIsSaid(string xml)
    {
        using TiffImage image = TiffImage.Open(Write("cut.tif", xml, [.. All()]));
        Assert.Equal(24, image.View.Slices);
        Assert.Contains("OME-XML cannot be read", Assert.Single(image.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void APlaneThatTheImageHasNotIsAnError()
    {
        string path = Write("beyond.ome.tif", Xml("XYCZT", Data(new PlanePosition(0, 0, 4), 0) + Data(default, 1)), [.. All()]);
        Assert.Contains("channel 4", Assert.Throws<BioDLException>(() => TiffImage.Open(path)).Message, StringComparison.Ordinal);
    }

    /// <summary>One file a channel, each with the description of all.</summary>
    private string[] WriteSet(string order)
    {
        string data = string.Concat(Enumerable.Range(0, Channels).Select(channel => string.Concat(All().Where(p => p.Channel == channel)
            .Select((plane, page) => Data(plane, page, uuid: $"<UUID FileName=\"c{channel}.ome.tif\">urn:uuid:{channel}</UUID>")))));
        return
        [
            .. Enumerable.Range(0, Channels).Select(channel => Write($"c{channel}.ome.tif",
                Xml(order, data, uuid: $"urn:uuid:{channel}"), [.. All().Where(plane => plane.Channel == channel)])),
        ];
    }

    private static IEnumerable<PlanePosition> All() => InOrder(new PlaneOrder(Frames, Slices, Channels, "TZC"));

    private static PlanePosition[] InOrder(PlaneOrder order) => [.. Enumerable.Range(0, (int)order.Planes).Select(page => order.At(page))];

    private static byte Value(PlanePosition plane) => (byte)(1 + plane.Frame * 100 + plane.Slice * 10 + plane.Channel);

    private static string Data(PlanePosition first, int page, int? count = null, string uuid = "") => string.Create(
        CultureInfo.InvariantCulture, $"<TiffData IFD=\"{page}\" FirstC=\"{first.Channel}\" FirstZ=\"{first.Slice}\" "
            + $"FirstT=\"{first.Frame}\"")
        + (count is null ? "" : $" PlaneCount=\"{count}\"") + $">{uuid}</TiffData>";

    private static string Xml(string order, string data, string uuid = "") =>
        $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><OME UUID=\"{uuid}\"><Image ID=\"Image:0\"><Pixels DimensionOrder=\"{order}\" "
        + "SizeX=\"4\" "
        + $"SizeY=\"2\" SizeC=\"{Channels}\" SizeZ=\"{Slices}\" SizeT=\"{Frames}\" Type=\"uint8\">{data}</Pixels></Image></OME>";

    private string Write(string name, string xml, PlanePosition[] pages)
    {
        TiffMaker.Write(_folder.File(name), TiffMaker.Grey(4, 2), [.. pages.Select(plane => Enumerable.Repeat(Value(plane), 8).ToArray())],
            "w", xml);
        return _folder.File(name);
    }

    private static void RequireAll(TiffImage image)
    {
        Assert.Equal((Frames, Slices, Channels), (image.View.Frames, image.View.Slices, image.View.Channels));
        Require(image);
    }

    private static void Require(TiffImage image)
    {
        for (int frame = 0; frame < image.View.Frames; frame++)
            for (int slice = 0; slice < image.View.Slices; slice++)
                for (int channel = 0; channel < image.View.Channels; channel++)
                    Assert.Equal(Value(new PlanePosition(frame, slice, channel)), First(image, frame, slice, channel));
    }

    private static byte First(TiffImage image, int frame, int slice, int channel) =>
        TiffImageTests.Plane<byte>(image.View, frame, slice, channel)[0];
}
