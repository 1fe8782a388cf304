using System.Text;
using System.Text.Unicode;

namespace BioDL.Models.Files;

/// <summary>
/// One directory of a TIFF file, which describes a page: values by the number of their tag, read when they are asked for. A damaged value
/// is an
/// <see cref="InvalidDataException"/> then, and does not concern who does not ask.
/// </summary>
public sealed class TiffDirectory
{
    // More than any image has; a directory that is believed takes no more memory than that.
    private const int MostEntries = 4096, MostValues = 1 << 23;

    private readonly record struct Entry(ushort Tag, ushort Type, long Count, long At);

    private readonly TiffStructure _file;
    private readonly Entry[] _entries;

    internal TiffDirectory(TiffStructure file, long at)
    {
        (_file, Offset) = (file, at);
        Span<byte> number = stackalloc byte[8];
        int countBytes = file.IsBig ? 8 : 2, width = file.IsBig ? 8 : 4, entryBytes = 4 + 2 * width;
        file.Read(at, number[..countBytes]);
        ulong count = file.Number(number[..countBytes]);
        if (count is 0 or > MostEntries)
            throw new InvalidDataException($"a directory in it has {count} entries");
        var bytes = new byte[(int)count * entryBytes + width];
        file.Read(at + countBytes, bytes);
        _entries = new Entry[count];
        for (int i = 0; i < _entries.Length; i++)
        {
            ReadOnlySpan<byte> entry = bytes.AsSpan(i * entryBytes, entryBytes);
            ushort tag = (ushort)file.Number(entry[..2]), type = (ushort)file.Number(entry[2..4]);
            long values = file.Place(entry.Slice(4, width));
            bool inside = (Int128)values * Width(type) <= width;
            long place = inside ? at + countBytes + i * entryBytes + 4 + width
                : (long)Math.Min(file.Number(entry[(4 + width)..]), long.MaxValue / 2);
            _entries[i] = new Entry(tag, type, values, place);
        }
        Next = file.Place(bytes.AsSpan((int)count * entryBytes));
    }

    /// <summary>Where it lies in the file.</summary>
    public long Offset { get; }

    /// <summary>Numbers and pixels have their high byte first.</summary>
    public bool IsBigEndian => _file.IsBigEndian;

    /// <summary>Where the next one lies; 0 after the last.</summary>
    internal long Next { get; }

    public bool Has(int tag) => Find(tag) is not null;

    /// <summary>How many values a tag has, as the file claims; 0 when it is missing.</summary>
    public long Count(int tag) => Find(tag)?.Count ?? 0;

    /// <summary>The first value of a tag of unsigned integers.</summary>
    public long Number(int tag, long otherwise) => Numbers(tag, 1) is [long first, ..] ? first : otherwise;

    /// <summary>The first values of a tag of unsigned integers; empty when it is missing or of another type.</summary>
    /// <param name="tag">its number</param>
    /// <param name="most">at most so many are read</param>
    public long[] Numbers(int tag, long most = MostValues)
    {
        if (Find(tag) is not { Type: 1 or 3 or 4 or 13 or 16 or 18 } entry)
            return [];
        int width = Width(entry.Type);
        byte[] bytes = Bytes(entry, Math.Min(entry.Count, most), width);
        var values = new long[bytes.Length / width];
        for (int i = 0; i < values.Length; i++)
            values[i] = _file.Place(bytes.AsSpan(i * width, width));
        return values;
    }

    /// <summary>The first value of a tag of fractions, floats or integers.</summary>
    public double Real(int tag, double otherwise)
    {
        if (Find(tag) is not { Count: > 0, Type: 5 or 11 or 12 } entry)
            return Number(tag, long.MinValue) is long number and > long.MinValue ? number : otherwise;
        byte[] bytes = Bytes(entry, 1, Width(entry.Type));
        return entry.Type switch
        {
            5 => (double)_file.Number(bytes.AsSpan(0, 4)) / _file.Number(bytes.AsSpan(4, 4)),
            11 => BitConverter.UInt32BitsToSingle((uint)_file.Number(bytes)),
            _ => BitConverter.UInt64BitsToDouble(_file.Number(bytes)),
        };
    }

    /// <summary>All bytes of a tag as they lie in the file; empty when it is missing.</summary>
    public byte[] Bytes(int tag) => Find(tag) is { } entry ? Bytes(entry, entry.Count, Width(entry.Type)) : [];

    /// <summary>A text in UTF-8, or else in Latin-1, up to its first zero; "" when it is missing.</summary>
    public string Text(int tag)
    {
        if (Find(tag) is not { Type: 1 or 2 or 7 } entry)
            return "";
        byte[] bytes = Bytes(entry, Math.Min(entry.Count, 8L * MostValues), 1);
        int end = bytes.AsSpan().IndexOf((byte)0);
        ReadOnlySpan<byte> text = bytes.AsSpan(0, end < 0 ? bytes.Length : end);
        return (Utf8.IsValid(text) ? Encoding.UTF8 : Encoding.Latin1).GetString(text);
    }

    /// <summary>
    /// Make sure that the values of all tags lie in the file and not over each other, for whoever reads all of them without asking.
    /// </summary>
    public void RequireWhole()
    {
        Int128 all = 0;
        foreach (Entry entry in _entries)
        {
            Int128 bytes = (Int128)entry.Count * Width(entry.Type);
            all += bytes;
            if (entry.At + bytes > _file.Length || all > _file.Length)
                throw new InvalidDataException($"tag {entry.Tag} claims {entry.Count} values, which are not in the file");
        }
    }

    private Entry? Find(int tag)
    {
        foreach (Entry entry in _entries)
        {
            if (entry.Tag == tag)
                return entry;
        }
        return null;
    }

    private byte[] Bytes(Entry entry, long count, int width)
    {
        if (count > 8L * MostValues / width || entry.At > _file.Length - count * width)
            throw new InvalidDataException($"tag {entry.Tag} claims {count} values, which are not in the file");
        var bytes = new byte[count * width];
        _file.Read(entry.At, bytes);
        return bytes;
    }

    private static int Width(int type) =>
        type switch { 1 or 2 or 6 or 7 => 1, 3 or 8 => 2, 4 or 9 or 11 or 13 => 4, 5 or 10 or 12 or 16 or 17 or 18 => 8, _ => 1 };
}
