using System.Buffers.Binary;
using BioDL.Graphs.Wire;
using static BioDL.Graphs.Wire.MessageEdit;

namespace BioDL.Graphs.Editing;

/// <summary>
/// Puts a guard around each division that can end the process (see <see cref="OnnxGraph"/>): where the divisor is -1 the dividend is
/// divided by 1 and its sign changed. All results stay what they are; that of the smallest number is that number, as its negation has it.
/// <code>
///   Div(a, b)   is = Equal(b, -1);  q = Div(a, Where(is, 1, b));  Where(is, Neg(q), q)
///   Mod(a, b)   is = Equal(b, -1);  Mod(a, Where(is, 1, b))
/// </code>
/// </summary>
public sealed class DivisionGuard
{
    private const int GraphField = 7, FunctionField = 25, FunctionNodeField = 7, NodeField = 1, AttributeField = 5;

    private readonly IReadOnlyDictionary<int, int> _divisions;
    private int _count;

    private DivisionGuard(IReadOnlyDictionary<int, int> divisions) => _divisions = divisions;

    /// <param name="onnx">the bytes of the file; not changed</param>
    /// <param name="graph">what <see cref="Files.OnnxReader"/> read from them</param>
    /// <returns>the same array where there is nothing to guard</returns>
    public static byte[] Of(byte[] onnx, OnnxGraph graph) =>
        graph.Divisions.Count == 0 ? onnx : new DivisionGuard(graph.Divisions).Model(onnx);

    private byte[] Model(ReadOnlySpan<byte> onnx) => Changed(onnx, field => field switch
    {
        GraphField => graph => Message(GraphField, Nodes(graph, NodeField)),
        FunctionField => function => Message(FunctionField, Nodes(function, FunctionNodeField)),
        _ => null,
    }) ?? onnx.ToArray();

    private byte[]? Nodes(ReadOnlySpan<byte> graph, int nodeField) =>
        Changed(graph, field => field == nodeField ? node => Node(node, nodeField) : null);

    /// <summary>Nodes are met in the order in which they were counted when the file was read.</summary>
    private byte[]? Node(ReadOnlySpan<byte> node, int nodeField)
    {
        int number = _count++;
        if (_divisions.TryGetValue(number, out int type))
            return Guarded(node, nodeField, $"biodl/division{number}", type);
        return Message(nodeField, Changed(node, field => field == AttributeField ? attribute => Message(AttributeField,
            Changed(attribute, inner => inner is 6 or 11 ? graph => Message(inner, Nodes(graph, NodeField)) : null)) : null));
    }

    private static byte[] Guarded(ReadOnlySpan<byte> node, int nodeField, string prefix, int type)
    {
        var (inputs, outputs, kind) = (new List<string>(), new List<string>(), "");
        var reader = new WireReader(node);
        while (reader.Next())
        {
            if (reader.Field == 1)
                inputs.Add(reader.Text());
            else if (reader.Field == 2)
                outputs.Add(reader.Text());
            else if (reader.Field == 4)
                kind = reader.Text();
            else
                reader.Skip();
        }
        var nodes = new WireWriter(1024);
        string divisor = inputs.ElementAtOrDefault(1) ?? "", result = outputs.FirstOrDefault() ?? "";
        string one = Constant(nodes, nodeField, $"{prefix}/one", 1, type, divisor);
        string minus = Constant(nodes, nodeField, $"{prefix}/minus", -1, type, divisor);
        string Add(string operation, string output, params string[] from)
        {
            nodes.Message(nodeField, NodeOf(operation, from, output).Bytes);
            return output;
        }
        string turned = Add("Equal", $"{prefix}/is", divisor, minus), by = Add("Where", $"{prefix}/by", turned, one, divisor);
        string quotient = kind == "Mod" ? result : $"{prefix}/quotient";
        nodes.Message(nodeField, With(node, by, quotient));
        if (kind != "Mod")
            Add("Where", result, turned, Add("Neg", $"{prefix}/negative", quotient), quotient);
        return nodes.ToArray();
    }

    /// <summary>The division with another divisor and another output.</summary>
    private static byte[] With(ReadOnlySpan<byte> node, string divisor, string output)
    {
        var copy = new WireWriter(node.Length + 64);
        int inputs = 0;
        var reader = new WireReader(node);
        while (!reader.Rest.IsEmpty)
        {
            ReadOnlySpan<byte> field = reader.Rest;
            reader.Next();
            reader.Skip();
            if (reader.Field == 1 && inputs++ == 1)
                copy.Text(1, divisor);
            else if (reader.Field == 2)
                copy.Text(2, output);
            else
                copy.Raw(field[..^reader.Rest.Length]);
        }
        return copy.ToArray();
    }

    /// <summary>A number of the divisor's type: of a type that is not known, by CastLike.</summary>
    private static string Constant(WireWriter nodes, int nodeField, string name, long value, int type, string divisor)
    {
        byte[] raw = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(raw, value);
        WireWriter tensor = new(), attribute = new();
        tensor.Integer(2, type == ElementTypes.Int32 ? ElementTypes.Int32 : ElementTypes.Int64);
        tensor.Message(9, type == ElementTypes.Int32 ? raw.AsSpan(0, 4) : raw);
        attribute.Text(1, "value");
        attribute.Message(5, tensor.Bytes);
        attribute.Integer(20, 4);
        string made = type == 0 ? $"{name}/whole" : name;
        WireWriter node = NodeOf("Constant", [], made);
        node.Message(AttributeField, attribute.Bytes);
        nodes.Message(nodeField, node.Bytes);
        if (type == 0)
            nodes.Message(nodeField, NodeOf("CastLike", [made, divisor], name).Bytes);
        return name;
    }

    private static WireWriter NodeOf(string operation, string[] inputs, string output)
    {
        var node = new WireWriter();
        foreach (string input in inputs)
            node.Text(1, input);
        node.Text(2, output);
        node.Text(4, operation);
        return node;
    }
}
