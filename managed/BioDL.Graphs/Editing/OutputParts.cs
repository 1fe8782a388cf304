using BioDL.Core;
using BioDL.Graphs.Files;
using BioDL.Graphs.Wire;

namespace BioDL.Graphs.Editing;

/// <summary>A part of an output that becomes a further output: from Start to End, every Step-th value, along each axis.</summary>
/// <param name="Name">of the new output</param>
/// <param name="Starts">one number for each axis of the output</param>
/// <param name="Ends">likewise, long.MaxValue for all that is left</param>
/// <param name="Steps">likewise</param>
public sealed record OutputPart(string Name, long[] Starts, long[] Ends, long[] Steps);

/// <summary>
/// Puts Slice operators behind a network, so that it also gives parts of an output: networks that were exported for hosts with one output
/// hold
/// several behind each other as channels.
/// </summary>
public static class OutputParts
{
    private const int GraphField = 7, NodeField = 1, ConstantField = 5, OutputField = 12, Int64 = 7, FirstOpset = 10;

    /// <param name="onnx">the bytes of the file; not changed</param>
    /// <param name="graph">what <see cref="OnnxReader"/> read from them</param>
    /// <param name="output">the output to cut</param>
    /// <param name="parts">further outputs of the result</param>
    /// <exception cref="BioDLException"><see cref="Status.ModelUnsupported"/>: its operators are too old for steps.</exception>
    public static byte[] Of(byte[] onnx, OnnxGraph graph, string output, IReadOnlyList<OutputPart> parts)
    {
        if (graph.Opset < FirstOpset)
        {
            throw new BioDLException(Status.ModelUnsupported,
                $"The network uses ONNX operators of version {graph.Opset}, whose Slice has no steps.",
                $"Export it with operators of version {FirstOpset} or later.");
        }
        var model = new WireWriter(onnx.Length + 1024);
        var reader = new WireReader(onnx);
        while (!reader.Rest.IsEmpty)
        {
            ReadOnlySpan<byte> field = reader.Rest;
            reader.Next();
            if (reader.Field == GraphField)
            {
                model.Message(GraphField, Graph(reader.Bytes(), output, parts));
                continue;
            }
            reader.Skip();
            model.Raw(field[..^reader.Rest.Length]);
        }
        return model.ToArray();
    }

    private static ReadOnlySpan<byte> Graph(ReadOnlySpan<byte> message, string output, IReadOnlyList<OutputPart> parts)
    {
        // A message is its fields, in any order.
        var graph = new WireWriter(message.Length + 1024);
        graph.Raw(message);
        foreach (OutputPart part in parts)
        {
            string[] names = [$"{part.Name}/starts", $"{part.Name}/ends", $"{part.Name}/axes", $"{part.Name}/steps"];
            long[] axes = [.. Enumerable.Range(0, part.Starts.Length).Select(axis => (long)axis)];
            foreach (var (name, values) in names.Zip([part.Starts, part.Ends, axes, part.Steps]))
                graph.Message(ConstantField, Constant(name, values));
            graph.Message(NodeField, Slice(output, names, part.Name));
            graph.Message(OutputField, Value(part.Name, part.Starts.Length));
        }
        return graph.Bytes;
    }

    /// <summary>NodeProto.</summary>
    private static ReadOnlySpan<byte> Slice(string data, string[] inputs, string output)
    {
        var node = new WireWriter();
        node.Text(1, data);
        foreach (string input in inputs)
            node.Text(1, input);
        node.Text(2, output);
        node.Text(4, "Slice");
        return node.Bytes;
    }

    /// <summary>TensorProto of one axis.</summary>
    private static ReadOnlySpan<byte> Constant(string name, long[] values)
    {
        var tensor = new WireWriter();
        tensor.Integer(1, values.Length);
        tensor.Integer(2, Int64);
        tensor.Text(8, name);
        tensor.Message(9, System.Runtime.InteropServices.MemoryMarshal.AsBytes<long>(values));
        return tensor.Bytes;
    }

    /// <summary>ValueInfoProto of a float32 tensor with free sizes.</summary>
    private static ReadOnlySpan<byte> Value(string name, int rank)
    {
        WireWriter shape = new(), tensor = new(), type = new(), value = new();
        for (int i = 0; i < rank; i++)
        {
            var size = new WireWriter();
            size.Text(2, $"{name}_{i}");
            shape.Message(1, size.Bytes);
        }
        tensor.Integer(1, TensorSpec.Float32);
        tensor.Message(2, shape.Bytes);
        type.Message(1, tensor.Bytes);
        value.Text(1, name);
        value.Message(2, type.Bytes);
        return value.Bytes;
    }
}
