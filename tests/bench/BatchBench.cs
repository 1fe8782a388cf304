using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;

namespace BioDL.Bench;

/// <summary>
/// The published command over many images, beside a loop of single runs of it: what a program a folder gains over a program an image
/// (aim: 1.5 times). And the same started again, which leaves out what is done.
/// </summary>
internal static class BatchBench
{
    private const int Runs = 3;

    public static void Run()
    {
        string shared = Environment.GetEnvironmentVariable("BIODL_SHARED") ?? Path.Combine("..", "shared");
        string zip = Path.Combine(shared, "images", "dsb2018", "test.zip");
        string command = Path.Combine(Environment.GetEnvironmentVariable("BIODL_RUNTIME_DIR") ?? "dist/lib/linux-x64", "../../bin/biodl");
        if (!File.Exists(zip) || !File.Exists(command))
        {
            Console.WriteLine($"Not run: {(File.Exists(zip) ? command : zip)} is missing");
            return;
        }
        DirectoryInfo folder = Directory.CreateTempSubdirectory("biodl-bench-");
        try
        {
            ZipFile.ExtractToDirectory(zip, folder.FullName);
            string[] images = Directory.GetFiles(Path.Combine(folder.FullName, "test", "images"), "*.tif");
            Compare(command, images, Path.Combine(folder.FullName, "out"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Compare(string command, string[] images, string result)
    {
        double loop = double.PositiveInfinity, batch = loop, again = loop;
        for (int run = 0; run < Runs; run++)
        {
            loop = Math.Min(loop, Timing.Best(1, () => Array.ForEach(images, image => Segment(command, [image, "--out", result]))));
            batch = Math.Min(batch, Timing.Best(1, () => Segment(command, [.. images, "--out", result])));
            again = Math.Min(again, Timing.Best(1, () => Segment(command, [.. images, "--out", result, "--resume"])));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{images.Length} images: a loop of single runs takes {loop / batch:F2} times as long as one run; --resume of what is done "
                + $"{again / batch:P1} of it"));
    }

    private static void Segment(string command, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(command, ["segment", .. arguments]) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{command} ended with {process.ExitCode}");
    }
}
