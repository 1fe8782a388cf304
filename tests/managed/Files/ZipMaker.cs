using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace BioDL.Tests.Files;

/// <summary>One entry as it is to be written, true or not.</summary>
internal sealed record ZipEntry(string Name, byte[] Bytes)
{
    public bool Deflated { get; init; } = true;

    /// <summary>Bit 0: encrypted.</summary>
    public ushort Flags { get; init; }

    /// <summary>As Unix keeps it: type and permissions.</summary>
    public int Mode { get; init; } = 0x81A4;

    /// <summary>What the headers say; null: the truth.</summary>
    public uint? ClaimedLength { get; init; }
    public uint? ClaimedPacked { get; init; }
    public uint? ClaimedCrc { get; init; }

    /// <summary>The index of the entry whose bytes it points to; null: its own.</summary>
    public int? SharesWith { get; init; }
}

/// <summary>Writes zip files byte by byte (PKWARE APPNOTE), so that they can lie.</summary>
internal static class ZipMaker
{
    public static byte[] Make(params ZipEntry[] entries)
    {
        var file = new MemoryStream();
        var directory = new MemoryStream();
        var offsets = new List<uint>();
        foreach (ZipEntry entry in entries)
        {
            byte[] packed = entry.Deflated ? Deflate(entry.Bytes) : entry.Bytes;
            uint offset = entry.SharesWith is { } other && other < offsets.Count ? offsets[other] : (uint)file.Length;
            offsets.Add(offset);
            byte[] common = Common(entry, packed);
            byte[] name = Encoding.UTF8.GetBytes(entry.Name);
            if (offset == file.Length)
            {
                Write(file, 0x04034b50u, (ushort)20);
                file.Write(common);
                Write(file, (ushort)name.Length, (ushort)0);
                file.Write(name);
                file.Write(packed);
            }
            Write(directory, 0x02014b50u, (ushort)(3 << 8 | 20), (ushort)20);
            directory.Write(common);
            Write(directory, (ushort)name.Length, (ushort)0, (ushort)0, (ushort)0, (ushort)0, (uint)(entry.Mode << 16), offset);
            directory.Write(name);
        }
        uint start = (uint)file.Length;
        file.Write(directory.ToArray());
        Write(file, 0x06054b50u, (ushort)0, (ushort)0, (ushort)entries.Length, (ushort)entries.Length,
            (uint)directory.Length, start, (ushort)0);
        return file.ToArray();
    }

    private static byte[] Common(ZipEntry entry, byte[] packed)
    {
        var stream = new MemoryStream();
        Write(stream, (ushort)(entry.Flags | 0x800), (ushort)(entry.Deflated ? 8 : 0), (ushort)0, (ushort)0x21);
        Write(stream, entry.ClaimedCrc ?? System.IO.Hashing.Crc32.HashToUInt32(entry.Bytes), entry.ClaimedPacked ?? (uint)packed.Length,
            entry.ClaimedLength ?? (uint)entry.Bytes.Length);
        return stream.ToArray();
    }

    private static byte[] Deflate(byte[] bytes)
    {
        var stream = new MemoryStream();
        using (var deflate = new DeflateStream(stream, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(bytes);
        return stream.ToArray();
    }

    private static void Write(Stream stream, params ReadOnlySpan<object> numbers)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (object number in numbers)
        {
            int size = number is uint ? 4 : 2;
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, number is uint wide ? wide : (ushort)number);
            stream.Write(bytes[..size]);
        }
    }
}
