using System.Buffers.Binary;
using BioDL.Graphs.Wire;

namespace BioDL.TensorFlow.Variables;

/// <summary>
/// Reads a table of sorted keys in LevelDB's format (github.com/google/leveldb, doc/table_format.md): data blocks, an index block with the
/// place of each, and a footer with the place of the index. Every block's checksum is compared.
/// </summary>
internal static class SortedTable
{
    private const int FooterLength = 48, TrailerLength = 5, MaximumEntries = 1 << 18, MaximumKey = 4096;
    private const ulong Magic = 0xdb4775248b80fb57;

    private readonly record struct Handle(ulong Offset, ulong Size);

    /// <summary>All keys and values.</summary>
    /// <exception cref="WireFormatException">damaged, or compressed</exception>
    public static Dictionary<string, byte[]> Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < FooterLength || BinaryPrimitives.ReadUInt64LittleEndian(file[^8..]) != Magic)
            throw new WireFormatException("it does not end as a table does");
        var footer = new ByteReader(file[^FooterLength..^8]);
        _ = Block(file, NextHandle(ref footer));
        var entries = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var index = new List<byte[]>();
        ReadBlock(Block(file, NextHandle(ref footer)), (_, value) => index.Add(value.ToArray()));
        long left = file.Length;
        foreach (byte[] place in index)
        {
            var reader = new ByteReader(place);
            ReadOnlySpan<byte> block = Block(file, NextHandle(ref reader));
            left -= block.Length + TrailerLength;
            if (left < 0 || entries.Count > MaximumEntries)
                throw new WireFormatException("its blocks overlap, or have too many entries");
            ReadBlock(block, (key, value) => entries[System.Text.Encoding.UTF8.GetString(key)] = value.ToArray());
        }
        return entries;
    }

    private static Handle NextHandle(ref ByteReader reader) => new(reader.Varint(), reader.Varint());

    /// <summary>A block's content. After it come its kind (0: as it is, 1: compressed with Snappy) and the checksum of both.</summary>
    private static ReadOnlySpan<byte> Block(ReadOnlySpan<byte> file, Handle handle)
    {
        ulong length = (ulong)file.Length;
        if (handle.Offset > length || handle.Size > length || handle.Offset + handle.Size + TrailerLength > length)
            throw new WireFormatException("a block lies outside the file");
        ReadOnlySpan<byte> block = file.Slice((int)handle.Offset, (int)handle.Size + TrailerLength);
        int kind = block[^TrailerLength];
        if (BinaryPrimitives.ReadUInt32LittleEndian(block[^4..]) != MaskedChecksum.Of(block[..^4]))
            throw new WireFormatException("the checksum of a block is wrong");
        return kind switch
        {
            0 => block[..^TrailerLength],
            1 => throw new WireFormatException("its blocks are compressed with Snappy, which TensorFlow does not do when it saves models"),
            _ => throw new WireFormatException($"a block is of kind {kind}"),
        };
    }

    private delegate void Entry(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value);

    /// <summary>
    /// Entries: bytes shared with the key before, bytes of its own, bytes of the value; then the offsets of keys that share nothing.
    /// </summary>
    private static void ReadBlock(ReadOnlySpan<byte> block, Entry entry)
    {
        if (block.Length < 4)
            throw new WireFormatException("a block is too short");
        ulong restarts = BinaryPrimitives.ReadUInt32LittleEndian(block[^4..]);
        if (restarts * 4 + 4 > (ulong)block.Length)
            throw new WireFormatException("a block has more restarts than bytes");
        var reader = new ByteReader(block[..^(int)(restarts * 4 + 4)]);
        byte[] key = [];
        for (int count = 0; !reader.AtEnd; count++)
        {
            ulong shared = reader.Varint(), own = reader.Varint(), length = reader.Varint();
            if (shared > (ulong)key.Length)
                throw new WireFormatException("a key shares more than there is");
            if (shared > MaximumKey || own > MaximumKey || count >= MaximumEntries)
                throw new WireFormatException("a key is too long, or there are too many");
            key = [.. key.AsSpan(0, (int)shared), .. reader.Take(own)];
            entry(key, reader.Take(length));
        }
    }
}
