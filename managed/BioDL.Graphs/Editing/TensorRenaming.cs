using BioDL.Graphs.Wire;

namespace BioDL.Graphs.Editing;

/// <summary>
/// Gives tensors other names in the messages of an ONNX file. Each function answers with the new message, or null when nothing in it
/// changes. Names are
/// unique in a file, graphs inside nodes included, so a name always means the same tensor.
/// </summary>
/// <param name="names">old and new names</param>
internal sealed class TensorRenaming(IReadOnlyDictionary<string, string> names)
{
    /// <summary>Deeper graphs were refused when the file was read.</summary>
    private const int MaximumDepth = 32;

    private delegate byte[]? Change(ReadOnlySpan<byte> content);

    /// <summary>A NodeProto.</summary>
    public byte[]? Node(ReadOnlySpan<byte> message) => Node(message, 0);

    /// <summary>A ValueInfoProto.</summary>
    public byte[]? Value(ReadOnlySpan<byte> message) => Changed(message, field => field == 1 ? Name : null);

    /// <summary>A ValueInfoProto with the element type float32: type = 2 {tensor_type = 1 {elem_type = 1}}.</summary>
    public static byte[]? AsFloat32(ReadOnlySpan<byte> message) =>
        Changed(message, field => field == 2 ? type => Changed(type, inner => inner == 1 ? Tensor : null) : null);

    private static byte[]? Tensor(ReadOnlySpan<byte> message)
    {
        const int ElementType = 1;
        var copy = new WireWriter(message.Length + 2);
        copy.Integer(ElementType, ElementTypes.Float32);
        var reader = new WireReader(message);
        while (!reader.Rest.IsEmpty)
        {
            ReadOnlySpan<byte> field = reader.Rest;
            reader.Next();
            reader.Skip();
            if (reader.Field != ElementType)
                copy.Raw(field[..^reader.Rest.Length]);
        }
        return copy.ToArray();
    }

    private byte[]? Node(ReadOnlySpan<byte> message, int depth)
    {
        if (depth > MaximumDepth)
            throw new WireFormatException($"its graphs are nested more than {MaximumDepth} deep");
        return Changed(message, field => field switch
        {
            1 or 2 => Name,
            5 => attribute => Changed(attribute, inner => inner is 6 or 11 ? graph => Graph(graph, depth + 1) : null),
            _ => null,
        });
    }

    private byte[]? Graph(ReadOnlySpan<byte> message, int depth) => Changed(message, field => field switch
    {
        1 => node => Node(node, depth),
        12 => Value,
        _ => null,
    });

    private byte[]? Name(ReadOnlySpan<byte> text) =>
        names.TryGetValue(System.Text.Encoding.UTF8.GetString(text), out string? other) ? System.Text.Encoding.UTF8.GetBytes(other) : null;

    /// <summary>A message with some of its fields changed.</summary>
    /// <param name="message">the message</param>
    /// <param name="changes">how the content of a field changes, by its number; null: it stays</param>
    private static byte[]? Changed(ReadOnlySpan<byte> message, Func<int, Change?> changes)
    {
        WireWriter? copy = null;
        var reader = new WireReader(message);
        while (!reader.Rest.IsEmpty)
        {
            ReadOnlySpan<byte> field = reader.Rest;
            reader.Next();
            byte[]? changed = null;
            if (changes(reader.Field) is { } change)
                changed = change(reader.Bytes());
            else
                reader.Skip();
            if (changed is not null && copy is null)
            {
                copy = new WireWriter(message.Length + 64);
                copy.Raw(message[..^field.Length]);
            }
            if (changed is not null)
                copy!.Message(reader.Field, changed);
            else
                copy?.Raw(field[..^reader.Rest.Length]);
        }
        return copy?.ToArray();
    }
}
