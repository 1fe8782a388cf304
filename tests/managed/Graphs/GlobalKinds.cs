using static BioDL.Tests.Graphs.NetworkKinds;

namespace BioDL.Tests.Graphs;

/// <summary>
/// Networks whose outputs depend on the whole tile, or on where its edges are; the first word of the name is what has to be named.
/// </summary>
internal static class GlobalKinds
{
    public static IReadOnlyList<Kind> All { get; } =
    [
        new("InstanceNormalization", (m, x) => m.Node("InstanceNormalization", [Conv(m, x, 2, 4, 3), m.Weights(4), m.Weights(4)])),
        new("InstanceNormalization of groups", (m, x) =>
        {
            string features = Conv(m, x, 2, 4, 3), groups = m.Node("Reshape", [features, m.Integers(0, 2, -1)]);
            string normal = m.Node("InstanceNormalization", [groups, m.Floats([1, 1], 2), m.Floats([0, 0], 2)]);
            return Conv(m, m.Node("Mul", [m.Node("Reshape", [normal, m.Node("Shape", [features])]), m.Weights(4, 1, 1)]), 4, 2, 3);
        }),
        new("GroupNormalization", (m, x) => m.Node("GroupNormalization", [Conv(m, x, 2, 4, 3), m.Weights(4), m.Weights(4)],
            ("num_groups", 2)), Opset: 21),
        new("GlobalAveragePool gates", (m, x) =>
            m.Node("Mul", [x, m.Node("Sigmoid", [Conv(m, m.Node("GlobalAveragePool", [x]), 2, 2, 1)])])),
        new("ReduceMean gates", (m, x) => m.Node("Add", [x, m.Node("ReduceMean", [x], ("axes", new long[] { 2, 3 }))])),
        new("ReduceMax along x", (m, x) => m.Node("Add", [x, m.Node("ReduceMax", [x], ("axes", new long[] { -1 }))])),
        new("Softmax over space", (m, x) => m.Node("Softmax", [x], ("axis", 2))),
        new("Softmax of old", (m, x) => m.Node("Softmax", [x], ("axis", 1)), Opset: 12),
        new("MeanVarianceNormalization", (m, x) => m.Node("MeanVarianceNormalization", [x])),
        new("CumSum", (m, x) => m.Node("CumSum", [x, m.Integers([2], [])])),
        new("MatMul", (m, x) =>
        {
            string flat = m.Node("Reshape", [x, m.Integers(1, 2, -1)]);
            string mixed = m.Node("MatMul",
                [m.Node("MatMul", [flat, m.Node("Transpose", [flat], ("perm", new long[] { 0, 2, 1 }))]), flat]);
            return m.Node("Reshape", [mixed, m.Node("Shape", [x])]);
        }),
        new("Resize to corners", (m, x) => Resize(m, x, 2, "linear", "align_corners")),
        new("Pad around", (m, x) => Conv(m, m.Node("Pad", [x, m.Integers(0, 0, 1, 1, 0, 0, 1, 1)], ("mode", "wrap")), 2, 2, 3,
            pad: "VALID"), Opset: 19),
        new("Slice backwards", (m, x) =>
            m.Node("Slice", [x, m.Integers(-1), m.Integers(long.MinValue + 1), m.Integers(2), m.Integers(-1)])),
        new("Concat along y", (m, x) => m.Node("Concat", [x, x], ("axis", 2))),
        new("Add positions", (m, x) =>
        {
            string columns = m.Node("Cast",
                [m.Node("Range", [m.Integers([0], []), m.Node("Squeeze", [SizeOf(m, x, 3)]), m.Integers([1], [])])], ("to", 1));
            return m.Node("Add", [x, columns]);
        }),
        new("Div by the size", (m, x) => m.Node("Div", [x, m.Node("Cast", [SizeOf(m, x, 2)], ("to", 1))])),
        new("RandomNormalLike", (m, x) => m.Node("Add", [x, m.Node("RandomNormalLike", [x])])),
        new("If", (m, x) =>
        {
            byte[] Branch(string type, string name) =>
                NetworkMaker.Graph([NetworkMaker.NodeBytes(type, [x], [name], "")], [], [],
                [NetworkMaker.Value(name, 1, null, null, null, null)]);
            string choice = m.Constant(NetworkMaker.Bool, [1], []);
            return m.Node("If", [choice], ("then_branch", new NetworkMaker.InnerGraph(Branch("Relu", "yes"))),
                ("else_branch", new NetworkMaker.InnerGraph(Branch("Tanh", "no"))));
        }),
        new("com.microsoft.GridSample", (m, x) =>
        {
            string y = "sampled", grid = m.Node("Transpose", [Conv(m, x, 2, 2, 1)], ("perm", new long[] { 0, 2, 3, 1 }));
            m.Opsets.Add(("com.microsoft", 1));
            m.Add("GridSample", [x, grid], [y], "com.microsoft");
            return y;
        }),
    ];
}
