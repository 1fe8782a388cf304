using System.Reflection;
using System.Runtime.InteropServices;
using BioDL.Engines;
using BioDL.Onnx;

namespace BioDL.Models.Runtime;

/// <summary>Versions and places, for logs and bug reports.</summary>
public static class EngineVersion
{
    /// <summary>Version of the C ABI, <c>BIODL_ABI_VERSION</c>.</summary>
    public const int Abi = 5;

    private static readonly string[] Informational =
        (typeof(EngineVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0")
        .Split('+', 2);

    /// <summary>Of this library, such as "0.1.0".</summary>
    public static string Version => Informational[0];

    /// <summary>Commit, framework and platform, such as "1a2b3c4 .NET 9.0.11 linux-x64".</summary>
    public static string Build { get; } = $"{Commit} {RuntimeInformation.FrameworkDescription} {RuntimeFolders.Platform}";

    /// <summary>Of ONNX Runtime; empty when it is missing.</summary>
    public static string RuntimeVersion => InstalledEngines.Onnx.Version;

    /// <summary>The file this library was loaded from.</summary>
    public static string LibraryPath => RuntimeFolders.OwnFile;

    /// <summary>The file ONNX Runtime was, or would be, loaded from; empty when it is missing.</summary>
    public static string RuntimePath => OrtLibrary.Path;

    /// <summary>What the pixel kernels use on this CPU.</summary>
    public static string InstructionSet => Core.InstructionSet.Name;

    /// <summary>For the provenance of a network that an engine runs.</summary>
    internal static IReadOnlyList<(string Name, string Version)> With(IEngine engine) =>
        [("biodl", Version), ("build", Build), ("abi", Abi.ToString()), (engine.Key, engine.Version), ("instruction_set", InstructionSet)];

    private static string Commit => Informational.Length > 1 ? Informational[1][..Math.Min(7, Informational[1].Length)] : "unknown";
}
