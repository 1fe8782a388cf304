using System.Diagnostics;
using BioDL.Tests.Cli;

namespace BioDL.Tests.Hosts;

/// <summary>The programs that were built, as a user starts them.</summary>
internal static class HostProcess
{
    /// <summary>What a user gets: dist/ of the repository, or BIODL_DIST.</summary>
    internal static string Dist { get; } = Environment.GetEnvironmentVariable("BIODL_DIST") ?? Path.Combine(Repository.Root, "dist");

    internal static string Command => Built(Path.Combine(Dist, "bin", OperatingSystem.IsWindows() ? "biodl.exe" : "biodl"));

    internal static string Plugin => Built(Path.Combine(Dist, "plugins", "BioDL_.jar"));

    internal static string Example => Built(Path.Combine(
        Environment.GetEnvironmentVariable("BIODL_BUILD_DIR") ?? Path.Combine(Repository.Root, "build", "release"), "native",
        "examples", "biodl_example"));

    /// <summary>Run a program to its end and expect exit code 0.</summary>
    /// <returns>what it printed on its standard output</returns>
    internal static string Run(string program, params string[] arguments)
    {
        var (code, output, errors) = Ended(program, arguments);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} ended with {code}\n{output}\n{errors}");
        return output;
    }

    /// <summary>Run a program to its end, whatever its exit code.</summary>
    internal static (int Code, string Output, string Errors) Ended(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }

    /// <summary>Run a macro in a real ImageJ, with a home and a cache in a folder of its own.</summary>
    /// <returns>what it printed on its standard output</returns>
    internal static string Macro(TestFolder folder, string macro, params string[] virtualMachine)
    {
        string file = folder.File("macro.ijm"), imagej = Environment.GetEnvironmentVariable("BIODL_IJ") ?? "/usr/share/java/ij.jar";
        File.WriteAllText(file, macro);
        return Run("xvfb-run", ["-a", "java", .. virtualMachine, $"-Duser.home={folder.Root}", $"-Dbiodl.cache={folder.File("cache")}",
            "-cp", $"{imagej}:{Plugin}", "org.biodl.ij1.batch.BatchLauncher", file]);
    }

    /// <summary>
    /// How to start a program that can be interrupted: a shell that was put into the background has its children ignore Ctrl-C, and so
    /// these tests.
    /// </summary>
    internal static ProcessStartInfo Interruptible(string program, params string[] arguments) => OperatingSystem.IsLinux()
        ? new ProcessStartInfo("env", ["--default-signal=INT", program, .. arguments])
        : new ProcessStartInfo(program, arguments);

    private static string Built(string path)
    {
        Assert.True(File.Exists(path), $"{path} is missing: run ./build.sh first");
        return path;
    }
}
