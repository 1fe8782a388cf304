using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BioDL.Core;
using BioDL.Engines;

namespace BioDL.Torch.Worker;

/// <summary>
/// Where the worker biodl-torch lies, and the libtorch that it loads: in the folder that <see cref="Variable"/> names, in a folder libtorch
/// beside the worker, or where
/// it was installed for this user.
/// </summary>
public static class TorchLibrary
{
    /// <summary>A folder that holds libtorch's libraries and libLibTorchSharp, of the version <see cref="Version"/>.</summary>
    public const string Variable = "BIODL_TORCH_DIR";

    /// <summary>libtorch's, which TorchSharp fixes.</summary>
    public const string Version = "2.10.0";

    /// <summary>Files that a folder of libtorch has.</summary>
    public static IReadOnlyList<string> Files { get; } = ["libLibTorchSharp.so", "libtorch.so", "libtorch_cpu.so", "libc10.so"];

    private const string Scripts = "TorchScript networks cannot be run";
    private const string WorkerName = "biodl-torch";

    /// <summary>
    /// Gives the folder in which versions are installed for this user, which may change with the environment; null: there is none.
    /// </summary>
    internal static Func<string>? Installed { get; set; }

    /// <summary>
    /// Why neither TorchScript networks nor trainings can be run here; null when they can, as far as that is known before the worker has
    /// started.
    /// </summary>
    public static string? Unavailable => !OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64
        ? "libtorch runs on Linux with an x64 processor so far."
        : Program is null ? $"{WorkerName} was not found beside {RuntimeFolders.OwnFile}."
        : Folder is not { } folder ? $"libtorch {Version} is not installed."
        : !IsLibtorch(folder) ? $"{folder}, which {Variable} names, holds no libtorch." : null;

    /// <summary>The worker's file; null where there is none.</summary>
    internal static string? Program => WorkerFolders().Select(folder => Path.Combine(folder, WorkerName)).FirstOrDefault(File.Exists);

    /// <summary>That of libtorch; null where there is none.</summary>
    internal static string? Folder
    {
        get
        {
            if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen)
                return Path.GetFullPath(chosen);
            return WorkerFolders().Select(folder => Path.Combine(folder, "libtorch"))
                .Concat(Installed is { } folder ? [Path.Combine(folder(), Version)] : []).FirstOrDefault(IsLibtorch);
        }
    }

    /// <summary>The folder has all files.</summary>
    public static bool IsLibtorch(string folder) => Files.All(file => File.Exists(Path.Combine(folder, file)));

    /// <param name="what">cannot be done without</param>
    /// <exception cref="BioDLException"><see cref="Status.NotFound"/>: the worker, or libtorch, is missing.</exception>
    internal static void Require(string what = Scripts)
    {
        if (Unavailable is { } reason)
            throw Failed(reason, what);
    }

    /// <summary>It is the worker or libtorch that fails, not the network.</summary>
    internal static BioDLException Failed(string reason, string what = Scripts) =>
        new(Status.NotFound, $"{what}: {reason.TrimEnd('.')}.", Program is null
        ? "Install BioDLNative whole: the worker belongs beside its library."
            + (what == Scripts ? " Or use an ONNX version of the model." : "")
        : "Install libtorch: 'biodl torch install', or in ImageJ BioDL Models... with libtorch as the source (128 MB to download). Or set "
        + $"{Variable} to a folder of libtorch {Version}.");

    /// <summary>The worker is not executable where it was unpacked from a jar.</summary>
    internal static void MakeExecutable()
    {
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(Program!) is var mode && !mode.HasFlag(UnixFileMode.UserExecute))
            File.SetUnixFileMode(Program!, mode | UnixFileMode.UserExecute);
    }

    /// <summary>What the worker that runs TorchScript is started with.</summary>
    internal static string[] Arguments(WorkerLimits limits)
    {
        MakeExecutable();
        return [SharedMemory.Instance.Path, Folder!, Number(limits.Memory), Number(Processor.Cores), Number(Environment.ProcessId)];
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string> WorkerFolders() => RuntimeFolders.Candidates().Concat(BuildFolders());

    /// <summary>For a program that runs where it was built; an installed one looks nowhere else.</summary>
    private static IEnumerable<string> BuildFolders()
    {
        if (!RuntimeFeature.IsDynamicCodeSupported)
            yield break;
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BioDLNative.sln")))
                yield return Path.Combine(folder.FullName, "dist", "lib", RuntimeFolders.Platform);
        }
    }
}
