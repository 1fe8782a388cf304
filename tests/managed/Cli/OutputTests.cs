using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using BioDL.Cli.Output;
using BioDL.Cli.Tiff;
using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Runs;
using BioDL.Models.Outputs;

namespace BioDL.Tests.Cli;

/// <summary>Files that are written are read back as others read them.</summary>
public sealed class OutputTests : IDisposable
{
    private static readonly Calibration Micrometres = new()
    {
        PixelWidth = 0.5, PixelHeight = 0.25, Unit = "µm", FrameInterval = 30,
    };

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData(3, 16), InlineData(65535, 16), InlineData(65536, 32), InlineData(20_000_000, 32)]
    public void LabelsAreExactInTheSmallestTypeThatHoldsThem(long label, int bits)
    {
        string path = _folder.File("labels.tif");
        Write(path, Squares(1, 1, (0, 0, label, 2, 3)), Micrometres, default);
        using TiffImage image = TiffImage.Open(path);
        Assert.Equal((bits, Compression.Deflate), (image.Page.Bits, image.Page.Compression));
        Assert.Equal((0.5, 0.25, "µm"), (image.Calibration.PixelWidth, image.Calibration.PixelHeight, image.Calibration.Unit));
        Assert.Equal(30, image.Calibration.FrameInterval);
        double[] pixels = bits == 16 ? [.. TiffImageTests.Plane<ushort>(image.View).Select(p => (double)p)]
            : [.. TiffImageTests.Plane<float>(image.View).Select(p => (double)p)];
        // A square of 5 x 5 pixels around (2, 3).
        for (int i = 0; i < pixels.Length; i++)
            Assert.Equal(Math.Abs(i / 40 - 2) <= 2 && Math.Abs(i % 40 - 3) <= 2 ? label : 0, pixels[i]);
    }

    [Fact]
    public void ASeriesOfLabelsIsAHyperstackWithEveryPlaneInItsPlace()
    {
        string path = _folder.File("labels.tif");
        Write(path, Squares(2, 3, (0, 1, 1, 5, 5), (1, 2, 2, 9, 9)), Micrometres, default);
        using TiffImage image = TiffImage.Open(path);
        Assert.Equal((2, 3, 1), (image.View.Frames, image.View.Slices, image.View.Channels));
        Assert.Equal(1, TiffImageTests.Plane<ushort>(image.View, 0, 1)[5 * 40 + 5]);
        Assert.Equal(2, TiffImageTests.Plane<ushort>(image.View, 1, 2)[9 * 40 + 9]);
        Assert.All(TiffImageTests.Plane<ushort>(image.View, 1, 0), pixel => Assert.Equal(0, pixel));
    }

    [Fact]
    public void AnImageOfManyBandsIsPaintedWhole()
    {
        // 3000 rows of 8000 bytes are 24 strips in 3 bands; the square lies across the border of two bands.
        SegmentedObjects squares = Squares(1, 1, (0, 0, 7, 1048, 3990)) with { Height = 3000, Width = 4000 };
        string path = _folder.File("labels.tif");
        Write(path, squares, new Calibration(), default);
        using TiffImage image = TiffImage.Open(path);
        Assert.True(image.Page.ChunkHeight < 200);
        ushort[] pixels = TiffImageTests.Plane<ushort>(image.View);
        Assert.Equal(25, pixels.Count(pixel => pixel == 7));
        Assert.Equal(7, pixels[1046 * 4000 + 3992]);
        Assert.Equal(7, pixels[1050 * 4000 + 3988]);
    }

    [Fact, Trait("Category", "Long")]
    public void AboveFourGigabytesTheFileIsBigTiff()
    {
        // 4.6 GB of mostly nothing; the square lies beyond the reach of 32-bit offsets into the pixels.
        SegmentedObjects squares = Squares(1, 1, (0, 0, 7, 49990, 45990)) with { Height = 50000, Width = 46000 };
        string path = _folder.File("labels.tif");
        Write(path, squares, new Calibration(), default);
        Assert.Equal(43, File.ReadAllBytes(path)[2]);
        using TiffImage image = TiffImage.Open(path);
        using PlaneLock plane = image.View.Lock(0);
        unsafe
        {
            Assert.Equal((7, 7, 0), (*(ushort*)plane.Pixel(49988, 45988), *(ushort*)plane.Pixel(49992, 45992),
                *(ushort*)plane.Pixel(49993, 45992)));
        }
    }

    [Fact]
    public void ACancelledOrFailedWriteLeavesWhatWasThere()
    {
        string path = _folder.File("labels.tif");
        File.WriteAllText(path, "precious");
        var error = Assert.Throws<BioDLException>(() => Write(path, Squares(1, 1), Micrometres, new CancellationToken(canceled: true)));
        Assert.Equal(Status.Cancelled, error.Status);
        using (var file = new SafeFile(path, overwrite: true))
        {
            Assert.Throws<InvalidDataException>(() => file.Write(stream =>
            {
                stream.WriteByte(1);
                throw new InvalidDataException("half way");
            }));
        }
        Assert.Equal(["labels.tif"], _folder.Content());
        Assert.Equal("precious", File.ReadAllText(path));
    }

    [Fact]
    public void AFolderThatCannotBeMadeIsNamed()
    {
        File.WriteAllText(_folder.File("file"), "");
        var error = Assert.Throws<BioDLException>(() => Write(_folder.File("file/labels.tif"), Squares(1, 1), Micrometres, default));
        Assert.Equal(Status.Io, error.Status);
        Assert.Contains(_folder.File("file/labels.tif"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheTableHasCalibratedAndPixelColumns()
    {
        string path = _folder.File("objects.csv");
        using (var table = new ObjectTable(new SafeFile(path, overwrite: false)))
        {
            table.Add("a \"good\", image.tif", Squares(1, 2, (0, 1, 3, 2, 3)), Micrometres);
            table.Commit();
        }
        byte[] bytes = File.ReadAllBytes(path);
        Assert.Equal((byte)'i', bytes[0]);
        string[] lines = Encoding.UTF8.GetString(bytes).Split("\r\n");
        Assert.Equal("image,label,frame,slice,probability,area,center_x,center_y,unit,"
            + "area_px,center_x_px,center_y_px,left_px,top_px,right_px,bottom_px,"
            + "star_x_px,star_y_px,polygon_area_px,touches_edge,track,class", lines[0]);
        // area 16 px of 0.5 x 0.25 um; centre (x 3, y 2) is (3.5 * 0.5, 2.5 * 0.25) from the corner
        Assert.Equal("\"a \"\"good\"\", image.tif\",3,1,2,0.75,2,1.75,0.625,µm,16,3,2,1,0,6,5,3,2,25,1,7,2", lines[1]);
        Assert.Equal(["", ""], [lines[2], string.Concat(lines[3..])]);
    }

    /// <summary>As the plugin names and places them, in images of any axes.</summary>
    [Theory]
    [InlineData(1, 1, 1, "Object 12", 0, 0, 0), InlineData(1, 1, 3, "Object 12", 0, 0, 0)]
    [InlineData(1, 4, 1, "Object 12 z3", 3, 0, 0), InlineData(2, 1, 1, "Object 12 t2", 2, 0, 0)]
    [InlineData(1, 4, 2, "Object 12 z3", 0, 3, 1), InlineData(2, 1, 2, "Object 12 t2", 0, 1, 2)]
    [InlineData(2, 4, 1, "Object 12 z3 t2", 0, 3, 2), InlineData(2, 4, 3, "Object 12 z3 t2", 0, 3, 2)]
    public void ARoiBelongsToItsSliceAndFrameAndToAllChannels(int frames, int slices, int channels, string name, int stack, int z, int t)
    {
        string path = _folder.File("rois.zip");
        using (var file = new SafeFile(path, overwrite: false))
            RoiSet.Write(file, Squares(frames, slices, (Math.Min(1, frames - 1), Math.Min(2, slices - 1), 12, 20, 30)), channels);
        using ZipArchive zip = ZipFile.OpenRead(path);
        ZipArchiveEntry entry = Assert.Single(zip.Entries);
        Assert.Equal(name + ".roi", entry.FullName);
        using var memory = new MemoryStream();
        using (Stream stream = entry.Open())
            stream.CopyTo(memory);
        byte[] roi = memory.ToArray();
        int Whole(int at) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(roi.AsSpan(at));
        int second = Whole(60);
        Assert.Equal((stack, 0, z, t), (Whole(56), Whole(second + 4), Whole(second + 8), Whole(second + 12)));
        Assert.Contains("Probability: 0.7500", Encoding.BigEndianUnicode.GetString(roi, second + 64, roi.Length - second - 64),
            StringComparison.Ordinal);
    }

    [Fact]
    public void ARoiSetHoldsPolygonsAsImageJReadsThem()
    {
        string path = _folder.File("rois.zip");
        using (var file = new SafeFile(path, overwrite: false))
            RoiSet.Write(file, Squares(1, 3, (0, 2, 12, 20, 30)), channels: 1);
        using ZipArchive zip = ZipFile.OpenRead(path);
        ZipArchiveEntry entry = Assert.Single(zip.Entries);
        Assert.Equal("Object 12 z3.roi", entry.FullName);
        using var memory = new MemoryStream();
        using (Stream stream = entry.Open())
            stream.CopyTo(memory);
        byte[] roi = memory.ToArray();
        Assert.Equal("Iout", Encoding.ASCII.GetString(roi, 0, 4));
        Assert.Equal((228, 0, 4), (Short(roi, 4), roi[6], Short(roi, 16)));
        Assert.Equal(128, Short(roi, 50) & 128);
        // The square from 28 to 32 and 18 to 22, pixel centres, is 28.5 to 32.5 and 18.5 to 22.5 from the corner.
        Assert.Equal((18, 28, 23, 33), (Short(roi, 8), Short(roi, 10), Short(roi, 12), Short(roi, 14)));
        Assert.Equal([32.5f, 28.5f, 28.5f, 32.5f], Floats(roi, 64 + 16, 4));
        Assert.Equal([22.5f, 22.5f, 18.5f, 18.5f], Floats(roi, 64 + 32, 4));
        Assert.Equal(3, Int(roi, 56));
        int second = Int(roi, 60);
        Assert.Equal(entry.Name[..^4], Utf16(roi, Int(roi, second + 16), Int(roi, second + 20)));
        Assert.Equal("Label: 12\nProbability: 0.7500\n", Utf16(roi, Int(roi, second + 40), Int(roi, second + 44)));
    }

    [Fact]
    public void InAHyperstackARoiHasSliceAndFrame()
    {
        byte[] roi = PolygonRoi.Encode([0, 0, 4, 0, 0, 4], "name", new RoiPosition(0, 3, 2), "");
        int second = Int(roi, 60);
        Assert.Equal((0, 0, 3, 2), (Int(roi, 56), Int(roi, second + 4), Int(roi, second + 8), Int(roi, second + 12)));
        Assert.Equal((0, 0), (Int(roi, second + 40), Int(roi, second + 44)));
    }

    private static void Write(string path, SegmentedObjects result, Calibration calibration, CancellationToken cancel)
    {
        using var file = new SafeFile(path, overwrite: false);
        LabelFile.Write(file, result, calibration, cancel);
    }

    /// <summary>Squares of 5 x 5 pixels in planes of 30 x 40.</summary>
    private static SegmentedObjects Squares(int frames, int slices, params (int Frame, int Slice, long Label, int Y, int X)[] squares) =>
        new()
        {
            Objects =
        [
            .. squares.Select(s => new SegmentedObject
            {
                Label = s.Label, Frame = s.Frame, Slice = s.Slice, Probability = 0.75f, CenterY = s.Y, CenterX = s.X, Area = 25,
                Pixels = 16, CentroidY = s.Y, CentroidX = s.X, TouchesEdge = s.Y == 2 ? 1 : 0, Track = 7, ClassId = 2,
                Top = s.Y - 2, Left = s.X - 2, Bottom = s.Y + 3, Right = s.X + 3,
            }),
        ],
            Vertices = [.. squares.SelectMany(s => new float[] { s.X + 2, s.Y + 2, s.X - 2, s.Y + 2, s.X - 2, s.Y - 2, s.X + 2, s.Y - 2 })],
            Rays = 4, Frames = frames, Slices = slices, Height = 30, Width = 40, Candidates = squares.Length,
            Account = new Account
            {
                Tiles = 1, Tile = new Extent(1, 30, 40), Why = "", BytesRead = 0, BytesWritten = 0, Device = "cpu",
                DeviceName = "", FellBack = false,
                Warnings = [], Provenance = "{}", Times = new StageTimes(),
            },
        };

    private static int Short(byte[] bytes, int at) => BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(at));

    private static int Int(byte[] bytes, int at) => BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));

    private static float[] Floats(byte[] bytes, int at, int count) =>
        [.. Enumerable.Range(0, count).Select(i => BinaryPrimitives.ReadSingleBigEndian(bytes.AsSpan(at + 4 * i)))];

    private static string Utf16(byte[] bytes, int at, int count) => Encoding.BigEndianUnicode.GetString(bytes, at, 2 * count);
}
