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
        nint handle = Handles.Next();
        _open[handle] = value;
        return handle;
    }

    /// <exception cref="BioDLException">The handle is NULL, closed or of another kind.</exception>
    public T Get(nint handle) => Find(handle) ?? throw Handles.Unknown(noun, handle);

    /// <summary>What it stands for; null when it is NULL, closed or of another kind, as no number is used twice for any kind.</summary>
    public T? Find(nint handle) => _open.GetValueOrDefault(handle);

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

/// <summary>What handles of all kinds share.</summary>
internal static class Handles
{
    private static long s_last;

    public static nint Next() => (nint)(Interlocked.Increment(ref s_last) << 4 | 0xF);

    public static BioDLException Unknown(string noun, nint handle) => new(
        Status.InvalidHandle,
        $"the {noun} handle is {(handle == 0 ? "NULL" : "closed, or not one")}",
        $"open a {noun} and use it before closing it");
}
