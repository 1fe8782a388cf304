using System.Buffers.Binary;
using BioDL.Graphs.Wire;
using BioDL.TensorFlow.Reading;

namespace BioDL.Tests.TensorFlow;

/// <summary>Writes small GraphDef files, field by field (graph.proto, node_def.proto, attr_value.proto, tensor.proto).</summary>
internal sealed class TinyGraph
{
    private readonly WireWriter _graph = new();

    /// <summary>A list of element types or one of them, told from integers.</summary>
    public readonly record struct ElementType(int Number);

    /// <summary>The name of a function, told from text.</summary>
    public readonly record struct Function(string Name);

    /// <summary>A shape, -1 where a size is free.</summary>
    public readonly record struct Shape(params long[] Sizes);

    public byte[] Bytes => _graph.ToArray();

    /// <summary>The input of most tests: float32, sizes free.</summary>
    public TinyGraph Input(string name, params long[] shape) =>
        Node(name, "Placeholder", [], ("dtype", new ElementType(TfTypes.Float)), ("shape", new Shape(shape)));

    public TinyGraph Node(string name, string operation, string[] inputs, params (string Name, object Value)[] attributes)
    {
        _graph.Message(1, NodeBytes(name, operation, inputs, attributes));
        return this;
    }

    public TinyGraph Floats(string name, Nd values, int type = TfTypes.Float) =>
        Node(name, "Const", [], ("dtype", new ElementType(type)), ("value", (values, type)));

    public TinyGraph Whole(string name, params int[] values) => Numbers(name, [values.Length], values);

    public TinyGraph Scalar(string name, int value) => Numbers(name, [], [value]);

    public TinyGraph Numbers(string name, int[] shape, int[] values) =>
        Node(name, "Const", [], ("dtype", new ElementType(TfTypes.Int32)),
            ("value", (new Nd(shape, Array.ConvertAll(values, value => (double)value)), TfTypes.Int32)));

    /// <summary>FunctionDef: signature {name, input_arg, output_arg}, node_def, ret.</summary>
    public TinyGraph Define(string name, string[] arguments, (string Result, string From)[] results, params byte[][] nodes)
    {
        var (signature, function, library) = (new WireWriter(), new WireWriter(), new WireWriter());
        signature.Text(1, name);
        foreach (string argument in arguments)
            signature.Message(2, Text(1, argument));
        foreach ((string result, _) in results)
            signature.Message(3, Text(1, result));
        function.Message(1, signature.Bytes);
        foreach (byte[] node in nodes)
            function.Message(3, node);
        foreach ((string result, string from) in results)
            function.Message(4, [.. Text(1, result), .. Text(2, from)]);
        library.Message(1, function.Bytes);
        _graph.Message(2, library.Bytes);
        return this;
    }

    public static byte[] NodeBytes(string name, string operation, string[] inputs, params (string Name, object Value)[] attributes)
    {
        var node = new WireWriter();
        node.Text(1, name);
        node.Text(2, operation);
        foreach (string input in inputs)
            node.Text(3, input);
        foreach ((string key, object value) in attributes)
        {
            var pair = new WireWriter();
            pair.Text(1, key);
            pair.Message(2, Attribute(value));
            node.Message(5, pair.Bytes);
        }
        return node.ToArray();
    }

    private static byte[] Text(int field, string text)
    {
        var writer = new WireWriter();
        writer.Text(field, text);
        return writer.ToArray();
    }

    private static byte[] Attribute(object value)
    {
        var writer = new WireWriter();
        switch (value)
        {
            case string text:
                writer.Text(2, text);
                break;
            case int or long:
                writer.Integer(3, Convert.ToInt64(value));
                break;
            case float real:
                byte[] bits = new byte[4];
                BinaryPrimitives.WriteSingleLittleEndian(bits, real);
                writer.Raw([4 << 3 | 5, .. bits]);
                break;
            case bool flag:
                writer.Integer(5, flag ? 1 : 0);
                break;
            case ElementType type:
                writer.Integer(6, type.Number);
                break;
            case Shape shape:
                writer.Message(7, ShapeBytes(shape.Sizes));
                break;
            case Function function:
                writer.Message(10, Text(1, function.Name));
                break;
            case int[] list:
                var items = new WireWriter();
                foreach (int item in list)
                    items.Integer(3, item);
                writer.Message(1, items.Bytes);
                break;
            case string[] texts:
                var strings = new WireWriter();
                strings.Integer(1, TfTypes.String);
                strings.Message(2, ShapeBytes([texts.Length]));
                foreach (string item in texts)
                    strings.Text(8, item);
                writer.Message(8, strings.Bytes);
                break;
            case ValueTuple<Nd, int> tensor:
                writer.Message(8, Tensor(tensor.Item1, tensor.Item2));
                break;
            default:
                throw new ArgumentException($"an attribute of {value.GetType()}", nameof(value));
        }
        return writer.ToArray();
    }

    private static byte[] ShapeBytes(long[] sizes)
    {
        var shape = new WireWriter();
        foreach (long size in sizes)
        {
            var dimension = new WireWriter();
            dimension.Integer(1, size);
            shape.Message(2, dimension.Bytes);
        }
        return shape.ToArray();
    }

    /// <summary>dtype, shape, and all values as bytes.</summary>
    private static byte[] Tensor(Nd values, int type)
    {
        var content = new MemoryStream();
        foreach (double value in values.Values)
            content.Write(Element(value, type));
        var tensor = new WireWriter();
        tensor.Integer(1, type);
        tensor.Message(2, ShapeBytes([.. values.Shape.Select(size => (long)size)]));
        tensor.Message(4, content.ToArray());
        return tensor.ToArray();
    }

    public static byte[] Element(double value, int type) => type switch
    {
        TfTypes.Float => BitConverter.GetBytes((float)value),
        TfTypes.Double => BitConverter.GetBytes(value),
        TfTypes.Half => BitConverter.GetBytes((Half)value),
        TfTypes.Int32 => BitConverter.GetBytes((int)value),
        TfTypes.Int64 => BitConverter.GetBytes((long)value),
        TfTypes.Bool => [(byte)value],
        _ => throw new ArgumentException($"element type {type}", nameof(type)),
    };
}
