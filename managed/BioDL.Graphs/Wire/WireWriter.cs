using System.Text;

namespace BioDL.Graphs.Wire;

/// <summary>Writes protocol buffer fields one after the other. A message inside a message is written apart and then added.</summary>
public sealed class WireWriter(int capacity = 256)
{
    private const int VarintType = 0, BytesType = 2;
    private readonly MemoryStream _bytes = new(capacity);

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length);

    public byte[] ToArray() => _bytes.ToArray();

    /// <summary>The tag and length that come before a content of this length.</summary>
    public static byte[] Header(int field, long length)
    {
        var header = new WireWriter(16);
        header.Varint((ulong)field << 3 | BytesType);
        header.Varint((ulong)length);
        return header.ToArray();
    }

    /// <summary>Fields as they stand in another message, tags included.</summary>
    public void Raw(ReadOnlySpan<byte> fields) => _bytes.Write(fields);

    public void Integer(int field, long value)
    {
        Varint((ulong)field << 3 | VarintType);
        Varint((ulong)value);
    }

    public void Text(int field, string text) => Message(field, Encoding.UTF8.GetBytes(text));

    public void Message(int field, ReadOnlySpan<byte> content)
    {
        Varint((ulong)field << 3 | BytesType);
        Varint((ulong)content.Length);
        _bytes.Write(content);
    }

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.WriteByte((byte)(value | 0x80));
        _bytes.WriteByte((byte)value);
    }
}
