using BioDL.Graphs.Wire;
using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow.Reading;

/// <summary>Values of constants (tensor.proto) and shapes (tensor_shape.proto).</summary>
internal static class TfTensorReader
{
    public const int MaximumRank = 16;

    /// <summary>Sizes, null where they are free; null when the rank is not known.</summary>
    public static long?[]? Shape(ReadOnlySpan<byte> message)
    {
        var sizes = new List<long?>();
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field == 3 && reader.Integer() != 0)
                return null;
            if (reader.Field == 2)
                sizes.Add(Size(reader.Bytes()));
            else if (reader.Field != 3)
                reader.Skip();
            if (sizes.Count > MaximumRank)
                throw new WireFormatException($"a tensor has more than {MaximumRank} axes");
        }
        return [.. sizes];
    }

    /// <summary>The values of a TensorProto.</summary>
    /// <exception cref="WireFormatException">Sizes that do not fit the values, or a type that is no number.</exception>
    public static TfValue Read(ReadOnlySpan<byte> message)
    {
        TensorFields fields = Fields(message);
        long count = ElementCount.Of(fields.Shape);
        if (TfTypes.IsReal(fields.Type))
            return new ConstantValue(new NdArray<float>(fields.Shape,
                Values(fields, count, fields.Content.Span, ElementBytes.ToFloats, value => (float)value)));
        if (fields.Type == TfTypes.String || TfTypes.Size(fields.Type) == 0)
            throw new WireFormatException($"a constant is of type {TfTypes.Name(fields.Type)}");
        if (count > SizeValue.Most)
            throw new WireFormatException($"a constant of type {TfTypes.Name(fields.Type)} has {count} values");
        double[] numbers = Values(fields, count, fields.Content.Span, ElementBytes.ToDoubles, value => value);
        return new SizeValue(new NdArray<SizeTerm>(fields.Shape, Array.ConvertAll(numbers, SizeTerm.Number)), Whole: true);
    }

    /// <summary>The texts of a TensorProto of type string.</summary>
    public static List<string> Texts(ReadOnlySpan<byte> message)
    {
        var texts = new List<string>();
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field == 8)
                texts.Add(reader.Text());
            else
                reader.Skip();
        }
        return texts;
    }

    private static long? Size(ReadOnlySpan<byte> message)
    {
        long size = 0;
        var dimension = new WireReader(message);
        while (dimension.Next())
        {
            if (dimension.Field == 1)
                size = dimension.Integer();
            else
                dimension.Skip();
        }
        return size >= 0 ? size : null;
    }

    private readonly record struct TensorFields(int Type, long[] Shape, ReadOnlyMemory<byte> Content, List<double> Listed);

    /// <summary>dtype = 1, tensor_shape = 2, tensor_content = 4, and lists of values by type.</summary>
    private static TensorFields Fields(ReadOnlySpan<byte> message)
    {
        var (type, shape, content) = (0, Array.Empty<long>(), Array.Empty<byte>());
        var (listed, whole, single) = (new List<double>(), new List<long>(), new List<float>());
        bool half = false;
        var reader = new WireReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    type = TfTypes.Plain(reader.Integer());
                    break;
                case 2:
                    shape = Known(Shape(reader.Bytes()));
                    break;
                case 4:
                    content = reader.Bytes().ToArray();
                    break;
                case 5:
                    reader.Singles(single);
                    break;
                case 6:
                    reader.Doubles(listed);
                    break;
                case 7 or 10 or 11 or 13 or 16 or 17:
                    half |= reader.Field == 13;
                    reader.Integers(whole);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        listed.AddRange(single.Select(value => (double)value));
        listed.AddRange(whole.Select(value => half ? ElementBytes.FromBits(type, (ushort)value) : value));
        return new TensorFields(type, shape, content, listed);
    }

    private static long[] Known(long?[]? shape) => shape is not null && shape.All(size => size is not null)
        ? [.. shape.Select(size => size!.Value)] : throw new WireFormatException("a constant has no known shape");

    private delegate T[] Decode<T>(int type, ReadOnlySpan<byte> bytes);

    /// <summary>A list that is shorter than the tensor repeats its last value; an empty one is all zeros.</summary>
    private static T[] Values<T>(TensorFields fields, long count, ReadOnlySpan<byte> content, Decode<T> decode, Func<double, T> convert)
    {
        if (content.Length > 0)
        {
            return content.Length == count * TfTypes.Size(fields.Type) ? decode(fields.Type, content)
                : throw new WireFormatException($"a constant of {count} values of {TfTypes.Name(fields.Type)} has {content.Length} bytes");
        }
        if (fields.Listed.Count > count)
            throw new WireFormatException($"a constant of {count} values has {fields.Listed.Count}");
        var values = new T[count];
        for (int i = 0; i < fields.Listed.Count; i++)
            values[i] = convert(fields.Listed[i]);
        if (fields.Listed.Count > 0)
            values.AsSpan(fields.Listed.Count).Fill(values[fields.Listed.Count - 1]);
        return values;
    }
}
