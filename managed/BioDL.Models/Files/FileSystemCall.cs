using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace BioDL.Models.Files;

/// <summary>What .NET does not tell of a file: device and inode, exact times, and whether it is a file at all.</summary>
internal static partial class FileSystemCall
{
    private const int TypeMask = 0xF000, Pipe = 0x1000, Characters = 0x2000, Folder = 0x4000, Blocks = 0x6000, Socket = 0xC000;

    /// <returns>null when nothing is there, or the system has no such call</returns>
    public static FileFacts? Facts(string path) => OperatingSystem.IsLinux() ? OfLinux(path)
        : OperatingSystem.IsMacOS() ? OfMac(path) : OperatingSystem.IsWindows() ? OfWindows(path) : null;

    private static FileFacts? OfLinux(string path)
    {
        const int CurrentFolder = -100;
        const uint BasicFacts = 0x7FF;
        Span<byte> facts = stackalloc byte[256];
        if (StatX(CurrentFolder, path, 0, BasicFacts, facts) != 0)
            return null;
        // struct statx of linux/stat.h
        string identity = $"{UInt64(facts, 32)}@{UInt32(facts, 136)}:{UInt32(facts, 140)}";
        return new FileFacts(Kind(facts[28..]), identity, (long)UInt64(facts, 40), Time(facts, 112), Time(facts, 96));
    }

    private static FileFacts? OfMac(string path)
    {
        Span<byte> facts = stackalloc byte[256];
        if ((RuntimeInformation.ProcessArchitecture == Architecture.X64 ? StatX64(path, facts) : Stat(path, facts)) != 0)
            return null;
        // struct stat of sys/stat.h with inodes of 64 bits
        return new FileFacts(Kind(facts[4..]), $"{UInt64(facts, 8)}@{UInt32(facts, 0)}", (long)UInt64(facts, 96), Time(facts, 48),
            Time(facts, 64));
    }

    private static FileFacts? OfWindows(string path)
    {
        if (!File.Exists(path))
            return null;
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> facts = stackalloc byte[52];
        if (!GetFileInformationByHandle(file, facts))
            return null;
        // BY_HANDLE_FILE_INFORMATION of fileapi.h: made at 4, written at 20, volume at 28, sizes at 32, indexes at 44; in units of 100 ns
        return new FileFacts(FileKind.Regular, $"{UInt32(facts, 44)}-{UInt32(facts, 48)}@{UInt32(facts, 28)}",
            (long)UInt32(facts, 32) << 32 | UInt32(facts, 36), (long)UInt64(facts, 20) * 100, (long)UInt64(facts, 4) * 100);
    }

    private static FileKind Kind(ReadOnlySpan<byte> mode) => (BinaryPrimitives.ReadUInt16LittleEndian(mode) & TypeMask) switch
    {
        Pipe => FileKind.Pipe,
        Folder => FileKind.Folder,
        Socket => FileKind.Socket,
        Characters or Blocks => FileKind.Device,
        _ => FileKind.Regular,
    };

    private static long Time(ReadOnlySpan<byte> facts, int at) => (long)UInt64(facts, at) * 1_000_000_000 + UInt32(facts, at + 8);

    private static uint UInt32(ReadOnlySpan<byte> facts, int at) => BinaryPrimitives.ReadUInt32LittleEndian(facts[at..]);

    private static ulong UInt64(ReadOnlySpan<byte> facts, int at) => BinaryPrimitives.ReadUInt64LittleEndian(facts[at..]);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, Span<byte> facts);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, Span<byte> facts);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX64(string path, Span<byte> facts);

    [LibraryImport("kernel32", EntryPoint = "GetFileInformationByHandle")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetFileInformationByHandle(SafeFileHandle file, Span<byte> facts);
}
