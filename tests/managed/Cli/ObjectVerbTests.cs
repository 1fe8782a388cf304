using System.Globalization;
using BioDL.Cli.Tiff;
using BioDL.Core.Images;

namespace BioDL.Tests.Cli;

/// <summary>What <c>biodl segment</c> does to objects: leaves out, grows, links; and the maps that it writes besides.</summary>
public sealed class ObjectVerbTests : IDisposable
{
    private const int Side = 160, Frames = 3;

    /// <summary>A quarter of a µm.</summary>
    private const double Pixel = 0.25 * 0.25;

    private readonly VerbScene _scene = new("segment");

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void Areas_are_in_the_unit_of_the_image_and_leaving_out_changes_no_other_object()
    {
        string image = Film();
        List<Row> all = Objects(image);
        double[] areas = [.. all.Select(row => row["area"]).Order()];
        double least = areas[areas.Length / 4], most = areas[3 * areas.Length / 4];
        List<Row> some = Objects(image, "--min-area", Text(least), "--max-area", Text(most));
        Row[] expected = [.. all.Where(row => row["area"] >= least && row["area"] <= most)];
        Assert.True(expected.Length > 10 && expected.Length < all.Count);
        Assert.Equal(expected.Select(Measured), some.Select(Measured));
        Assert.Equal(all.Select(row => row["area_px"] * Pixel), all.Select(row => row["area"]));
        List<Row> inner = Objects(image, "--exclude-edges");
        Assert.Equal(all.Where(row => row["touches_edge"] == 0).Select(Measured), inner.Select(Measured));
        foreach (IGrouping<double, Row> frame in inner.GroupBy(row => row["frame"]))
            Assert.Equal(Enumerable.Range(1, frame.Count()).Select(label => (double)label), frame.Select(row => row["label"]));
    }

    [Fact]
    public void Labels_grow_by_units_of_the_image()
    {
        string image = Film();
        double own = Objects(image).Sum(row => row["area_px"]);
        List<Row> cells = Objects(image, "--grow", "1");
        double grown = Painted();
        Assert.Equal(grown, cells.Sum(row => row["area_px"]));
        List<Row> rings = Objects(image, "--grow", "1", "--rings");
        Assert.Equal(Painted(), rings.Sum(row => row["area_px"]));
        Assert.Equal(grown - own, Painted());
    }

    [Fact]
    public void A_nucleus_keeps_its_number_through_time()
    {
        string image = Film();
        Assert.All(Objects(image), row => Assert.Equal(0, row["track"]));
        List<Row> linked = Objects(image, "--link", "frames", "--numbers", "track");
        Assert.All(linked, row => Assert.Equal(row["track"], row["label"]));
        // The film moves by 2 pixels a frame, so that all but those at its edge go on.
        Row[] first = [.. linked.Where(row => row["frame"] == 1 && row["touches_edge"] == 0)];
        Row[] last = [.. linked.Where(row => row["frame"] == 3)];
        int kept = first.Count(row => last.Any(later => later["track"] == row["track"]
            && Math.Abs(later["center_x_px"] - row["center_x_px"] - 4) < 1.5 && Math.Abs(later["center_y_px"] - row["center_y_px"]) < 1.5));
        Assert.True(kept >= 0.8 * first.Length, $"{kept} of {first.Length}");
        List<Row> unique = Objects(image, "--numbers", "unique");
        Assert.Equal(Enumerable.Range(1, unique.Count).Select(label => (double)label), unique.Select(row => row["label"]));
    }

    [Theory]
    [InlineData("--rings", "--grow")]
    [InlineData("--numbers track", "--link")]
    [InlineData("--link-overlap 0.5", "--link")]
    [InlineData("--link time", "frames")]
    [InlineData("--numbers all", "plane")]
    [InlineData("--min-area 5 --max-area 4", "--max-area")]
    [InlineData("--grow -1", "--grow")]
    public void Options_that_cannot_be_are_named(string options, string named)
    {
        var (code, _, error) = _scene.Run([_scene.Image(), "--out", _scene.File("l.tif"), .. options.Split(' ')]);
        Assert.Equal(2, code);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.False(File.Exists(_scene.File("l.tif")));
    }

    [Fact]
    public void Maps_are_what_the_network_gives_of_whole_planes()
    {
        string image = Film(), prob = _scene.File("p.tif"), dist = _scene.File("d.tif");
        List<Row> alone = Objects(image, "--region", "40,40,60,60");
        List<Row> beside = Objects(image, "--region", "40,40,60,60", "--probability", prob, "--distances", dist);
        Assert.Equal(alone.Select(Measured), beside.Select(Measured));
        var (code, _, error) = CliRun.Run("run", image, "--model", _scene.Model, "--out", _scene.File("maps"));
        Assert.Equal((0, ""), (code, error));
        string[] maps = [.. Directory.GetFiles(_scene.File("maps")).Order()];
        Assert.Equal(2, maps.Length);
        Assert.Equal(Pixels(maps.Single(map => map.Contains("prob", StringComparison.OrdinalIgnoreCase))), Pixels(prob));
        Assert.Equal(Pixels(maps.Single(map => !map.Contains("prob", StringComparison.OrdinalIgnoreCase))), Pixels(dist));
    }

    /// <summary>Nuclei that move to the right by 2 pixels a frame, of 0.25 µm.</summary>
    private string Film()
    {
        string path = _scene.File("film.tif");
        using TiffImage source = TiffImage.Open(_scene.Image("still.tif", side: 200));
        ushort[][] frames = [.. Enumerable.Range(0, Frames).Select(frame => Part(source.View, 20, 20 - 2 * frame))];
        TiffMaker.Write(path, TiffMaker.Grey(Side, Side) with { Bits = 16, XResolution = 4, YResolution = 4 }, frames,
            description: $"ImageJ=1.53t\nimages={Frames}\nframes={Frames}\nunit=micron\n");
        return path;
    }

    private static unsafe ushort[] Part(ImageView view, int top, int left)
    {
        using PlaneLock plane = view.Lock(0);
        var part = new ushort[Side * Side];
        for (int y = 0; y < Side; y++)
            for (int x = 0; x < Side; x++)
                part[y * Side + x] = *(ushort*)plane.Pixel(top + y, left + x);
        return part;
    }

    private List<Row> Objects(string image, params string[] options)
    {
        string table = _scene.File("o.csv");
        var (code, _, error) = _scene.Run([image, "--out", _scene.File("l.tif"), "--objects", table, "--overwrite", .. options]);
        Assert.Equal((0, ""), (code, error));
        string[][] lines = [.. File.ReadLines(table).Select(line => line.Split(','))];
        return [.. lines[1..].Select(cells => new Row(lines[0].Zip(cells).ToDictionary(cell => cell.First, cell => cell.Second)))];
    }

    private int Painted() => Pixels(_scene.File("l.tif")).Count(value => value != 0);

    private static unsafe float[] Pixels(string path)
    {
        using TiffImage image = TiffImage.Open(path);
        ImageView view = image.View;
        var pixels = new List<float>();
        for (long plane = 0; plane < (long)view.Frames * view.Slices * view.Channels; plane++)
        {
            using PlaneLock locked = view.Lock(plane);
            for (int y = 0; y < view.Height; y++)
                for (int x = 0; x < view.Width; x++)
                    pixels.Add(view.Type == PixelType.UInt16 ? *(ushort*)locked.Pixel(y, x) : *(float*)locked.Pixel(y, x));
        }
        return [.. pixels];
    }

    private static (double, double, double, double) Measured(Row row) =>
        (row["frame"], row["probability"], row["area_px"], row["center_x_px"]);

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private sealed record Row(IReadOnlyDictionary<string, string> Cells)
    {
        public double this[string column] => double.Parse(Cells[column], CultureInfo.InvariantCulture);
    }
}
