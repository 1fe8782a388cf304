using System.Diagnostics;
using BioDL.Tests.Cli;
using Xunit.Abstractions;

namespace BioDL.Tests.Hosts;

/// <summary>Memory grows with the tile, not with the image: 1.5 GB are enough from 1024 x 1024 to 32768 x 32768.</summary>
public sealed class LargeImageTests(ITestOutputHelper output)
{
    private const long Limit = 1_500_000_000;

    [Theory]
    [InlineData(1024)]
    [InlineData(4096)]
    public void AnonymousMemoryStaysUnderTheLimit(int size) => Check(size);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(16384)]
    [InlineData(32768)]
    public void AnonymousMemoryStaysUnderTheLimitForHugeImages(int size) => Check(size);

    /// <summary>
    /// An uncompressed TIFF is mapped, so what the process itself takes is what counts: RssAnon, read twenty times a second.
    /// </summary>
    private void Check(int size)
    {
        using var folder = new TestFolder();
        string image = folder.File("field.tif");
        FieldOfCells.Write(image, size);
        var start = new ProcessStartInfo(HostProcess.Command, ["segment", image, "--labels", folder.File("labels.tif"), "--json"])
        {
            RedirectStandardOutput = true,
        };
        long began = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        Task<string> json = process.StandardOutput.ReadToEndAsync();
        long peak = 0;
        while (!process.WaitForExit(50))
            peak = Math.Max(peak, Anonymous(process.Id));
        Assert.True(process.ExitCode == 0, json.Result);
        output.WriteLine($"{size} x {size}: at most {peak / 1e6:F0} MB, {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s");
        Assert.InRange(peak, 1, Limit);
        Assert.True(new FileInfo(folder.File("labels.tif")).Length > 0);
    }

    private static long Anonymous(int process)
    {
        try
        {
            string line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
            return 1024 * long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1]);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return 0;   // it has just ended
        }
    }
}
