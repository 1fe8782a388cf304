using System.Diagnostics;
using System.Text.Json;
using BioDL.Models;
using BioDL.Models.Descriptions;
using BioDL.Tests.Hosts;

namespace BioDL.Tests.Catalogues;

/// <summary>
/// Several processes and one cache: killed in the middle, two at once, behind a proxy, interrupted. The processes are the command line.
/// </summary>
public sealed class ProcessTests : IDisposable
{
    private readonly TestCache _cache = new();
    private readonly TestServer _server = new();
    private readonly byte[] _zip = Packages.Zip(2_000_000);

    public void Dispose()
    {
        _server.Dispose();
        _cache.Dispose();
    }

    [Fact]
    public void A_process_killed_in_the_middle_leaves_nothing_half_and_the_next_goes_on()
    {
        _server.With("tiny.zip", asked => new Reply(_zip) { ETag = "\"1\"", Slow = asked.Number == 1 ? 10 : 0 });
        using (Process first = Start("install", _server.Url("tiny.zip")))
        {
            Assert.True(SpinWait.SpinUntil(() => _server.Sent > 400_000, 20_000),
                first.HasExited ? first.StandardError.ReadToEnd() : "no download");
            first.Kill();
            first.WaitForExit();
        }
        Assert.Empty(_cache.Installed);
        Assert.Single(Parts());
        using Process second = Start("install", _server.Url("tiny.zip"), "--sha256", Packages.Hash(_zip), "--json");
        string output = Ended(second, 0).Output;
        Assert.Equal("tiny", JsonDocument.Parse(output).RootElement.GetProperty("id").GetString());
        Assert.InRange(_server.For("tiny.zip")[1].From, 300_000, _zip.Length - 1);
        AssertRight();
        Assert.Empty(_cache.Files("partial"));
    }

    [Fact]
    public void Two_processes_at_once_download_once_and_both_succeed()
    {
        _server.With("tiny.zip", _ => new Reply(_zip) { ETag = "\"1\"", Slow = 5 });
        using Process first = Start("install", _server.Url("tiny.zip"));
        Assert.True(SpinWait.SpinUntil(() => _server.Sent > 0, 20_000));
        using Process second = Start("install", _server.Url("tiny.zip"));
        Ended(first, 0);
        Ended(second, 0);
        Assert.InRange(_server.For("tiny.zip").Length, 1, 2);
        AssertRight();
    }

    [Fact]
    public void When_the_first_of_two_is_killed_the_second_goes_on_where_it_was()
    {
        _server.With("tiny.zip", asked => new Reply(_zip) { ETag = "\"1\"", Slow = asked.Number == 1 ? 20 : 0 });
        using Process first = Start("install", _server.Url("tiny.zip"));
        Assert.True(SpinWait.SpinUntil(() => _server.Sent > 300_000, 20_000));
        var second = new Thread(() => _cache.Catalogue.Install(_server.Url("tiny.zip")));
        second.Start();
        Assert.False(second.Join(300));
        first.Kill();
        Assert.True(second.Join(10_000));
        Assert.InRange(_server.For("tiny.zip")[^1].From, 200_000, _zip.Length);
        AssertRight();
    }

    [Fact]
    public void The_systems_proxy_is_used()
    {
        _server.WithProxied("http://models.example/tiny.zip", _zip);
        using Process process = StartWith(new() { ["http_proxy"] = _server.Url("") }, "install", "http://models.example/tiny.zip");
        Ended(process, 0);
        Assert.Equal("http://models.example/tiny.zip", _server.Requests.Single().Target);
        AssertRight();
    }

    [SkippableFact]
    public void CtrlC_ends_with_130_and_what_came_stays_for_the_next_try()
    {
        Skip.If(OperatingSystem.IsWindows(), "the signal is sent by kill");
        _server.With("tiny.zip", _ => new Reply(_zip) { ETag = "\"1\"", StallAfter = 500_000 });
        using Process process = Start("install", _server.Url("tiny.zip"));
        Assert.True(SpinWait.SpinUntil(() => Parts().Any(part => part.Length == 500_000), 20_000));
        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
            kill.WaitForExit();
        Assert.Contains("cancelled", Ended(process, 130).Error);
        Assert.Equal(500_000, Parts().Single().Length);
        Assert.Empty(_cache.Files("staging"));
    }

    private FileInfo[] Parts() => Directory.Exists(_cache.Folder)
        ? new DirectoryInfo(_cache.Folder).GetFiles("*.part", SearchOption.AllDirectories) : [];

    private void AssertRight()
    {
        CatalogueEntry entry = _cache.Installed.Single();
        Assert.Empty(_cache.Catalogue.Damage(entry.Id));
        Model.Open(entry.Path).Dispose();
    }

    private Process Start(params string[] arguments) => StartWith([], arguments);

    private Process StartWith(Dictionary<string, string> environment, params string[] arguments)
    {
        string command = typeof(BioDL.Cli.Program).Assembly.Location,
        tests = Path.ChangeExtension(typeof(ProcessTests).Assembly.Location, null);
        ProcessStartInfo start = HostProcess.Interruptible("dotnet",
            ["exec", "--runtimeconfig", tests + ".runtimeconfig.json", "--depsfile", tests + ".deps.json", command,
                "models", .. arguments]);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (string proxy in new[] { "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
            "no_proxy", "NO_PROXY" })
            start.Environment.Remove(proxy);
        start.Environment["BIODL_CACHE"] = _cache.Folder;
        start.Environment["BIODL_ZOO"] = _server.Url("none.json");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static (string Output, string Error) Ended(Process process, int code)
    {
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(30_000));
        Assert.True(process.ExitCode == code, $"ended with {process.ExitCode}: {output} {error.Result}");
        return (output, error.Result);
    }
}
