using BioDL.Cli.Tiff;
using BioDL.Core.Images;

namespace BioDL.Tests.Cli;

/// <summary>Every way of storing pixels gives the same pixels.</summary>
public sealed unsafe class TiffImageTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, bool, bool, bool> Storages()
    {
        var data = new TheoryData<string, bool, bool, bool>();
        foreach (string compression in new[] { "None", "Lzw", "Deflate", "OldDeflate", "PackBits" })
        {
            foreach (bool tiled in new[] { false, true })
            {
                foreach (bool swapped in new[] { false, true })
                {
                    data.Add(compression, tiled, swapped, false);
                    data.Add(compression, tiled, swapped, true);
                }
            }
        }
        return data;
    }

    [Theory, MemberData(nameof(Storages))]
    public void A16BitImageIsTheSameHoweverItIsStored(string compression, bool tiled, bool swapped, bool big)
    {
        // 37 x 23 fits neither strips of 5 rows nor tiles of 16.
        TiffPage page = TiffMaker.Grey(37, 23) with
        {
            Bits = 16,
            Compression = Enum.Parse<Compression>(compression),
            Tiled = tiled,
            ChunkWidth = 16,
            ChunkHeight = tiled ? 16 : 5,
        };
        ushort[] pixels = TiffMaker.Ramp<ushort>(37 * 23, 60000);
        string path = _folder.File("image.tif");
        TiffMaker.Write(path, page, [pixels], (big ? "w8" : "w") + (swapped ? "b" : "l"));

        using TiffImage image = TiffImage.Open(path);
        Assert.Equal(PixelType.UInt16, image.View.Type);
        Assert.Equal((37, 23), (image.View.Width, image.View.Height));
        Assert.Equal(pixels, Plane<ushort>(image.View));
        Assert.Equal(compression == "None" && !tiled && !swapped, image.InPlace);
    }

    [Theory, InlineData("Lzw"), InlineData("Deflate")]
    public void APredictorIsUndone(string compression)
    {
        TiffPage page = TiffMaker.Grey(40, 30) with { Bits = 16, Compression = Enum.Parse<Compression>(compression), Predictor = 2 };
        ushort[] pixels = TiffMaker.Ramp<ushort>(1200, 17);
        string path = _folder.File("predictor.tif");
        TiffMaker.Write(path, page, [pixels]);
        using TiffImage image = TiffImage.Open(path);
        Assert.Equal(pixels, Plane<ushort>(image.View));
    }

    [Fact]
    public void SmallTypesStayAsTheyAreAndOthersBecomeFloat()
    {
        Check<byte>(8, SampleFormat.Unsigned, PixelType.UInt8);
        Check<ushort>(16, SampleFormat.Unsigned, PixelType.UInt16);
        Check<float>(32, SampleFormat.Float, PixelType.Float32);
        Check<sbyte>(8, SampleFormat.Signed, PixelType.UInt8, -60);
        Check<short>(16, SampleFormat.Signed, PixelType.UInt16, -60);
        Check<int>(32, SampleFormat.Signed, PixelType.Float32, -60);
        Check<uint>(32, SampleFormat.Unsigned, PixelType.Float32, 3_000_000);
        Check<double>(64, SampleFormat.Float, PixelType.Float32, -60);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void RgbOf8BitsBecomesPackedWords(bool separate)
    {
        byte[] red = [1, 2, 3, 4, 5, 6], green = [11, 12, 13, 14, 15, 16], blue = [21, 22, 23, 24, 25, 26];
        byte[] chunky = [.. Enumerable.Range(0, 6).SelectMany(i => new[] { red[i], green[i], blue[i] })];
        TiffPage page = TiffMaker.Grey(3, 2) with
        {
            Samples = 3,
            Photometric = Photometric.Rgb,
            Planar = separate ? Planar.Separate : Planar.Chunky,
            ChunkHeight = 1,
        };
        string path = _folder.File("rgb.tif");
        TiffMaker.Write(path, page, [separate ? [.. red, .. green, .. blue] : chunky]);
        using TiffImage image = TiffImage.Open(path);
        Assert.Equal(PixelType.Argb32, image.View.Type);
        Assert.Equal(Enumerable.Range(0, 6).Select(i => 0xFF000000u | (uint)red[i] << 16 | (uint)green[i] << 8 | blue[i]),
            Plane<uint>(image.View));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void RgbOf16BitsIsThreeChannels(bool separate)
    {
        ushort[][] colours = [[1, 2, 3, 4], [1001, 1002, 1003, 1004], [2001, 2002, 2003, 2004]];
        ushort[] chunky = [.. Enumerable.Range(0, 4).SelectMany(i => colours.Select(colour => colour[i]))];
        TiffPage page = TiffMaker.Grey(2, 2) with
        {
            Bits = 16,
            Samples = 3,
            Photometric = Photometric.Rgb,
            Planar = separate ? Planar.Separate : Planar.Chunky,
        };
        string path = _folder.File("rgb48.tif");
        TiffMaker.Write(path, page, [separate ? [.. colours.SelectMany(colour => colour)] : chunky]);
        using TiffImage image = TiffImage.Open(path);
        Assert.Equal((PixelType.UInt16, 3), (image.View.Type, image.View.Channels));
        for (int channel = 0; channel < 3; channel++)
            Assert.Equal(colours[channel], Plane<ushort>(image.View, 0, 0, channel));
    }

    [Fact]
    public void DecodedPlanesMayBeReadByManyThreadsInAnyOrder()
    {
        TiffPage page = TiffMaker.Grey(64, 64) with { Compression = Compression.Deflate };
        string path = _folder.File("stack.tif");
        TiffMaker.Write(path, page, [.. Enumerable.Range(0, 12).Select(number => TiffMaker.Ramp<byte>(4096, number))]);
        using TiffImage image = TiffImage.Open(path);
        Parallel.For(0, 400, i => Assert.Equal(TiffMaker.Ramp<byte>(4096, i * 7 % 12), Plane<byte>(image.View, 0, i * 7 % 12)));
    }

    [Fact]
    public void AVeryLargePlaneLiesInATemporaryFileThatGoesAway()
    {
        string[] before = Planes();
        using (var memory = new PlaneMemory(PlaneMemory.SpillBytes + 5))
        {
            memory.Data[0] = 1;
            memory.Data[PlaneMemory.SpillBytes + 4] = 2;
            memory.Release();
            Assert.Equal((1, 0, 2), (memory.Data[0], memory.Data[4096], memory.Data[PlaneMemory.SpillBytes + 4]));
            Assert.Equal(before.Length + 1, Planes().Length);
        }
        Assert.Equal(before, Planes());
    }

    private static string[] Planes() => Directory.GetFiles(Path.GetTempPath(), "biodl-*.plane");

    private void Check<T>(int bits, SampleFormat format, PixelType expected, int first = 0)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        foreach (string mode in new[] { "wl", "wb" })
        {
            TiffPage page = TiffMaker.Grey(11, 10) with { Bits = bits, SampleFormat = format };
            T[] pixels = TiffMaker.Ramp<T>(110, first);
            string path = _folder.File($"{typeof(T).Name}-{mode}.tif");
            TiffMaker.Write(path, page, [pixels], mode);
            using TiffImage image = TiffImage.Open(path);
            Assert.Equal(expected, image.View.Type);
            Assert.Equal(pixels.Select(float.CreateChecked), Values(image.View));
        }
    }

    /// <summary>What a network would be given of the first plane.</summary>
    internal static float[] Values(ImageView view, int frame = 0, int slice = 0, int channel = 0)
    {
        using PlaneLock plane = view.Lock(view.PlaneNumber(frame, slice, channel));
        var values = new float[view.PixelsPerPlane];
        for (int i = 0; i < values.Length; i++)
            values[i] = view.Values.Of(PixelValue.Read(plane.Pixel(i / view.Width, i % view.Width), view.Type, PixelPart.Whole));
        return values;
    }

    internal static T[] Plane<T>(ImageView view, int frame = 0, int slice = 0, int channel = 0) where T : unmanaged
    {
        using PlaneLock plane = view.Lock(view.PlaneNumber(frame, slice, channel));
        var pixels = new T[view.PixelsPerPlane];
        for (int y = 0; y < view.Height; y++)
        {
            for (int x = 0; x < view.Width; x++)
                pixels[y * view.Width + x] = *(T*)plane.Pixel(y, x);
        }
        return pixels;
    }
}
