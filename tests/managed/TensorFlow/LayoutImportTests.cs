using BioDL.TensorFlow;
using BioDL.TensorFlow.Reading;

namespace BioDL.Tests.TensorFlow;

/// <summary>Which axes, sizes and outputs a graph has where it does not say so plainly.</summary>
public class LayoutImportTests
{
    /// <summary>A placeholder that was exported with one size: what follows works with any.</summary>
    [Theory]
    [InlineData("convolution")]
    [InlineData("pooling and repeat")]
    [InlineData("mean of the image")]
    public void A_fixed_size_is_opened_where_the_graph_works_with_any(string kind)
    {
        TinyGraph graph = Ending(new TinyGraph().Input("in", 1, 8, 8, 1).Floats("kernel", Nd.Random(7, 3, 3, 1, 1)), kind);
        ImportedNetwork network = Compared.Import(graph);
        Assert.Null(network.Inputs[0].OnlySizes);
        foreach ((int height, int width) in new[] { (8, 8), (12, 20), (4, 16) })
        {
            Nd input = Nd.Random(7, 1, height, width, 1);
            Nd expected = PlainGraph.Of(graph.Bytes, input).Value(new TfPort("out", 0))!;
            Assert.InRange(NetworkRun.Of(network, input)[0].Deviation(expected), 0, Compared.Tolerance);
        }
    }

    /// <summary>The graph holds the size as a number, so it stays and is told.</summary>
    [Theory]
    [InlineData("resize to numbers")]
    [InlineData("reshape to numbers")]
    [InlineData("constant as large")]
    [InlineData("back to numbers")]
    public void A_size_that_the_graph_holds_stays(string kind)
    {
        TinyGraph graph = Ending(new TinyGraph().Input("in", 1, 8, 8, 1).Floats("kernel", Nd.Random(7, 3, 3, 1, 1)), kind);
        ImportedNetwork network = Compared.Import(graph);
        Assert.Equal([1, 1, 8, 8], network.Inputs[0].OnlySizes);
        Nd input = Nd.Random(7, 1, 8, 8, 1);
        Nd expected = PlainGraph.Of(graph.Bytes, input).Value(new TfPort("out", 0))!;
        Assert.InRange(NetworkRun.Of(network, input)[0].Deviation(expected), 0, Compared.Tolerance);
    }

    /// <summary>Signatures with channels first before a network with channels last.</summary>
    [Fact]
    public void A_change_of_axes_before_the_first_operator_is_undone()
    {
        long[] shape = [-1, 2, -1, -1];
        int[] order = [0, 2, 3, 1];
        TinyGraph graph = new TinyGraph().Input("in", shape).Whole("order", order).Node("last", "Transpose", ["in", "order"])
            .Floats("kernel", Nd.Random(7, 3, 3, 2, 3)).Node("conv", "Conv2D", ["last", "kernel"], ("strides", new[] { 1, 1, 1, 1 }),
                ("padding", "SAME"), ("data_format", "NHWC"))
            .Whole("back", [.. Enumerable.Range(0, 4).Select(axis => Array.IndexOf(order, axis))])
            .Node("out", "Transpose", ["conv", "back"]);
        ImportedNetwork network = Compared.Import(graph);
        Assert.Equal((2, 3), (network.Inputs[0].Channels, network.Outputs[0].Channels));
        Nd first = Nd.Random(7, 1, 2, 6, 10);
        Nd expected = PlainGraph.Of(graph.Bytes, first).Value(new TfPort("out", 0))!;
        Assert.InRange(NetworkRun.Of(network, first.ChannelsLast())[0].Deviation(expected.ChannelsLast()), 0, Compared.Tolerance);
    }

    [Theory]
    [InlineData("bcyx", 3)]
    [InlineData("byxc", 0)]
    [InlineData("", 0)]
    public void Without_an_operator_that_tells_the_axes_the_description_does(string axes, int channels)
    {
        TinyGraph graph = new TinyGraph().Input("in", -1, 3, -1, -1).Floats("two", new Nd([], [2])).Node("out", "Mul", ["in", "two"]);
        ImportedNetwork network = TensorFlowImporter.Import(new MemoryFiles(("graph.pb", graph.Bytes)), "graph.pb", new ImportWishes
        {
            Outputs = ["out"], Inputs = axes.Length > 0 ? [new DescribedInput("raw", axes)] : [],
        });
        Assert.Equal((channels, channels), (network.Inputs[0].Channels, network.Outputs[0].Channels));
    }

    [Fact]
    public void An_input_is_no_output_and_neither_is_a_measure()
    {
        TinyGraph graph = new TinyGraph().Input("in", -1, -1, -1, 1).Input("stray", -1, -1, -1, 1).Node("handed", "Identity", ["stray"])
            .Node("again", "Identity", ["handed"]).Floats("kernel", Nd.Random(7, 3, 3, 1, 1)).Whole("all", 0, 1, 2, 3);
        Ending(graph, "convolution").Node("loss", "Mean", ["conv", "all"]);
        var files = new MemoryFiles(("graph.pb", graph.Bytes));
        ImportedNetwork network = TensorFlowImporter.Import(files, "graph.pb", new ImportWishes());
        Assert.Equal("out", Assert.Single(network.Outputs).TensorFlowName);
        Assert.Equal("in", Assert.Single(network.Inputs).Name);
        ImportedNetwork named = TensorFlowImporter.Import(files, "graph.pb", new ImportWishes { Named = ["conv"] });
        Assert.Equal("conv", Assert.Single(named.Outputs).TensorFlowName);
        ImportedNetwork stray = TensorFlowImporter.Import(files, "graph.pb", new ImportWishes { Named = ["stray"] });
        Assert.Equal("out", Assert.Single(stray.Outputs).TensorFlowName);
    }

    /// <summary>Keras calls its tensors otherwise than the SavedModel that is made of them.</summary>
    [Fact]
    public void A_name_that_the_graph_has_not_means_the_only_output_of_the_signature()
    {
        TinyGraph graph = Ending(new TinyGraph().Input("in", -1, -1, -1, 1).Floats("kernel", Nd.Random(7, 3, 3, 1, 1)), "convolution");
        MemoryFiles files = TinySavedModel.Files(graph, "in", "out");
        ImportedNetwork network = TensorFlowImporter.Import(files, "saved_model.pb", ["activation_11/Identity:0"]);
        Assert.Equal("out", Assert.Single(network.Outputs).TensorFlowName);
    }

    /// <summary>From "in" of one channel to "out".</summary>
    private static TinyGraph Ending(TinyGraph graph, string kind)
    {
        (string, object)[] same = [("strides", new[] { 1, 1, 1, 1 }), ("padding", "SAME"), ("data_format", "NHWC")],
            half = [("strides", new[] { 1, 2, 2, 1 }), ("padding", "SAME"), ("data_format", "NHWC")];
        graph.Node("conv", "Conv2D", ["in", "kernel"], same);
        return kind switch
        {
            "convolution" => graph.Node("out", "Relu", ["conv"]),
            "pooling and repeat" => Repeated(graph.Node("small", "MaxPool", ["conv"], [.. half, ("ksize", new[] { 1, 2, 2, 1 })])),
            "mean of the image" => graph.Whole("sides", 1, 2).Node("mean", "Mean", ["conv", "sides"], ("keep_dims", true))
                .Node("out", "Sub", ["conv", "mean"]),
            "resize to numbers" => graph.Whole("size", 16, 16).Node("out", "ResizeNearestNeighbor", ["conv", "size"]),
            "reshape to numbers" => graph.Whole("size", 1, 8, 8, 1).Node("out", "Reshape", ["conv", "size"]),
            "constant as large" => graph.Floats("ground", Nd.Random(7, 8, 8, 1)).Node("out", "Sub", ["conv", "ground"]),
            "back to numbers" => graph.Node("small", "Conv2D", ["conv", "kernel"], half).Whole("size", 1, 8, 8, 1)
                .Node("out", "Conv2DBackpropInput", ["size", "kernel", "small"], half),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private static TinyGraph Repeated(TinyGraph graph) => graph.Node("shape", "Shape", ["small"]).Whole("from", 1).Whole("to", 3)
        .Whole("by", 1).Node("sides", "StridedSlice", ["shape", "from", "to", "by"]).Whole("two", 2, 2)
        .Node("size", "Mul", ["sides", "two"]).Node("out", "ResizeNearestNeighbor", ["small", "size"]);
}
