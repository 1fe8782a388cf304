using System.Runtime.InteropServices;
using BioDL.Core.Tensors;
using static BioDL.Torch.Worker.Posix;

namespace BioDL.Torch.Worker;

/// <summary>
/// Memory that this process and the worker both see: a file without a name, of which each tensor has a piece. It lives as long as this
/// process, and any worker
/// opens it anew.
/// </summary>
internal sealed unsafe class SharedMemory : ITensorMemory
{
    private const long PageBytes = 4096;
    private static readonly Lazy<SharedMemory> Only = new(() => new SharedMemory());

    private readonly Lock _lock = new();
    private readonly int _file;
    private readonly Dictionary<nint, (long Offset, long Bytes)> _pieces = [];
    private readonly SortedList<long, long> _free = [];
    private long _end;

    private SharedMemory()
    {
        _file = memfd_create("biodl-tensors", MemoryCloseOnExec);
        if (_file < 0)
            throw new IOException($"The system gives no shared memory: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    public static SharedMemory Instance => Only.Value;

    /// <summary>Where another process of the same user opens it.</summary>
    public string Path => $"/proc/{Environment.ProcessId}/fd/{_file}";

    public void* Allocate(nuint bytes)
    {
        long size = Math.Max(((long)bytes + PageBytes - 1) / PageBytes * PageBytes, PageBytes);
        lock (_lock)
        {
            long offset = Place(size);
            // Taken now: a page that cannot be had later would end this process instead of raising an error.
            nint address = fallocate(_file, 0, (nint)offset, (nint)size) == 0
                ? mmap(0, (nint)size, ProtectReadWrite, MapShared, _file, (nint)offset) : -1;
            if (address == -1)
            {
                string reason = Marshal.GetLastPInvokeErrorMessage();
                Release(offset, size);
                throw new OutOfMemoryException($"There are no {size >> 20} MiB of shared memory for tensors: {reason}");
            }
            _pieces[address] = (offset, size);
            return (void*)address;
        }
    }

    public void Free(void* memory)
    {
        lock (_lock)
        {
            if (memory == null || !_pieces.Remove((nint)memory, out var piece))
                return;
            _ = munmap(memory, (nint)piece.Bytes);
            Release(piece.Offset, piece.Bytes);
        }
    }

    /// <summary>Bytes from the beginning of the shared memory; null for memory that is not part of it.</summary>
    public long? OffsetOf(void* memory)
    {
        lock (_lock)
            return _pieces.TryGetValue((nint)memory, out var piece) ? piece.Offset : null;
    }

    /// <summary>The first gap that is large enough, else the end.</summary>
    private long Place(long size)
    {
        foreach (var (offset, gap) in _free)
        {
            if (gap < size)
                continue;
            _free.Remove(offset);
            if (gap > size)
                _free[offset + size] = gap - size;
            return offset;
        }
        _end += size;
        return _end - size;
    }

    /// <summary>Its pages go back to the system, and the gap joins its neighbours.</summary>
    private void Release(long offset, long size)
    {
        _ = fallocate(_file, PunchHole | KeepSize, (nint)offset, (nint)size);
        _free[offset] = size;
        int at = _free.IndexOfKey(offset);
        if (at + 1 < _free.Count && _free.Keys[at + 1] == offset + size)
            Join(at);
        if (at > 0 && _free.Keys[at - 1] + _free.Values[at - 1] == offset)
            Join(at - 1);
    }

    private void Join(int at)
    {
        _free[_free.Keys[at]] = _free.Values[at] + _free.Values[at + 1];
        _free.RemoveAt(at + 1);
    }
}
