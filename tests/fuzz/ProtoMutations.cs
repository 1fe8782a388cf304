namespace BioDL.Fuzz;

/// <summary>
/// Changes of protobuf messages (ONNX, GraphDef, SavedModel, the bundle's index) that keep their framing: a field at any depth is dropped,
/// doubled,
/// given another value or the bytes of another, and all lengths around it are right again.
/// </summary>
internal static class ProtoMutations
{
    private const int MaximumDepth = 7;

    private sealed record Field(ulong Key, int ValueAt, int ValueLength, int Start, int End)
    {
        internal int Wire => (int)(Key & 7);
    }

    internal static byte[] Apply(byte[] bytes, Random random)
    {
        for (int changes = random.Next(1, 4); changes > 0; changes--)
            bytes = Change(bytes, random, random.Next(MaximumDepth)) ?? ByteMutations.Apply(bytes, random);
        return bytes;
    }

    /// <returns>null when it is no message, or has nothing in it</returns>
    private static byte[]? Change(ReadOnlySpan<byte> message, Random random, int depth)
    {
        List<Field>? fields = Parse(message);
        if (fields is null || fields.Count == 0)
            return null;
        Field field = Choice(fields, random);
        ReadOnlySpan<byte> value = message.Slice(field.ValueAt, field.ValueLength);
        if (depth > 0 && field.Wire == 2 && Change(value, random, depth - 1) is { } inner)
            return [.. message[..field.Start], .. Framed(field.Key, inner), .. message[field.End..]];
        Field other = fields[random.Next(fields.Count)];
        ReadOnlySpan<byte> raw = message[field.Start..field.End];
        switch (random.Next(6))
        {
            case 0:
                return [.. message[..field.Start], .. message[field.End..]];
            case 1:
                return [.. message[..field.End], .. raw, .. message[field.End..]];
            case 2:
                return [.. message[..field.Start], .. message[other.Start..other.End], .. message[field.End..]];
            case 3:
                byte[] renumbered = field.Wire == 2 ? Framed((ulong)random.Next(1, 24) << 3 | 2, value)
                    : [.. Varint((ulong)random.Next(1, 24) << 3 | (uint)field.Wire), .. value];
                return [.. message[..field.Start], .. renumbered, .. message[field.End..]];
            default:
                return [.. message[..field.Start], .. Changed(field, value, random), .. message[field.End..]];
        }
    }

    private static byte[] Changed(Field field, ReadOnlySpan<byte> value, Random random)
    {
        ulong[] telling = [0, 1, 2, 7, 64, 255, 65535, int.MaxValue, uint.MaxValue, long.MaxValue, ulong.MaxValue, 1UL << 40];
        if (field.Wire == 0)
            return [.. Varint(field.Key), .. Varint(telling[random.Next(telling.Length)])];
        if (field.Wire != 2)
        {
            byte[] bytes = value.ToArray();
            random.NextBytes(bytes);
            return [.. Varint(field.Key), .. bytes];
        }
        return Framed(field.Key, value.Length > 0 && random.Next(8) > 0 ? ByteMutations.Apply(value.ToArray(), random) : []);
    }

    // Nodes and other small fields more often than weights, which hold most bytes.
    private static Field Choice(List<Field> fields, Random random)
    {
        Field first = fields[random.Next(fields.Count)], second = fields[random.Next(fields.Count)];
        return first.ValueLength <= second.ValueLength || random.Next(4) == 0 ? first : second;
    }

    private static List<Field>? Parse(ReadOnlySpan<byte> message)
    {
        var fields = new List<Field>();
        for (int at = 0; at < message.Length;)
        {
            int start = at;
            if (!Read(message, ref at, out ulong key) || key >> 3 == 0)
                return null;
            int valueAt = at, length;
            switch (key & 7)
            {
                case 0:
                    if (!Read(message, ref at, out _))
                        return null;
                    length = at - valueAt;
                    break;
                case 1 or 5:
                    length = (key & 7) == 1 ? 8 : 4;
                    break;
                case 2:
                    if (!Read(message, ref at, out ulong size) || size > (ulong)(message.Length - at))
                        return null;
                    (valueAt, length) = (at, (int)size);
                    break;
                default:
                    return null;
            }
            at = valueAt + length;
            if (at > message.Length)
                return null;
            fields.Add(new Field(key, valueAt, length, start, at));
        }
        return fields;
    }

    private static bool Read(ReadOnlySpan<byte> message, ref int at, out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 64 && at < message.Length; shift += 7)
        {
            byte part = message[at++];
            value |= (ulong)(part & 127) << shift;
            if (part < 128)
                return true;
        }
        return false;
    }

    private static byte[] Framed(ulong key, ReadOnlySpan<byte> value) => [.. Varint(key), .. Varint((ulong)value.Length), .. value];

    private static List<byte> Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value > 127; value >>= 7)
            bytes.Add((byte)(value | 128));
        bytes.Add((byte)value);
        return bytes;
    }
}
