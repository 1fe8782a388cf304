using BioDL.Core;
using BioDL.Core.Images;

namespace BioDL.Tests.Images;

public unsafe class ImageViewTests
{
    private static ImageView View(long rowStride = 100, long pixelStride = 1) => new()
    {
        Type = PixelType.UInt8, Height = 50, Width = 100, RowStride = rowStride, PixelStride = pixelStride,
        Planes = new FixedPlanes(null, 1, 1, 0, 0, 0),
    };

    [Fact]
    public void SoundViewsPass()
    {
        View().Validate("the image");
        View(-100, -1).Validate("the image");
        (View() with { Offset = long.MaxValue / 2 }).Validate("the image");
    }

    public static TheoryData<string> Faults => new(Faulty.Keys);

    private static readonly Dictionary<string, (ImageView View, string Says)> Faulty = new()
    {
        ["type"] = (View() with { Type = (PixelType)9 }, "unknown pixel type 9"),
        ["zero height"] = (View() with { Height = 0 }, "(T, Z, C, Y, X)"),
        ["negative width"] = (View() with { Width = -5 }, "(T, Z, C, Y, X)"),
        ["no frame"] = (View() with { Frames = 0 }, "(T, Z, C, Y, X)"),
        ["no planes"] = (View() with { Planes = null! }, "no pixels"),
        ["row stride"] = (View(long.MaxValue / 40), "beyond any memory"),
        ["negative row stride"] = (View(long.MinValue), "beyond any memory"),
        ["pixel stride"] = (View(1, long.MinValue / 60), "beyond any memory"),
        ["offset"] = (View() with { Offset = long.MaxValue }, "beyond any memory"),
        ["sum"] = (View(long.MaxValue / 100, long.MaxValue / 190), "beyond any memory"),
        ["plane count"] = (View() with { Frames = int.MaxValue, Slices = int.MaxValue, Channels = int.MaxValue }, "beyond any memory"),
        ["frame stride"] = (View() with { Frames = 3, Planes = new FixedPlanes(null, 1, 1, long.MaxValue / 2, 0, 0) }, "beyond any memory"),
        ["rgb channels"] = (View(400, 4) with { Type = PixelType.Argb32, Channels = 3 }, "packed RGB with 3 channels"),
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void FaultsAreNamed(string fault)
    {
        var error = Assert.Throws<BioDLException>(() => Faulty[fault].View.Validate("the mask"));
        Assert.Equal(Status.InvalidArgument, error.Status);
        Assert.StartsWith("the mask", error.Message);
        Assert.Contains(Faulty[fault].Says, error.Message);
        Assert.NotEmpty(error.Hint);
    }

    [Fact]
    public void ACropShowsItsPixelsOfTheWhole()
    {
        var view = TestImage.Random(new Random(1), PixelType.UInt16, 20, 30, gap: 3, backwards: true);
        float[] whole = TestImage.Values(view, new(0, PixelPart.Whole)), part = TestImage.Values(view.Crop(4, 7, 5, 6),
            new(0, PixelPart.Whole));
        for (int y = 0; y < 5; y++)
            Assert.Equal(whole.AsSpan((y + 4) * 30 + 7, 6), part.AsSpan(y * 6, 6));
    }

    [Theory]
    [InlineData(-1, 0, 1, 1)]
    [InlineData(0, 0, 51, 1)]
    [InlineData(49, 0, 2, 1)]
    [InlineData(0, 99, 1, int.MaxValue)]
    [InlineData(0, 0, 0, 5)]
    public void ACropOutsideIsAnError(int y, int x, int height, int width) =>
        Assert.Equal(Status.InvalidArgument, Assert.Throws<BioDLException>(() => View().Crop(y, x, height, width)).Status);

    [Fact]
    public void AChannelIsAnImage()
    {
        var view = TestImage.Random(new Random(2), PixelType.UInt8, 3, 5, channels: 4);
        var channel = view.Channel(2);
        Assert.Equal(1, channel.Channels);
        Assert.Equal(TestImage.Values(view, new(2, PixelPart.Whole)), TestImage.Values(channel, new(0, PixelPart.Whole)));
        Assert.Throws<BioDLException>(() => view.Channel(4));
    }

    [Theory]
    [InlineData(PixelType.Argb32, 1, 1, PixelPart.Grey)]
    [InlineData(PixelType.Argb32, 1, 3, PixelPart.Red)]
    [InlineData(PixelType.UInt16, 4, 4, PixelPart.Whole)]
    public void NetworksReadTheirChannels(PixelType type, int channels, int modelChannels, PixelPart first)
    {
        var read = InputChannel.For(View() with { Type = type, Channels = channels }, modelChannels);
        Assert.Equal(modelChannels, read.Length);
        Assert.Equal(new InputChannel(0, first), read[0]);
        Assert.Equal(modelChannels, read.Distinct().Count());
    }

    [Theory]
    [InlineData(PixelType.Argb32, 1, 2)]
    [InlineData(PixelType.UInt8, 3, 1)]
    [InlineData(PixelType.UInt32, 1, 1)]
    public void OtherChannelsAreAnError(PixelType type, int channels, int modelChannels) =>
        Assert.Equal(Status.InvalidArgument,
            Assert.Throws<BioDLException>(() => InputChannel.For(View() with { Type = type, Channels = channels }, modelChannels)).Status);
}
