using System.Runtime.InteropServices;

namespace BioDL.Cli.Tiff;

/// <summary>
/// Where native libraries lie: the folder named by BIODL_RUNTIME_DIR, the program's own folder, <c>../lib/PLATFORM</c> of an installation,
/// and, for a program that runs where it was built, <c>build/release/</c> and <c>dist/</c> of the source tree.
/// </summary>
internal static class NativeFolders
{
    internal static string Platform => $"{System}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    private static string System => OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";

    internal static string FileName(string name) =>
        OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";

    internal static IEnumerable<string> All()
    {
        if (Environment.GetEnvironmentVariable("BIODL_RUNTIME_DIR") is { Length: > 0 } named)
            yield return named;
        string own = AppContext.BaseDirectory;
        yield return own;
        yield return Path.GetFullPath(Path.Combine(own, "..", "lib", Platform));
        for (DirectoryInfo? folder = new(own); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "BioDLNative.sln")))
                continue;
            yield return Path.Combine(folder.FullName, "build", "release", "native", "tiff");
            yield return Path.Combine(folder.FullName, "dist", "lib", Platform);
        }
    }
}
