using System.Text.Json;
using BioDL.Cli.Commands;
using BioDL.Cli.Shell;
using BioDL.Conformance;
using BioDL.Tests.Graphs;
using BioDL.Tests.Models;

namespace BioDL.Tests.Catalogues;

/// <summary><c>biodl models</c> as a shell meets it, over the cache of the test process.</summary>
public sealed class ModelsCommandTests
{
    [SkippableFact]
    public void A_model_is_installed_listed_described_verified_and_removed()
    {
        string folder = Path.GetDirectoryName(SharedData.File("models", "nuclei-fluo-small", "bioimageio.yaml"))!;
        var (code, output, error) = Run("install", folder, "--name", "command-test");
        Assert.Equal((0, ""), (code, error));
        Assert.Matches(@"^command-test is installed: Nuclei, fluorescence, small \(\d+\.\d MiB\)", output);
        Assert.Matches(@"(?m)^builtin +builtin:nuclei-fluo-small .*\n(.*\n)*" +
            @"installed +command-test +segment +2D, 1 channel +MIT +\d+\.\d MiB +Nuclei", Run("list").Output);
        JsonElement entry = Run("list", "--json").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Single(line => line.GetProperty("id").GetString() == "command-test");
        Assert.True(entry.GetProperty("runnable").GetBoolean());
        Assert.True(Directory.Exists(entry.GetProperty("path").GetString()));
        Assert.Matches(@"(?m)^licence +MIT$", Run("info", "command-test").Output);

        (code, output, _) = Run("verify", "command-test", "--device", "cpu", "--json");
        JsonElement report = JsonDocument.Parse(output).RootElement;
        Assert.Equal((0, "passed", "cpu", 2),
            (code, report.GetProperty("outcome").GetString(), report.GetProperty("device").GetString(),
            report.GetProperty("outputs").GetArrayLength()));
        Assert.Contains("passed", Run("verify", folder).Output);

        string weights = Path.Combine(entry.GetProperty("path").GetString()!, "weights.onnx");
        byte[] bytes = File.ReadAllBytes(weights);
        bytes[^1] ^= 1;
        File.WriteAllBytes(weights, bytes);
        (code, _, error) = Run("verify", "command-test");
        Assert.Equal(1, code);
        Assert.Contains("weights.onnx has the SHA-256", error);

        Assert.Equal((0, "command-test is removed\n"),
            (Run("remove", "command-test") is var removed ? removed.Code : 0, removed.Output.ReplaceLineEndings("\n")));
        Assert.Equal(1, Run("info", "command-test-of-nobody").Code);
    }

    [Fact]
    public void A_model_without_test_tensors_cannot_be_verified()
    {
        using ModelFolder folder = ModelFolder.Described(new TinyOnnx());
        var (code, output, _) = Run("verify", folder.Path);
        Assert.Equal(1, code);
        Assert.Contains("cannot be verified", output);
    }

    [Theory]
    [InlineData("", 2, "Try 'biodl models --help'")]
    [InlineData("install", 2, "Try 'biodl models install --help'")]
    [InlineData("install /no/such/model.zip", 1, "/no/such/model.zip")]
    [InlineData("install x.zip --sha256 abc", 1, "\"abc\" is no SHA-256")]
    [InlineData("install . --name A/B", 1, "\"A/B\" cannot be the id")]
    [InlineData("remove nobody", 1, "\"nobody\"")]
    [InlineData("verify nobody", 1, "nobody")]
    [InlineData("remove builtin:nuclei-fluo-small", 1, "built in")]
    public void Errors_say_what_to_do(string line, int expected, string says)
    {
        var (code, output, error) = Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((expected, ""), (code, output));
        Assert.Contains(says, error);
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = CommandLine.Run(["models", .. arguments], new CommandContext(output, error, default, ShowProgress: false));
        return (code, output.ToString(), error.ToString());
    }
}
