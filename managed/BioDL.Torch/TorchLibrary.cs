using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BioDL.Core;
using BioDL.Engines;

namespace BioDL.Torch;

/// <summary>
/// libbiodl_torch, the C shim over libtorch (native/torch/biodl_torch.h), loaded when the first TorchScript network is and never before. It is looked
/// for where ONNX Runtime is; libtorch beside it, in the folder that <see cref="Variable"/> names, and where the system keeps its libraries.
/// </summary>
public static class TorchLibrary
{
    /// <summary>A folder that holds libtorch's libraries, such as .../libtorch/lib.</summary>
    public const string Variable = "BIODL_TORCH_DIR";

    private const int Abi = 1;
    private static readonly Lazy<(nint Handle, string Version, string? Reason)> Loaded = new(Load, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>Why TorchScript networks cannot be run here; null when they can. Loads the library.</summary>
    public static string? Unavailable => Loaded.Value.Reason;

    /// <summary>libtorch's, such as "1.13.1"; empty when it cannot be loaded.</summary>
    public static string Version => Loaded.Value.Version;

    /// <exception cref="BioDLException"><see cref="Status.NotFound"/>: the library, or libtorch, is missing.</exception>
    internal static void Require()
    {
        if (Unavailable is { } reason)
            throw new BioDLException(Status.NotFound, $"This model's network is TorchScript, and libtorch cannot be loaded: {reason}", Hint());
    }

    private static string Hint()
    {
        string shim = RuntimeFolders.LibraryFile(TorchCalls.Name);
        string what = Folders().Any(folder => File.Exists(Path.Combine(folder, shim)))
            ? "Install libtorch: on Debian and Ubuntu the package libtorch1.13 (apt-get install libtorch1.13); elsewhere download libtorch 1.13 for the CPU from "
                + $"pytorch.org and set {Variable} to its folder lib."
            : $"Build BioDLNative where libtorch-dev is installed, and put {shim} beside ONNX Runtime.";
        return what + " Or use an ONNX version of the model.";
    }

    internal static nint Resolve(string name, Assembly assembly, DllImportSearchPath? paths) => name == TorchCalls.Name ? Loaded.Value.Handle : 0;

    private static (nint Handle, string Version, string? Reason) Load()
    {
        string file = RuntimeFolders.LibraryFile(TorchCalls.Name), reason = "";
        Preload();
        foreach (string folder in Folders())
        {
            string path = Path.Combine(folder, file);
            if (!File.Exists(path))
                continue;
            try
            {
                nint handle = NativeLibrary.Load(path);
                var (found, libtorch) = VersionOf(handle);
                if (found == Abi)
                    return (handle, libtorch, null);
                reason = $"{path} is of another version of BioDLNative ({found}, not {Abi}).";
            }
            catch (Exception error) when (error is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
            {
                reason = FirstLine(error.Message);
            }
        }
        return (0, "", reason.Length > 0 ? reason : $"{file} was not found in {string.Join(", ", RuntimeFolders.Candidates().Distinct())}.");
    }

    private static unsafe (int Abi, string Libtorch) VersionOf(nint library)
    {
        var version = (delegate* unmanaged<byte*, long, int>)NativeLibrary.GetExport(library, "biodl_torch_version");
        byte* text = stackalloc byte[64];
        int abi = version(text, 64);
        return (abi, Marshal.PtrToStringUTF8((nint)text) ?? "");
    }

    private static IEnumerable<string> Folders() => RuntimeFolders.Candidates().Concat(BuildFolders());

    /// <summary>For a program that runs where it was built; an installed one looks nowhere else.</summary>
    private static IEnumerable<string> BuildFolders()
    {
        if (!RuntimeFeature.IsDynamicCodeSupported)
            yield break;
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BioDLNative.sln")))
                yield return Path.Combine(folder.FullName, "build", "release", "native", "torch");
        }
    }

    /// <summary>libtorch from a folder of its own: what the shim needs is then in the process already, under the names that it asks for.</summary>
    private static void Preload()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } folder)
            return;
        foreach (string name in new[] { "c10", "torch_cpu", "torch" })
            NativeLibrary.TryLoad(Path.Combine(Path.GetFullPath(folder), RuntimeFolders.LibraryFile(name)), out _);
    }

    private static string FirstLine(string message) => message.Split('\n')[0].Trim();
}
