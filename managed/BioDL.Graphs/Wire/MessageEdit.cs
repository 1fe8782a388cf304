namespace BioDL.Graphs.Wire;

/// <summary>Copies a message with some of its fields changed.</summary>
internal static class MessageEdit
{
    /// <returns>what stands in place of a field, tags included; null: it stays</returns>
    public delegate byte[]? Change(ReadOnlySpan<byte> content);

    /// <param name="message">the message</param>
    /// <param name="changes">how the content of a field changes, by its number; null: it stays</param>
    /// <returns>null where nothing changes</returns>
    public static byte[]? Changed(ReadOnlySpan<byte> message, Func<int, Change?> changes)
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
                copy = new WireWriter(message.Length + 1024);
                copy.Raw(message[..^field.Length]);
            }
            copy?.Raw(changed ?? field[..^reader.Rest.Length]);
        }
        return copy?.ToArray();
    }

    /// <summary>A field that holds a message, tags included; null where there is none.</summary>
    public static byte[]? Message(int field, byte[]? content)
    {
        if (content is null)
            return null;
        var writer = new WireWriter(content.Length + 16);
        writer.Message(field, content);
        return writer.ToArray();
    }
}
