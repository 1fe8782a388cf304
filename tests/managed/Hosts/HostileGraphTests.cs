using System.Diagnostics;
using BioDL.Tests.Cli;
using BioDL.Tests.Graphs;
using Xunit.Abstractions;

namespace BioDL.Tests.Hosts;

/// <summary>
/// A network file from anywhere never ends the process that opens it: it runs, or an error says what is wrong with it. Each is opened and
/// run by a command line of its own, so that a crash is seen.
/// </summary>
public sealed class HostileGraphTests(ITestOutputHelper output)
{
    public static TheoryData<string> Kinds => [.. HostileKinds.All.Select(kind => kind.Name.Split(',', ' ')[0]).Distinct()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_network_ends_the_process(string group)
    {
        using var folder = new TestFolder();
        string image = folder.File("image.tif");
        Assert.Equal(0, CliRun.Run("specimen", "--out", image, "--size", "64").Code);
        var failed = new List<string>();
        foreach (HostileKinds.Kind kind in HostileKinds.All.Where(kind => kind.Name.Split(',', ' ')[0] == group))
        {
            string model = folder.File("hostile.onnx");
            File.WriteAllBytes(model, kind.Make());
            var (code, words) = Command("run", image, "--model", model, "--out", folder.File("out"), "--overwrite");
            output.WriteLine($"{code} {kind.Name}: {words}");
            bool said = code == 0 || (words.StartsWith("biodl: ", StringComparison.Ordinal)
                && (words.Contains("hostile.onnx", StringComparison.Ordinal) || words.Contains("memory", StringComparison.Ordinal)));
            if (code is not (0 or 1) || !said || words.Contains("   at ", StringComparison.Ordinal))
                failed.Add($"{kind.Name} ended with {code}: {words}");
        }
        Assert.True(failed.Count == 0, string.Join('\n', failed));
    }

    /// <summary>The command line of these tests, in a process of its own.</summary>
    private static (int Code, string Words) Command(params string[] arguments)
    {
        string here = AppContext.BaseDirectory, tests = Path.Combine(here, "BioDL.Tests");
        var start = new ProcessStartInfo("dotnet", ["exec", "--runtimeconfig", $"{tests}.runtimeconfig.json", "--depsfile",
            $"{tests}.deps.json", Path.Combine(here, "biodl.dll"), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors.Result.Trim());
    }
}
