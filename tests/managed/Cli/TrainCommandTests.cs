using System.Text.Json;
using BioDL.Tests.Torch;

namespace BioDL.Tests.Cli;

/// <summary><c>biodl train</c> as a shell meets it.</summary>
[Collection(WorkerCollection.Name)]
public sealed class TrainCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--method is missing", "a.tif")]
    [InlineData("--method takes denoise-image, noise2void", "a.tif --method n2v")]
    [InlineData("IMAGE is missing", "--method noise2void")]
    [InlineData("--targets is missing", "a.tif --method restoration")]
    [InlineData("--labels is missing", "a.tif --method stardist")]
    [InlineData("--targets: noise2void makes no use of them", "a.tif --method noise2void --targets b")]
    [InlineData("--n2v2 is for noise2void, not for stain", "a.tif --method stain --targets b --n2v2")]
    [InlineData("--structured takes x:N or y:N", "a.tif --method noise2void --structured z:3")]
    [InlineData("--augment takes NAME=VALUE", "a.tif --method noise2void --augment tilt=3")]
    [InlineData("--steps: a training that is taken up goes on with what it was begun with", "--resume some --steps 5")]
    [InlineData("IMAGE: a training that is taken up", "a.tif --resume some")]
    [InlineData("--validation takes a number from 0 to 0.5", "a.tif --method noise2void --validation 0.8")]
    public void What_is_wrong_on_the_line_is_said_by_its_option(string fault, string line)
    {
        Write("a.tif", 1);
        string[] words = [.. line.Split(' ').Select(word => word == "a.tif" ? _folder.File(word) : word)];
        (int code, _, string error) = CliRun.Run(["train", .. words]);
        Assert.Equal(2, code);
        Assert.Contains(fault, error);
    }

    [Fact]
    public void Folders_that_are_empty_or_do_not_pair_are_refused_by_name()
    {
        string low = Directory.CreateDirectory(_folder.File("low")).FullName, high = Directory.CreateDirectory(_folder.File("high"))
            .FullName;
        Assert.Contains("low holds no images", Failed("train", low, "--method", "noise2void"));
        Write("low/inner/a.tif", 1);
        Assert.Contains("Folders in it are not looked into: inner", Failed("train", low, "--method", "noise2void"));
        Write("low/a.tif", 1);
        Assert.Contains("a.tif is given as its own target", Failed("train", low, "--method", "restoration", "--targets", low));
        Assert.Contains("high holds no images", Failed("train", low, "--method", "restoration", "--targets", high));
        Write("high/b.tif", 2);
        Assert.Contains("a.tif has no target of the same name", Failed("train", low, "--method", "restoration", "--targets", high));
        Assert.Contains("There is no training", Failed("train", "--resume", "nothing"));
    }

    [Fact]
    public void A_plan_says_time_and_memory_and_reads_more_files_than_may_be_open()
    {
        for (int i = 0; i < 40; i++)
        {
            Write($"low/{i}.tif", i);
            Write($"high/{i}.tif", i + 100);
        }
        File.WriteAllLines(_folder.File("groups.tsv"), ["name\tsize\tslide", .. Enumerable.Range(0, 40).Select(i => $"{i}\t9\ts{i % 4}")]);
        (int code, string output, string error) = CliRun.Run("train", _folder.File("low"), "--method", "restoration", "--targets",
            _folder.File("high"), "--groups", _folder.File("groups.tsv") + ":slide", "--plan", "--json");
        Assert.True(code == 0, error);
        JsonElement plan = CliRun.Lines(output).Single();
        Assert.Equal("restoration", plan.GetProperty("method").GetString());
        Assert.Equal((30, 10), (plan.GetProperty("training_images").GetInt32(), plan.GetProperty("validation_images").GetInt32()));
        Assert.True(plan.GetProperty("minutes").GetDouble() > 0);
    }

    [SkippableFact]
    public void What_only_the_pixels_tell_is_said_before_it_is_trained()
    {
        TorchScripts.Require();
        Write("image/a.tif", 1);
        Directory.CreateDirectory(_folder.File("mask"));
        byte[] mask = [.. Enumerable.Range(0, 48 * 40).Select(i => (byte)(i % 8 < 4 ? 255 : 0))];
        TiffMaker.Write(_folder.File("mask/a.tif"), TiffMaker.Grey(48, 40), [mask]);
        (int code, string output, string error) = CliRun.Run("train", _folder.File("image"), "--method", "stardist", "--labels",
            _folder.File("mask"), "--steps", "1", "--patch", "16", "--batch", "1", "--threads", "1", "--json");
        Assert.True(code == 0, error);
        JsonElement images = CliRun.Lines(output)[1];
        Assert.Equal("images", images.GetProperty("event").GetString());
        Assert.Contains(images.GetProperty("notes").EnumerateArray(),
            note => note.GetString()!.Contains("a single label", StringComparison.Ordinal));
    }

    [Fact]
    public void A_training_of_folders_ends_with_a_model_and_a_line_of_json_for_each_validation()
    {
        TorchScripts.Require();
        for (int i = 0; i < 4; i++)
        {
            Write($"low/{i}.tif", i);
            Write($"high/{i}.tif", i);
        }
        (int code, string output, string error) = CliRun.Run("train", _folder.File("low"), "--method", "restoration", "--targets",
            _folder.File("high"), "--steps", "10", "--patch", "16", "--batch", "1", "--threads", "1", "--out", _folder.File("package"),
            "--name", "of folders", "--json");
        Assert.True(code == 0, error);
        JsonElement[] lines = CliRun.Lines(output);
        Assert.Equal("plan", lines[0].GetProperty("event").GetString());
        Assert.Equal("validation", lines[1].GetProperty("event").GetString());
        Assert.Equal("done", lines[^1].GetProperty("event").GetString());
        Assert.StartsWith("of-folders", lines[^1].GetProperty("model").GetString());
        Assert.True(File.Exists(Path.Combine(_folder.File("package"), "weights.onnx")));
    }

    private static string Failed(params string[] arguments)
    {
        (int code, _, string error) = CliRun.Run(arguments);
        Assert.Equal(1, code);
        return error;
    }

    private void Write(string name, int seed)
    {
        string path = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var random = new Random(seed);
        byte[] pixels = new byte[48 * 40];
        random.NextBytes(pixels);
        TiffMaker.Write(path, TiffMaker.Grey(48, 40), [pixels]);
    }
}
