using System.Buffers.Binary;
using System.Text;
using BioDL.Graphs.Wire;
using BioDL.TensorFlow.Reading;

namespace BioDL.Tests.TensorFlow;

/// <summary>Writes small SavedModels with their variables (saved_model.proto, tensor_bundle.proto, LevelDB's table_format.md).</summary>
internal static class TinySavedModel
{
    /// <summary>A variable as the bundle's index has it.</summary>
    public sealed record Entry(string Key, int Type, long[] Shape, long Shard, long Offset, long Size, uint Checksum, bool Sliced = false);

    public static byte[] Model(TinyGraph graph, string input, string output)
    {
        var (info, meta, model) = (new WireWriter(), new WireWriter(), new WireWriter());
        info.Text(4, "serve");
        meta.Message(1, info.Bytes);
        meta.Message(2, graph.Bytes);
        meta.Message(5, Signature(input, output));
        model.Integer(1, 1);
        model.Message(2, meta.Bytes);
        return model.ToArray();
    }

    /// <summary>All three files.</summary>
    public static MemoryFiles Files(TinyGraph graph, string input, string output, params (string Key, Nd Values)[] variables)
    {
        var data = new MemoryStream();
        var entries = new List<Entry>();
        foreach ((string key, Nd values) in variables.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            byte[] bytes = [.. values.Values.SelectMany(value => TinyGraph.Element(value, TfTypes.Float))];
            entries.Add(new Entry(key, TfTypes.Float, [.. values.Shape.Select(size => (long)size)], 0, data.Length, bytes.Length,
                Masked(Crc(bytes))));
            data.Write(bytes);
        }
        return new MemoryFiles(("saved_model.pb", Model(graph, input, output)), ("variables/variables.index", Index(entries)),
            ("variables/variables.data-00000-of-00001", data.ToArray()));
    }

    /// <summary>
    /// One data block, whose keys share what they have in common with the key before, an empty meta block, and the index of both.
    /// </summary>
    public static byte[] Index(IReadOnlyList<Entry> entries, long shards = 1, byte kind = 0)
    {
        var header = new WireWriter();
        header.Integer(1, shards);
        var (file, block) = (new MemoryStream(), new MemoryStream());
        byte[] last = [];
        foreach ((string key, byte[] value) in entries.Select(entry => (entry.Key, Bytes(entry))).Prepend(("", header.ToArray())))
        {
            byte[] name = Encoding.UTF8.GetBytes(key);
            int shared = name.Zip(last).TakeWhile(pair => pair.First == pair.Second).Count();
            block.Write([.. Varint(shared), .. Varint(name.Length - shared), .. Varint(value.Length), .. name[shared..], .. value]);
            last = name;
        }
        byte[] data = Placed(file, block.ToArray(), kind), meta = Placed(file, [], 0);
        byte[] index = Placed(file, [0, 1, .. Varint(data.Length), (byte)'~', .. data], 0), footer = new byte[48];
        meta.CopyTo(footer, 0);
        index.CopyTo(footer, meta.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(footer.AsSpan(40), 0xdb4775248b80fb57);
        file.Write(footer);
        return file.ToArray();
    }

    public static uint Masked(uint crc) => ((crc >> 15) | (crc << 17)) + 0xa282ead8u;

    /// <summary>CRC-32C bit by bit.</summary>
    public static uint Crc(byte[] bytes)
    {
        uint crc = 0xffffffff;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82f63b78 : crc >> 1;
        }
        return ~crc;
    }

    private static byte[] Bytes(Entry entry)
    {
        var (shape, message) = (new WireWriter(), new WireWriter());
        foreach (long size in entry.Shape)
        {
            var dimension = new WireWriter();
            dimension.Integer(1, size);
            shape.Message(2, dimension.Bytes);
        }
        message.Integer(1, entry.Type);
        message.Message(2, shape.Bytes);
        message.Integer(3, entry.Shard);
        message.Integer(4, entry.Offset);
        message.Integer(5, entry.Size);
        message.Raw([6 << 3 | 5, .. BitConverter.GetBytes(entry.Checksum)]);
        if (entry.Sliced)
            message.Message(7, []);
        return message.ToArray();
    }

    /// <summary>Append a block with one restart, its kind and checksum.</summary>
    /// <returns>its place, as handles have it</returns>
    private static byte[] Placed(MemoryStream file, byte[] content, byte kind)
    {
        long offset = file.Length;
        byte[] block = [.. content, 0, 0, 0, 0, 1, 0, 0, 0], covered = [.. block, kind];
        file.Write([.. covered, .. BitConverter.GetBytes(Masked(Crc(covered)))]);
        return [.. Varint(offset), .. Varint(block.Length)];
    }

    private static byte[] Varint(long value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }

    private static byte[] Signature(string input, string output)
    {
        var (signature, entry) = (new WireWriter(), new WireWriter());
        signature.Message(1, Tensor("input", input));
        signature.Message(2, Tensor("output", output));
        entry.Text(1, "serving_default");
        entry.Message(2, signature.Bytes);
        return entry.ToArray();
    }

    private static byte[] Tensor(string key, string name)
    {
        var (info, pair) = (new WireWriter(), new WireWriter());
        info.Text(1, name + ":0");
        info.Integer(2, TfTypes.Float);
        pair.Text(1, key);
        pair.Message(2, info.Bytes);
        return pair.ToArray();
    }
}
