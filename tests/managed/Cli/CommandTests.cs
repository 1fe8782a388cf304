using System.Text;
using System.Text.Json;
using BioDL.Cli.Commands;
using BioDL.Cli.Shell;
using BioDL.Cli.Tiff;
using static BioDL.Tests.Cli.CliRun;

namespace BioDL.Tests.Cli;

/// <summary>The verbs as a shell meets them: what they print, the files they leave, the number they end with.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "Required command")]
    [InlineData("segmnt a.tif", "segmnt")]
    [InlineData("segment --labels out", "IMAGE")]
    [InlineData("segment a.tif", "--labels")]
    [InlineData("segment a.tif --labels out --prob 1.5", "--prob takes a number from 0 to 1, not '1.5'")]
    [InlineData("segment a.tif --labels out --overlap x", "--overlap")]
    [InlineData("segment a.tif --labels out --percentiles 5", "--percentiles")]
    [InlineData("segment a.tif --labels out --percentiles 99 1",
        "--percentiles takes two numbers of 0 to 100, the lower one first, not '99 1'")]
    [InlineData("segment a.tif --labels out --percentiles 1 101", "--percentiles")]
    [InlineData("segment a.tif --labels out --percentiles 1 99 --no-normalize", "--no-normalize")]
    [InlineData("segment a.tif --labels out --tile huge", "--tile takes auto or a whole number")]
    [InlineData("segment a.tif --labels out --device abacus", "--device: There is no device \"abacus\"")]
    [InlineData("segment a.tif --labels out --channel 0", "--channel")]
    [InlineData("segment a.tif b.tif --labels out.tif", "--labels out.tif is one file, but there are 2 images")]
    [InlineData("segment a.tif b.tif --labels out --rois out.zip", "--rois out.zip is one file")]
    [InlineData("segment a.tif x/a.tif --labels out", "would both become")]
    [InlineData("segment a.tif --labels ./a.tif", "overwrite an input")]
    [InlineData("segment a.tif --labels .", "overwrite an input")]
    [InlineData("segment a.csv --labels out --objects a.csv", "--objects: a.csv would overwrite an input")]
    [InlineData("specimen --out a.tif --size 3", "--size takes a whole number from 64")]
    [InlineData("specimen --out a.tif --labels a.tif", "--labels: the image and its truth would both become a.tif")]
    [InlineData("compare a", "LABELS-FOLDER")]
    public void WrongUsageEndsWith2AndNamesTheOption(string line, string expected)
    {
        var (code, output, error) = Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Contains("--help'", error, StringComparison.Ordinal);
        Assert.Equal("", output);
    }

    [Fact]
    public void HelpAndVersionEndWith0()
    {
        var (code, output, error) = Run("segment", "--help");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("--percentiles <LO HI>", output, StringComparison.Ordinal);
        (code, output, error) = Run("--version");
        Assert.Equal((0, ""), (code, error));
        Assert.Matches(@"^biodl \d+\.\d+\.\d+ ", output);
        Assert.Matches(@"ONNX Runtime \d+\.\d+", output);
        Assert.Contains("LibTiff", output, StringComparison.Ordinal);
    }

    [Fact]
    public void DevicesAreListedAsTextAndAsJson()
    {
        var (code, output, _) = Run("devices");
        Assert.Equal(0, code);
        Assert.StartsWith("cpu ", output, StringComparison.Ordinal);
        (code, output, _) = Run("devices", "--json");
        JsonElement[] devices = Lines(output);
        Assert.Equal((0, "cpu", true), (code, devices[0].GetProperty("id").GetString(), devices[0].GetProperty("available").GetBoolean()));
        Assert.All(devices, device =>
            Assert.Equal(device.GetProperty("available").GetBoolean(), device.GetProperty("unavailable_reason").GetString() == ""));
    }

    [Fact]
    public void InfoDescribesModelsAndImages()
    {
        JsonElement model = Lines(Run("info", "builtin:nuclei-fluo-small", "--json").Output)[0];
        Assert.Equal((32, 2, "MIT"),
            (model.GetProperty("rays").GetInt32(), model.GetProperty("grid_y").GetInt32(), model.GetProperty("licence").GetString()));
        string path = Specimen("specimen.tif", 96);
        JsonElement image = Lines(Run("info", path, "--json").Output)[0];
        Assert.Equal(("uint16", 96, "µm"),
            (image.GetProperty("type").GetString(), image.GetProperty("width").GetInt32(), image.GetProperty("unit").GetString()));
        var (code, _, error) = Run("info", _folder.File("none.tif"));
        Assert.Equal(1, code);
        Assert.Contains("none.tif", error, StringComparison.Ordinal);
    }

    [Fact]
    public void ASpecimenIsTheSameForTheSameSeedAndTheBuiltInModelFindsMostOfIt()
    {
        string path = Specimen("images/a.tif", 512, "--labels", _folder.File("truth/a.tif"), "--seed", "5");
        string again = Specimen("again.tif", 512, "--seed", "5"), other = Specimen("other.tif", 512, "--seed", "6");
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(again));
        Assert.NotEqual(File.ReadAllBytes(path), File.ReadAllBytes(other));

        Assert.Equal(0, Run("segment", path, "--labels", _folder.File("found")).Code);
        JsonElement scores = Lines(Run("compare", _folder.File("truth"), _folder.File("found"), "--json").Output)[0];
        JsonElement half = scores.GetProperty("thresholds")[0];
        Assert.Equal(0.5, half.GetProperty("iou").GetDouble());
        Assert.True(half.GetProperty("pooled").GetProperty("recall").GetDouble() >= 0.85, half.ToString());
        Assert.True(half.GetProperty("pooled").GetProperty("precision").GetDouble() >= 0.85, half.ToString());
        Assert.True(half.GetProperty("pooled").GetProperty("tp").GetInt32() > 40, half.ToString());
    }

    [Fact]
    public void AFailedImageDoesNotStopTheOthers()
    {
        string good = Specimen("good.tif", 128), bad = _folder.File("bad.tif"), last = Specimen("last.tif", 96, "--seed", "2");
        File.WriteAllText(bad, "no image");
        var (code, output, error) = Run("segment", good, bad, last, "--labels", _folder.File("out"), "--objects", _folder.File("o.csv"),
            "--rois", _folder.File("rois"), "--json");
        Assert.Equal(1, code);
        Assert.Contains(bad, error, StringComparison.Ordinal);
        JsonElement[] lines = Lines(output);
        Assert.Equal([good, bad, last], lines.Select(line => line.GetProperty("image").GetString()));
        Assert.True(lines[1].TryGetProperty("error", out _));
        Assert.Equal(["bad.tif", "good.tif", "last.tif", "o.csv", "out/biodl-journal.jsonl", "out/good.tif", "out/last.tif",
            "rois/good.zip", "rois/last.zip"],
            _folder.Content());
        int count = lines[0].GetProperty("count").GetInt32() + lines[2].GetProperty("count").GetInt32();
        Assert.True(count > 0);
        Assert.Equal(count + 1, File.ReadAllLines(_folder.File("o.csv")).Length);
    }

    [Fact]
    public void TheReportOfAnImageIsComplete()
    {
        string path = Specimen("image.tif", 240);
        var (code, output, error) =
            Run("segment", path, "--labels", _folder.File("labels.tif"), "--device", "cpu", "--tile", "256", "--prob", "0.3", "--json");
        Assert.Equal((0, ""), (code, error));
        JsonElement report = Lines(output)[0];
        foreach (string stage in new[] { "prepare", "statistics", "read", "network", "candidates", "suppress", "files", "total" })
            Assert.True(report.GetProperty("times_ms").GetProperty(stage).GetDouble() >= 0, stage);
        Assert.True(report.GetProperty("times_ms").GetProperty("network").GetDouble() > 0);
        Assert.Equal(("cpu", false), (report.GetProperty("device").GetString(), report.GetProperty("fell_back").GetBoolean()));
        Assert.True(report.GetProperty("tile")[1].GetInt32() <= 240);
        Assert.Equal(0.3, report.GetProperty("provenance").GetProperty("options").GetProperty("prob_threshold").GetDouble());
        Assert.Equal(JsonValueKind.Array, report.GetProperty("warnings").ValueKind);

        string text = Run("segment", path, "--labels", _folder.File("labels.tif"), "--prob", "0.3", "--overwrite").Output;
        Assert.Contains($"{report.GetProperty("count").GetInt32()} objects", text, StringComparison.Ordinal);
        Assert.Contains("network", text, StringComparison.Ordinal);
    }

    [Fact]
    public void AChannelMustBeNamedWhenThereAreSeveral()
    {
        string one = Specimen("one.tif", 96), two = _folder.File("two.tif"), rgb = _folder.File("rgb.tif");
        ushort[] pixels;
        using (TiffImage image = TiffImage.Open(one))
            pixels = TiffImageTests.Plane<ushort>(image.View);
        TiffMaker.Write(two, TiffMaker.Grey(96, 96) with { Bits = 16 }, [new ushort[96 * 96], pixels], "w",
            "ImageJ=1.53t\nimages=2\nchannels=2\n");
        byte[] blue = [.. pixels.SelectMany(p => new byte[] { 0, 0, (byte)Math.Min(255, p / 16) })];
        TiffMaker.Write(rgb, TiffMaker.Grey(96, 96) with { Samples = 3, Photometric = Photometric.Rgb }, [blue]);

        var (code, _, error) = Run("segment", two, "--labels", _folder.File("out"));
        Assert.Equal(1, code);
        Assert.Contains("has 2 channels", error, StringComparison.Ordinal);
        Assert.Contains("--channels 1 to 2", error, StringComparison.Ordinal);
        Assert.Equal(1, Run("segment", two, "--labels", _folder.File("out"), "--channel", "3").Code);
        Assert.Equal(Count(one), Count(two, "--channel", "2"));
        Assert.Equal(0, Count(two, "--channel", "1"));
        Assert.Equal(Count(rgb), Count(rgb, "--channel", "3"));
        Assert.Equal(0, Count(rgb, "--channel", "1"));
        Assert.True(Count(one) > 0);
    }

    [Fact]
    public void ACancelEndsWith130AndLeavesNothingBehind()
    {
        string first = Specimen("first.tif", 256), second = Specimen("second.tif", 96);
        using var source = new CancellationTokenSource();
        // The progress line is the first thing written: cancel there.
        var error = new CallbackWriter(source.Cancel);
        string[] line = ["segment", first, second, "--labels", _folder.File("out"), "--objects", _folder.File("o.csv"), "--tile", "256"];
        int code = CommandLine.Run(line,
            new CommandContext(TextWriter.Null, error, source.Token, ShowProgress: true));
        Assert.Equal(130, code);
        Assert.Equal(["first.tif", "second.tif"], _folder.Content());
    }

    private int Count(string path, params string[] options) =>
        Lines(Run(["segment", path, "--labels", _folder.File("count"), "--overwrite", "--json",
            .. options]).Output)[0].GetProperty("count").GetInt32();

    private string Specimen(string name, int size, params string[] options)
    {
        string path = _folder.File(name);
        var (code, _, error) = Run(["specimen", "--out", path, "--size", $"{size}", .. options]);
        Assert.Equal((0, ""), (code, error));
        return path;
    }

    private sealed class CallbackWriter(Action callback) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => callback();

        public override void Write(string? value) => callback();
    }
}
