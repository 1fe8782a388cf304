using System.Runtime.InteropServices;

namespace BioDL.Cli.Tiff;

/// <summary>Memory that is a mapped file.</summary>
internal static unsafe partial class MappedMemory
{
    private const int DontNeed = 4;

    /// <summary>
    /// Let the system drop whole pages of it from this process' memory; the file keeps them. Never needed for correctness: it keeps the
    /// memory in use from
    /// growing with the image. Does nothing on Windows, which trims by itself.
    /// </summary>
    internal static void Release(byte* start, long bytes)
    {
        if (OperatingSystem.IsWindows())
            return;
        nint page = Environment.SystemPageSize, first = ((nint)start + page - 1) / page * page, end = (nint)(start + bytes) / page * page;
        if (end > first)
            _ = Advise(first, end - first, DontNeed);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint start, nint bytes, int advice);
}
