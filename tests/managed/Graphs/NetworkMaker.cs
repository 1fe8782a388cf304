using System.Buffers.Binary;
using System.Text;

namespace BioDL.Tests.Graphs;

/// <summary>Writes any .onnx network node by node; weights are random, or given.</summary>
internal sealed class NetworkMaker(int opset = 17, int seed = 1)
{
    public const int Float = 1, UInt8 = 2, Int64 = 7, Bool = 9, Half = 10;

    private readonly List<byte[]> _nodes = [], _constants = [], _inputs = [], _outputs = [];
    private readonly Random _random = new(seed);
    private int _names;

    public Random Random => _random;
    public long IrVersion { get; set; } = 8;
    public List<(string Domain, long Version)> Opsets { get; } = [("", opset)];

    /// <summary>An input; null sizes are free.</summary>
    public string Input(string name, int type, params long?[] shape)
    {
        _inputs.Add(Value(name, type, shape));
        return name;
    }

    public string Output(string name, int type = Float, int rank = 4) => Output(name, type, new long?[rank]);

    public string Output(string name, int type, long?[] shape)
    {
        _outputs.Add(Value(name, type, shape));
        return name;
    }

    /// <summary>A node; the name of its only output is returned.</summary>
    public string Node(string type, string[] inputs, params (string Name, object Value)[] attributes) =>
        Nodes(type, inputs, 1, attributes)[0];

    public string[] Nodes(string type, string[] inputs, int outputs, params (string Name, object Value)[] attributes)
    {
        string[] names = [.. Enumerable.Range(0, outputs).Select(_ => $"{type}_{++_names}")];
        Add(type, inputs, names, "", attributes);
        return names;
    }

    public void Add(string type, string[] inputs, string[] outputs, string domain = "", params (string Name, object Value)[] attributes) =>
        _nodes.Add(NodeBytes(type, inputs, outputs, domain, attributes));

    public static byte[] NodeBytes(string type, string[] inputs, string[] outputs, string domain,
        params (string Name, object Value)[] attributes) => Join([
        .. inputs.Select(input => Field(1, input)), .. outputs.Select(output => Field(2, output)), Field(4, type),
        .. attributes.Select(attribute => Field(5, Attribute(attribute.Name, attribute.Value))), .. domain.Length > 0
            ? [Field(7, domain)] : (byte[][])[]]);

    /// <summary>Random weights, all different from 0, so that what a kernel sees really counts.</summary>
    public string Weights(params long[] shape)
    {
        double scale = 1 / Math.Sqrt(shape.Skip(1).Aggregate(1.0, (product, size) => product * size));
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(scale * (0.25 + _random.NextDouble()) * (_random.Next(2) == 0 ? 1 : -1));
        return Floats(values, shape);
    }

    public string Floats(float[] values, params long[] shape)
    {
        byte[] raw = new byte[values.Length * 4];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(i * 4), values[i]);
        return Constant(Float, raw, shape);
    }

    public string Integers(params long[] values) => Integers(values, [values.Length]);

    public string Integers(long[] values, long[] shape)
    {
        byte[] raw = new byte[values.Length * 8];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(raw.AsSpan(i * 8), values[i]);
        return Constant(Int64, raw, shape);
    }

    public string Constant(int type, byte[] raw, long[] shape)
    {
        string name = $"c{++_names}";
        _constants.Add(Tensor(name, type, raw, shape));
        return name;
    }

    public void RawConstant(byte[] tensor) => _constants.Add(tensor);

    public static byte[] Tensor(string name, int type, byte[] raw, long[] shape) =>
        Join([.. shape.Select(size => Number(1, size)), Number(2, type), Field(8, name), Field(9, raw)]);

    public byte[] Bytes() => Model(Graph(_nodes, _constants, _inputs, _outputs));

    public byte[] Model(byte[] graph, params byte[][] more) => Join([Number(1, IrVersion), Field(2, "tests"), Field(7, graph),
        .. Opsets.Select(set => Field(8, Join(Field(1, set.Domain), Number(2, set.Version)))), .. more]);

    public static byte[] Graph(IEnumerable<byte[]> nodes, IEnumerable<byte[]> constants, IEnumerable<byte[]> inputs,
        IEnumerable<byte[]> outputs) => Join([
        .. nodes.Select(node => Field(1, node)), Field(2, "graph"), .. constants.Select(tensor => Field(5, tensor)),
        .. inputs.Select(value => Field(11, value)), .. outputs.Select(value => Field(12, value))]);

    public static byte[] Value(string name, int type, params long?[] shape)
    {
        byte[] sizes = Join([.. shape.Select((size, i) => Field(1, size is { } known ? Number(1, known) : Field(2, $"{name}_d{i}")))]);
        return Join(Field(1, name), Field(2, Field(1, Join(Number(1, type), Field(2, sizes)))));
    }

    private static byte[] Attribute(string name, object value) => value switch
    {
        long or int => Join(Field(1, name), Number(3, Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)),
            Number(20, 2)),
        float single => Join(Field(1, name), Single(2, single), Number(20, 1)),
        string text => Join(Field(1, name), Field(4, text), Number(20, 3)),
        long[] whole => Join([Field(1, name), .. whole.Select(item => Number(8, item)), Number(20, 7)]),
        float[] real => Join([Field(1, name), .. real.Select(item => Single(7, item)), Number(20, 6)]),
        InnerGraph graph => Join(Field(1, name), Field(6, graph.Bytes), Number(20, 5)),
        InnerTensor tensor => Join(Field(1, name), Field(5, tensor.Bytes), Number(20, 4)),
        _ => throw new ArgumentException(value.GetType().Name),
    };

    public sealed record InnerGraph(byte[] Bytes);

    public sealed record InnerTensor(byte[] Bytes);

    public static byte[] Field(int number, string text) => Field(number, Encoding.UTF8.GetBytes(text));

    public static byte[] Field(int number, byte[] content) => Join(Varint((ulong)number << 3 | 2), Varint((ulong)content.Length), content);

    public static byte[] Number(int number, long value) => Join(Varint((ulong)number << 3), Varint((ulong)value));

    private static byte[] Single(int number, float value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        return Join(Varint((ulong)number << 3 | 5), bytes);
    }

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }

    public static byte[] Join(params byte[][] parts)
    {
        byte[] joined = new byte[parts.Sum(part => part.Length)];
        int at = 0;
        foreach (byte[] part in parts)
        {
            part.CopyTo(joined, at);
            at += part.Length;
        }
        return joined;
    }
}
