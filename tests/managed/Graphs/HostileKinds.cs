using System.Buffers.Binary;
using static BioDL.Tests.Graphs.NetworkMaker;

namespace BioDL.Tests.Graphs;

/// <summary>Networks that a processor or the memory cannot follow: each gives `y` from `x` and a number of its own.</summary>
internal static class HostileKinds
{
    private const int Int64 = NetworkMaker.Int64, Int8 = 3, Int32 = 6, UInt8Type = 2, UInt16 = 4, Int16 = 5, UInt32 = 12, UInt64 = 13;

    public delegate string Body(NetworkMaker maker);

    /// <param name="Name">of the kind</param>
    /// <param name="Number">makes a tensor of numbers, which is added to `x`</param>
    /// <param name="Opset">of the network</param>
    public sealed record Kind(string Name, Body Number, int Opset = 18)
    {
        public byte[] Make()
        {
            var maker = new NetworkMaker(Opset);
            maker.Input("x", Float, 1, 1, null, null);
            string number = Number(maker);
            string flat = maker.Node("ReduceMax", [maker.Node("Cast", [number], ("to", Float))], ("keepdims", 0));
            maker.Add("Add", ["x", flat], [maker.Output("y")]);
            return maker.Bytes();
        }
    }

    public static IReadOnlyList<Kind> All { get; } =
        [.. Divisions(), .. OtherTypes(), .. Inner(), .. Sizes(), .. Attributes(), .. Indices()];

    private static IEnumerable<Kind> Divisions()
    {
        foreach (string type in new[] { "Div", "Mod" })
            foreach (int element in new[] { Int32, Int64 })
                foreach (long divisor in new[] { -1L, 0 })
                {
                    string name = $"{type} {element} by {divisor}";
                    yield return new($"{name}, constants", m => m.Node(type, [Lowest(m, element), Whole(m, element, divisor)]));
                    yield return new($"{name}, list", m => m.Node(type,
                        [Lowest(m, element), Whole(m, element, [.. Enumerable.Repeat(divisor, 100)])]));
                    yield return new($"{name}, at run time", m => m.Node(type, [Lowest(m, element), Late(m, element, divisor)]));
                    yield return new($"{name}, late dividend", m => m.Node(type,
                        [m.Node("Min", [Lowest(m, element), Late(m, element, 1)]), Whole(m, element, divisor)]));
                    yield return new($"{name}, of a size", m => m.Node(type, [Lowest(m, element),
                        m.Node("Cast", [m.Node("Sub", [m.Node("Shape", ["x"]), m.Node("Add", [m.Node("Shape", ["x"]),
                            m.Integers(-divisor)])])], ("to", element))]));
                }
    }

    private static IEnumerable<Kind> OtherTypes()
    {
        foreach (int element in new[] { Int8, UInt8Type, Int16, UInt16, UInt32, UInt64 })
            foreach (string type in new[] { "Div", "Mod" })
                yield return new($"{type} {element} by 0", m => m.Node(type, [Late(m, element, 7), Late(m, element, 0)]));
        yield return new("fmod by 0", m => m.Node("Mod", [Lowest(m, Int64), Late(m, Int64, 0)], ("fmod", 1)));
        yield return new("mean of nothing", m => m.Node("ReduceMean", [m.Node("Slice",
            [m.Node("Cast", ["x"], ("to", Int32)), m.Integers(0), m.Integers(0), m.Integers(3)])], ("keepdims", 0)));
        yield return new("range by 0", m => m.Node("Range", [m.Integers([0], []), m.Integers([9], []), Scalar(m, Late(m, Int64, 0))]));
        yield return new("power of 0", m => m.Node("Pow", [Late(m, Int64, 0), Late(m, Int64, -1)]));
        yield return new("shift by 99", m => m.Node("BitShift", [Late(m, UInt64, 1), Late(m, UInt64, 99)], ("direction", "LEFT")));
    }

    private static IEnumerable<Kind> Inner()
    {
        byte[] Division(string dividend, string divisor, string name) =>
            Graph([NodeBytes("Div", [dividend, divisor], [name], "")], [], [], [Value(name, Int64, 1)]);
        foreach (long divisor in new[] { -1L, 0 })
        {
            yield return new($"If, Div by {divisor}", m =>
            {
                string a = Lowest(m, Int64), b = Late(m, Int64, divisor);
                return m.Node("If", [m.Constant(Bool, [1], [])], ("then_branch", new InnerGraph(Division(a, b, "yes"))),
                    ("else_branch", new InnerGraph(Division(a, b, "no"))));
            });
            yield return new($"Loop, Div by {divisor}", m =>
            {
                byte[] divide = NodeBytes("Div", ["at", Late(m, Int64, divisor)], ["next"], "");
                byte[] body = Graph([NodeBytes("Identity", ["go"], ["on"], ""), divide], [],
                    [Value("i", Int64), Value("go", Bool), Value("at", Int64, 1)], [Value("on", Bool), Value("next", Int64, 1)]);
                return m.Node("Loop", [m.Integers([2], []), m.Constant(Bool, [1], []), Lowest(m, Int64)], ("body", new InnerGraph(body)));
            });
            yield return new($"Scan, Mod by {divisor}", m =>
            {
                string by = Late(m, Int64, divisor);
                byte[] body = Graph([NodeBytes("Mod", ["at", by], ["rest"], "")], [], [Value("at", Int64, 1)], [Value("rest", Int64, 1)]);
                return m.Node("Scan", [m.Node("Unsqueeze", [Lowest(m, Int64), m.Integers(0)])], ("body", new InnerGraph(body)),
                    ("num_scan_inputs", 1));
            });
        }
    }

    private static IEnumerable<Kind> Sizes()
    {
        long[] huge = [1L << 40];
        foreach (bool late in new[] { false, true })
        {
            string when = late ? "at run time" : "constant";
            string Size(NetworkMaker m, params long[] sizes) => late ? Late(m, Int64, sizes) : m.Integers(sizes);
            yield return new($"ConstantOfShape {when}", m => m.Node("ConstantOfShape", [Size(m, huge)]));
            yield return new($"ConstantOfShape overflows {when}", m => m.Node("ConstantOfShape", [Size(m, 1L << 32, 1L << 32)]));
            yield return new($"ConstantOfShape below 0 {when}", m => m.Node("ConstantOfShape", [Size(m, -5)]));
            yield return new($"Expand {when}", m => m.Node("Expand", [m.Integers(7), Size(m, huge)]));
            yield return new($"Tile {when}", m => m.Node("Tile", [m.Integers(7), Size(m, huge)]));
            yield return new($"Tile overflows {when}",
                m => m.Node("Tile", [m.Integers([1, 2, 3, 4], [2, 2]), Size(m, 1L << 62, 1L << 62)]));
            yield return new($"Pad {when}", m => m.Node("Pad", [m.Floats([7], 1), Size(m, 1L << 40, 1L << 40)]));
            yield return new($"Pad below 0 {when}", m => m.Node("Pad", [m.Floats([7], 1), Size(m, -9, -9)]));
            yield return new($"Resize {when}", m => m.Node("Resize", [m.Floats([7], 1), "", "", Size(m, huge)]));
            yield return new($"Reshape overflows {when}", m => m.Node("Reshape", [m.Floats([7], 1), Size(m, 1L << 62, 1L << 62, -1)]));
            yield return new($"OneHot {when}", m => m.Node("OneHot", [m.Integers(3), Size(m, huge), m.Floats([0, 1], 2)]));
            yield return new($"Range {when}",
                m => m.Node("Range", [m.Integers([0], []), Scalar(m, Size(m, 1L << 40)), m.Integers([1], [])]));
            yield return new($"Range overflows {when}",
                m => m.Node("Range", [m.Integers([long.MinValue], []), Scalar(m, Size(m, long.MaxValue)), m.Integers([1], [])]));
            yield return new($"TopK {when}", m => m.Nodes("TopK", [m.Floats([7], 1), Size(m, 1L << 40)], 2)[0]);
            yield return new($"EyeLike of much {when}", m => m.Node("EyeLike", [m.Node("ConstantOfShape", [Size(m, 1L << 20, 1L << 20)])]));
        }
        yield return new("Resize by much", m => m.Node("Resize", [m.Floats([7], 1), "", m.Floats([1e12f], 1)]));
        yield return new("Upsample by much", m => m.Node("Upsample", [m.Floats([7], 1), m.Floats([1e12f], 1)]), 9);
        yield return new("RandomNormal of much", m => m.Node("RandomNormal", [], ("shape", new long[] { 1L << 40 })));
        yield return new("transposed by much", m => m.Node("ConvTranspose", ["x", m.Weights(1, 1, 2, 2)],
            ("strides", new long[] { 1 << 30, 1 << 30 })));
        yield return new("padded by much", m => m.Node("Conv", ["x", m.Weights(1, 1, 2, 2)],
            ("pads", new long[] { 1L << 40, 1L << 40, 1L << 40, 1L << 40 })));
    }

    private static IEnumerable<Kind> Attributes()
    {
        foreach (long value in new[] { 0L, long.MinValue })
        {
            foreach (string name in new[] { "strides", "dilations", "kernel_shape" })
            {
                yield return new($"Conv {name} {value}", m => m.Node("Conv", ["x", m.Weights(1, 1, 2, 2)], (name, new[] { value, value })));
                yield return new($"MaxPool {name} {value}", m => m.Node("MaxPool", ["x"], name == "kernel_shape"
                    ? [(name, new[] { value, value })] : [("kernel_shape", new long[] { 2, 2 }), (name, new[] { value, value })]));
                yield return new($"ConvTranspose {name} {value}",
                    m => m.Node("ConvTranspose", ["x", m.Weights(1, 1, 2, 2)], (name, new[] { value, value })));
            }
            yield return new($"Conv group {value}", m => m.Node("Conv", ["x", m.Weights(1, 1, 2, 2)], ("group", value)));
            yield return new($"ConvTranspose group {value}", m => m.Node("ConvTranspose", ["x", m.Weights(1, 1, 2, 2)], ("group", value)));
            yield return new($"DepthToSpace {value}", m => m.Node("DepthToSpace", ["x"], ("blocksize", value)));
            yield return new($"SpaceToDepth {value}", m => m.Node("SpaceToDepth", ["x"], ("blocksize", value)));
            yield return new($"Split {value}", m => m.Nodes("Split", ["x"], 2, ("axis", 2), ("num_outputs", value))[0]);
            yield return new($"GroupNormalization {value}", m => m.Node("GroupNormalization", ["x", m.Weights(1), m.Weights(1)],
                ("num_groups", value)), 21);
            yield return new($"LRN {value}", m => m.Node("LRN", ["x"], ("size", value)));
            yield return new($"Col2Im {value}", m => m.Node("Col2Im", [m.Node("Reshape", ["x", m.Integers(1, 4, -1)]), m.Integers(4, 4),
                m.Integers(2, 2)], ("strides", new[] { value, value })));
            yield return new($"LpPool p {value}", m => m.Node("LpPool", ["x"], ("kernel_shape", new long[] { 2, 2 }), ("p", value)));
        }
        foreach (long axis in new[] { 77L, long.MinValue })
            foreach (string type in new[] { "Softmax", "Flatten", "Concat", "Hardmax", "ArgMax" })
                yield return new($"{type} axis {axis}", m => m.Node(type, type == "Concat" ? ["x", "x"] : ["x"], ("axis", axis)));
    }

    private static IEnumerable<Kind> Indices()
    {
        foreach (long index in new[] { 99L, long.MinValue })
        {
            yield return new($"Gather {index}", m => m.Node("Gather", [m.Floats([7, 8], 2), Late(m, Int64, index)]));
            yield return new($"GatherElements {index}", m => m.Node("GatherElements", [m.Floats([7, 8], 2), Late(m, Int64, index)]));
            yield return new($"GatherND {index}", m => m.Node("GatherND", [m.Floats([7, 8], 2), Late(m, Int64, index)]));
            yield return new($"ScatterND {index}", m => m.Node("ScatterND", [m.Floats([7, 8], 2),
                m.Node("Unsqueeze", [Late(m, Int64, index), m.Integers(0)]), m.Floats([1], 1)]));
            yield return new($"ScatterElements {index}", m => m.Node("ScatterElements", [m.Floats([7, 8], 2), Late(m, Int64, index),
                m.Floats([1], 1)]));
            yield return new($"OneHot {index}", m => m.Node("OneHot", [Late(m, Int64, index), m.Integers(4), m.Floats([0, 1], 2)]));
            yield return new($"Slice step {index}", m => m.Node("Slice", [m.Floats([7, 8], 2), Late(m, Int64, index),
                Late(m, Int64, -index), m.Integers(0), Late(m, Int64, index)]));
            yield return new($"CumSum {index}", m => m.Node("CumSum", [m.Floats([7, 8], 2), Scalar(m, Late(m, Int64, index))]));
            yield return new($"Trilu {index}", m => m.Node("Trilu", [m.Floats([7, 8, 9, 10], 2, 2), Scalar(m, Late(m, Int64, index))]));
            yield return new($"Unsqueeze {index}", m => m.Node("Unsqueeze", [m.Floats([7, 8], 2), Late(m, Int64, index)]));
            yield return new($"Squeeze {index}", m => m.Node("Squeeze", [m.Floats([7], 1), Late(m, Int64, index)]));
            yield return new($"ReduceSum {index}", m => m.Node("ReduceSum", [m.Floats([7, 8], 2), Late(m, Int64, index)]));
            yield return new($"ReverseSequence {index}",
                m => m.Node("ReverseSequence", [m.Floats([7, 8], 2, 1), Late(m, Int64, index)]));
            yield return new($"Split sizes {index}", m => m.Nodes("Split", [m.Floats([7, 8], 2), Late(m, Int64, index, 2 - index)], 2)[0]);
            yield return new($"Compress axis {index}", m => m.Node("Compress", [m.Floats([7, 8], 2), m.Constant(Bool, [1, 0, 1], [3])],
                ("axis", index)));
        }
        yield return new("Slice step 0", m => m.Node("Slice", [m.Floats([7, 8], 2), m.Integers(0), m.Integers(2), m.Integers(0),
            Late(m, Int64, 0)]));
    }

    private static string Lowest(NetworkMaker m, int element) => Whole(m, element, element == Int64 ? long.MinValue : int.MinValue);

    private static string Whole(NetworkMaker m, int element, params long[] values)
    {
        int size = element switch { Int8 or UInt8Type => 1, Int16 or UInt16 => 2, Int32 or UInt32 => 4, _ => 8 };
        byte[] raw = new byte[values.Length * size], one = new byte[8];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(one, values[i]);
            one.AsSpan(0, size).CopyTo(raw.AsSpan(i * size));
        }
        return m.Constant(element, raw, [values.Length]);
    }

    /// <summary>Numbers that are known only when the network runs: nothing is added to them, but it comes from the image.</summary>
    private static string Late(NetworkMaker m, int element, params long[] values)
    {
        string nothing = m.Node("Cast", [m.Node("Mul", [m.Node("Shape", ["x"]), m.Integers(0)])], ("to", Int64));
        string pixel = m.Node("Cast", [m.Node("Mul", [m.Node("ReduceMin", ["x"], ("keepdims", 0)), m.Floats([0], [])])], ("to", Int64));
        string sum = m.Node("Add", [m.Node("ReduceSum", [m.Node("Add", [nothing, pixel])], ("keepdims", 0)), m.Integers(values)]);
        return element == Int64 ? sum : m.Node("Cast", [sum], ("to", element));
    }

    private static string Scalar(NetworkMaker m, string single) => m.Node("Squeeze", [single]);
}
