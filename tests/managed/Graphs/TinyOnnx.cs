using System.Buffers.Binary;
using System.Text;

namespace BioDL.Tests.Graphs;

/// <summary>
/// Writes small .onnx files by hand, also ones that no exporter would write. The network is one convolution for each output:
/// prob = Sigmoid(Conv(input)), dist = Conv(input), both with the stride of the grid.
/// </summary>
internal sealed record TinyOnnx
{
    public int Channels { get; init; } = 1;
    public int Rays { get; init; } = 8;
    public int Grid { get; init; } = 1;
    public int Kernel { get; init; } = 3;
    public string Prob { get; init; } = "prob";
    public string Dist { get; init; } = "dist";

    /// <summary>ONNX's number of the input's element type.</summary>
    public int ElementType { get; init; } = 1;

    /// <summary>Fixed sizes of the input, null: free.</summary>
    public int? Side { get; init; }

    /// <summary>A file that is said to hold the weights of dist.</summary>
    public string? External { get; init; }

    /// <summary>Channels that the file claims for dist, null: the truth.</summary>
    public int? ClaimedRays { get; init; }

    /// <summary>The value of every predicted distance.</summary>
    public float Distance { get; init; } = 6;

    public byte[] Bytes()
    {
        byte[] graph = Join(
            Field(1, Node("Conv", ["input", "wp"], "logit", Grid, Kernel)), Field(1, Node("Sigmoid", ["logit"], Prob)),
            Field(1, Node("Conv", ["input", "wd", "bd"], Dist, Grid, Kernel)),
            Field(2, "tiny"),
            Field(5, Floats("wp", [1, Channels, Kernel, Kernel], 1f / (Kernel * Kernel))), Field(5, Weights()),
            Field(5, Floats("bd", [Rays], Distance)),
            Field(11, Value("input", ElementType, Channels, Side)), Field(12, Value(Prob, 1, 1, null)),
            Field(12, Value(Dist, 1, ClaimedRays ?? Rays, null)));
        return Join(Number(1, 7), Field(2, "tests"), Field(8, Join(Field(1, ""), Number(2, 13))), Field(7, graph));
    }

    private byte[] Weights()
    {
        long[] shape = [Rays, Channels, Kernel, Kernel];
        if (External is null)
            return Floats("wd", shape, 0);
        byte[] location = Field(13, Join(Field(1, "location"), Field(2, External)));
        return Join([.. shape.Select(size => Number(1, size)), Number(2, 1), Field(8, "wd"), location, Number(14, 1)]);
    }

    private static byte[] Node(string type, string[] inputs, string output, int stride = 0, int kernel = 0)
    {
        byte[] node = Join([.. inputs.Select(input => Field(1, input)), Field(2, output), Field(4, type)]);
        if (stride == 0)
            return node;
        int pad = kernel / 2;
        return Join(node, Field(5, Integers("kernel_shape", kernel, kernel)), Field(5, Integers("strides", stride, stride)),
            Field(5, Integers("pads", pad, pad, kernel - stride - pad < 0 ? 0 : pad, kernel - stride - pad < 0 ? 0 : pad)));
    }

    private static byte[] Integers(string name, params long[] values) =>
        Join([Field(1, name), .. values.Select(value => Number(8, value)), Number(20, 7)]);

    private static byte[] Floats(string name, long[] shape, float value)
    {
        long count = shape.Aggregate(1L, (product, size) => product * size);
        byte[] raw = new byte[count * 4];
        for (int i = 0; i < count; i++)
            BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(i * 4), value);
        return Join([.. shape.Select(size => Number(1, size)), Number(2, 1), Field(8, name), Field(9, raw)]);
    }

    private static byte[] Value(string name, int element, int channels, int? side)
    {
        byte[] Free(string size) => Field(1, Field(2, size));
        byte[] Size(long size) => Field(1, Number(1, size));
        byte[] shape = Join(Free("n"), Size(channels), side is { } y ? Size(y) : Free("h"), side is { } x ? Size(x) : Free("w"));
        return Join(Field(1, name), Field(2, Field(1, Join(Number(1, element), Field(2, shape)))));
    }

    private static byte[] Field(int number, string text) => Field(number, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int number, byte[] content) => Join(Varint((ulong)number << 3 | 2), Varint((ulong)content.Length), content);

    private static byte[] Number(int number, long value) => Join(Varint((ulong)number << 3), Varint((ulong)value));

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }

    private static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];
}
