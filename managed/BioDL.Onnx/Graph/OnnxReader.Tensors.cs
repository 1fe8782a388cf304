using System.Buffers.Binary;

namespace BioDL.Onnx.Graph;

/// <summary>TensorProto, and ValueInfoProto with the types inside it.</summary>
public static partial class OnnxReader
{
    /// <summary>Values of a constant that are kept: enough for scales and sizes, never weights.</summary>
    private const int SmallConstant = 64;
    private const int FloatType = 1, Int32Type = 6, Int64Type = 7;

    private static void ReadConstant(ReadOnlySpan<byte> message, OnnxGraph graph, SortedSet<string> external)
    {
        OnnxConstant constant = ReadTensor(message, out string name, external);
        graph.Constants[name] = constant;
    }

    private static OnnxConstant ReadTensor(ReadOnlySpan<byte> message, out string name, SortedSet<string> external)
    {
        name = "";
        long type = 0;
        var (sizes, whole, real) = (new List<long>(), new List<long>(), new List<float>());
        ReadOnlySpan<byte> raw = default;
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
                case 7 when message.Length < 1024:
                    reader.Integers(whole);
                    break;
                case 8:
                    name = reader.Text();
                    break;
                case 9:
                    raw = reader.Bytes();
                    break;
                case 13:
                    ReadExternal(reader.Bytes(), external);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return new OnnxConstant([.. sizes], Values(type, raw, whole, real));
    }

    private static float[]? Values(long type, ReadOnlySpan<byte> raw, List<long> whole, List<float> real)
    {
        if (real.Count > 0)
            return [.. real];
        if (whole.Count > 0)
            return [.. whole.Select(value => (float)value)];
        int size = type == Int64Type ? 8 : 4;
        if (raw.IsEmpty || raw.Length / size > SmallConstant || type is not (FloatType or Int32Type or Int64Type))
            return null;
        var values = new float[raw.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> at = raw[(i * size)..];
            values[i] = type == FloatType ? BinaryPrimitives.ReadSingleLittleEndian(at)
                : type == Int64Type ? BinaryPrimitives.ReadInt64LittleEndian(at) : BinaryPrimitives.ReadInt32LittleEndian(at);
        }
        return values;
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

    /// <summary>ValueInfoProto: name = 1, type = 2 {tensor_type = 1 {elem_type = 1, shape = 2 {dim = 1 {dim_value = 1, dim_param = 2}}}}.</summary>
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
                    element = (int)tensor.Integer();
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
