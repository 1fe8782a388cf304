using System.Buffers.Binary;
using BioDL.Graphs.Wire;

namespace BioDL.Graphs.Files;

/// <summary>TensorProto, and ValueInfoProto with the types inside it.</summary>
public static partial class OnnxReader
{
    /// <summary>Values of a constant that are kept: enough for scales and sizes, never weights.</summary>
    private const int SmallConstant = 64;

    private static OnnxConstant ReadTensor(ReadOnlySpan<byte> message, out string name, Findings found)
    {
        name = "";
        long type = 0;
        bool external = false;
        var (sizes, whole, real) = (new List<long>(), new List<long>(), new List<float>());
        ReadOnlySpan<byte> raw = default;
        long bytes = -1;
        var reader = new WireReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    reader.Integers(sizes);
                    break;
                case 2:
                    type = reader.Integer();
                    break;
                case 4 when message.Length < 1024:
                    reader.Singles(real);
                    break;
                case 5 or 7 when message.Length < 1024:
                    reader.Integers(whole);
                    break;
                case 8:
                    name = reader.Text();
                    break;
                case 9:
                    raw = reader.Bytes();
                    bytes = raw.Length;
                    break;
                case 13:
                    ReadExternal(reader.Bytes(), found.External);
                    external = true;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        int element = (int)Math.Clamp(type, 0, int.MaxValue);
        found.Declared.Add(new DeclaredTensor(name, element, [.. sizes], bytes, message.Length, external));
        return new OnnxConstant([.. sizes], Values(element, raw, whole, real), element is ElementTypes.Int32 or ElementTypes.Int64)
        {
            ElementType = element,
        };
    }

    private static double[]? Values(int type, ReadOnlySpan<byte> raw, List<long> whole, List<float> real)
    {
        if (real.Count > 0)
            return real.Count <= SmallConstant ? [.. real.Select(value => (double)value)] : null;
        if (whole.Count > 0)
            return whole.Count <= SmallConstant ? [.. whole.Select(value => (double)value)] : null;
        int size = ElementTypes.Size(type);
        if (raw.IsEmpty || type is not (ElementTypes.Float32 or ElementTypes.Int32 or ElementTypes.Int64 or ElementTypes.Float64)
            || raw.Length / size > SmallConstant)
            return null;
        var values = new double[raw.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> at = raw[(i * size)..];
            values[i] = type switch
            {
                ElementTypes.Float32 => BinaryPrimitives.ReadSingleLittleEndian(at),
                ElementTypes.Float64 => BinaryPrimitives.ReadDoubleLittleEndian(at),
                ElementTypes.Int64 => BinaryPrimitives.ReadInt64LittleEndian(at),
                _ => BinaryPrimitives.ReadInt32LittleEndian(at),
            };
        }
        return values;
    }

    /// <summary>A sparse initializer: values = 1 (a tensor, which carries the name), indices = 2, dims = 3.</summary>
    private static void ReadSparse(ReadOnlySpan<byte> message, OnnxGraph graph, Findings found)
    {
        var (dimensions, name) = ReadSparseTensor(message, found);
        graph.Constants[name] = new OnnxConstant(dimensions, null);
    }

    private static (long[] Dimensions, string Name) ReadSparseTensor(ReadOnlySpan<byte> message, Findings found)
    {
        string name = "";
        var sizes = new List<long>();
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1)
                ReadTensor(reader.Bytes(), out name, found);
            else if (reader.Field == 2)
                ReadTensor(reader.Bytes(), out _, found);
            else if (reader.Field == 3)
                reader.Integers(sizes);
            else
                reader.Skip();
        }
        return ([.. sizes], name);
    }

    private static void ReadExternal(ReadOnlySpan<byte> message, SortedSet<string> files)
    {
        string key = "", value = "";
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1)
                key = reader.Text();
            else if (reader.Field == 2)
                value = reader.Text();
            else
                reader.Skip();
        }
        if (key == "location")
            files.Add(value);
    }

    /// <summary>
    /// ValueInfoProto: name = 1, type = 2 {tensor_type = 1 {elem_type = 1, shape = 2 {dim = 1 {dim_value = 1, dim_param = 2}}}}.
    /// </summary>
    private static TensorSpec ReadSpec(ReadOnlySpan<byte> message)
    {
        string name = "";
        int element = 0;
        List<long?>? shape = null;
        var info = new WireReader(message);
        while (info.Next())
        {
            if (info.Field == 1)
                name = info.Text();
            else if (info.Field == 2)
                (element, shape) = ReadType(info.Bytes());
            else
                info.Skip();
        }
        return new TensorSpec(name, element, shape);
    }

    private static (int Element, List<long?>? Shape) ReadType(ReadOnlySpan<byte> message)
    {
        int element = 0;
        List<long?>? shape = null;
        var type = new WireReader(message);
        while (type.Next())
        {
            if (type.Field != 1)
            {
                type.Skip();
                continue;
            }
            var tensor = new WireReader(type.Bytes());
            while (tensor.Next())
            {
                if (tensor.Field == 1)
                    element = (int)Math.Clamp(tensor.Integer(), 0, int.MaxValue);
                else if (tensor.Field == 2)
                    shape = ReadShape(tensor.Bytes());
                else
                    tensor.Skip();
            }
        }
        return (element, shape);
    }

    private static List<long?> ReadShape(ReadOnlySpan<byte> message)
    {
        var sizes = new List<long?>();
        var shape = new WireReader(message);
        while (shape.Next())
        {
            if (shape.Field != 1)
            {
                shape.Skip();
                continue;
            }
            long? size = null;
            var dimension = new WireReader(shape.Bytes());
            while (dimension.Next())
            {
                if (dimension.Field == 1)
                    size = dimension.Integer();
                else
                    dimension.Skip();
            }
            sizes.Add(size is > 0 ? size : null);
        }
        return sizes;
    }
}
