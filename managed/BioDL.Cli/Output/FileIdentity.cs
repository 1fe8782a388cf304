using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace BioDL.Cli.Output;

/// <summary>
/// Tells whether two paths are one file, links and hard links included: on Linux by the file's device and inode, elsewhere by its path with
/// links followed. A file that is not there yet is known by the folder that will hold it.
/// </summary>
internal static partial class FileIdentity
{
    private static readonly bool IgnoresCase = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS();

    /// <returns>equal for two paths that are one file</returns>
    internal static string Of(string path)
    {
        string full = Path.GetFullPath(path);
        if (OperatingSystem.IsLinux() && Inode(full) is { } inode)
            return inode;
        string real = Followed(full);
        if (real != full)
            return Of(real);
        string? folder = Path.GetDirectoryName(full);
        string name = IgnoresCase ? Path.GetFileName(full).ToUpperInvariant() : Path.GetFileName(full);
        return string.IsNullOrEmpty(folder) ? full : $"{Of(folder)}/{name}";
    }

    /// <summary>Where a link leads; the path itself when it is none or leads nowhere.</summary>
    private static string Followed(string path)
    {
        try
        {
            FileSystemInfo? target = File.ResolveLinkTarget(path, returnFinalTarget: true);
            return target is { Exists: true } ? target.FullName : path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return path; // it is not there, or cannot be asked: opening it will say so
        }
    }

    /// <summary>"device:inode" of what a path leads to; null when nothing is there.</summary>
    private static string? Inode(string path)
    {
        const int CurrentFolder = -100;
        const uint InodeWanted = 0x100;
        Span<byte> facts = stackalloc byte[256];
        if (StatX(CurrentFolder, path, 0, InodeWanted, facts) != 0)
            return null;
        // struct statx of linux/stat.h: stx_ino at 32, stx_dev_major at 136, stx_dev_minor at 140.
        ulong inode = BinaryPrimitives.ReadUInt64LittleEndian(facts[32..]);
        return $"{inode}@{BinaryPrimitives.ReadUInt32LittleEndian(facts[136..])}:{BinaryPrimitives.ReadUInt32LittleEndian(facts[140..])}";
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, Span<byte> facts);
}
