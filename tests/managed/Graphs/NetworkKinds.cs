using BioDL.Graphs.Walking;

namespace BioDL.Tests.Graphs;

/// <summary>Small networks of every kind that exporters write, each from `x` to `y`.</summary>
internal static class NetworkKinds
{
    public delegate string Body(NetworkMaker maker, string x);

    public sealed record Kind(string Name, Body Body, string Axes = "bcyx", int Channels = 2, int Opset = 17)
    {
        /// <param name="seed">of its weights</param>
        /// <param name="size">the only size along an axis; null: free</param>
        public (byte[] Onnx, GraphInput Input) Make(int seed = 1, Func<char, int>? size = null)
        {
            var maker = new NetworkMaker(Opset, seed);
            maker.Input("x", NetworkMaker.Float,
                [.. Axes.Select(axis => axis == 'c' ? (long?)Channels : axis == 'b' ? 1 : size?.Invoke(axis))]);
            maker.Add("Identity", [Body(maker, "x")], [maker.Output("y", rank: Axes.Length)]);
            return (maker.Bytes(), new GraphInput("x", Axes, Channels));
        }
    }

    public static string Conv(NetworkMaker m, string x, int from, int to, int kernel, int stride = 1, int dilation = 1,
        string? pad = null, int group = 1)
    {
        long before = (kernel - 1) * dilation / 2, after = (kernel - 1) * dilation - before;
        var attributes = new List<(string, object)> { ("strides", new long[] { stride, stride }),
            ("dilations", new long[] { dilation, dilation }), ("group", group) };
        attributes.Add(pad is null ? ("pads", new[] { before, before, after, after }) : ("auto_pad", pad));
        return m.Node("Conv", [x, m.Weights(to, from / group, kernel, kernel)], [.. attributes]);
    }

    public static string Conv3D(NetworkMaker m, string x, int from, int to, int kz, int k) =>
        m.Node("Conv", [x, m.Weights(to, from, kz, k, k)], ("pads", new long[] { kz / 2, k / 2, k / 2, kz / 2, k / 2, k / 2 }));

    public static string Up(NetworkMaker m, string x, int from, int to, int kernel, int stride, params (string, object)[] more) =>
        m.Node("ConvTranspose", [x, m.Weights(from, to, kernel, kernel)], [("strides", new long[] { stride, stride }), .. more]);

    public static string Pool(NetworkMaker m, string type, string x, int kernel, int stride, params (string, object)[] more) =>
        m.Node(type, [x], [("kernel_shape", new long[] { kernel, kernel }), ("strides", new long[] { stride, stride }), .. more]);

    public static string Resize(NetworkMaker m, string x, float scale, string mode, string place, string nearest = "floor",
        params (string, object)[] more) =>
        m.Node("Resize", [x, "", m.Floats([1, 1, scale, scale], 4)],
            [("mode", mode), ("coordinate_transformation_mode", place), ("nearest_mode", nearest), .. more]);

    /// <summary>The size along a dimension as PyTorch exports it: a scalar, then one value.</summary>
    public static string SizeOf(NetworkMaker m, string x, int dimension, long times = 1, long over = 1)
    {
        string size = m.Node("Gather", [m.Node("Shape", [x]), m.Integers([dimension], [])], ("axis", 0));
        if (times != 1)
            size = m.Node("Mul", [size, m.Integers([times], [])]);
        if (over != 1)
            size = m.Node("Div", [size, m.Integers([over], [])]);
        return m.Node("Unsqueeze", [size, m.Integers(0)]);
    }

    public static string Shape(NetworkMaker m, params string[] sizes) => m.Node("Concat", sizes, ("axis", 0));

    public static string ResizeTo(NetworkMaker m, string x, string like, string mode = "linear")
    {
        string start = m.Node("Slice", [m.Node("Shape", [x]), m.Integers(0), m.Integers(2), m.Integers(0)]);
        string sizes = Shape(m, start, SizeOf(m, like, 2), SizeOf(m, like, 3));
        return m.Node("Resize", [x, "", "", sizes], ("mode", mode), ("coordinate_transformation_mode", "half_pixel"),
            ("nearest_mode", "floor"));
    }

    public static string Unet(NetworkMaker m, string x, int depth, Func<string, string, string> up)
    {
        var skips = new Stack<string>();
        string at = m.Node("Relu", [Conv(m, x, 2, 4, 3)]);
        for (int level = 0; level < depth; level++)
        {
            skips.Push(at);
            at = m.Node("LeakyRelu", [Conv(m, Pool(m, "MaxPool", at, 2, 2), 4, 4, 3)]);
        }
        while (skips.TryPop(out string? skip))
            at = m.Node("Elu", [Conv(m, m.Node("Concat", [skip, up(at, skip)], ("axis", 1)), 8, 4, 3)]);
        return Conv(m, at, 4, 1, 1);
    }
}
