using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BioDL.Engines;

/// <summary>
/// Where our own native code and the libraries of the engines lie. A library inside a foreign process cannot ask for the program's folder
/// (that is Java's, or
/// Python's), so it asks the loader which file one of its own functions came from.
/// </summary>
public static unsafe partial class RuntimeFolders
{
    /// <summary>A folder that holds native libraries; it goes before every other place.</summary>
    public const string Variable = "BIODL_RUNTIME_DIR";

    /// <summary>Such as "linux-x64": the name of a folder in dist/lib.</summary>
    public static string Platform { get; } = SystemName("linux", "osx", "win") + "-" + Architecture;

    /// <summary>The file that holds this code: libbiodl or the program biodl; on a JIT runtime, this assembly's.</summary>
    public static string OwnFile { get; } = FindOwnFile();

    private static string Architecture => RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>Folders that may hold native libraries, the likeliest first.</summary>
    public static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen)
            yield return Path.GetFullPath(chosen);
        foreach (string file in new[] { OwnFile, RealPath(OwnFile) }.Distinct())
        {
            string folder = Path.GetDirectoryName(file) ?? "/";
            yield return folder;
            yield return Path.GetFullPath(Path.Combine(folder, "..", "lib", Platform));
        }
    }

    /// <summary>The first candidate that holds <paramref name="file"/>, as an absolute path; null when none does.</summary>
    public static string? Find(string file) =>
        Candidates().Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);

    /// <summary>The name of a shared library on this system, such as "libonnxruntime.so".</summary>
    public static string LibraryFile(string name) =>
        OperatingSystem.IsWindows() ? name + ".dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";

    private static string FindOwnFile()
    {
        if (RuntimeFeature.IsDynamicCodeSupported)
            return Path.Combine(AppContext.BaseDirectory, "BioDL.Engines.dll");
        nint address = (nint)(delegate* unmanaged<void>)&Landmark;
        string? file = OperatingSystem.IsWindows() ? ModuleOf(address) : LoadedFrom(address);
        if (file is null || !Path.IsPathRooted(file))
            file = MappedFile(address) ?? Environment.ProcessPath ?? AppContext.BaseDirectory;
        return Path.GetFullPath(file);
    }

    /// <summary>An address inside this library.</summary>
    [UnmanagedCallersOnly]
    private static void Landmark()
    {
    }

    private static string RealPath(string file)
    {
        try
        {
            return File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
        }
        catch (IOException)
        {
            return file;
        }
    }

    private static string? LoadedFrom(nint address)
    {
        try
        {
            DynamicLibraryInfo info;
            return dladdr(address, &info) != 0 ? Marshal.PtrToStringUTF8((nint)info.FileName) : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;    // glibc before 2.34 keeps dladdr elsewhere; /proc/self/maps answers then
        }
    }

    /// <summary>The file mapped at an address, from lines like "7f00-7fff r-xp 0 08:01 123 /path/of/file".</summary>
    private static string? MappedFile(nint address)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        foreach (string line in File.ReadLines("/proc/self/maps"))
        {
            int dash = line.IndexOf('-'), space = line.IndexOf(' '), path = line.IndexOf('/');
            if (path > 0 && Hex(line[..dash]) <= address && address < Hex(line[(dash + 1)..space]))
                return line[path..];
        }
        return null;
    }

    private static nint Hex(string digits) => nint.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string? ModuleOf(nint address)
    {
        const uint FromAddressWithoutReference = 4 | 2;
        if (GetModuleHandleEx(FromAddressWithoutReference, address, out nint module) == 0)
            return null;
        char* path = stackalloc char[4096];
        uint length = GetModuleFileName(module, path, 4096);
        return length is > 0 and < 4096 ? new string(path, 0, (int)length) : null;
    }

    private static string SystemName(string linux, string mac, string windows) =>
        OperatingSystem.IsWindows() ? windows : OperatingSystem.IsMacOS() ? mac : linux;

    [StructLayout(LayoutKind.Sequential)]
    private struct DynamicLibraryInfo
    {
        public byte* FileName;
        public nint Base;
        public byte* SymbolName;
        public nint SymbolAddress;
    }

    [LibraryImport("libc")]
    private static partial int dladdr(nint address, DynamicLibraryInfo* info);

    [LibraryImport("kernel32", EntryPoint = "GetModuleHandleExW")]
    private static partial int GetModuleHandleEx(uint flags, nint address, out nint module);

    [LibraryImport("kernel32", EntryPoint = "GetModuleFileNameW")]
    private static partial uint GetModuleFileName(nint module, char* path, uint size);
}
