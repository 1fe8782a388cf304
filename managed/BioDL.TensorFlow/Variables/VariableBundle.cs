using System.Security.Cryptography;
using BioDL.Core;
using BioDL.Graphs.Wire;
using BioDL.TensorFlow.Reading;
using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow.Variables;

/// <summary>
/// The variables of a SavedModel: variables.index says where each lies in the files variables.data-NNNNN-of-NNNNN. The files are untrusted:
/// lengths, offsets, shapes, types and the checksum of every variable are checked before it is used.
/// </summary>
internal sealed class VariableBundle
{
    /// <summary>Where checkpoints of TensorFlow 2 keep which object has which variable.</summary>
    public const string ObjectGraphKey = "_CHECKPOINTABLE_OBJECT_GRAPH";

    private const long MaximumIndex = 64 << 20, MaximumShard = 0x7fff0000;
    private const int MaximumShards = 1000;
    private readonly string _prefix;
    private readonly string _source;
    private readonly byte[][] _shards;
    private readonly Dictionary<string, BundleEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>Read all files of a bundle.</summary>
    /// <param name="files">untrusted</param>
    /// <param name="prefix">such as "variables/variables"</param>
    /// <param name="hash">gets the bytes of all files</param>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>, <see cref="Status.NotFound"/>,
    /// <see cref="Status.Io"/></exception>
    public VariableBundle(INetworkFiles files, string prefix, IncrementalHash hash)
    {
        (_prefix, _source) = (prefix, files.Source);
        byte[] index = files.Read(IndexName(prefix), MaximumIndex);
        hash.AppendData(index);
        int shards = ReadIndex(index);
        _shards = new byte[shards][];
        for (int i = 0; i < shards; i++)
        {
            _shards[i] = files.Read($"{prefix}.data-{i:00000}-of-{shards:00000}", MaximumShard);
            hash.AppendData(_shards[i]);
        }
    }

    public static string IndexName(string prefix) => $"{prefix}.index";

    public bool Has(string key) => _entries.ContainsKey(key);

    /// <summary>A variable's values, as float32.</summary>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>: damaged; <see cref="Status.ModelUnsupported"/>: kept in
    /// parts.</exception>
    public TfValue Variable(string key)
    {
        BundleEntry entry = _entries[key];
        if (entry.Sliced)
        {
            throw new BioDLException(Status.ModelUnsupported, $"The variable \"{key}\" of {_source} is kept in parts.",
                "Export the model without partitioned variables.");
        }
        try
        {
            long count = ElementCount.Of(entry.Shape);
            int width = TfTypes.Size(entry.Type);
            if (width == 0 || count * width != entry.Size)
                throw new WireFormatException($"{entry.Size} bytes for {count} values of {TfTypes.Name(entry.Type)}");
            ReadOnlySpan<byte> bytes = Bytes(entry);
            if (MaskedChecksum.Of(bytes) != entry.Checksum)
                throw new WireFormatException("its checksum is wrong");
            return Value(entry, bytes, count);
        }
        catch (WireFormatException error)
        {
            throw Damaged($"the variable \"{key}\": {error.Message}", error);
        }
    }

    /// <summary>The one text of a variable of type string: its length, a checksum of the length, and the bytes.</summary>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/></exception>
    public byte[] Text(string key)
    {
        BundleEntry entry = _entries[key];
        try
        {
            if (entry.Type != TfTypes.String || ElementCount.Of(entry.Shape) != 1)
                throw new WireFormatException("it is no single text");
            var reader = new ByteReader(Bytes(entry));
            ulong length = reader.Varint();
            reader.Take(4);
            return reader.Take(length).ToArray();
        }
        catch (WireFormatException error)
        {
            throw Damaged($"the entry \"{key}\": {error.Message}", error);
        }
    }

    private static TfValue Value(BundleEntry entry, ReadOnlySpan<byte> bytes, long count)
    {
        if (TfTypes.IsReal(entry.Type))
            return new ConstantValue(new NdArray<float>(entry.Shape, ElementBytes.ToFloats(entry.Type, bytes)));
        if (count > SizeValue.Most)
            throw new WireFormatException($"{count} values of {TfTypes.Name(entry.Type)}");
        return new SizeValue(new NdArray<SizeTerm>(entry.Shape,
            Array.ConvertAll(ElementBytes.ToDoubles(entry.Type, bytes), SizeTerm.Number)), Whole: true);
    }

    private ReadOnlySpan<byte> Bytes(BundleEntry entry)
    {
        if (entry.Shard < 0 || entry.Shard >= _shards.Length)
            throw new WireFormatException($"it is in file {entry.Shard} of {_shards.Length}");
        byte[] shard = _shards[entry.Shard];
        if (entry.Offset < 0 || entry.Size < 0 || entry.Offset > shard.Length || entry.Size > shard.Length - entry.Offset)
            throw new WireFormatException($"bytes {entry.Offset} to {(decimal)entry.Offset + entry.Size} of a file of {shard.Length}");
        return shard.AsSpan((int)entry.Offset, (int)entry.Size);
    }

    /// <summary>The entry without a name says how many files there are: num_shards = 1, endianness = 2.</summary>
    private int ReadIndex(byte[] index)
    {
        try
        {
            long shards = 1;
            foreach ((string key, byte[] value) in SortedTable.Read(index))
            {
                if (key.Length > 0)
                    _entries[key] = BundleEntry.Read(value);
                else
                    shards = Shards(value);
            }
            return shards is > 0 and <= MaximumShards ? (int)shards : throw new WireFormatException($"it speaks of {shards} data files");
        }
        catch (WireFormatException error)
        {
            throw Damaged(error.Message, error);
        }
    }

    private static long Shards(ReadOnlySpan<byte> message)
    {
        long shards = 0;
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1)
                shards = reader.Integer();
            else if (reader.Field == 2 && reader.Integer() != 0)
                throw new WireFormatException("its numbers are big-endian");
            else if (reader.Field != 2)
                reader.Skip();
        }
        return shards;
    }

    private BioDLException Damaged(string what, Exception cause) => new(Status.ModelInvalid,
        $"The variables of {_source} ({IndexName(_prefix)}) are damaged: {what}.", "Download or export the model again.", cause);
}
