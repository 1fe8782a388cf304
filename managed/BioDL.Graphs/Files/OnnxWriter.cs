using System.Buffers.Binary;
using System.Runtime.InteropServices;
using BioDL.Core;
using BioDL.Graphs.Wire;

namespace BioDL.Graphs.Files;

/// <summary>
/// Writes an .onnx file: opset 17, IR 8, weights as raw data. Field numbers are those of onnx.proto (github.com/onnx/onnx). The weights go
/// from
/// their arrays into the file without another copy.
/// </summary>
public static class OnnxWriter
{
    public const int Opset = 17;

    private const int IrVersion = 8, FloatAttribute = 1, IntegerAttribute = 2, TextAttribute = 3, FloatsAttribute = 6,
        IntegersAttribute = 7;

    /// <summary>The bytes of a network.</summary>
    /// <param name="draft">nodes in topological order</param>
    /// <param name="producer">what made the network</param>
    /// <exception cref="BioDLException"><see cref="Status.ModelUnsupported"/>: more than 2 GB.</exception>
    public static byte[] Write(OnnxDraft draft, string producer)
    {
        var graph = new WireWriter(1 << 16);
        foreach (DraftNode node in draft.Nodes)
            graph.Message(1, Node(node));
        graph.Text(2, "network");
        foreach (DraftTensor input in draft.Inputs)
            graph.Message(11, Tensor(input));
        foreach (DraftTensor output in draft.Outputs)
            graph.Message(12, Tensor(output));
        (string Name, DraftConstant Constant, byte[] Fields)[] constants =
            [.. draft.Constants.Select(pair => (pair.Key, pair.Value, ConstantFields(pair.Key, pair.Value)))];
        long weights = constants.Sum(item => Length(item.Constant, item.Fields));
        WireWriter model = Model(producer, graph.Bytes.Length + weights);
        long total = model.Bytes.Length + graph.Bytes.Length + weights;
        if (total > Array.MaxLength)
        {
            throw new BioDLException(Status.ModelUnsupported, $"The network has {total} bytes of weights; an ONNX file holds 2 GB at most.",
                "Use a smaller network.");
        }
        return Join(model.Bytes, graph.Bytes, constants, total);
    }

    private static byte[] Join(ReadOnlySpan<byte> model, ReadOnlySpan<byte> graph, (string, DraftConstant, byte[])[] constants, long total)
    {
        byte[] file = GC.AllocateUninitializedArray<byte>((int)total);
        model.CopyTo(file);
        graph.CopyTo(file.AsSpan(model.Length));
        int at = model.Length + graph.Length;
        foreach ((_, DraftConstant constant, byte[] fields) in constants)
        {
            fields.CopyTo(file, at);
            at += fields.Length;
            at += CopyValues(constant.Values, file.AsSpan(at));
        }
        return file;
    }

    /// <summary>ModelProto up to the header of its graph, which is the last field.</summary>
    private static WireWriter Model(string producer, long graphLength)
    {
        var opset = new WireWriter();
        opset.Integer(2, Opset);
        var model = new WireWriter();
        model.Integer(1, IrVersion);
        model.Text(2, producer);
        model.Message(8, opset.Bytes);
        model.Raw(WireWriter.Header(7, graphLength));
        return model;
    }

    private static ReadOnlySpan<byte> Node(DraftNode node)
    {
        var writer = new WireWriter();
        foreach (string input in node.Inputs)
            writer.Text(1, input);
        foreach (string output in node.Outputs)
            writer.Text(2, output);
        writer.Text(3, node.Outputs[0]);
        writer.Text(4, node.Operator);
        foreach ((string name, object value) in node.Attributes)
            writer.Message(5, Attribute(name, value));
        return writer.Bytes;
    }

    private static ReadOnlySpan<byte> Attribute(string name, object value)
    {
        var writer = new WireWriter();
        writer.Text(1, name);
        switch (value)
        {
            case long whole:
                writer.Integer(3, whole);
                writer.Integer(20, IntegerAttribute);
                break;
            case float real:
                writer.Raw([2 << 3 | 5, .. Little(real)]);
                writer.Integer(20, FloatAttribute);
                break;
            case string text:
                writer.Text(4, text);
                writer.Integer(20, TextAttribute);
                break;
            case long[] list:
                foreach (long item in list)
                    writer.Integer(8, item);
                writer.Integer(20, IntegersAttribute);
                break;
            case float[] list:
                foreach (float item in list)
                    writer.Raw([7 << 3 | 5, .. Little(item)]);
                writer.Integer(20, FloatsAttribute);
                break;
            default:
                throw new ArgumentException($"attribute {name} is a {value.GetType().Name}", nameof(value));
        }
        return writer.Bytes;
    }

    private static byte[] Little(float value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        return bytes;
    }

    /// <summary>
    /// ValueInfoProto: name = 1, type = 2 {tensor_type = 1 {elem_type = 1, shape = 2 {dim = 1 {dim_value = 1, dim_param = 2}}}}.
    /// </summary>
    private static ReadOnlySpan<byte> Tensor(DraftTensor tensor)
    {
        var shape = new WireWriter();
        foreach (object size in tensor.Shape)
        {
            var dimension = new WireWriter();
            if (size is long known)
                dimension.Integer(1, known);
            else
                dimension.Text(2, (string)size);
            shape.Message(1, dimension.Bytes);
        }
        var (element, type, info) = (new WireWriter(), new WireWriter(), new WireWriter());
        element.Integer(1, ElementTypes.Float32);
        element.Message(2, shape.Bytes);
        type.Message(1, element.Bytes);
        info.Text(1, tensor.Name);
        info.Message(2, type.Bytes);
        return info.Bytes;
    }

    /// <summary>A TensorProto of a graph, header and all, up to its raw data, which is the last field.</summary>
    private static byte[] ConstantFields(string name, DraftConstant constant)
    {
        var tensor = new WireWriter();
        foreach (long size in constant.Dimensions)
            tensor.Integer(1, size);
        tensor.Integer(2, constant.Values is float[]? ElementTypes.Float32 : ElementTypes.Int64);
        tensor.Text(8, name);
        long bytes = Buffer.ByteLength(constant.Values);
        tensor.Raw(WireWriter.Header(9, bytes));
        return [.. WireWriter.Header(5, tensor.Bytes.Length + bytes), .. tensor.Bytes];
    }

    private static long Length(DraftConstant constant, byte[] fields) => fields.Length + Buffer.ByteLength(constant.Values);

    private static int CopyValues(Array values, Span<byte> into)
    {
        if (values is float[] floats)
        {
            for (int i = 0; !BitConverter.IsLittleEndian && i < floats.Length; i++)
                BinaryPrimitives.WriteSingleLittleEndian(into[(4 * i)..], floats[i]);
            if (BitConverter.IsLittleEndian)
                MemoryMarshal.AsBytes(floats.AsSpan()).CopyTo(into);
            return floats.Length * sizeof(float);
        }
        var integers = (long[])values;
        for (int i = 0; i < integers.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(into[(8 * i)..], integers[i]);
        return integers.Length * sizeof(long);
    }
}
