using System.Collections.Concurrent;
using BioDL.Core;

namespace BioDL.Native.Interop;

/// <summary>
/// Handles are names, not addresses: a number that is never used twice and never followed as a pointer. A closed, foreign or NULL handle
/// is therefore found out, not crashed upon. The lowest bits are set so that a handle can't be mistaken for an aligned pointer.
/// </summary>
/// <typeparam name="T">what the handle stands for</typeparam>
internal sealed class Handles<T>(string noun)
    where T : class, IDisposable
{
    private readonly ConcurrentDictionary<nint, T> _open = new();

    public nint Add(T value)
    {
        nint handle = Numbers.Next();
        _open[handle] = value;
        return handle;
    }

    /// <exception cref="BioDLException">The handle is NULL, closed or of another kind.</exception>
    public T Get(nint handle)
    {
        if (_open.TryGetValue(handle, out T? value))
            return value;
        string what = handle == 0 ? "NULL" : "closed, or not one";
        throw new BioDLException(Status.InvalidHandle, $"the {noun} handle is {what}", $"open a {noun} and use it before closing it");
    }

    /// <summary>Close a handle; NULL is legal.</summary>
    public void Remove(nint handle)
    {
        if (handle == 0)
            return;
        Get(handle);
        if (_open.TryRemove(handle, out T? value))
            value.Dispose();
    }
}

internal static class Numbers
{
    private static long s_last;

    public static nint Next() => (nint)(Interlocked.Increment(ref s_last) << 4 | 0xF);
}
