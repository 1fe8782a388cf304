using System.IO.Compression;
using System.IO.Hashing;
using BioDL.Core;

namespace BioDL.Models.Files;

/// <summary>One file of a zip file that passed the checks of <see cref="SafeZip"/>.</summary>
/// <param name="Name">with / between folders, as it is in the zip file</param>
/// <param name="Index">among the zip file's entries</param>
/// <param name="Length">bytes unpacked, as the zip file says</param>
/// <param name="Crc">checksum of the unpacked bytes, as the zip file says</param>
internal sealed record ZipItem(string Name, int Index, long Length, uint Crc);

/// <summary>
/// What may be in a zip file. It is untrusted: names that leave their folder, links, encryption, entries that share bytes, too many or too
/// large
/// ones and those that swell beyond reason are refused with an error that names the entry. What the zip file says of sizes is checked again
/// while it is unpacked.
/// </summary>
internal static class SafeZip
{
    public const int MaximumEntries = 8192;

    /// <summary>Of one entry: what an array can hold.</summary>
    public const long MaximumLength = 2147483591;

    /// <summary>Of all entries together.</summary>
    public const long MaximumTotal = 16L << 30;

    /// <summary>
    /// Entries above <see cref="Swollen"/> bytes may be this many times as large as packed. Weights that are not all zero shrink to a tenth
    /// at best.
    /// </summary>
    public const int MaximumRatio = 200;
    private const long Swollen = 64L << 20;

    private const int UnixType = 0xF000, UnixFolder = 0x4000, UnixFile = 0x8000, UnixLink = 0xA000;

    /// <summary>A file starts as a zip file does, whatever its name says.</summary>
    public static bool IsZip(ReadOnlySpan<byte> start) =>
        start is [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..];

    /// <summary>All files of a zip file, checked.</summary>
    /// <param name="zip">that can be sought; left open</param>
    /// <param name="source">what messages call it</param>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/></exception>
    public static IReadOnlyList<ZipItem> List(Stream zip, string source)
    {
        CheckCount(ZipEnd.Entries(zip), source);
        using ZipArchive archive = Open(zip, source);
        return Guarded(source, "its list of files", () => Check(archive.Entries, zip.Length, source));
    }

    /// <summary>Unpack one file: exactly the bytes that were announced, with the announced checksum.</summary>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/></exception>
    public static byte[] Unpack(Stream zip, ZipItem item, string source)
    {
        using ZipArchive archive = Open(zip, source);
        return Guarded(source, $"\"{item.Name}\" in it", () =>
        {
            ZipArchiveEntry entry = archive.Entries[item.Index];
            if (entry.FullName != item.Name || entry.Length != item.Length || entry.Crc32 != item.Crc)
                throw new InvalidDataException("the file was changed while it was open");
            using Stream stream = entry.Open();
            byte[] bytes = Read(stream, item.Length);
            if (Crc32.HashToUInt32(bytes) != item.Crc)
                throw new InvalidDataException("its checksum is wrong");
            return bytes;
        });
    }

    // Memory grows with what really comes, so that an announced size alone takes none.
    private static byte[] Read(Stream stream, long length)
    {
        const int First = 1 << 20;
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)Math.Min(length, First));
        int filled = 0;
        while (true)
        {
            int read = stream.Read(bytes, filled, bytes.Length - filled);
            filled += read;
            if (filled == length)
                break;
            if (read == 0)
                throw new InvalidDataException($"it ends after {filled} of {length} bytes");
            if (filled == bytes.Length)
                Array.Resize(ref bytes, (int)Math.Min(length, 4L * bytes.Length));
        }
        if (stream.ReadByte() >= 0)
            throw new InvalidDataException($"it is longer than the {length} bytes that it announces");
        return bytes;
    }

    private static List<ZipItem> Check(IReadOnlyList<ZipArchiveEntry> entries, long packed, string source)
    {
        CheckCount(entries.Count, source);
        var items = new List<ZipItem>(entries.Count);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        long total = 0, packedTotal = 0;
        for (int index = 0; index < entries.Count; index++)
        {
            ZipArchiveEntry entry = entries[index];
            bool folder = entry.FullName.EndsWith('/') && entry.Length == 0;
            string name = folder ? entry.FullName[..^1] : entry.FullName;
            if (Fault(entry, name, folder) is { } fault)
                throw Refused(source, entry.FullName, fault);
            if (!seen.Add(name))
                throw Refused(source, entry.FullName, "is there twice, or differs from another name by upper and lower case alone");
            total += entry.Length;
            packedTotal += entry.CompressedLength;
            if (total > MaximumTotal)
                throw Refused(source, entry.FullName, $"brings the unpacked size above {MaximumTotal} bytes");
            if (packedTotal > packed)
                throw Refused(source, entry.FullName, "shares its bytes with another entry, or claims more than the file has");
            if (!folder)
                items.Add(new ZipItem(name, index, entry.Length, entry.Crc32));
        }
        return items;
    }

    private static string? Fault(ZipArchiveEntry entry, string name, bool folder)
    {
        if (SafeNames.Fault(name) is { } fault)
            return fault;
        int type = entry.ExternalAttributes >> 16 & UnixType;
        if (type == UnixLink)
            return "is a link";
        if (type != 0 && type != (folder ? UnixFolder : UnixFile))
            return "is no plain file";
        if (entry.IsEncrypted)
            return "is encrypted";
        if (entry.Length is < 0 or > MaximumLength || entry.CompressedLength < 0)
            return $"announces {entry.Length} bytes, more than {MaximumLength}";
        return entry.Length > Swollen && entry.Length / MaximumRatio > entry.CompressedLength
            ? $"would swell from {entry.CompressedLength} to {entry.Length} bytes" : null;
    }

    private static void CheckCount(long entries, string source)
    {
        if (entries > MaximumEntries)
            throw new BioDLException(Status.ModelInvalid, $"{source} holds {entries} entries; a model has at most {MaximumEntries}.",
                "Check that this is a model.");
    }

    private static ZipArchive Open(Stream zip, string source) =>
        Guarded(source, "its end", () => new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true));

    // What the library throws at broken files: InvalidDataException as a rule, others where an offset is wild.
    private static T Guarded<T>(string source, string part, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException
            or OverflowException or IndexOutOfRangeException)
        {
            throw new BioDLException(Status.ModelInvalid, $"{source} is a damaged zip file, or of an unknown kind: {part}: {error.Message}",
                "Download it again, or pack it again with Deflate.", error);
        }
        catch (IOException error)
        {
            throw new BioDLException(Status.Io, $"{source} could not be read: {error.Message}",
                "Check that the file is whole and that you may read it.", error);
        }
    }

    private static BioDLException Refused(string source, string entry, string fault) => new(Status.ModelInvalid,
        $"{source} is refused: its entry \"{Printable(entry)}\" {fault}.",
        "Do not use this file, unless you know who made it and can pack it again.");

    private static string Printable(string name) =>
        string.Concat(name.Take(200).Select(c => char.IsControl(c) ? '?' : c));
}
