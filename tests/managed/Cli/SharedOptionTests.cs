using System.Text.Json;
using BioDL.Cli.Tiff;
using BioDL.Models.Opening;
using static BioDL.Tests.Cli.CliRun;

namespace BioDL.Tests.Cli;

/// <summary>
/// Every option that all image verbs share, at every verb: refused where it is wrong with a message that names it, taken where it is right,
/// and with effect.
/// </summary>
public sealed class SharedOptionTests
{
    /// <summary>Each verb with what follows an image and --out, and the words that must be in the message.</summary>
    public static TheoryData<string, string, string> Wrong() => Cross(
        ("--model other", "--model"), ("--out other", "--out"), ("--nonsense", "--nonsense is no option of this verb"),
        ("--nonsense=3", "--nonsense=3"), ("-q", "-q is no option"),
        ("--channels 1,,2", "--channels takes numbers or names"), ("--channels 0", "--channels counts from 1"),
        ("--channel ,", "--channels"),
        ("--region 1,2,3", "--region takes X,Y,WIDTH,HEIGHT"), ("--region 0,0,0,5", "--region"), ("--region=-1,0,5,5", "--region"),
        ("--region a,b,c,d", "--region"),
        ("--mask", "--mask"),
        ("--percentiles 9 1", "--percentiles takes two numbers of 0 to 100, the lower one first, not '9 1'"),
        ("--percentiles 1 101", "--percentiles"),
        ("--percentiles 5", "--percentiles"), ("--percentiles 1 99 --no-normalize", "--percentiles and --no-normalize exclude each other"),
        ("--tile huge", "--tile takes auto or a whole number from 16 to 65536, not 'huge'"), ("--tile 15", "--tile"),
        ("--tile 65537", "--tile"), ("--tile -64", "--tile"),
        ("--memory 0", "--memory takes a whole number from 1"), ("--memory 1.5", "--memory"),
        ("--device abacus", "--device: There is no device \"abacus\""));

    public static TheoryData<string> Verbs() => [.. VerbScene.Verbs];

    [Theory, MemberData(nameof(Wrong))]
    public void A_wrong_value_ends_with_2_names_the_option_and_leaves_nothing(string verb, string options, string expected)
    {
        using var scene = new VerbScene(verb);
        string image = scene.Image();
        var (code, output, error) = scene.Run([image, "--out", scene.File("out"), .. options.Split(' ')]);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Contains($"Try 'biodl {verb} --help'.", error, StringComparison.Ordinal);
        Assert.Equal(["image.tif"], scene.Content());
    }

    [Theory, MemberData(nameof(Verbs))]
    public void What_is_missing_is_named(string verb)
    {
        using var scene = new VerbScene(verb);
        string image = scene.Image(), to = scene.File("out");
        foreach ((string[] line, string expected) in new (string[], string)[]
        {
            ([image, "--out", to, "--model"], "--model"), ([image, "--model", scene.Model, "--out"], "--out"),
            ([image, "--model", scene.Model], "--out"),
            (["--model", scene.Model, "--out", to], "IMAGE is missing"),
            ([image, "", "--model", scene.Model, "--out", to], "IMAGE is empty"),
            ([image, "--model", "", "--out", to], "--model is empty"), ([image, "--model", scene.Model, "--out", ""], "--out is empty"),
        })
        {
            var (code, output, error) = CliRun.Run([verb, .. line]);
            Assert.Equal((2, ""), (code, output));
            Assert.Contains(expected, error, StringComparison.Ordinal);
        }
        // Which of the others has a model to begin with is told by the built-in ones themselves.
        Assert.Equal(verb == "run" ? 2 : BuiltInModels.Words.Contains(verb) ? 0 : 1, CliRun.Run(verb, image, "--out", to).Code);
    }

    [Theory, MemberData(nameof(Verbs))]
    public void What_only_the_image_can_tell_ends_with_1_and_names_the_option_or_the_file(string verb)
    {
        using var scene = new VerbScene(verb);
        string image = scene.Image(), large = scene.Image("large.tif", 1024), other = scene.Image("other.tif", 64);
        foreach ((string options, string expected) in new[]
        {
            ("--channels 2", "--channels 2"), ("--channels GFP", "--channels GFP"), ("--mask /no/such/mask.tif", "/no/such/mask.tif"),
            ($"--mask {other}", "64"), ("--region 90,90,20,20", "96"),
        })
        {
            var (code, output, error) = scene.Run([image, "--out", scene.File("out"), .. options.Split(' ')]);
            Assert.Equal((1, ""), (code, output));
            Assert.Contains(expected, error, StringComparison.Ordinal);
        }
        var (memory, _, said) = scene.Run(large, "--out", scene.File("out"), "--tile", "1024", "--memory", "1");
        Assert.Equal(1, memory);
        Assert.Contains("--memory 1: the run takes", said, StringComparison.Ordinal);
        Assert.Contains("/no/such/model", CliRun.Run(verb, image, "--model", "/no/such/model", "--out", scene.File("out")).Error,
            StringComparison.Ordinal);
        Assert.Equal(["image.tif", "large.tif", "other.tif"], scene.Content());
    }

    [Theory, MemberData(nameof(Verbs))]
    public void Help_names_every_option_and_ends_with_examples(string verb)
    {
        var (code, output, error) = CliRun.Run(verb, "--help");
        Assert.Equal((0, ""), (code, error));
        const string Shared = """
            IMAGE --model --out --channels --region --mask --percentiles --no-normalize --tile --memory --device --plan --overwrite
            --resume --part --provenance --json
            """;
        Assert.All(Shared.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), option =>
            Assert.Contains(option, output, StringComparison.Ordinal));
        string[] examples =
            [.. output[output.IndexOf("Examples:", StringComparison.Ordinal)..].Split('\n').Skip(1).Where(line => line.Trim().Length > 0)];
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.StartsWith($"  biodl {verb} ", example, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Verbs))]
    public void Channels_by_number_by_name_and_by_the_older_word_are_the_same_channel(string verb)
    {
        using var scene = new VerbScene(verb);
        string one = scene.Image(), two = scene.File("two.ome.tif");
        TwoChannels(one, two);
        byte[] expected = Pixels(scene, one);
        Assert.Equal(expected, Pixels(scene, two, "--channels", "2"));
        Assert.Equal(expected, Pixels(scene, two, "--channel", "2"));
        Assert.Equal(expected, Pixels(scene, two, "--channels", "gfp"));
        Assert.NotEqual(expected, Pixels(scene, two, "--channels", "1"));
    }

    [Theory, MemberData(nameof(Verbs))]
    public void Percentiles_and_normalisation_change_the_result(string verb)
    {
        using var scene = new VerbScene(verb);
        string image = scene.Image();
        byte[] plain = Pixels(scene, image);
        Assert.Equal(plain, Pixels(scene, image));
        Assert.NotEqual(plain, Pixels(scene, image, "--percentiles", "30", "99.9"));
        Assert.NotEqual(plain, Pixels(scene, image, "--no-normalize"));
    }

    [Theory, MemberData(nameof(Verbs))]
    public void Tile_and_device_are_what_was_asked_for_and_do_not_change_the_result(string verb)
    {
        using var scene = new VerbScene(verb);
        string image = scene.Image(side: 400);
        JsonElement report =
            Lines(scene.Run(image, "--out", scene.File("tiled.tif"), "--tile", "256", "--device", "cpu", "--memory", "400",
                "--json").Output)[0];
        Assert.Equal((256, 256, "cpu"),
            (report.GetProperty("tile")[1].GetInt32(), report.GetProperty("tile")[2].GetInt32(), report.GetProperty("device").GetString()));
        Assert.True(report.GetProperty("tiles").GetInt32() > 1);
        Assert.Equal("cpu", report.GetProperty("provenance").GetProperty("device").GetProperty("asked").GetString());
        Assert.Equal(Pixels(scene, image), Pixels(scene.File("tiled.tif")));
    }

    [Theory, MemberData(nameof(Verbs))]
    public void The_plan_needs_no_out_runs_nothing_and_writes_nothing(string verb)
    {
        using var scene = new VerbScene(verb);
        string image = scene.Image();
        var (code, output, error) = scene.Run(image, "--plan");
        Assert.Equal((0, ""), (code, error));
        foreach (string part in new[] { image, "1 frame", "1 slice", "channel", "tiles of", "MiB" })
            Assert.Contains(part, output, StringComparison.Ordinal);
        JsonElement plan = Assert.Single(Lines(scene.Run(image, "--plan", "--out", scene.File("out"), "--json").Output));
        Assert.Equal(["image", "match", "outputs", "tiles", "tile", "halo", "memory_bytes", "why", "warnings"], plan.EnumerateObject()
            .Select(property => property.Name));
        JsonElement planned = Assert.Single(plan.GetProperty("outputs").EnumerateArray());
        Assert.Equal(["name", "kind", "type", "axes", "shape", "channel_names"], planned.EnumerateObject()
            .Select(property => property.Name));
        Assert.Equal((verb == "segment" ? "tzyx" : "tzcyx", VerbScene.Side),
            (planned.GetProperty("axes").GetString(), planned.GetProperty("shape")[3].GetInt32()));
        Assert.Equal(["image.tif"], scene.Content());
    }

    [Theory, MemberData(nameof(Verbs))]
    public void The_report_is_one_document_a_line_with_the_same_keys_from_every_verb(string verb)
    {
        using var scene = new VerbScene(verb);
        string good = scene.Image(), bad = scene.File("bad.tif");
        File.WriteAllText(bad, "no image");
        var (code, output, _) = scene.Run(good, bad, "--out", scene.File("out"), "--json", "--provenance");
        Assert.Equal(1, code);
        JsonElement[] lines = Lines(output);
        Assert.Equal(
            [
                "image", "results", "count", "slices", "frames", "objects", "rois", "times_ms", "device", "device_name", "fell_back",
                "tiles", "tile", "bytes_read", "bytes_written", "warnings", "provenance",
            ],
            lines[0].EnumerateObject().Select(property => property.Name));
        JsonElement result = Assert.Single(lines[0].GetProperty("results").EnumerateArray());
        Assert.Equal(["name", "path", "type", "axes", "shape", "clipped", "not_finite"], result.EnumerateObject()
            .Select(property => property.Name));
        Assert.Equal(scene.File("out/image.tif"), result.GetProperty("path").GetString());
        Assert.Equal((1, 1), (lines[0].GetProperty("slices").GetInt32(), lines[0].GetProperty("frames").GetInt32()));
        Assert.Equal(verb == "segment", lines[0].GetProperty("count").ValueKind == JsonValueKind.Number);
        Assert.Equal(["image", "error", "hint"], lines[1].EnumerateObject().Select(property => property.Name));
        Assert.Equal(["bad.tif", "image.tif", "out/biodl-journal.jsonl", "out/image.json", "out/image.tif"], scene.Content());
        Assert.Equal(lines[0].GetProperty("provenance").GetRawText(), File.ReadAllText(scene.File("out/image.json")).TrimEnd());
        Assert.Equal(
            [
                "schema", "task", "model", "inputs", "region_yxhw", "masked", "options", "processing", "statistics", "tiles", "device",
                "times_ms", "outputs", "objects",
                "warnings", "versions", "source",
            ],
            lines[0].GetProperty("provenance").EnumerateObject().Select(property => property.Name));
        JsonElement source = lines[0].GetProperty("provenance").GetProperty("source");
        Assert.Equal($$"""{"file":"{{good}}","image":null,"channels":[1],"slices":[1],"frames":[1],"selection":null}""",
            source.GetRawText());
    }

    private static TheoryData<string, string, string> Cross(params (string Options, string Expected)[] cases)
    {
        var all = new TheoryData<string, string, string>();
        foreach (string verb in VerbScene.Verbs)
        {
            foreach ((string options, string expected) in cases)
                all.Add(verb, options, expected);
        }
        return all;
    }

    /// <summary>Of the result of a run.</summary>
    private static byte[] Pixels(VerbScene scene, string image, params string[] options)
    {
        var (code, _, error) = scene.Run([image, "--out", scene.File("result.tif"), "--overwrite", .. options]);
        Assert.Equal((0, ""), (code, error));
        return Pixels(scene.File("result.tif"));
    }

    private static unsafe byte[] Pixels(string path)
    {
        using TiffFile file = TiffFile.Read(path);
        byte[] pixels = new byte[(long)file.Pages[0].PlaneBytes];
        fixed (byte* start = pixels)
            file.ReadPlane(0, 0, start);
        return pixels;
    }

    /// <summary>An OME-TIFF whose channels are called DAPI, of noise, and GFP, the image's.</summary>
    private static void TwoChannels(string from, string to)
    {
        ushort[] pixels;
        using (TiffImage image = TiffImage.Open(from))
            pixels = TiffImageTests.Plane<ushort>(image.View);
        int side = VerbScene.Side;
        var random = new Random(7);
        ushort[] noise = [.. pixels.Select(_ => (ushort)random.Next(900))];
        string ome = $"""
            <?xml version="1.0"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image ID="Image:0"><Pixels ID="Pixels:0"
            DimensionOrder="XYCZT" Type="uint16" SizeX="{side}" SizeY="{side}" SizeC="2" SizeZ="1" SizeT="1"><Channel ID="Channel:0:0"
            Name="DAPI"/><Channel ID="Channel:0:1" Name="GFP"/></Pixels></Image></OME>
            """;
        TiffMaker.Write(to, TiffMaker.Grey(side, side) with { Bits = 16 }, [noise, pixels], "w", ome);
    }
}
