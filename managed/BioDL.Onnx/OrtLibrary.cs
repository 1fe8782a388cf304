using System.Reflection;
using System.Runtime.InteropServices;
using BioDL.Core;
using BioDL.Engines;
using Microsoft.ML.OnnxRuntime;

namespace BioDL.Onnx;

/// <summary>
/// Loads ONNX Runtime from our own folder, once in a process, and keeps it silent: messages reach the user through our errors.
/// </summary>
public static partial class OrtLibrary
{
    private static readonly Lazy<OrtEnv> Loaded = new(() => DeepStack.Run(Load), LazyThreadSafetyMode.ExecutionAndPublication);
    private static nint _handle;

    /// <summary>The file that was loaded, or would be; empty when there is none.</summary>
    public static string Path { get; } = RuntimeFolders.Find(RuntimeFolders.LibraryFile("onnxruntime")) ?? "";

    /// <summary>Such as "1.31.0".</summary>
    /// <exception cref="BioDLException"><see cref="Status.NotFound"/>: the library is missing.</exception>
    public static string Version => Environment.GetVersionString();

    /// <summary>The process's ONNX Runtime environment; loads the library on first use.</summary>
    internal static OrtEnv Environment
    {
        get
        {
            try
            {
                return Loaded.Value;
            }
            catch (TypeInitializationException error) when (error.InnerException is not null)
            {
                throw Missing(error.InnerException);
            }
        }
    }

    private static OrtEnv Load()
    {
        if (Path.Length == 0)
            throw Missing(null);
        OrtEnv.DisableDllImportResolver = true;
        NativeLibrary.SetDllImportResolver(typeof(OrtEnv).Assembly, Resolve);
        // An end that begins before the library has made its objects waits for it here, one that begins later meets Watch before them.
        ProcessEnd.Watch();
        return ProcessEnd.Hold(Make, () => { });
    }

    private static OrtEnv Make()
    {
        try
        {
            Silence();
            _handle = NativeLibrary.Load(Path);
            ProcessEnd.Watch();
            ProcessEnd.Look();
            LastingObjects.Of(_handle);
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            throw Missing(error);
        }
        if (ProcessEnd.Has)
            throw ProcessEnd.Ending();
        var options = new EnvironmentCreationOptions
        {
            logId = "biodl",
            logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            loggingFunction = Ignore,
        };
        OrtEnv environment = OrtEnv.CreateInstanceWithOptions(ref options);
        environment.DisableTelemetryEvents();
        RegisterExactArena(environment);
        return environment;
    }

    /// <summary>
    /// Builds of ONNX Runtime keep events in the user's folders and send them to their maker. Nothing of a laboratory leaves it by this
    /// library. The library reads the variable when it is loaded; .NET's own environment is a copy that it does not see.
    /// </summary>
    private static void Silence()
    {
        if (!OperatingSystem.IsWindows())
            _ = SetVariable("ORT_DISABLE_TELEMETRY", "1", 1);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);

    /// <summary>
    /// A CPU arena that grows by what is asked for. A session's own arena doubles instead: 270 bytes a pixel rather than 171 for the
    /// built-in
    /// network in tiles of 2144 pixels (measured), for no speed.
    /// </summary>
    private static void RegisterExactArena(OrtEnv environment)
    {
        const int AsRequested = 1, Default = -1;
        using var memory = new OrtMemoryInfo(OrtMemoryInfo.allocatorCPU, OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
        using var arena = new OrtArenaCfg(0, AsRequested, Default, Default);
        environment.CreateAndRegisterAllocator(memory, arena);
    }

    private static nint Resolve(string library, Assembly assembly, DllImportSearchPath? path) =>
        library.Contains("onnxruntime", StringComparison.OrdinalIgnoreCase) ? _handle : 0;

    /// <summary>What ONNX Runtime logs as an error it also returns as one.</summary>
    private static void Ignore(nint parameter, OrtLoggingLevel level, string category, string id, string place, string message)
    {
    }

    private static BioDLException Missing(Exception? cause)
    {
        string file = RuntimeFolders.LibraryFile("onnxruntime");
        string what = cause is null
            ? $"{file} was not found. Looked in {string.Join(", ", RuntimeFolders.Candidates())}."
            : $"{(Path.Length > 0 ? Path : file)} could not be loaded: {cause.Message}";
        return new BioDLException(Status.NotFound, what,
            $"Put {file} beside {System.IO.Path.GetFileName(RuntimeFolders.OwnFile)}, as the installation does.", cause);
    }
}
