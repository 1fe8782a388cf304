using BioDL.Graphs.Wire;
using BioDL.TensorFlow.Reading;

namespace BioDL.TensorFlow.Variables;

/// <summary>Where a variable lies in a bundle (tensor_bundle.proto).</summary>
/// <param name="Type">one of <see cref="TfTypes"/></param>
/// <param name="Shape">sizes, none for a single value</param>
/// <param name="Shard">the file's number</param>
/// <param name="Offset">bytes from its start</param>
/// <param name="Size">bytes</param>
/// <param name="Checksum">masked CRC-32C of the bytes</param>
/// <param name="Sliced">kept in parts under other keys</param>
internal sealed record BundleEntry(int Type, long[] Shape, long Shard, long Offset, long Size, uint Checksum, bool Sliced)
{
    public static BundleEntry Read(ReadOnlySpan<byte> message)
    {
        var entry = new BundleEntry(0, [], 0, 0, 0, 0, false);
        var reader = new WireReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    entry = entry with { Type = TfTypes.Plain(reader.Integer()) };
                    break;
                case 2:
                    entry = entry with { Shape = [.. (TfTensorReader.Shape(reader.Bytes()) ?? []).Select(size => size ?? -1)] };
                    break;
                case 3:
                    entry = entry with { Shard = reader.Integer() };
                    break;
                case 4:
                    entry = entry with { Offset = reader.Integer() };
                    break;
                case 5:
                    entry = entry with { Size = reader.Integer() };
                    break;
                case 6:
                    entry = entry with { Checksum = reader.Fixed32() };
                    break;
                case 7:
                    entry = entry with { Sliced = true };
                    reader.Skip();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return entry;
    }
}
