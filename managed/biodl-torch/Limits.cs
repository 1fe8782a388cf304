using System.Globalization;
using static BioDL.Torch.Worker.SystemCalls;

namespace BioDL.Torch.Worker;

/// <summary>What this process may take, so that a script takes no more than that.</summary>
internal static unsafe class Limits
{
    /// <summary>This process ends when its parent does, also when it computes.</summary>
    public static void EndWithParent(int parent)
    {
        _ = prctl(ParentDeathSignal, Kill, 0, 0, 0);
        // It may have ended before the call.
        if (getppid() != parent)
            _exit(0);
    }

    /// <summary>
    /// Before libtorch is loaded, and on the thread that will compute: no network, where the system allows to leave it; no memory dump at a
    /// fault; and the first
    /// to be ended when the machine has no memory left, rather than the program that this one serves.
    /// </summary>
    public static void Enter()
    {
        _ = unshare(NewNetwork);
        Set(LimitCore, 0);
        try
        {
            File.WriteAllText("/proc/self/oom_score_adj", "1000");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Systems without it only lose the order.
        }
    }

    /// <summary>Whatever else wants the processor gets it first.</summary>
    public static void Yield() => _ = setpriority(0, 0, 10);

    /// <summary>After libtorch is loaded: no more memory than that.</summary>
    public static void Memory(long bytes) => Set(LimitAddressSpace, (ulong)(AddressSpace() + bytes));

    /// <summary>After libtorch is loaded: no more memory than that, and no further file, connection or pipe at all.</summary>
    public static void Close(long bytes)
    {
        Memory(bytes);
        int highest = Directory.GetFiles("/proc/self/fd").Max(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture));
        Set(LimitFiles, (ulong)highest + 1);
        while (dup(0) >= 0)
        {
        }
    }

    /// <summary>Seconds of processor time from now on after which the system ends this process; 0: none.</summary>
    public static void Processor(int seconds)
    {
        TimeSpec used;
        _ = clock_gettime(ProcessorClock, &used);
        Set(LimitProcessor, seconds == 0 ? ulong.MaxValue : (ulong)(used.Seconds + seconds), soft: true);
    }

    private static long AddressSpace()
    {
        string pages = File.ReadAllText("/proc/self/statm").Split(' ')[0];
        return long.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize;
    }

    private static void Set(int resource, ulong value, bool soft = false)
    {
        ResourceLimit limit;
        if (getrlimit(resource, &limit) != 0)
            return;
        limit.Soft = Math.Min(value, limit.Hard);
        if (!soft)
            limit.Hard = limit.Soft;
        _ = setrlimit(resource, &limit);
    }
}
