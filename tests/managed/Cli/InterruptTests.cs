using System.Diagnostics;
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

    private static Process Start(params string[] arguments)
    {
        ProcessStartInfo start = HostProcess.Interruptible(HostProcess.Command, arguments);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        return Process.Start(start)!;
    }
}
