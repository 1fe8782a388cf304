using System.Diagnostics;
using BioDL.Cli.Tiff;
using BioDL.Tests.Hosts;

namespace BioDL.Tests.Cli;

/// <summary>Ctrl-C, as the published command meets it.</summary>
public sealed class InterruptTests
{
    [SkippableFact]
    public void CtrlCEndsWith130AndLeavesNothingBehind()
    {
        Skip.If(OperatingSystem.IsWindows(), "the signal is sent by kill");
        using var folder = new TestFolder();
        using (Process making = Start("specimen", "--out", folder.File("field.tif"), "--size", "4096"))
        {
            making.WaitForExit();
            Assert.Equal(0, making.ExitCode);
        }
        // Several seconds of network; the signal comes in the middle.
        using Process process = Start("segment", folder.File("field.tif"), "--labels", folder.File("labels.tif"), "--objects",
            folder.File("o.csv"));
        Assert.False(process.WaitForExit(1500));
        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
            kill.WaitForExit();
        Assert.True(process.WaitForExit(60_000));
        Assert.Equal(130, process.ExitCode);
        Assert.Equal(["field.tif"], folder.Content());
    }

    /// <summary>Ended at any time, without a chance to clean up: what has its name is whole, and a second run does what is left.</summary>
    [SkippableFact]
    public void ARunThatIsKilledIsTakenUpAndLeavesNoHalfFile()
    {
        Skip.If(OperatingSystem.IsWindows(), "the signal is sent by kill");
        using var folder = new TestFolder();
        string[] images = [.. Enumerable.Range(1, 12).Select(number => folder.File($"{number:00}.tif"))];
        for (int i = 0; i < images.Length; i++)
            Assert.Equal(0, CliRun.Run("specimen", "--out", images[i], "--size", "512", "--seed", $"{i + 1}").Code);
        string[] line = ["segment", .. images, "--out", folder.File("out"), "--resume", "--json"];
        int begun = 0;
        for (int killed = 0; killed < 3; killed++)
        {
            using Process process = Start(line);
            for (int seen = begun; begun < seen + 2 && !process.HasExited; Thread.Sleep(5))
                begun = Results(folder).Length;
            process.Kill();
            process.WaitForExit();
            Assert.All(Results(folder), path => TiffImage.Open(path).Dispose());
        }
        using (Process last = Start(line))
        {
            string output = last.StandardOutput.ReadToEnd();
            last.WaitForExit();
            Assert.Equal((0, 12), (last.ExitCode, Results(folder).Length));
            Assert.True(CliRun.Lines(output).Count(report => report.TryGetProperty("unchanged", out _)) >= 3);
        }
        Assert.Equal(0, CliRun.Run(["segment", .. images, "--out", folder.File("whole")]).Code);
        Assert.All(Results(folder), path => Assert.Equal(Labels(folder.File($"whole/{Path.GetFileName(path)}")), Labels(path)));
    }

    private static string[] Results(TestFolder folder) => !Directory.Exists(folder.File("out")) ? []
        : Directory.GetFiles(folder.File("out"), "*.tif");

    private static ushort[] Labels(string path)
    {
        using TiffImage image = TiffImage.Open(path);
        return TiffImageTests.Plane<ushort>(image.View);
    }

    private static Process Start(params string[] arguments)
    {
        ProcessStartInfo start = HostProcess.Interruptible(HostProcess.Command, arguments);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        return Process.Start(start)!;
    }
}
