using System.Runtime.InteropServices;

namespace BioDL.Torch.Worker;

/// <summary>
/// Functions of the C library of Linux, by their own names. Not System.Diagnostics.Process: it takes over signals of the program that hosts
/// this library.
/// </summary>
internal static unsafe partial class Posix
{
    public const int CloseOnExec = 0x80000, MemoryCloseOnExec = 1;
    public const int WriteOnly = 1;
    public const int ProtectReadWrite = 3, MapShared = 1;
    public const int PunchHole = 2, KeepSize = 1;
    public const int UnixSocket = 1, StreamSocket = 1, NoSignal = 0x4000;
    public const short SetSignalMask = 8, SetSignalDefaults = 4;
    public const int Kill = 9;
    public const int Interrupted = 4;
    public const short Readable = 1;

    /// <summary>Room for posix_spawn_file_actions_t, posix_spawnattr_t and sigset_t of any C library.</summary>
    public const int OpaqueBytes = 512;

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int memfd_create(string name, uint flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int ftruncate(int file, nint length);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fallocate(int file, int mode, nint offset, nint length);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint mmap(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc")]
    internal static partial int munmap(void* address, nint length);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int socketpair(int domain, int type, int protocol, int* pair);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int pipe2(int* pair, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint send(int socket, byte* from, nint count, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint read(int file, byte* into, nint count);

    [LibraryImport("libc")]
    internal static partial int close(int file);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int poll(PollFile* files, nint count, int milliseconds);

    [LibraryImport("libc")]
    internal static partial int kill(int process, int signal);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int waitpid(int process, int* status, int options);

    [LibraryImport("libc")]
    internal static partial int posix_spawn(int* process, byte* path, byte* actions, byte* attributes, byte** arguments,
        byte** environment);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_init(byte* actions);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_adddup2(byte* actions, int file, int target);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int posix_spawn_file_actions_addopen(byte* actions, int target, string path, int flags, int mode);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_destroy(byte* actions);

    [LibraryImport("libc")]
    internal static partial int posix_spawnattr_init(byte* attributes);

    [LibraryImport("libc")]
    internal static partial int posix_spawnattr_setflags(byte* attributes, short flags);

    [LibraryImport("libc")]
    internal static partial int posix_spawnattr_setsigmask(byte* attributes, byte* signals);

    [LibraryImport("libc")]
    internal static partial int posix_spawnattr_setsigdefault(byte* attributes, byte* signals);

    [LibraryImport("libc")]
    internal static partial int posix_spawnattr_destroy(byte* attributes);

    [LibraryImport("libc")]
    internal static partial int sigemptyset(byte* signals);

    [LibraryImport("libc")]
    internal static partial int sigfillset(byte* signals);

    /// <summary>struct pollfd.</summary>
    internal struct PollFile
    {
        public int File;
        public short Wanted;
        public short Given;
    }
}
