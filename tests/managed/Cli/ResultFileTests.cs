using static BioDL.Tests.Cli.CliRun;

namespace BioDL.Tests.Cli;

/// <summary>
/// What becomes of files, by the same rules from every verb: nothing is replaced unasked, never an input, and results keep their names.
/// </summary>
public sealed class ResultFileTests
{
    public static TheoryData<string> Verbs() => [.. VerbScene.Verbs];

    [Theory, MemberData(nameof(Verbs))]
    public void What_is_there_is_replaced_only_when_asked(string verb)
    {
        using var scene = new VerbScene(verb);
        string image = scene.Image();
        foreach (string there in new[] { "result.tif", "result.json" })
        {
            File.WriteAllText(scene.File(there), "old");
            var (code, _, error) = scene.Run(image, "--out", scene.File("result.tif"), "--provenance");
            Assert.Equal(2, code);
            Assert.Contains($"{there} is there already", error, StringComparison.Ordinal);
            Assert.Contains("--overwrite", error, StringComparison.Ordinal);
            Assert.Equal("old", File.ReadAllText(scene.File(there)));
            Assert.Equal(0, scene.Run(image, "--out", scene.File("result.tif"), "--provenance", "--overwrite").Code);
            Assert.NotEqual("old", File.ReadAllText(scene.File(there)));
            File.Delete(scene.File("result.tif"));
        }
    }

    [SkippableTheory, MemberData(nameof(Verbs))]
    public void An_input_is_never_written_by_whatever_name(string verb)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "hard links are told on Linux only");
        using var scene = new VerbScene(verb);
        Directory.CreateDirectory(scene.File("real"));
        string image = scene.Image("real/a.tif"), link = scene.File("link"), soft = scene.File("soft.tif"), hard = scene.File("hard.tif");
        Directory.CreateSymbolicLink(link, scene.File("real"));
        File.CreateSymbolicLink(soft, image);
        using (var ln = System.Diagnostics.Process.Start("ln", [image, hard]))
            ln.WaitForExit();
        byte[] bytes = File.ReadAllBytes(image);
        foreach ((string input, string result) in new[]
        {
            (image, image), (image, scene.File("real/")), ($"{link}/a.tif", scene.File("real/")), (image, link), (image, soft),
            (soft, image), (image, hard), (hard, $"{link}/a.tif"),
        })
        {
            var (code, _, error) = scene.Run(input, "--out", result, "--overwrite");
            Assert.Equal(2, code);
            Assert.Contains("would overwrite an input", error, StringComparison.Ordinal);
        }
        Assert.Contains("would overwrite an input", scene.Run(scene.Image("other.tif"), "--mask", hard, "--out", soft, "--overwrite").Error,
            StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(image));
        Assert.Equal(["hard.tif", "other.tif", "real/a.tif", "soft.tif"], scene.Content()
            .Where(name => !name.StartsWith("link", StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Verbs))]
    public void Results_have_the_names_of_their_images_and_two_of_one_name_are_refused(string verb)
    {
        using var scene = new VerbScene(verb);
        string first = scene.Image("first.ome.tif"), second = scene.Image("second.tiff"), same = scene.Image("sub/second.tif");
        Assert.Equal(0, scene.Run(first, second, "--out", scene.File("new/folder")).Code);
        Assert.Equal(["first.ome.tif", "new/folder/biodl-journal.jsonl", "new/folder/first.ome.tif", "new/folder/second.tif", "second.tiff",
            "sub/second.tif"], scene.Content());
        var (code, _, error) = scene.Run(second, same, "--out", scene.File("x"));
        Assert.Equal(2, code);
        Assert.Contains($"{second} and {same} would both become", error, StringComparison.Ordinal);
        (code, _, error) = scene.Run(first, second, "--out", scene.File("one.tif"));
        Assert.Equal(2, code);
        Assert.Contains("--out", error, StringComparison.Ordinal);
        Assert.Contains("is one file, but there are 2 images", error, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Verbs))]
    public void A_file_whose_name_begins_with_a_dash_comes_behind_two(string verb)
    {
        using var scene = new VerbScene(verb);
        string image = scene.Image("-odd.tif"), relative = Path.GetRelativePath(Environment.CurrentDirectory, image);
        Assert.Equal(0, scene.Run(relative, "--out", scene.File("a.tif")).Code);
        Assert.Contains("--nothing is no option of this verb", scene.Run("--nothing", "--out", scene.File("b.tif")).Error,
            StringComparison.Ordinal);
        Assert.Contains("--nothing: there is no such file", scene.Run("--out", scene.File("b.tif"), "--", "--nothing").Error,
            StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Verbs))]
    public void An_image_is_read_through_a_link_and_its_result_has_the_link_s_name(string verb)
    {
        using var scene = new VerbScene(verb);
        string link = scene.File("links/other.tif");
        Directory.CreateDirectory(scene.File("links"));
        File.CreateSymbolicLink(link, scene.Image());
        var (code, _, error) = scene.Run(link, "--out", scene.File("out"));
        Assert.Equal((0, ""), (code, error));
        Assert.True(File.Exists(scene.File("out/other.tif")));
    }

    [Theory, MemberData(nameof(Verbs))]
    public void Images_that_fail_do_not_stop_the_others_and_are_listed_at_the_end(string verb)
    {
        using var scene = new VerbScene(verb);
        string good = scene.Image("good.tif"), last = scene.Image("last.tif", seed: 2), bad = scene.File("bad.tif"),
            missing = scene.File("missing.tif");
        File.WriteAllText(bad, "no image");
        var (code, output, error) = scene.Run(bad, good, missing, last, "--out", scene.File("out"));
        Assert.Equal(1, code);
        Assert.Contains(good, output, StringComparison.Ordinal);
        Assert.Contains(last, output, StringComparison.Ordinal);
        string end = error[error.IndexOf("2 of 4 images failed", StringComparison.Ordinal)..];
        Assert.Contains(bad, end, StringComparison.Ordinal);
        Assert.Contains(missing, end, StringComparison.Ordinal);
        Assert.Equal(["bad.tif", "good.tif", "last.tif", "out/biodl-journal.jsonl", "out/good.tif", "out/last.tif"], scene.Content());
    }

    [Theory, MemberData(nameof(Verbs))]
    public void A_folder_that_cannot_be_written_is_an_error_before_anything_runs(string verb)
    {
        using var scene = new VerbScene(verb);
        string image = scene.Image(), file = scene.File("file");
        File.WriteAllText(file, "");
        var (code, output, error) = scene.Run(image, "--out", $"{file}/labels.tif");
        Assert.Equal((1, ""), (code, output));
        Assert.Contains($"{file}/labels.tif cannot be written", error, StringComparison.Ordinal);
        Assert.Equal(["file", "image.tif"], scene.Content());
    }

    [Fact]
    public void A_batch_of_thousands_of_files_and_a_megabyte_of_arguments_works()
    {
        using var scene = new VerbScene("denoise");
        string image = scene.Image(side: 64), folder = scene.File(string.Join('/', Enumerable.Repeat(new string('f', 120), 3)));
        Directory.CreateDirectory(folder);
        string[] images = [.. Enumerable.Range(0, 2500).Select(i => Path.Combine(folder, $"{i}.tif"))];
        foreach (string path in images)
            File.Copy(image, path);
        Assert.True(images.Sum(path => path.Length) > 1_000_000);
        var (code, output, error) = scene.Run([.. images, "--out", scene.File("out"), "--json"]);
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(images, Lines(output).Select(line => line.GetProperty("image").GetString()));
        Assert.Equal(images.Length, Directory.GetFiles(scene.File("out"), "*.tif").Length);
    }
}
