using System.Runtime.InteropServices;

namespace BioDL.Cli.Tiff;

/// <summary>Memory that a worker takes once and uses for one strip or tile after the other.</summary>
internal sealed unsafe class ScratchMemory(long bytes = 0) : IDisposable
{
    private long _bytes = bytes;

    internal byte* Data { get; private set; } = bytes == 0 ? null : (byte*)NativeMemory.Alloc((nuint)bytes);

    /// <summary>At least so many bytes; what was in them before is lost.</summary>
    internal byte* Of(long needed)
    {
        if (needed <= _bytes && Data != null)
            return Data;
        NativeMemory.Free(Data);
        Data = null;
        Data = (byte*)NativeMemory.Alloc((nuint)Math.Max(needed, 1));
        _bytes = needed;
        return Data;
    }

    public void Dispose()
    {
        NativeMemory.Free(Data);
        Data = null;
    }
}
