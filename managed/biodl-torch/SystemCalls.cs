using System.Runtime.InteropServices;

namespace BioDL.Torch.Worker;

/// <summary>Functions of the C library of Linux, by their own names.</summary>
internal static unsafe partial class SystemCalls
{
    public const int ReadOnly = 0, WriteOnly = 1, ReadWrite = 2, CloseOnExec = 0x80000;
    public const int SeekEnd = 2;
    public const int ProtectReadWrite = 3, MapShared = 1;
    public const int ParentDeathSignal = 1, Kill = 9;
    public const int ProcessorClock = 2;
    public const int NewNetwork = 0x40000000;
    public const int LimitProcessor = 0, LimitCore = 4, LimitFiles = 7, LimitAddressSpace = 9;

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint getenv(string name);

    [LibraryImport("libc")]
    internal static partial int prctl(int option, nint one, nint two, nint three, nint four);

    [LibraryImport("libc")]
    internal static partial int getppid();

    [LibraryImport("libc")]
    internal static partial int setpriority(int which, int who, int nice);

    [LibraryImport("libc")]
    internal static partial void _exit(int code);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int open(string path, int flags, int mode);

    [LibraryImport("libc")]
    internal static partial int dup(int file);

    [LibraryImport("libc")]
    internal static partial nint read(int file, byte* into, nint count);

    [LibraryImport("libc")]
    internal static partial nint write(int file, byte* from, nint count);

    [LibraryImport("libc")]
    internal static partial nint pread(int file, byte* into, nint count, nint offset);

    [LibraryImport("libc")]
    internal static partial nint pwrite(int file, byte* from, nint count, nint offset);

    [LibraryImport("libc")]
    internal static partial nint lseek(int file, nint offset, int from);

    [LibraryImport("libc")]
    internal static partial nint mmap(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc")]
    internal static partial int unshare(int what);

    [LibraryImport("libc")]
    internal static partial int getrlimit(int resource, ResourceLimit* limit);

    [LibraryImport("libc")]
    internal static partial int setrlimit(int resource, ResourceLimit* limit);

    [LibraryImport("libc")]
    internal static partial int malloc_trim(nint pad);

    [LibraryImport("libc")]
    internal static partial int clock_gettime(int clock, TimeSpec* time);

    /// <summary>struct timespec.</summary>
    internal struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    /// <summary>struct rlimit.</summary>
    internal struct ResourceLimit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
