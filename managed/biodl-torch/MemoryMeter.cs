using System.Text;
using static BioDL.Torch.Worker.SystemCalls;

namespace BioDL.Torch.Worker;

/// <summary>
/// The memory that a run takes at its worst moment, as the system counts pages of this process. Both files are opened before the limits
/// forbid it.
/// </summary>
internal sealed unsafe class MemoryMeter
{
    private readonly int _status = open("/proc/self/status", ReadOnly | CloseOnExec, 0);
    private readonly int _reset = open("/proc/self/clear_refs", WriteOnly | CloseOnExec, 0);

    /// <summary>Measure an action.</summary>
    /// <returns>bytes; 0 where the system does not tell</returns>
    public long Of(Action action)
    {
        // Memory of earlier runs that the allocator keeps would hide what this one takes.
        _ = malloc_trim(0);
        byte reset = (byte)'5';
        bool known = pwrite(_reset, &reset, 1, 0) == 1;
        long before = Field("VmRSS:");
        action();
        return known ? Math.Max(0, Field("VmHWM:") - before) : 0;
    }

    private long Field(string name)
    {
        byte* buffer = stackalloc byte[8192];
        nint length = pread(_status, buffer, 8192, 0);
        string text = length > 0 ? Encoding.ASCII.GetString(buffer, (int)length) : "";
        int at = text.IndexOf(name, StringComparison.Ordinal);
        if (at < 0)
            return 0;
        string digits = text[(at + name.Length)..].TrimStart().Split(' ')[0];
        return long.TryParse(digits, out long kilobytes) ? kilobytes << 10 : 0;
    }
}
