using System.Buffers.Binary;

namespace BioDL.Graphs.Wire;

/// <summary>The bytes are not a protocol buffer message: truncated, or something else.</summary>
public sealed class WireFormatException(string message) : Exception(message);

/// <summary>
/// Walks the fields of one protocol buffer message in place (protobuf.dev, "Encoding"). Hand-written rather than generated, because a
/// generated parser copies every weight into managed memory and brings reflection data, while we look at names and sizes and skip the rest.
/// </summary>
public ref struct WireReader(ReadOnlySpan<byte> message)
{
    private const int VarintType = 0, Fixed64Type = 1, BytesType = 2, Fixed32Type = 5;
    private ReadOnlySpan<byte> _rest = message;
    private int _type;

    /// <summary>Number of the current field.</summary>
    public int Field { get; private set; }

    /// <summary>What has not been read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Go to the next field; false at the end. Its value must be read or skipped before the next call.</summary>
    public bool Next()
    {
        if (_rest.IsEmpty)
            return false;
        ulong tag = ReadVarint();
        Field = (int)Math.Min(tag >> 3, int.MaxValue);
        _type = (int)(tag & 7);
        if (Field == 0)
            throw new WireFormatException("a field has the number 0");
        return true;
    }

    /// <summary>The value of an integer field.</summary>
    public long Integer()
    {
        Expect(VarintType);
        return (long)ReadVarint();
    }

    /// <summary>The value of a field that is a message, text or packed numbers.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        Expect(BytesType);
        return Take(ReadVarint());
    }

    public string Text() => System.Text.Encoding.UTF8.GetString(Bytes());

    public float Single()
    {
        Expect(Fixed32Type);
        return BinaryPrimitives.ReadSingleLittleEndian(Take(4));
    }

    /// <summary>The bits of a field of four bytes.</summary>
    public uint Fixed32()
    {
        Expect(Fixed32Type);
        return BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
    }

    /// <summary>One or, when packed, many 64-bit floats.</summary>
    public void Doubles(List<double> into)
    {
        ReadOnlySpan<byte> bytes = _type == Fixed64Type ? Take(8) : Bytes();
        for (; bytes.Length >= 8; bytes = bytes[8..])
            into.Add(BinaryPrimitives.ReadDoubleLittleEndian(bytes));
    }

    /// <summary>One or, when packed, many integers.</summary>
    public void Integers(List<long> into)
    {
        if (_type == VarintType)
        {
            into.Add((long)ReadVarint());
            return;
        }
        var packed = new WireReader(Bytes());
        while (!packed._rest.IsEmpty)
            into.Add((long)packed.ReadVarint());
    }

    /// <summary>One or, when packed, many 32-bit floats.</summary>
    public void Singles(List<float> into)
    {
        ReadOnlySpan<byte> bytes = _type == Fixed32Type ? Take(4) : Bytes();
        for (; bytes.Length >= 4; bytes = bytes[4..])
            into.Add(BinaryPrimitives.ReadSingleLittleEndian(bytes));
    }

    public void Skip()
    {
        switch (_type)
        {
            case VarintType:
                ReadVarint();
                break;
            case Fixed64Type:
                Take(8);
                break;
            case BytesType:
                Take(ReadVarint());
                break;
            case Fixed32Type:
                Take(4);
                break;
            default:
                throw new WireFormatException($"field {Field} is of wire type {_type}");
        }
    }

    private readonly void Expect(int type)
    {
        if (_type != type)
            throw new WireFormatException($"field {Field} is of wire type {_type}, not {type}");
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)_rest.Length)
            throw new WireFormatException($"field {Field} is {count} bytes long, but only {_rest.Length} are left");
        ReadOnlySpan<byte> taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int i = 0; i < 10 && i < _rest.Length; i++)
        {
            value |= (ulong)(_rest[i] & 0x7f) << (7 * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }
        throw new WireFormatException("a number has no end");
    }
}
