using BioDL.Graphs.Wire;
using BioDL.TensorFlow.Reading;

namespace BioDL.Tests.TensorFlow;

/// <summary>TensorProto as the tests understand it: dtype = 1, tensor_shape = 2, tensor_content = 4, float_val = 5, int_val = 7.</summary>
internal static class TestTensor
{
    public static long[] Shape(ReadOnlySpan<byte> message)
    {
        var sizes = new List<long>();
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field != 2)
            {
                reader.Skip();
                continue;
            }
            var shape = new WireReader(reader.Bytes());
            while (shape.Next())
            {
                var dimension = new WireReader(shape.Bytes());
                sizes.Add(dimension.Next() ? dimension.Integer() : 0);
            }
        }
        return [.. sizes];
    }

    public static double[] Values(ReadOnlySpan<byte> message)
    {
        long type = 0;
        var values = new List<double>();
        var (singles, integers) = (new List<float>(), new List<long>());
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1)
                type = reader.Integer();
            else if (reader.Field == 4)
                values.AddRange(Content((int)type, reader.Bytes()));
            else if (reader.Field == 5)
                reader.Singles(singles);
            else if (reader.Field is 7 or 10 or 11)
                reader.Integers(integers);
            else
                reader.Skip();
        }
        return [.. values, .. singles.Select(value => (double)value), .. integers.Select(value => (double)value)];
    }

    public static double[] Content(int type, ReadOnlySpan<byte> bytes)
    {
        int size = type switch { TfTypes.Double or TfTypes.Int64 => 8, TfTypes.Half => 2, TfTypes.Bool => 1, _ => 4 };
        double[] values = new double[bytes.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> at = bytes[(i * size)..];
            values[i] = type switch
            {
                TfTypes.Float => BitConverter.ToSingle(at),
                TfTypes.Double => BitConverter.ToDouble(at),
                TfTypes.Half => (double)BitConverter.ToHalf(at),
                TfTypes.Int32 => BitConverter.ToInt32(at),
                TfTypes.Int64 => BitConverter.ToInt64(at),
                TfTypes.Bool => at[0],
                _ => throw new ArgumentException($"element type {type}", nameof(type)),
            };
        }
        return values;
    }
}
