using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using BioDL.Core;

namespace BioDL.Native.Interop;

/// <summary>UTF-8 text that crosses the ABI.</summary>
internal static unsafe class Text
{
    private static readonly ConcurrentDictionary<string, nint> Eternal = new();

    /// <summary>Text that lives as long as the process; the same text is kept once.</summary>
    public static byte* Forever(string text) =>
        (byte*)Eternal.GetOrAdd(text, static value => Marshal.StringToCoTaskMemUTF8(value));

    /// <summary>A caller's NUL-terminated UTF-8 text; null for NULL.</summary>
    public static string? Read(byte* text, string name)
    {
        if (text == null)
            return null;
        try
        {
            return new UTF8Encoding(false, true).GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));
        }
        catch (ArgumentException e)
        {
            throw new BioDLException(Status.InvalidArgument, $"{name} is not UTF-8 text", "convert it to UTF-8 first", e);
        }
    }

    /// <summary>A caller's text that may be neither NULL nor empty.</summary>
    public static string Required(byte* text, string name) => Read(text, name) is { Length: > 0 } value ? value
        : throw new BioDLException(Status.InvalidArgument, $"{name} is {(text == null ? "NULL" : "empty")}", $"give the {name}");

    /// <summary>A caller's array of such texts.</summary>
    public static string[] ReadAll(byte** texts, long count, string name)
    {
        if (count < 0 || count > int.MaxValue || (count > 0 && texts == null))
            throw new BioDLException(Status.InvalidArgument, $"{name} are {count} at {(texts == null ? "NULL" : "an address")}",
                $"give as many {name} as their count says");
        var read = new string[count];
        for (int i = 0; i < read.Length; i++)
            read[i] = Required(texts[i], $"{name}[{i}]");
        return read;
    }

    /// <summary>Copy text into a fixed field, cut at a character boundary and always ending with NUL.</summary>
    public static void Copy(string text, byte* target, int size)
    {
        var room = new Span<byte>(target, size - 1);
        Encoding.UTF8.GetEncoder().Convert(text, room, flush: true, out _, out int used, out _);
        target[used] = 0;
    }
}

/// <summary>Text that lives as long as the handle it belongs to.</summary>
internal sealed unsafe class OwnedText : IDisposable
{
    private readonly ConcurrentBag<nint> _texts = [];

    public byte* Add(string text)
    {
        nint copy = Marshal.StringToCoTaskMemUTF8(text);
        _texts.Add(copy);
        return (byte*)copy;
    }

    public void Dispose()
    {
        while (_texts.TryTake(out nint text))
            Marshal.FreeCoTaskMem(text);
    }
}
