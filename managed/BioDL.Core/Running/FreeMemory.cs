using System.Globalization;

namespace BioDL.Core.Running;

/// <summary>How much memory tiles may take when the caller does not say.</summary>
internal static class FreeMemory
{
    private const long Most = 768L << 20, Least = 64L << 20;

    /// <summary>A quarter of what is free, from 64 MiB to 768 MiB.</summary>
    public static long ForTiles() => Math.Clamp(Available() / 4, Least, Most);

    /// <summary>Bytes that this process may still take: the machine's, or its container's where that is less.</summary>
    private static long Available()
    {
        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        long contained = memory.TotalAvailableMemoryBytes - Environment.WorkingSet;
        return OperatingSystem.IsLinux() ? Math.Min(contained, MachineFree() ?? contained) : contained;
    }

    private static long? MachineFree()
    {
        try
        {
            foreach (string line in File.ReadLines("/proc/meminfo"))
            {
                if (line.StartsWith("MemAvailable:", StringComparison.Ordinal))
                    return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
        return null;
    }
}
