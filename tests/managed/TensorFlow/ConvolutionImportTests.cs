using BioDL.TensorFlow.Reading;

namespace BioDL.Tests.TensorFlow;

/// <summary>Convolutions and poolings over odd and even sizes, strides, dilations and paddings.</summary>
public sealed class ConvolutionImportTests
{
    private static readonly int[] Free2 = [-1, -1, -1, 2], Free3 = [-1, -1, -1, -1, 2];

    private static TinyGraph Start(int[] shape) => new TinyGraph().Input("in", [.. shape.Select(size => (long)size)]);

    private static (string, object)[] Attributes(int[] strides, string padding, int[]? dilations = null) =>
        [("strides", strides), ("padding", padding), ("dilations", dilations ?? [.. strides.Select(_ => 1)]),
            ("data_format", strides.Length == 4 ? "NHWC" : "NDHWC")];

    [Theory]
    [InlineData("SAME")]
    [InlineData("VALID")]
    public void Conv2D(string padding)
    {
        foreach (int kernel in (int[])[1, 2, 3, 5])
            foreach (int stride in (int[])[1, 2, 3])
                foreach (int dilation in (int[])[1, 2, 3])
                {
                    TinyGraph graph = Start(Free2).Floats("w", Nd.Random(1, kernel, kernel + 1, 2, 3))
                        .Node("out", "Conv2D", ["in", "w"], Attributes([1, stride, stride, 1], padding, [1, dilation, dilation, 1]));
                    Compared.Check(graph, Nd.Random(2, 2, 17, 19, 2));
                    Compared.Check(graph, Nd.Random(3, 1, 16, 22, 2));
                }
    }

    [Theory]
    [InlineData("SAME")]
    [InlineData("VALID")]
    public void Conv3D(string padding)
    {
        foreach (int kernel in (int[])[1, 2, 3])
            foreach (int stride in (int[])[1, 2])
                foreach (int dilation in (int[])[1, 2])
                {
                    TinyGraph graph = Start(Free3).Floats("w", Nd.Random(1, kernel, 3, kernel, 2, 3))
                        .Node("out", "Conv3D", ["in", "w"], Attributes([1, stride, 1, stride, 1], padding, [1, dilation, 1, dilation, 1]));
                    Compared.Check(graph, Nd.Random(2, 1, 7, 9, 8, 2));
                }
    }

    [Fact]
    public void ExplicitPaddingGroupsAndChannelsFirst()
    {
        (string, object)[] attributes = [.. Attributes([1, 2, 1, 1], "EXPLICIT"), ("explicit_paddings", (int[])[0, 0, 1, 2, 0, 3, 0, 0])];
        Compared.Check(Start(Free2).Floats("w", Nd.Random(1, 3, 3, 2, 3)).Node("out", "Conv2D", ["in", "w"], attributes),
            Nd.Random(2, 1, 9, 8, 2));
        TinyGraph groups = Start([-1, -1, -1, 4]).Floats("w", Nd.Random(1, 3, 3, 2, 6)).Node("out", "Conv2D", ["in", "w"],
            Attributes([1, 1, 1, 1], "SAME"));
        Compared.Check(groups, Nd.Random(2, 1, 9, 8, 4));
    }

    /// <summary>The tests give and take channels last, so the graph's input and output are turned.</summary>
    [Fact]
    public void TransposesAroundChannelsFirstCancel()
    {
        TinyGraph graph = Start(Free2).Whole("first", 0, 3, 1, 2).Whole("last", 0, 2, 3, 1).Floats("w", Nd.Random(1, 3, 3, 2, 3))
            .Floats("b", Nd.Random(4, 3))
            .Node("turned", "Transpose", ["in", "first"])
            .Node("conv", "Conv2D", ["turned", "w"], ("strides", (int[])[1, 1, 2, 2]), ("padding", "SAME"), ("data_format", "NCHW"))
            .Node("biased", "BiasAdd", ["conv", "b"], ("data_format", "NCHW"))
            .Node("pooled", "MaxPool", ["biased"], ("ksize", (int[])[1, 1, 2, 3]), ("strides", (int[])[1, 1, 1, 1]), ("padding", "SAME"),
                ("data_format", "NCHW"))
            .Node("out", "Transpose", ["pooled", "last"]);
        Assert.Equal(["Conv", "MaxPool"], Compared.Check(graph, Nd.Random(2, 1, 11, 14, 2)));
    }

    [Theory]
    [InlineData("SAME")]
    [InlineData("VALID")]
    public void Depthwise(string padding)
    {
        foreach (int stride in (int[])[1, 2])
            foreach (int multiplier in (int[])[1, 3])
            {
                TinyGraph graph = Start(Free2).Floats("w", Nd.Random(1, 3, 2, 2, multiplier))
                    .Node("out", "DepthwiseConv2dNative", ["in", "w"], Attributes([1, stride, stride, 1], padding));
                Compared.Check(graph, Nd.Random(2, 2, 9, 10, 2));
            }
    }

    [Theory]
    [InlineData("SAME")]
    [InlineData("VALID")]
    public void Pooling(string padding)
    {
        foreach (string operation in (string[])["MaxPool", "AvgPool"])
            foreach (int kernel in (int[])[1, 2, 3])
                foreach (int stride in (int[])[1, 2, 3])
                {
                    TinyGraph flat = Start(Free2).Node("out", operation, ["in"],
                        [.. Attributes([1, stride, stride, 1], padding), ("ksize", (int[])[1, kernel, kernel, 1])]);
                    Compared.Check(flat, Nd.Random(2, 2, 11, 14, 2));
                    TinyGraph deep = Start(Free3).Node("out", operation + "3D", ["in"],
                        [.. Attributes([1, 1, stride, stride, 1], padding), ("ksize", (int[])[1, 2, kernel, kernel, 1])]);
                    Compared.Check(deep, Nd.Random(2, 1, 5, 7, 8, 2));
                }
    }

    /// <summary>Sizes as Keras asks for them: from the input's shape, times the stride; VALID adds what the kernel has more.</summary>
    [Theory]
    [InlineData("SAME")]
    [InlineData("VALID")]
    public void TransposedConvolution(string padding)
    {
        foreach (int kernel in (int[])[1, 2, 3, 4, 5])
            foreach (int stride in (int[])[1, 2, 3])
            {
                int more = padding == "SAME" ? 0 : Math.Max(kernel - stride, 0);
                TinyGraph graph = Sized(Start(Free2), 2, stride, more).Floats("w", Nd.Random(1, kernel, kernel, 3, 2))
                    .Node("out", "Conv2DBackpropInput", ["size", "w", "in"], Attributes([1, stride, stride, 1], padding));
                Compared.Check(graph, Nd.Random(2, 1, 5, 6, 2));
                TinyGraph deep = Sized(Start(Free3), 3, stride, more).Floats("w", Nd.Random(1, kernel, 2, kernel, 3, 2))
                    .Node("out", "Conv3DBackpropInputV2", ["size", "w", "in"], Attributes([1, stride, stride, stride, 1], padding));
                if (kernel == 2 || padding == "SAME")
                    Compared.Check(deep, Nd.Random(2, 1, 3, 4, 5, 2));
            }
    }

    private static TinyGraph Sized(TinyGraph graph, int axes, int stride, int more)
    {
        graph.Node("shape", "Shape", ["in"], ("out_type", new TinyGraph.ElementType(TfTypes.Int32))).Scalar("stride", stride)
            .Scalar("more", more).Scalar("channels", 3);
        for (int axis = 0; axis <= axes; axis++)
        {
            graph.Whole($"from{axis}", axis).Whole($"to{axis}", axis + 1).Whole($"step{axis}", 1)
                .Node($"size{axis}", "StridedSlice", ["shape", $"from{axis}", $"to{axis}", $"step{axis}"], ("shrink_axis_mask", 1))
                .Node($"times{axis}", "Mul", [$"size{axis}", "stride"]).Node($"plus{axis}", "AddV2", [$"times{axis}", "more"]);
        }
        return graph.Node("size", "Pack", ["size0", .. Enumerable.Range(1, axes).Select(axis => $"plus{axis}"), "channels"], ("axis", 0));
    }

    /// <summary>
    /// How Keras wrote dilated convolutions: the image is padded to whole blocks, the blocks become a batch, and the padding is cropped.
    /// </summary>
    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, 5)]
    public void DilationThroughTheBatch(int dilation, int kernel)
    {
        int span = (kernel - 1) * dilation, before = span / 2, after = span - before;
        TinyGraph graph = Start(Free2).Floats("w", Nd.Random(1, kernel, kernel, 2, 3)).Whole("block", dilation, dilation)
            .Node("shape", "Shape", ["in"]).Whole("1", 1).Whole("3", 3).Node("size", "StridedSlice", ["shape", "1", "3", "1"])
            .Whole("before", before, before).Whole("after", after, after).Whole("none", 0, 0)
            .Node("sum1", "Add", ["size", "before"]).Node("full", "Add", ["sum1", "after"]).Node("rest", "FloorMod", ["full", "block"])
            .Node("missing", "Sub", ["block", "rest"]).Node("extra", "FloorMod", ["missing", "block"])
            .Node("end", "Add", ["after", "extra"])
            .Node("pads", "Pack", ["before", "end"], ("axis", 1)).Node("crops", "Pack", ["none", "extra"], ("axis", 1))
            .Node("spaced", "SpaceToBatchND", ["in", "block", "pads"])
            .Node("conv", "Conv2D", ["spaced", "w"], Attributes([1, 1, 1, 1], "VALID"))
            .Node("out", "BatchToSpaceND", ["conv", "block", "crops"]);
        Assert.Equal(["Conv"], Compared.Check(graph, Nd.Random(2, 1, 13, 14, 2)));
        Compared.Check(graph, Nd.Random(2, 2, 12, 17, 2));
    }
}
