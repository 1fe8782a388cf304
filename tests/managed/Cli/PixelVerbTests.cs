using System.Text.Json;
using BioDL.Cli.Commands;
using BioDL.Cli.Images;
using BioDL.Cli.Shell;
using BioDL.Cli.Tiff;
using BioDL.Core.Images;
using BioDL.Models.Files;
using static BioDL.Tests.Cli.CliRun;

namespace BioDL.Tests.Cli;

/// <summary>denoise, stain and run, over a network whose answer is known.</summary>
public sealed unsafe class PixelVerbTests : IDisposable
{
    private const int Height = 20, Width = 24;
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("denoise --model m", "IMAGE is missing")]
    [InlineData("run a.tif --out o", "--model")]
    [InlineData("denoise a.tif --model m", "--out")]
    [InlineData("denoise a.tif --model m --out o --output-type int8", "--output-type takes input, uint8, uint16 or float32, not 'int8'")]
    [InlineData("denoise a.tif --model m --out o --percentiles 9 1", "--percentiles")]
    [InlineData("denoise a.tif --model m --out o --no-normalize --percentiles 1 9", "exclude each other")]
    [InlineData("denoise a.tif --model m --out o --memory 0", "--memory")]
    [InlineData("denoise a.tif --model m --out o --tile x", "--tile")]
    [InlineData("denoise a.tif --model m --out o --device abacus", "abacus")]
    [InlineData("denoise a.tif --model m --out o --channels 1,,2", "--channels takes numbers or names")]
    [InlineData("denoise a.tif --model m --out o --merge", "--merge")]
    [InlineData("stain a.tif --model m --out o --spread", "--spread")]
    [InlineData("run --model m --input a", "--input takes NAME=FILE, not 'a'")]
    [InlineData("run --model m --input a=b", "--output NAME=FILE is missing")]
    [InlineData("run --model m --output a=b", "--input NAME=FILE is missing")]
    [InlineData("run --model m --input a=b --input a=c --output d=e", "names a twice")]
    [InlineData("run x.tif --model m --input a=b --output d=e", "leave out IMAGE")]
    public void Wrong_usage_ends_with_2_and_names_the_option(string line, string expected)
    {
        var (code, output, error) = Run(line.Split(' '));
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_restored_hyperstack_keeps_its_depth_its_unit_and_its_calibration()
    {
        string model = PixelModel.Write(_folder.File("m.zip"), "denoising", gain: 0.5f, offset: 0.25f),
            image = Hyperstack("a.tif", 2, 3, 2);
        var (code, output, error) = Run("denoise", image, "--model", model, "--out", _folder.File("out"), "--device", "cpu", "--json");
        Assert.Equal((0, ""), (code, error));
        JsonElement report = Lines(output)[0];
        Assert.Equal((0, "uint16", "cpu"),
            (report.GetProperty("results")[0].GetProperty("clipped").GetInt32(),
                report.GetProperty("results")[0].GetProperty("type").GetString(), report.GetProperty("device").GetString()));
        Assert.True(report.GetProperty("times_ms").GetProperty("network").GetDouble() > 0);
        Assert.Contains("onnx", report.GetProperty("provenance").ToString(), StringComparison.Ordinal);
        using TiffImage before = TiffImage.Open(image), after = TiffImage.Open(_folder.File("out/a.tif"));
        Assert.Equal((PixelType.UInt16, 2, 3, 2), (after.View.Type, after.View.Frames, after.View.Slices, after.View.Channels));
        Assert.Equal((before.Calibration, "micron", 2.5), (after.Calibration, after.Calibration.Unit, after.Calibration.PixelDepth));
        // The network halves and adds a quarter in the normalised range: back in the image's unit that is a step towards the middle of each
        // plane's range.
        for (long plane = 0; plane < 12; plane++)
        {
            ushort[] was = Plane(before.View, plane), now = Plane(after.View, plane);
            double low = was.Min(), high = was.Max();
            for (int i = 0; i < was.Length; i++)
                Assert.InRange(now[i] - (0.5 * was[i] + 0.25 * (high + low)), -1, 1);
        }
    }

    [Fact]
    public void Values_beyond_the_type_are_clipped_and_counted()
    {
        string model = PixelModel.Write(_folder.File("m.zip"), "denoising", gain: 3, offset: -1), image = Hyperstack("a.tif", 1, 1, 1);
        JsonElement result =
            Lines(Run("denoise", image, "--model", model, "--out", _folder.File("o.tif"), "--output-type", "uint8",
                "--json").Output)[0].GetProperty("results")[0];
        Assert.Equal("uint8", result.GetProperty("type").GetString());
        Assert.True(result.GetProperty("clipped").GetInt32() > 0);
        Assert.Contains("clipped",
            Run("denoise", image, "--model", model, "--out", _folder.File("o.tif"), "--output-type", "uint8", "--overwrite").Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Without_scaling_back_the_network_s_own_values_come_as_float()
    {
        string model = PixelModel.Write(_folder.File("m.zip"), "denoising", gain: 2), image = Hyperstack("a.tif", 1, 1, 1);
        Assert.Equal(0, Run("denoise", image, "--model", model, "--out", _folder.File("o.tif"), "--no-scale-back").Code);
        using TiffImage after = TiffImage.Open(_folder.File("o.tif"));
        Assert.Equal(PixelType.Float32, after.View.Type);
        float[] values = new float[Height * Width];
        using (PlaneLock plane = after.View.Lock(0))
            new Span<float>(plane.Pixel(0, 0), values.Length).CopyTo(values);
        Assert.Equal(0, values.Min(), 1e-5);
        Assert.Equal(2, values.Max(), 1e-4);
    }

    [Fact]
    public void Packed_rgb_stays_rgb()
    {
        string model = PixelModel.Write(_folder.File("m.zip"), "denoising"), image = _folder.File("rgb.tif");
        byte[] pixels = [.. Enumerable.Range(0, Height * Width * 3).Select(i => (byte)(i * 37))];
        TiffMaker.Write(image, TiffMaker.Grey(Width, Height) with { Samples = 3, Photometric = Photometric.Rgb }, [pixels]);
        var (code, _, error) = Run("denoise", image, "--model", model, "--out", _folder.File("o.tif"));
        Assert.Equal((0, ""), (code, error));
        using TiffImage after = TiffImage.Open(_folder.File("o.tif"));
        Assert.Equal((PixelType.Argb32, 3), (after.View.Type, after.Page.Samples));
        using PlaneLock plane = after.View.Lock(0);
        for (int i = 0; i < Height * Width; i++)
            Assert.Equal(pixels[3 * i + 1], (byte)(*(uint*)plane.Pixel(i / Width, i % Width) >> 8));
    }

    [Fact]
    public void A_failed_image_does_not_stop_the_others_and_nothing_half_is_left()
    {
        string model = PixelModel.Write(_folder.File("m.zip"), "denoising"), good = Hyperstack("good.tif", 1, 1, 1),
            bad = _folder.File("bad.tif");
        File.WriteAllText(bad, "no image");
        var (code, output, error) = Run("denoise", bad, good, "--model", model, "--out", _folder.File("out"), "--provenance", "--json");
        Assert.Equal(1, code);
        Assert.Contains(bad, error, StringComparison.Ordinal);
        Assert.Equal(2, Lines(output).Length);
        Assert.Equal(["bad.tif", "good.tif", "m.zip", "out/biodl-journal.jsonl", "out/good.json", "out/good.tif"], _folder.Content());
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(File.ReadAllText(_folder.File("out/good.json"))).RootElement.ValueKind);
    }

    [Fact]
    public void A_result_that_is_there_is_replaced_only_when_asked()
    {
        string model = PixelModel.Write(_folder.File("m.zip"), "denoising"), image = Hyperstack("a.tif", 1, 1, 1);
        File.WriteAllText(_folder.File("o.tif"), "old");
        Assert.Equal(2, Run("denoise", image, "--model", model, "--out", _folder.File("o.tif")).Code);
        Assert.Equal("old", File.ReadAllText(_folder.File("o.tif")));
        Assert.Equal(0, Run("denoise", image, "--model", model, "--out", _folder.File("o.tif"), "--overwrite").Code);
        Assert.Equal(2, Run("denoise", image, "--model", model, "--out", image, "--overwrite").Code);
    }

    [Fact]
    public void The_plan_says_how_axes_match_and_runs_nothing()
    {
        string model = PixelModel.Write(_folder.File("m.zip"), "denoising"), image = Hyperstack("a.tif", 2, 3, 2);
        var (code, output, _) = Run("denoise", image, "--model", model, "--plan");
        Assert.Equal(0, code);
        foreach (string part in new[] { "2 frames", "3 slices", "channel", "tiles of", "MiB", "2 x 3 x 2 x 20 x 24", "uint16" })
            Assert.Contains(part, output, StringComparison.Ordinal);
        JsonElement plan = Lines(Run("denoise", image, "--model", model, "--plan", "--channels", "2", "--json").Output)[0];
        Assert.Equal([2, 3, 1, Height, Width], plan.GetProperty("outputs")[0].GetProperty("shape").EnumerateArray()
            .Select(size => size.GetInt32()));
        Assert.Equal(["a.tif", "m.zip"], _folder.Content());
    }

    [Fact]
    public void A_wrong_verb_names_the_right_one()
    {
        string denoises = PixelModel.Write(_folder.File("d.zip"), "denoising"), other = PixelModel.Write(_folder.File("o.zip"), "nuclei"),
            image = Hyperstack("a.tif", 1, 1, 1);
        foreach ((string verb, string model, string right) in new[]
        {
            ("denoise", "builtin:nuclei-fluo-small", "biodl segment"), ("stain", "builtin:nuclei-fluo-small", "biodl segment"),
            ("stain", denoises, "biodl denoise"), ("denoise", other, "biodl run"),
        })
        {
            var (code, _, error) = Run(verb, image, "--model", model, "--out", _folder.File("x.tif"));
            Assert.Equal(1, code);
            Assert.Contains(right, error, StringComparison.Ordinal);
        }
        var (segment, _, said) = Run("segment", image, "--model", denoises, "--labels", _folder.File("x.tif"));
        Assert.Equal(1, segment);
        Assert.Contains("biodl denoise", said, StringComparison.Ordinal);
        Assert.Equal(["a.tif", "d.zip", "o.zip"], _folder.Content());
    }

    [Fact]
    public void A_stain_is_named_and_can_be_merged_with_its_source()
    {
        string model = PixelModel.Write(_folder.File("m.zip"), "virtual-staining", outputs: 2), image = Hyperstack("a.tif", 1, 2, 1);
        var (code, _, error) = Run("stain", image, "--model", model, "--out", _folder.File("o.tif"), "--merge");
        Assert.Equal((0, ""), (code, error));
        using TiffImage source = TiffImage.Open(image), merged = TiffImage.Open(_folder.File("o.tif"));
        Assert.Equal((PixelType.Float32, 3, 2), (merged.View.Type, merged.View.Channels, merged.View.Slices));
        ushort[] was = Plane(source.View, 1);
        using (PlaneLock first = merged.View.Lock(merged.View.PlaneNumber(0, 1, 0)))
            Assert.Equal(was[5], *(float*)first.Pixel(0, 5));
        using (PlaneLock made = merged.View.Lock(merged.View.PlaneNumber(0, 1, 2)))
            Assert.Equal((was[5] - was.Min()) / (double)(was.Max() - was.Min()), *(float*)made.Pixel(0, 5), 1e-4);
        byte[] bytes = File.ReadAllBytes(_folder.File("o.tif"));
        Assert.True(bytes.AsSpan().IndexOf(System.Text.Encoding.Unicode.GetBytes("DAPI")) > 0);
        Assert.True(bytes.AsSpan().IndexOf("mode=composite"u8) > 0);
    }

    [Fact]
    public void Tensors_go_in_and_out()
    {
        string model = PixelModel.Write(_folder.File("m.zip"), "other", gain: 4, outputs: 2), tensor = _folder.File("in.npy");
        using (NpyArray array = NpyArray.Create("uint16", [16, 12]))
        {
            ImageView view = array.View("yx", "in");
            using (PlaneLock plane = view.Lock(0, write: true))
                for (int i = 0; i < 192; i++)
                    *(ushort*)plane.Pixel(i / 12, i % 12) = (ushort)(100 + i);
            using FileStream file = File.Create(tensor);
            Npy.Write(file, array);
        }
        var (code, output, error) = Run("run", "--model", model, "--input", $"raw={tensor}", "--output", $"made={_folder.File("out.npy")}");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("1 x 2 x 16 x 12 (B, C, Y, X)", output, StringComparison.Ordinal);
        using NpyArray made = Npy.Read(_folder.File("out.npy"));
        Assert.Equal("float32", made.DataType);
        Assert.Equal([1, 2, 16, 12], made.Shape);
        using PlaneLock second = made.View("bcyx", "out").Lock(1);
        Assert.Equal(4.0 * 50 / 191, *(float*)second.Pixel(4, 2), 1e-4);
        Assert.Contains("the model has raw",
            Run("run", "--model", model, "--input", $"raw={tensor}", "--input", $"x2={tensor}", "--output",
                $"made={_folder.File("b.npy")}").Error, StringComparison.Ordinal);
        Assert.Equal(2, Run("run", "--model", model, "--input", $"raw={tensor}", "--output", $"made={tensor}", "--overwrite").Code);
    }

    [Fact]
    public void A_cancel_ends_with_130_and_leaves_nothing_behind()
    {
        string model = PixelModel.Write(_folder.File("m.zip"), "denoising"), image = Hyperstack("a.tif", 3, 3, 2);
        using var source = new CancellationTokenSource();
        source.Cancel();
        int code =
            CommandLine.Run(["denoise", image, "--model", model, "--out", _folder.File("out")],
                new CommandContext(TextWriter.Null, TextWriter.Null, source.Token, ShowProgress: false));
        Assert.Equal(130, code);
        Assert.Equal(["a.tif", "m.zip"], _folder.Content());
    }

    [Fact]
    public void Channels_are_found_by_number_and_by_name()
    {
        string[] names = ["DAPI", "GFP", "red"];
        Assert.Equal([2, 0], ChannelList.Of([ChannelList.Parse("3,dapi")], ["raw"], "a.tif", names));
        Assert.Equal([1], ChannelList.Of([ChannelList.Parse("other=1"), ChannelList.Parse("raw=GFP")], ["raw"], "a.tif", names));
        Assert.Empty(ChannelList.Of([ChannelList.Parse("other=1")], ["raw"], "a.tif", names));
        var error = Assert.Throws<BioDL.Core.BioDLException>(() => ChannelList.Of([ChannelList.Parse("4")], ["raw"], "a.tif", names));
        Assert.Contains("DAPI, GFP, red", error.Message, StringComparison.Ordinal);
    }

    private string Hyperstack(string name, int frames, int slices, int channels)
    {
        int planes = frames * slices * channels;
        var random = new Random(3);
        ushort[][] pages =
            [.. Enumerable.Range(0, planes)
                .Select(plane =>
                Enumerable.Range(0, Height * Width).Select(_ => (ushort)(500 + 400 * plane + random.Next(3000))).ToArray())];
        TiffPage page = TiffMaker.Grey(Width, Height) with { Bits = 16, XResolution = 4, YResolution = 4 };
        string counts = planes == 1 ? "" : $"images={planes}\nchannels={channels}\nslices={slices}\nframes={frames}\nhyperstack=true\n";
        TiffMaker.Write(_folder.File(name), page, pages, "w", $"ImageJ=1.53t\n{counts}unit=micron\nspacing=2.5\n");
        return _folder.File(name);
    }

    private static ushort[] Plane(ImageView view, long number)
    {
        using PlaneLock plane = view.Lock(number);
        return new ReadOnlySpan<ushort>(plane.Pixel(0, 0), Height * Width).ToArray();
    }
}
