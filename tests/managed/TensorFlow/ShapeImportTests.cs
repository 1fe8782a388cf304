using BioDL.Graphs.Files;
using BioDL.TensorFlow;
using BioDL.TensorFlow.Reading;

namespace BioDL.Tests.TensorFlow;

/// <summary>Resizing, joining, splitting, padding and arithmetic of sizes.</summary>
public sealed class ShapeImportTests
{
    private static TinyGraph Start(int channels = 2) => new TinyGraph().Input("in", -1, -1, -1, channels);

    private static Nd Image => Nd.Random(2, 2, 5, 7, 2);

    /// <summary>Shape, StridedSlice of y and x, times a factor: how Keras tells a resizing its size.</summary>
    private static TinyGraph Sized(TinyGraph graph, int y, int x) => graph.Node("shape", "Shape", ["in"]).Whole("1", 1).Whole("3", 3)
        .Node("own", "StridedSlice", ["shape", "1", "3", "1"]).Whole("factors", y, x).Node("size", "Mul", ["own", "factors"]);

    [Theory]
    [InlineData("ResizeNearestNeighbor", false, false)]
    [InlineData("ResizeNearestNeighbor", true, false)]
    [InlineData("ResizeNearestNeighbor", false, true)]
    [InlineData("ResizeBilinear", false, false)]
    [InlineData("ResizeBilinear", true, false)]
    [InlineData("ResizeBilinear", false, true)]
    public void Resizing(string operation, bool corners, bool halves)
    {
        foreach ((int y, int x) in ((int, int)[])[(1, 2), (2, 2), (3, 2), (4, 5)])
        {
            TinyGraph graph = Sized(Start(), y, x).Node("out", operation, ["in", "size"], ("align_corners", corners),
                ("half_pixel_centers", halves));
            Assert.Equal(["Resize"], Compared.Check(graph, Image));
        }
    }

    /// <summary>The size of another tensor, known only at run time.</summary>
    [Theory]
    [InlineData(5, 7)]
    [InlineData(6, 8)]
    public void ResizingToAnotherTensorsSize(int height, int width)
    {
        TinyGraph graph = Start().Node("pooled", "MaxPool", ["in"], ("ksize", (int[])[1, 2, 2, 1]), ("strides", (int[])[1, 2, 2, 1]),
            ("padding", "VALID"), ("data_format", "NHWC"))
            .Node("shape", "Shape", ["in"]).Whole("1", 1).Whole("3", 3).Node("size", "StridedSlice", ["shape", "1", "3", "1"])
            .Node("up", "ResizeNearestNeighbor", ["pooled", "size"]).Scalar("axis", -1)
            .Node("out", "ConcatV2", ["in", "up", "axis"], ("N", 2));
        Compared.Check(graph, Nd.Random(3, 1, height, width, 2));
    }

    [Theory]
    [InlineData(8, 12)]
    [InlineData(9, 11)]
    public void HalvingRoundsDown(int height, int width)
    {
        TinyGraph graph = Start().Node("shape", "Shape", ["in"]).Whole("1", 1).Whole("3", 3)
            .Node("own", "StridedSlice", ["shape", "1", "3", "1"]).Whole("two", 2, 2)
            .Node("size", "FloorDiv", ["own", "two"]).Node("out", "ResizeBilinear", ["in", "size"]);
        // 9 pixels become 4 in steps of 9/4, not of 2.
        Compared.Check(graph, Nd.Random(3, 1, height, width, 2));
    }

    /// <summary>Keras's UpSampling3D of a fixed size: every slice by itself, then each twice.</summary>
    [Fact]
    public void SplitAndRepeatIsOneResize()
    {
        var graph = new TinyGraph().Input("in", -1, 3, 4, 5, 2).Scalar("a1", 1).Scalar("a2", 2).Scalar("a3", 3);
        string from = "in";
        foreach ((int axis, int size) in ((int, int)[])[(1, 3), (2, 4), (3, 5)])
        {
            graph.Node($"split{axis}", "Split", [$"a{axis}", from], ("num_split", size));
            string[] parts = [.. Enumerable.Range(0,
                size).SelectMany(i => Enumerable.Repeat(i == 0 ? $"split{axis}" : $"split{axis}:{i}", 2))];
            graph.Node(from = axis == 3 ? "out" : $"join{axis}", "ConcatV2", [.. parts, $"a{axis}"], ("N", parts.Length));
        }
        Assert.Equal(["Resize"], Compared.Check(graph, Nd.Random(2, 2, 3, 4, 5, 2)));
    }

    /// <summary>The same of a free size: ExpandDims, Tile, Reshape.</summary>
    [Fact]
    public void TileAndReshapeIsOneResize()
    {
        var graph = new TinyGraph().Input("in", -1, -1, -1, -1, 2);
        string from = "in";
        for (int axis = 1; axis <= 3; axis++)
        {
            int[] repeats = [1, 1, 1, 1, 1, 1], factors = [1, 1, 1, 1, 1];
            (repeats[axis + 1], factors[axis]) = (2, 2);
            graph.Node($"shape{axis}", "Shape", [from]).Scalar($"next{axis}", axis + 1).Whole($"repeats{axis}", repeats)
                .Whole($"factors{axis}", factors)
                .Node($"apart{axis}", "ExpandDims", [from, $"next{axis}"]).Node($"tiled{axis}", "Tile", [$"apart{axis}", $"repeats{axis}"])
                .Node($"size{axis}", "Mul", [$"shape{axis}", $"factors{axis}"]);
            graph.Node(from = axis == 3 ? "out" : $"join{axis}", "Reshape", [$"tiled{axis}", $"size{axis}"]);
        }
        Assert.Equal(["Resize"], Compared.Check(graph, Nd.Random(2, 2, 3, 4, 5, 2)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(-2)]
    public void JoiningAndSplitting(int axis)
    {
        Compared.Check(Start().Scalar("axis", axis).Node("t", "Tanh", ["in"]).Node("out", "ConcatV2", ["in", "t", "axis"], ("N", 2)),
            Image);
        TinyGraph split = new TinyGraph().Input("in", -1, 6, 6, 6).Scalar("axis", axis).Node("s", "Split", ["axis", "in"], ("num_split", 3))
            .Node("sum", "AddV2", ["s", "s:2"]).Node("out", "Mul", ["sum", "s:1"]);
        Compared.Check(split, Nd.Random(3, 1, 6, 6, 6));
        TinyGraph uneven = new TinyGraph().Input("in", -1, 6, 6, 6).Scalar("axis", axis).Whole("sizes", 2, 2, 2)
            .Node("s", "SplitV", ["in", "sizes", "axis"], ("num_split", 3))
            .Node("out", "Sub", ["s:2", "s:1"]);
        Compared.Check(uneven, Nd.Random(3, 1, 6, 6, 6));
    }

    [Fact]
    public void Parts()
    {
        Compared.Check(Start().Whole("begin", 0, 1, 2, 1).Whole("size", -1, -1, 3, 1).Node("out", "Slice", ["in", "begin", "size"]), Image);
        TinyGraph cropped = Start().Whole("begin", 0, 1, 2, 0).Whole("end", 0, -1, -2, 0).Whole("step", 1, 1, 1, 1)
            .Node("out", "StridedSlice", ["in", "begin", "end", "step"], ("begin_mask", 9), ("end_mask", 9));
        Compared.Check(cropped, Image);
        TinyGraph flipped = Start().Whole("begin", 0, 0, 0).Whole("end", 0, 0, 0).Whole("step", 1, -1, 2)
            .Node("out", "StridedSlice", ["in", "begin", "end", "step"], ("begin_mask", 7), ("end_mask", 7));
        Compared.Check(flipped, Image);
        TinyGraph channel = Start().Whole("begin", 0, 0, 0, 1).Whole("end", 0, 0, 0, 2).Whole("step", 1, 1, 1, 1).Scalar("last", -1)
            .Node("s", "StridedSlice", ["in", "begin", "end", "step"], ("begin_mask", 7), ("end_mask", 7), ("shrink_axis_mask", 8))
            .Node("e", "ExpandDims", ["s", "last"])
            .Node("out", "AddV2", ["in", "e"]);
        Compared.Check(channel, Image);
    }

    [Fact]
    public void Padding()
    {
        int[] pads = [0, 0, 1, 2, 3, 0, 0, 1], inner = [0, 0, 1, 2, 3, 2, 0, 0];
        Compared.Check(Start().Numbers("p", [4, 2], pads).Node("out", "Pad", ["in", "p"]), Image);
        Compared.Check(Start().Numbers("p", [4, 2], pads).Floats("v", new Nd([], [0.5])).Node("out", "PadV2", ["in", "p", "v"]), Image);
        Compared.Check(Start().Numbers("p", [4, 2], inner).Node("out", "MirrorPad", ["in", "p"], ("mode", "REFLECT")), Image);
        Compared.Check(Start().Numbers("p", [4, 2], inner).Node("out", "MirrorPad", ["in", "p"], ("mode", "SYMMETRIC")), Image);
    }

    [Theory]
    [InlineData("DepthToSpace", 8)]
    [InlineData("SpaceToDepth", 3)]
    public void Blocks(string operation, int channels) =>
        Compared.Check(Start(channels).Node("out", operation, ["in"], ("block_size", 2), ("data_format", "NHWC")),
            Nd.Random(2, 2, 6, 8, channels));

    [Fact]
    public void ShapesThatDependOnTheImage()
    {
        // (b, y, x, 2) to (b, y * x, 2) and back, by sizes computed from the image's.
        TinyGraph graph = Start().Node("shape", "Shape", ["in"]).Whole("0", 0).Whole("1", 1).Whole("2", 2).Whole("3", 3)
            .Node("b", "StridedSlice", ["shape", "0", "1", "1"], ("shrink_axis_mask", 1))
            .Node("y", "StridedSlice", ["shape", "1", "2", "1"], ("shrink_axis_mask", 1))
            .Node("x", "StridedSlice", ["shape", "2", "3", "1"], ("shrink_axis_mask", 1)).Scalar("c", 2).Scalar("free", -1)
            .Node("flat", "Pack", ["b", "free", "c"], ("axis", 0)).Node("full", "Pack", ["b", "y", "x", "c"], ("axis", 0))
            .Node("t", "Tanh", ["in"])
            .Node("rows", "Reshape", ["t", "flat"]).Node("soft", "Softmax", ["rows"]).Node("out", "Reshape", ["soft", "full"]);
        Compared.Check(graph, Image);
    }

    [Fact]
    public void TransposedImages() =>
        Compared.Check(Start().Whole("turn", 0, 2, 1, 3).Floats("w", Nd.Random(1, 3, 2, 2, 3)).Node("t", "Transpose", ["in", "turn"])
        .Node("c", "Conv2D", ["t", "w"], ("strides", (int[])[1, 2, 1, 1]), ("padding", "SAME"), ("data_format", "NHWC"))
        .Node("out", "Transpose", ["c", "turn"]), Image);

    [Fact]
    public void BroadcastingToASize() =>
        Compared.Check(Start(1).Whole("axes", 1, 2).Node("m", "Mean", ["in", "axes"], ("keep_dims", true)).Node("shape", "Shape", ["in"])
        .Node("out", "BroadcastTo", ["m", "shape"]), Nd.Random(2, 2, 5, 7, 1));

    [Fact]
    public void TilesAndSqueezes() =>
        Compared.Check(Start(1).Whole("r", 1, 2, 1, 3).Whole("axes", 3).Scalar("last", 3).Node("t", "Tile", ["in", "r"])
        .Node("m", "Mean", ["t", "axes"], ("keep_dims", true)).Node("q", "Squeeze", ["m"], ("squeeze_dims", (int[])[3]))
        .Node("e", "ExpandDims", ["q", "last"])
        .Node("out", "AddV2", ["t", "e"]), Nd.Random(2, 2, 5, 7, 1));

    [Theory]
    [InlineData(TfTypes.UInt8, "uint8")]
    [InlineData(TfTypes.Int8, "int8")]
    [InlineData(TfTypes.UInt16, "uint16")]
    [InlineData(TfTypes.Int16, "int16")]
    [InlineData(TfTypes.Int32, "int32")]
    [InlineData(TfTypes.Float, "float32")]
    public void ThePlaceholdersTypeIsKept(int type, string name)
    {
        TinyGraph graph = new TinyGraph().Node("in", "Placeholder", [], ("dtype", new TinyGraph.ElementType(type)),
            ("shape", new TinyGraph.Shape(-1, -1, -1, 2))).Node("real", "Cast", ["in"], ("DstT", new TinyGraph.ElementType(TfTypes.Float)))
            .Floats("w", Nd.Random(1, 3, 3, 2, 3)).Node("out", "Conv2D", ["real", "w"], ("strides", (int[])[1, 1, 1, 1]),
            ("padding", "SAME"), ("data_format", "NHWC"));
        Assert.Equal(name, Assert.Single(Compared.Import(graph).Inputs).ElementType);
    }

    [Fact]
    public void SizesAreOpenAndNamesAreTensorFlows()
    {
        TinyGraph graph = Start().Floats("w", Nd.Random(1, 3, 3, 2, 3)).Node("out", "Conv2D", ["in", "w"], ("strides", (int[])[1, 2, 2, 1]),
            ("padding", "SAME"), ("data_format", "NHWC"));
        ImportedNetwork network = Compared.Import(graph);
        Assert.Equal(new ImportedTensor("in", "in", "bcyx", 2), Assert.Single(network.Inputs));
        Assert.Equal(new ImportedTensor("out", "out", "bcyx", 3), Assert.Single(network.Outputs));
        Assert.Equal([null, 2, null, null], OnnxReader.Read(network.Onnx, "test").Inputs[0].Shape!);
        Assert.Equal(0, network.Variables);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(graph.Bytes)), network.Sha256);
    }

    [Fact]
    public void WithoutASignatureTheEndsOfTheGraphAreTheOutputs()
    {
        TinyGraph graph = Start().Node("prob", "Sigmoid", ["in"]).Node("dist", "Exp", ["in"]).Floats("unused", Nd.Random(1, 2))
            .Node("also", "Tanh", ["unused"]);
        ImportedNetwork network = TensorFlowImporter.Import(new MemoryFiles(("sub/graph.pb", graph.Bytes)), "sub/graph.pb", []);
        Assert.Equal(["prob", "dist"], network.Outputs.Select(output => output.TensorFlowName));
    }
}
