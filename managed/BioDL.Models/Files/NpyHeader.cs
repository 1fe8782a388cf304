using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using BioDL.Core;

namespace BioDL.Models.Files;

/// <summary>
/// The header of a .npy file (numpy.lib.format, versions 1.0, 2.0 and 3.0): a Python dictionary of three entries, padded to 64 bytes.
/// Nothing is
/// evaluated: what is not exactly those entries with plain values is refused.
/// </summary>
/// <param name="DataType">NumPy's name: bool, int8 to int64, uint8 to uint64, float16, float32, float64</param>
/// <param name="BigEndian">byte order</param>
/// <param name="Fortran">the first axis is the fastest</param>
/// <param name="Shape">outermost axis first; empty for a single number</param>
internal sealed record NpyHeader(string DataType, bool BigEndian, bool Fortran, IReadOnlyList<long> Shape)
{
    private const int MaximumLength = 1 << 16, MaximumAxes = 8;
    private static readonly (string Code, string Name)[] Types =
    [
        ("b1", "bool"), ("i1", "int8"), ("i2", "int16"), ("i4", "int32"), ("i8", "int64"), ("u1", "uint8"),
        ("u2", "uint16"), ("u4", "uint32"),
        ("u8", "uint64"), ("f2", "float16"), ("f4", "float32"), ("f8", "float64"),
    ];

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Bytes of one value in the file.</summary>
    public int ItemSize => Types.First(type => type.Name == DataType).Code[1] - '0';

    /// <summary>Read up to the first value.</summary>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>: no .npy file, or one that cannot be used; the message names
    /// it.</exception>
    public static NpyHeader Read(Stream stream, string name)
    {
        Span<byte> start = stackalloc byte[12];
        int first = stream.ReadAtLeast(start[..10], 10, throwOnEndOfStream: false);
        if (first < 10 || !start[..6].SequenceEqual(Magic))
            throw Invalid(name, "it does not begin as a .npy file does");
        if (start[6] is < 1 or > 3 || start[7] != 0)
            throw Invalid(name, $"it is of version {start[6]}.{start[7]}; 1.0 to 3.0 are known");
        long length = BinaryPrimitives.ReadUInt16LittleEndian(start[8..]);
        if (start[6] > 1)
        {
            if (stream.ReadAtLeast(start[10..], 2, throwOnEndOfStream: false) < 2)
                throw Invalid(name, "it ends within its header");
            length = BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        }
        if (length > MaximumLength)
            throw Invalid(name, $"its header has {length} bytes, more than {MaximumLength}");
        byte[] text = new byte[length];
        if (stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) < text.Length)
            throw Invalid(name, "it ends within its header");
        return new HeaderText(Encoding.Latin1.GetString(text), name).Parse();
    }

    /// <summary>Version 1.0, padded so that the values start at a multiple of 64 bytes.</summary>
    public byte[] ToBytes()
    {
        string code = Types.First(type => type.Name == DataType).Code;
        string order = ItemSize == 1 ? "|" : BigEndian ? ">" : "<";
        string shape = string.Concat(Shape.Select(size => string.Create(CultureInfo.InvariantCulture, $"{size}, "))).TrimEnd();
        string sizes = Shape.Count > 1 ? shape.TrimEnd(',') : shape;
        string text = $"{{'descr': '{order}{code}', 'fortran_order': {(Fortran ? "True" : "False")}, 'shape': ({sizes}), }}";
        int padded = (10 + text.Length + 1 + 63) / 64 * 64;
        byte[] bytes = new byte[padded];
        Magic.CopyTo(bytes);
        (bytes[6], bytes[7]) = (1, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)(padded - 10));
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(10));
        bytes.AsSpan(10 + text.Length, padded - 11 - text.Length).Fill((byte)' ');
        bytes[^1] = (byte)'\n';
        return bytes;
    }

    internal static BioDLException Invalid(string name, string what) =>
        new(Status.ModelInvalid, $"{name} cannot be read: {what}.", "Write it again with numpy.save.");

    /// <summary>A scanner over the dictionary's text.</summary>
    private sealed class HeaderText(string text, string name)
    {
        private int _at;

        internal NpyHeader Parse()
        {
            string? descr = null;
            bool? fortran = null;
            List<long>? shape = null;
            Expect('{');
            while (!Accept('}'))
            {
                string key = Quoted();
                Expect(':');
                switch (key)
                {
                    case "descr" when descr is null: descr = Quoted(); break;
                    case "fortran_order" when fortran is null: fortran = Truth(); break;
                    case "shape" when shape is null: shape = Sizes(); break;
                    default: throw Invalid(name, $"its header has the entry '{key}' too much");
                }
                if (!Accept(','))
                {
                    Expect('}');
                    break;
                }
            }
            if (text[_at..].Trim().Length > 0 || descr is null || fortran is null || shape is null)
                throw Invalid(name, "its header is not descr, fortran_order and shape");
            return new NpyHeader(Type(descr), descr[0] == '>' || (descr[0] == '=' && !BitConverter.IsLittleEndian), fortran.Value, shape);
        }

        private string Type(string descr)
        {
            if (descr.Length > 0 && descr.Contains('O'))
                throw Invalid(name, "it holds Python objects, which are never loaded");
            string? found = descr is [('<' or '>' or '|' or '='), ..] ? Types.FirstOrDefault(type => type.Code == descr[1..]).Name : null;
            return found ?? throw Invalid(name,
                $"its values are of the type '{descr}'; {string.Join(", ", Types.Select(type => type.Name))} are read");
        }

        private List<long> Sizes()
        {
            var sizes = new List<long>();
            Expect('(');
            while (!Accept(')'))
            {
                int start = _at;
                while (_at < text.Length && char.IsAsciiDigit(text[_at]))
                    _at++;
                if (!long.TryParse(text.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out long size)
                    || size is < 1 or > int.MaxValue)
                    throw Invalid(name, "its shape is not a list of sizes from 1 to 2147483647");
                sizes.Add(size);
                if (sizes.Count > MaximumAxes)
                    throw Invalid(name, $"it has more than {MaximumAxes} axes");
                if (!Accept(','))
                {
                    Expect(')');
                    break;
                }
            }
            return sizes;
        }

        private bool Truth()
        {
            Space();
            foreach (string word in new[] { "True", "False" })
            {
                if (!text.AsSpan(_at).StartsWith(word))
                    continue;
                _at += word.Length;
                return word == "True";
            }
            throw Invalid(name, "its fortran_order is neither True nor False");
        }

        private string Quoted()
        {
            Space();
            char quote = _at < text.Length ? text[_at] : '\0';
            int end = quote is '\'' or '"' ? text.IndexOf(quote, _at + 1) : -1;
            if (end < 0)
                throw Invalid(name, "its header is no dictionary of plain values");
            string found = text[(_at + 1)..end];
            _at = end + 1;
            return found;
        }

        private void Expect(char c)
        {
            if (!Accept(c))
                throw Invalid(name, "its header is no dictionary of plain values");
        }

        private bool Accept(char c)
        {
            Space();
            if (_at >= text.Length || text[_at] != c)
                return false;
            _at++;
            Space();
            return true;
        }

        private void Space()
        {
            while (_at < text.Length && text[_at] is ' ' or '\n' or '\t' or '\r')
                _at++;
        }
    }
}
