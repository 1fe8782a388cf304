using System.Text.Json;
using BioDL.Cli.Images;
using BioDL.Cli.Journals;
using BioDL.Cli.Tiff;
using static BioDL.Tests.Cli.CliRun;

namespace BioDL.Tests.Cli;

/// <summary>What a run over many images writes down, and what it need not do again.</summary>
public sealed class JournalTests
{
    private const string Name = "biodl-journal.jsonl";

    public static TheoryData<string> Verbs() => [.. VerbScene.Verbs];

    [Theory, MemberData(nameof(Verbs))]
    public void What_is_done_and_unchanged_is_left_out(string verb)
    {
        using var scene = new VerbScene(verb);
        string[] images = Images(scene, 3);
        string[] line = [.. images, "--out", scene.File("out"), "--provenance", "--resume"];
        Assert.Equal(0, scene.Run(line).Code);
        DateTime[] written = Written(scene);
        var (code, output, error) = scene.Run([.. line, "--json"]);
        Assert.Equal((0, ""), (code, error));
        Assert.All(Lines(output), report => Assert.True(report.GetProperty("unchanged").GetBoolean()));
        Assert.Equal(3, Lines(output).Length);
        Assert.Equal(written, Written(scene));
        scene.Image("image2.tif", seed: 9);
        Assert.Equal([images[1]], Made(scene, line));
        File.Delete(scene.File("out/image3.json"));
        Assert.Equal([images[2]], Made(scene, line));
        Assert.Equal(images, Made(scene, [.. line, "--percentiles", "3", "99"]));
        Assert.Equal(images, Made(scene, line));
    }

    [Fact]
    public void What_was_corrected_by_hand_is_kept_and_named()
    {
        using var scene = new VerbScene("segment");
        string[] line = [.. Images(scene, 2), "--out", scene.File("out"), "--resume"];
        Assert.Equal(0, scene.Run(line).Code);
        File.WriteAllText(scene.File("out/image1.tif"), "corrected");
        var (code, _, error) = scene.Run(line);
        Assert.Equal(2, code);
        Assert.Contains(scene.File("out/image1.tif"), error, StringComparison.Ordinal);
        Assert.Equal("corrected", File.ReadAllText(scene.File("out/image1.tif")));
    }

    [Fact]
    public void The_journal_tells_how_each_image_was_made_and_failures_are_tried_again()
    {
        using var scene = new VerbScene("segment");
        string[] images = Images(scene, 2);
        File.WriteAllText(scene.File("bad.tif"), "no image");
        string[] line = [images[0], scene.File("bad.tif"), images[1], "--out", scene.File("out"), "--prob", "0.4"];
        Assert.Equal(1, scene.Run(line).Code);
        JsonElement[] lines = Journal(scene);
        Assert.Equal(4, lines.Length);
        JsonElement made = lines[0].GetProperty("made_by");
        Assert.Equal(("segment", "0.4"), (made.GetProperty("verb").GetString(),
            made.GetProperty("options").GetProperty("--prob").GetString()));
        Assert.All(lines, text => Assert.Equal(lines[0].GetProperty("settings").GetString(), text.GetProperty("settings").GetString()));
        Assert.Equal([images[0], scene.File("bad.tif"), images[1]], lines[1..].Select(text => text.GetProperty("image").GetString()));
        Assert.Contains("bad.tif", lines[2].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(scene.File("out/image2.tif"), lines[3].GetProperty("wrote")[0].GetProperty("path").GetString());
        File.Copy(images[0], scene.File("bad.tif"), overwrite: true);
        Assert.Equal([scene.File("bad.tif")], Made(scene, [.. line, "--resume"]));
    }

    [Fact]
    public void One_image_alone_has_no_journal()
    {
        using var scene = new VerbScene("segment");
        Assert.Equal(0, scene.Run(Images(scene, 1)[0], "--out", scene.File("out")).Code);
        Assert.Equal(["image1.tif", "out/image1.tif"], scene.Content());
    }

    [Fact]
    public void What_is_cut_off_or_foreign_is_no_line_and_the_next_one_begins_anew()
    {
        using var scene = new VerbScene("segment");
        string[] line = [.. Images(scene, 3), "--out", scene.File("out"), "--resume"];
        Assert.Equal(0, scene.Run(line).Code);
        string text = File.ReadAllText(scene.File($"out/{Name}"));
        for (int cut = 1; cut < 300; cut += 37)
        {
            File.WriteAllText(scene.File($"out/{Name}"), text[..^cut]);
            // The line of the last image is lost with a byte of it, not with its end alone.
            Assert.Equal(cut > 1 ? 1 : 0, Made(scene, line).Length);
            Assert.Empty(Made(scene, line));
        }
        text = File.ReadAllText(scene.File($"out/{Name}"));
        File.WriteAllText(scene.File($"out/{Name}"), "[1]\nnull\n{}\n{\"image\":3}\nno text\n" + text);
        Assert.Empty(Made(scene, line));
    }

    [Fact]
    public void Many_writers_add_whole_lines()
    {
        using var folder = new TestFolder();
        const int Writers = 8, Each = 60;
        Parallel.For(0, Writers, new ParallelOptions { MaxDegreeOfParallelism = Writers }, writer =>
        {
            var journal = new Journal(folder.Root, part: null);
            for (int i = 0; i < Each; i++)
                journal.Add(Entry(folder, writer * Each + i).ToJson(DateTimeOffset.Now));
        });
        Assert.Equal(Writers * Each, File.ReadLines(folder.File(Name)).Select(JournalEntry.Parse).Count(entry => entry is not null));
        Assert.Equal(Writers * Each, new Journal(folder.Root, "2-of-3").Read().Count);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(5)]
    public void Parts_are_the_whole_and_nothing_twice(int parts)
    {
        using var scene = new VerbScene("denoise");
        string[] images = Images(scene, 4), made = [];
        Assert.Equal(0, scene.Run([.. images, "--out", scene.File("whole")]).Code);
        Parallel.For(1, parts + 1, part =>
        {
            string[] mine = Made(scene, [.. images, "--out", scene.File("parts"), "--part", $"{part}/{parts}"]);
            lock (scene)
                made = [.. made, .. mine];
        });
        Assert.Equal(images, made.Order(StringComparer.Ordinal));
        foreach (string image in images.Select(image => Path.GetFileName(image)!))
            Assert.Equal(Pixels(scene.File($"whole/{image}")), Pixels(scene.File($"parts/{image}")));
        Assert.Empty(Made(scene, [.. images, "--out", scene.File("parts"), "--resume"]));
    }

    [Fact]
    public void Parts_whose_results_would_meet_are_refused_by_each_of_them()
    {
        using var scene = new VerbScene("segment");
        Directory.CreateDirectory(scene.File("other"));
        string one = scene.Image(), two = scene.Image("other/image.tif");
        foreach (string part in new[] { "1/2", "2/2" })
        {
            var (code, _, error) = scene.Run(one, two, "--out", scene.File("out"), "--part", part);
            Assert.Equal(2, code);
            Assert.Contains("would both become", error, StringComparison.Ordinal);
        }
    }

    [Theory, InlineData("--resume", "--resume"), InlineData("--part 1/2", "--part")]
    public void One_table_for_all_is_refused_where_no_program_sees_all(string options, string name)
    {
        using var scene = new VerbScene("segment");
        string[] images = Images(scene, 2);
        string[] line = [.. images, "--out", scene.File("out"), .. options.Split(' '), "--objects"];
        var (code, _, error) = scene.Run([.. line, scene.File("all.csv")]);
        Assert.Equal(2, code);
        Assert.Contains(name, error, StringComparison.Ordinal);
        Assert.Contains("all.csv", error, StringComparison.Ordinal);
        Assert.Equal(0, scene.Run([.. line, scene.File("tables/")]).Code);
    }

    [Theory]
    [InlineData("0/3"), InlineData("4/3"), InlineData("3"), InlineData("1/0"), InlineData("-1/3"), InlineData("1/3/5"), InlineData("a/b")]
    public void What_is_no_part_is_refused(string text)
    {
        Assert.Null(Part.Parse(text));
        var (code, _, error) = Run("segment", "a.tif", "--out", "b.tif", "--part", text);
        Assert.Equal(2, code);
        Assert.Contains("--part", error, StringComparison.Ordinal);
    }

    private static JournalEntry Entry(TestFolder folder, int number) => new()
    {
        Image = new string('i', number), Settings = "s", Read = [new FileState("in", 1, 2)],
        Wrote = [new FileState(folder.File($"{number}.tif"), 3, 4)],
    };

    private static string[] Images(VerbScene scene, int count) =>
        [.. Enumerable.Range(1, count).Select(number => scene.Image($"image{number}.tif", seed: number))];

    private static DateTime[] Written(VerbScene scene) =>
        [.. scene.Content().Where(name => name.StartsWith("out", StringComparison.Ordinal))
            .Select(name => File.GetLastWriteTimeUtc(scene.File(name)))];

    private static ushort[] Pixels(string path)
    {
        using TiffImage image = TiffImage.Open(path);
        return TiffImageTests.Plane<ushort>(image.View);
    }

    private static JsonElement[] Journal(VerbScene scene) => Lines(File.ReadAllText(scene.File($"out/{Name}")));

    /// <summary>The images that a run made anew.</summary>
    private static string[] Made(VerbScene scene, string[] line)
    {
        var (code, output, error) = scene.Run([.. line, "--json"]);
        Assert.Equal((0, ""), (code, error));
        return [.. Lines(output).Where(report => !report.TryGetProperty("unchanged", out _))
            .Select(report => report.GetProperty("image").GetString()!)];
    }
}
