using System.Text;
using BioDL.Cli.Output;
using BioDL.Cli.Tiff;
using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Models.Outputs;

namespace BioDL.Tests.Cli;

/// <summary>Images are written by this project and read back by its reader.</summary>
public sealed unsafe class HyperstackTests : IDisposable
{
    private static readonly Calibration Microns = new()
    {
        PixelWidth = 0.325, PixelHeight = 0.325, PixelDepth = 2.5, Unit = "µm", FrameInterval = 30,
    };

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(PixelType.UInt8, false)]
    [InlineData(PixelType.UInt16, false)]
    [InlineData(PixelType.UInt16, true)]
    [InlineData(PixelType.Float32, false)]
    [InlineData(PixelType.Float32, true)]
    public void What_is_written_in_any_order_is_read_back(PixelType type, bool big)
    {
        string path = _folder.File("out/stack.tif");
        var image = new Hyperstack
        {
            Type = type, Frames = 2, Slices = 3, Channels = 2, Height = 5, Width = 7, Calibration = Microns,
            Looks = [new("DAPI"), new("GFP")],
        };
        using (var file = new HyperstackFile(new SafeFile(path, overwrite: true), image, big ? 100 : HyperstackFile.ClassicBytes))
        {
            Assert.Equal(big, file.IsBig);
            for (int plane = 11; plane >= 0; plane--)
                Fill(file.View, plane);
            Assert.False(File.Exists(path));
            file.Commit("{\"model\": \"µ\"}");
        }
        Assert.Equal([Path.Combine("out", "stack.tif")], _folder.Content());
        Assert.Equal(big ? 43 : 42, File.ReadAllBytes(path)[2]);
        using TiffImage read = TiffImage.Open(path);
        Assert.Empty(read.Warnings);
        Assert.True(read.InPlace);
        ImageView view = read.View;
        Assert.Equal((type, 2, 3, 2, 5, 7), (view.Type, view.Frames, view.Slices, view.Channels, view.Height, view.Width));
        // A resolution is the inverse of a size, and both are rounded.
        Assert.Equal(Microns, read.Calibration with
        {
            PixelWidth = Math.Round(read.Calibration.PixelWidth, 12),
            PixelHeight = Math.Round(read.Calibration.PixelHeight, 12),
        });
        for (int plane = 0; plane < 12; plane++)
            using (PlaneLock locked = view.Lock(plane))
                for (int i = 0; i < 35; i++)
                    Assert.Equal(Expected(plane, i, type), PixelValue.Read(locked.Pixel(i / 7, i % 7), type, PixelPart.Whole));
    }

    [Fact]
    public void Rgb_pages_hold_three_colours_side_by_side()
    {
        string path = _folder.File("rgb.tif");
        using (var file = new HyperstackFile(new SafeFile(path, overwrite: true),
            new Hyperstack
            {
                Type = PixelType.UInt8, Frames = 1, Slices = 2, Channels = 3, Height = 4, Width = 3, IsRgb = true,
                Calibration = Microns
            }))
        {
            for (int plane = 0; plane < 6; plane++)
                Fill(file.View, plane);
            file.Commit("");
        }
        using TiffImage read = TiffImage.Open(path);
        Assert.Equal((PixelType.Argb32, 2, 3), (read.View.Type, read.View.Slices, read.View.LogicalChannels));
        using PlaneLock second = read.View.Lock(1);
        for (int c = 0; c < 3; c++)
            Assert.Equal(Expected(3 + c, 11, PixelType.UInt8), PixelValue.Read(second.Pixel(3, 2), PixelType.Argb32, PixelPart.Red + c));
    }

    [Fact]
    public void ImageJ_finds_names_colours_ranges_and_the_provenance()
    {
        string path = _folder.File("c.tif");
        using (var file = new HyperstackFile(new SafeFile(path, overwrite: true),
            new Hyperstack
            {
                Type = PixelType.UInt16, Frames = 1, Slices = 1, Channels = 2, Height = 2, Width = 2, Calibration = new(),
                Looks = [new("Hoechst"), new("x")]
            }))
        {
            Fill(file.View, 0);
            Fill(file.View, 1);
            file.Commit("info µ");
        }
        using (TiffFile tiff = TiffFile.Read(path))
            Assert.Equal("ImageJ=1.53t\nimages=2\nchannels=2\nhyperstack=true\nmode=composite\nloop=false\nmin=0.0\nmax=3.0\n",
                tiff.Description);
        byte[] bytes = File.ReadAllBytes(path);
        int at = bytes.AsSpan().IndexOf("JIJI"u8);
        // ij.io.TiffDecoder: magic number, then the type and number of entries of each group, then the entries.
        Assert.Equal(["ofni", "1", "lbal", "2", "gnar", "1", "stul", "2"], Enumerable.Range(0, 8).Select(i => i % 2 == 0
            ? Encoding.ASCII.GetString(bytes, at + 4 + 4 * i, 4) : BitConverter.ToInt32(bytes, at + 4 + 4 * i).ToString()));
        int start = at + 36;
        Assert.Equal("info µ" + "Hoechst" + "x", Encoding.Unicode.GetString(bytes, start, 2 * 14));
        Assert.Equal([0.0, 3, 100, 103], Enumerable.Range(0, 4).Select(i => BitConverter.ToDouble(bytes, start + 28 + 8 * i)));
        ReadOnlySpan<byte> blue = bytes.AsSpan(start + 60, 768);
        Assert.Equal((0, 0, 255), (blue[255], blue[511], blue[767]));
    }

    [Fact]
    public void A_file_that_is_not_committed_leaves_nothing()
    {
        string path = _folder.File("old.tif");
        File.WriteAllText(path, "old");
        using (var file = new HyperstackFile(new SafeFile(path, overwrite: true),
            new Hyperstack { Type = PixelType.UInt8, Frames = 1, Slices = 1, Channels = 1, Height = 2, Width = 2, Calibration = new() }))
            Fill(file.View, 0);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["old.tif"], _folder.Content());
    }

    [Fact]
    public void A_disk_without_room_is_an_error_before_anything_runs()
    {
        var image = new Hyperstack
        {
            Type = PixelType.Float32, Frames = 1 << 10, Slices = 1, Channels = 1, Height = 1 << 20, Width = 1 << 20, Calibration = new(),
        };
        var error = Assert.Throws<BioDLException>(() => new HyperstackFile(new SafeFile(_folder.File("huge.tif"), overwrite: false),
            image));
        Assert.Equal(Status.Io, error.Status);
        Assert.Contains("huge.tif", error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Content());
    }

    [Fact]
    public void Channels_go_where_the_map_says_and_some_nowhere()
    {
        float[] pixels = new float[2 * 3 * 4];
        fixed (float* start = pixels)
        {
            ImageView behind = ImageView.Contiguous(start, PixelType.Float32, 1, 4, slices: 2, channels: 3);
            ImageView view = ChannelMap.View(behind, [2, -1, 0], out ChannelMap map);
            using (map)
                for (int plane = 0; plane < 6; plane++)
                    Fill(view, plane);
        }
        Assert.Equal([201, 0, 1, 501, 0, 301], new[] { 1, 5, 9, 13, 17, 21 }.Select(at => pixels[at]));
    }

    [Fact]
    public void Channels_of_a_source_are_copied_into_wider_pixels()
    {
        uint[] packed = [0xFF102030, 0xFF405060];
        float[] wide = new float[6];
        fixed (uint* from = packed)
        fixed (float* to = wide)
        {
            ImageView source = ImageView.Contiguous(from, PixelType.Argb32, 1, 2),
            sink = ImageView.Contiguous(to, PixelType.Float32, 1, 2, channels: 3);
            for (int c = 0; c < 3; c++)
                PlaneCopy.Channel(source, c, sink, c);
        }
        Assert.Equal([16, 64, 32, 80, 48, 96], wide);
        Assert.Equal(PixelType.UInt16, PlaneCopy.Wider(PixelType.Argb32, PixelType.UInt16));
        Assert.Equal(PixelType.Float32, PlaneCopy.Wider(PixelType.UInt8, PixelType.Float32));
    }

    private static float Expected(int plane, int index, PixelType type) => type == PixelType.UInt8 ? (byte)(plane * 100 + index)
        : plane * 100 + index;

    private static void Fill(ImageView view, int plane)
    {
        using PlaneLock locked = view.Lock(plane, write: true);
        for (int i = 0; i < view.Height * view.Width; i++)
        {
            byte* pixel = locked.Pixel(i / view.Width, i % view.Width);
            int value = plane * 100 + i;
            switch (view.Type)
            {
                case PixelType.UInt8: *pixel = (byte)value; break;
                case PixelType.UInt16: *(ushort*)pixel = (ushort)value; break;
                default: *(float*)pixel = value; break;
            }
        }
    }
}
