using BioDL.Core;
using BioDL.Graphs.Files;
using BioDL.Graphs.Wire;

namespace BioDL.Graphs.Editing;

/// <summary>
/// Lets a network whose inputs and outputs are of other types take and give float32: its own tensors get other names, and Cast nodes stand
/// between those and tensors of the old names. What lies between stays as it is: a float16 network keeps its float16 weights.
/// </summary>
/// <remarks>
/// Casting follows ONNX: to whole types by truncation, and values that a type cannot hold are not defined, so the road clips them before.
/// From int64 and float64 values are rounded to float32: whole numbers are exact up to 2^24.
/// </remarks>
public static class OnnxCasts
{
    private const int GraphField = 7, NodeField = 1, InputField = 11, OutputField = 12, ValueInfoField = 13;
    private const string Suffix = "/uncast";

    /// <summary>The network with float32 inputs and outputs; the same array when it has none of another type.</summary>
    /// <param name="onnx">the bytes of the file</param>
    /// <param name="graph">what <see cref="OnnxReader"/> read from them</param>
    /// <exception cref="BioDLException"><see cref="Status.ModelUnsupported"/>: an input or output holds no numbers, or the result is over 2
    /// GB.</exception>
    public static byte[] ToFloat32(byte[] onnx, OnnxGraph graph)
    {
        if (graph.Inputs.Concat(graph.Outputs).FirstOrDefault(spec => !ElementTypes.IsNumber(spec.ElementType)) is { } other)
            throw Unsupported($"The network has the tensor {other}, which holds no numbers.");
        TensorSpec[] inputs = [.. graph.Inputs.Where(spec => spec.ElementType != ElementTypes.Float32)];
        TensorSpec[] outputs = [.. graph.Outputs.Where(spec => spec.ElementType != ElementTypes.Float32
            && graph.Inputs.All(input => input.Name != spec.Name))];
        if (inputs.Length == 0 && outputs.Length == 0)
            return onnx;
        var renamed = inputs.Concat(outputs).ToDictionary(spec => spec.Name, spec => spec.Name + Suffix);
        var before = new WireWriter();
        foreach (TensorSpec spec in inputs)
            before.Message(NodeField, Cast(spec.Name, renamed[spec.Name], spec.ElementType));
        var after = new WireWriter();
        foreach (TensorSpec spec in outputs)
            after.Message(NodeField, Cast(renamed[spec.Name], spec.Name, ElementTypes.Float32));
        return Rewrite(onnx, new TensorRenaming(renamed), before.ToArray(), after.ToArray());
    }

    /// <summary>Everything is copied as it stands, once, but for the graph's small parts that name a tensor or its type.</summary>
    private static byte[] Rewrite(byte[] onnx, TensorRenaming renaming, byte[] before, byte[] after)
    {
        var pieces = new PieceList(onnx);
        var model = new WireReader(onnx);
        while (!model.Rest.IsEmpty)
        {
            ReadOnlySpan<byte> field = model.Rest;
            model.Next();
            if (model.Field != GraphField)
            {
                model.Skip();
                pieces.Add(field[..^model.Rest.Length]);
                continue;
            }
            var graph = new PieceList(onnx);
            graph.Add(before);
            Copy(model.Bytes(), renaming, graph);
            graph.Add(after);
            if (graph.Length > int.MaxValue - 1024)
                throw Unsupported("The network is too large for casts of its inputs and outputs.");
            pieces.Add(WireWriter.Header(GraphField, graph.Length));
            pieces.Add(graph);
        }
        return pieces.Join();
    }

    private static void Copy(ReadOnlySpan<byte> message, TensorRenaming renaming, PieceList into)
    {
        var reader = new WireReader(message);
        while (!reader.Rest.IsEmpty)
        {
            ReadOnlySpan<byte> field = reader.Rest;
            reader.Next();
            int number = reader.Field;
            byte[]? changed = null;
            if (number is NodeField or InputField or OutputField or ValueInfoField)
            {
                ReadOnlySpan<byte> content = reader.Bytes();
                changed = number == NodeField ? renaming.Node(content) : number == ValueInfoField ? renaming.Value(content)
                    : TensorRenaming.AsFloat32(content);
            }
            else
                reader.Skip();
            if (changed is null)
            {
                into.Add(field[..^reader.Rest.Length]);
                continue;
            }
            into.Add(WireWriter.Header(number, changed.Length));
            into.Add(changed);
        }
    }

    /// <summary>A NodeProto: Cast with its attribute "to" (an integer, as since operator set 6).</summary>
    private static ReadOnlySpan<byte> Cast(string from, string to, int type)
    {
        const int IntegerAttribute = 2;
        WireWriter attribute = new(), node = new();
        attribute.Text(1, "to");
        attribute.Integer(3, type);
        attribute.Integer(20, IntegerAttribute);
        node.Text(1, from);
        node.Text(2, to);
        node.Text(3, $"{to}/cast");
        node.Text(4, "Cast");
        node.Message(5, attribute.Bytes);
        return node.Bytes;
    }

    private static BioDLException Unsupported(string message) =>
        new(Status.ModelUnsupported, message, "Export it with inputs and outputs of float32.");

    /// <summary>Parts of the file and new parts, in the order in which they are to be joined.</summary>
    private sealed class PieceList(byte[] file)
    {
        private readonly List<(byte[] From, int Start, int Length)> _pieces = [];

        public long Length { get; private set; }

        public void Add(byte[] part) => Add((part, 0, part.Length));

        /// <param name="part">a part of the file, which is not copied here</param>
        public void Add(ReadOnlySpan<byte> part)
        {
            if (!part.IsEmpty && file.AsSpan().Overlaps(part, out int start))
                Add((file, start, part.Length));
        }

        public void Add(PieceList others)
        {
            _pieces.AddRange(others._pieces);
            Length += others.Length;
        }

        public byte[] Join()
        {
            var joined = new byte[checked((int)Length)];
            int at = 0;
            foreach (var (from, start, length) in _pieces)
            {
                from.AsSpan(start, length).CopyTo(joined.AsSpan(at));
                at += length;
            }
            return joined;
        }

        private void Add((byte[] From, int Start, int Length) piece)
        {
            _pieces.Add(piece);
            Length += piece.Length;
        }
    }
}
