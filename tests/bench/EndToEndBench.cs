using System.Diagnostics;
using System.Globalization;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Runs;
using BioDL.Models;

namespace BioDL.Bench;

/// <summary>
/// A whole segmentation with the built-in model, from host pixels to labels, over a bare ONNX Runtime run of as many tiles of the same
/// size:
/// time (aim: under 1.10), the part of work that is not the network's (aim: under 10 %), and peak memory (aim: under two tiles more), each
/// in a process of its own.
/// </summary>
internal static class EndToEndBench
{
    /// <summary>First word of a child's arguments.</summary>
    public const string ChildVerb = "end-to-end-child";

    private static readonly RunOptions Options = new() { Device = "cpu" };

    public static void Run()
    {
        foreach (int side in (int[])[1024, 4096])
        {
            Time(side, runs: side == 1024 ? 9 : 4);
            Memory(side);
        }
    }

    /// <summary>Print the peak memory of this process after one kind of run.</summary>
    public static int Child(string kind, int side)
    {
        using var image = new NucleiImage(side);
        using Model model = Model.Open(null);
        if (kind == "ours")
        {
            SegmentedObjects result = image.Segment(model, Options);
            Console.WriteLine($"{PeakBytes()} {result.Account.Tiles} {result.Account.Tile.Y} {result.Account.Tile.X}");
            return 0;
        }
        int[] tiles = [.. kind.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
        using var bare = new BareNetwork(model.Description.StarDist!, image.Pixels, tiles[1], tiles[2]);
        for (int i = 0; i < tiles[0]; i++)
            bare.Run();
        Console.WriteLine($"{PeakBytes()}");
        return 0;
    }

    private static void Time(int side, int runs)
    {
        using var image = new NucleiImage(side);
        using Model model = Model.Open(null);
        SegmentedObjects result = image.Segment(model, Options);
        using var bare = new BareNetwork(model.Description.StarDist!, image.Pixels, result.Account.Tile.Y, result.Account.Tile.X);
        bare.Run();
        double network = double.PositiveInfinity, whole = double.PositiveInfinity, bareWork = double.PositiveInfinity,
            work = double.PositiveInfinity;
        StageTimes times = result.Account.Times;
        for (int run = 0; run < runs; run++)
        {
            // Beside each other, so that what else the machine does meets both.
            var (bareTime, bareCpu) = Timing.Measure(() =>
            {
                for (long i = 0; i < result.Account.Tiles; i++)
                    bare.Run();
            });
            var (ours, cpu) = Timing.Measure(() => result = image.Segment(model, Options));
            if (ours < whole)
                times = result.Account.Times;
            (network, whole, bareWork, work) = (Math.Min(network, bareTime), Math.Min(whole, ours), Math.Min(bareWork, bareCpu),
                Math.Min(work, cpu));
        }
        double rest = times.Read + times.Statistics + times.Candidates + times.Suppress + times.Render;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{side} x {side}: {whole * 1e3:F0} ms for {result.Objects.Length} objects, over bare ONNX Runtime {whole / network:F3} "
                + $"(processor time {work / bareWork:F3}); not network {rest / times.Network:P1}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  ms: read {times.Read:F1}, normalize {times.Statistics:F1}, network {times.Network:F1}, candidates {times.Candidates:F1}, "
                + $"suppress {times.Suppress:F1}, render {times.Render:F1}, total {times.Total:F1}"));
        Console.WriteLine($"  {result.Account.Tiles} tiles of {result.Account.Tile.Y} x {result.Account.Tile.X}, "
            + $"{result.Candidates} candidates");
    }

    private static void Memory(int side)
    {
        string[] ours = Start("ours", side).Split(' ');
        string[] bare = Start($"{ours[1]},{ours[2]},{ours[3]}", side).Split(' ');
        long extra = long.Parse(ours[0], CultureInfo.InvariantCulture) - long.Parse(bare[0], CultureInfo.InvariantCulture);
        using Model model = Model.Open(null);
        double pixels = double.Parse(ours[2], CultureInfo.InvariantCulture) * double.Parse(ours[3], CultureInfo.InvariantCulture);
        double tensors = sizeof(float) * pixels
            * (1 + (model.Description.StarDist!.Rays + 1.0) / (model.Description.StarDist!.GridY * model.Description.StarDist!.GridX));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  peak memory {double.Parse(ours[0], CultureInfo.InvariantCulture) / 1e6:F0} MB, {extra / 1e6:F0} MB over the bare run: "
                + $"{extra / tensors:F2} times the tensors of a tile"));
    }

    private static string Start(string kind, int side)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
            start.ArgumentList.Add(typeof(EndToEndBench).Assembly.Location);
        foreach (string argument in (string[])[ChildVerb, kind, side.ToString(CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(argument);
        using Process child = Process.Start(start) ?? throw new InvalidOperationException("the bench could not be started again");
        string text = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0 ? text.Trim() : throw new InvalidOperationException($"a child of the bench ended with {child.ExitCode}");
    }

    /// <summary>The most memory that this process ever held; where the system does not keep it, what it holds now.</summary>
    private static long PeakBytes()
    {
        using Process self = Process.GetCurrentProcess();
        if (!OperatingSystem.IsLinux())
            return self.PeakWorkingSet64;
        string line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
    }
}
