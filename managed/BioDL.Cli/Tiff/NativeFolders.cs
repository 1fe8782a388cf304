using System.Runtime.CompilerServices;
using BioDL.Engines;
using BioDL.Onnx;

namespace BioDL.Cli.Tiff;

/// <summary>Where libbiodl_tiff lies: where ONNX Runtime does, and, for a program that runs where it was built, in the build folder.</summary>
internal static class NativeFolders
{
    internal static string FileName(string name) => RuntimeFolders.LibraryFile(name);

    internal static IEnumerable<string> All() => RuntimeFolders.Candidates().Concat(BuildFolders());

    private static IEnumerable<string> BuildFolders()
    {
        if (!RuntimeFeature.IsDynamicCodeSupported)
            yield break; // an installed program looks nowhere else
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BioDLNative.sln")))
                yield return Path.Combine(folder.FullName, "build", "release", "native", "tiff");
        }
    }
}
