using System.Globalization;

namespace BioDL.Engines;

/// <summary>The CPU: its name, its memory, and how many of its cores a network should use.</summary>
public static class Processor
{
    /// <summary>
    /// Threads for one network: physical cores, since two threads of one core share its multipliers, but no more than this process may use
    /// (containers and affinity masks limit it).
    /// </summary>
    public static int Cores { get; } = Math.Clamp(PhysicalCores(ReadLines("/proc/cpuinfo")), 1, Environment.ProcessorCount);

    /// <summary>Device 0 of every machine.</summary>
    internal static DeviceInfo Describe()
    {
        string model = Field(ReadLines("/proc/cpuinfo"), "model name") ?? "CPU";
        string cores = Cores == 1 ? "1 core" : string.Create(CultureInfo.InvariantCulture, $"{Cores} cores");
        return new DeviceInfo(DeviceKind.Cpu, "cpu", $"{model}, {cores}", GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, true, "");
    }

    /// <summary>Counts distinct (physical id, core id) pairs; int.MaxValue where the text does not say.</summary>
    internal static int PhysicalCores(IEnumerable<string> cpuinfo)
    {
        var cores = new HashSet<(string Package, string Core)>();
        string package = "";
        foreach (string line in cpuinfo)
        {
            if (line.StartsWith("physical id", StringComparison.Ordinal))
                package = Value(line);
            else if (line.StartsWith("core id", StringComparison.Ordinal))
                cores.Add((package, Value(line)));
        }
        return cores.Count > 0 ? cores.Count : int.MaxValue;
    }

    private static string? Field(IEnumerable<string> lines, string name) =>
        lines.Where(line => line.StartsWith(name, StringComparison.Ordinal)).Select(Value).FirstOrDefault();

    private static string Value(string line) => line[(line.IndexOf(':') + 1)..].Trim();

    private static string[] ReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
