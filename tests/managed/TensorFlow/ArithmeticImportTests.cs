using BioDL.Core;
using BioDL.TensorFlow.Reading;

namespace BioDL.Tests.TensorFlow;

/// <summary>Arithmetic, activations, normalisation, and what is taken into a convolution.</summary>
public sealed class ArithmeticImportTests
{
    private static TinyGraph Start() => new TinyGraph().Input("in", -1, -1, -1, 2);

    private static TinyGraph Convolved() => Start().Floats("w", Nd.Random(7, 3, 3, 2, 2))
        .Node("conv", "Conv2D", ["in", "w"], ("strides", (int[])[1, 1, 1, 1]), ("padding", "SAME"), ("data_format", "NHWC"));

    private static Nd Image => Nd.Random(2, 2, 5, 7, 2);

    [Theory]
    [InlineData("Relu")]
    [InlineData("Relu6")]
    [InlineData("LeakyRelu")]
    [InlineData("Elu")]
    [InlineData("Selu")]
    [InlineData("Tanh")]
    [InlineData("Sigmoid")]
    [InlineData("Softplus")]
    [InlineData("Softsign")]
    [InlineData("Exp")]
    [InlineData("Abs")]
    [InlineData("Neg")]
    [InlineData("Square")]
    [InlineData("Softmax")]
    [InlineData("Identity")]
    [InlineData("StopGradient")]
    public void OfOneTensor(string operation) => Compared.Check(Start().Floats("ten", new Nd([], [10])).Node("scaled", "Mul", ["in", "ten"])
        .Node("out", operation, ["scaled"]), Image);

    [Theory]
    [InlineData("Sqrt")]
    [InlineData("Rsqrt")]
    [InlineData("Log")]
    public void OfPositiveValues(string operation) =>
        Compared.Check(Start().Node("out", operation, ["in"]), Image.Map(value => Math.Abs(value) + 0.125));

    [Theory]
    [InlineData("Add")]
    [InlineData("AddV2")]
    [InlineData("Sub")]
    [InlineData("Mul")]
    [InlineData("RealDiv")]
    [InlineData("Maximum")]
    [InlineData("Minimum")]
    [InlineData("SquaredDifference")]
    public void OfTwo(string operation)
    {
        // One number, one for each channel, one for each channel with axes of size 1, one for each column, all for one pixel's place.
        foreach (int[] shape in (int[][])[[], [2], [1, 1, 1, 2], [7, 1], [1, 5, 7, 2]])
        {
            Nd constant = Nd.Random(5, shape).Map(value => value + 2);
            Compared.Check(Start().Floats("c", constant).Node("out", operation, ["in", "c"]), Image);
            Compared.Check(Start().Floats("c", constant).Node("out", operation, ["c", "in"]), Image.Map(value => value + 2.5));
            Compared.Check(Convolved().Floats("c", constant).Node("out", operation, ["conv", "c"]), Image);
        }
        Compared.Check(Convolved().Node("e", "Exp", ["in"]).Node("out", operation, ["conv", "e"]), Image);
    }

    [Fact]
    public void SumsOfMany() => Compared.Check(Convolved().Node("t", "Tanh", ["in"]).Node("out", "AddN", ["in", "conv", "t"], ("N", 3)),
        Image);

    [Fact]
    public void MeansBroadcastBack() =>
        Compared.Check(Convolved().Whole("axes", 1, 2).Node("mean", "Mean", ["conv", "axes"], ("keep_dims", true))
        .Node("d", "Sub", ["conv", "mean"]).Node("s", "SquaredDifference", ["conv", "mean"]).Node("v", "Mean", ["s", "axes"],
            ("keep_dims", true))
        .Floats("e", new Nd([], [0.001])).Node("ve", "AddV2", ["v", "e"]).Node("r", "Rsqrt", ["ve"]).Node("out", "Mul", ["d", "r"]), Image);

    [Theory]
    [InlineData("Mean")]
    [InlineData("Sum")]
    [InlineData("Max")]
    public void ReducedAndExpanded(string operation) => Compared.Check(Start().Whole("axes", 1, 3).Scalar("one", 1).Scalar("last", -1)
        .Node("r", operation, ["in", "axes"], ("keep_dims", false)).Node("e", "ExpandDims", ["r", "one"])
        .Node("f", "ExpandDims", ["e", "last"])
        .Node("out", "AddV2", ["in", "f"]), Image);

    [Theory]
    [InlineData("FusedBatchNorm", "NHWC")]
    [InlineData("FusedBatchNormV2", "NHWC")]
    [InlineData("FusedBatchNormV3", "NCHW")]
    public void BatchNormalization(string operation, string format)
    {
        (string, object)[] attributes = [("is_training", false), ("epsilon", 0.001f), ("data_format", format)];
        TinyGraph Statistics(TinyGraph graph) =>
            graph.Floats("g", Nd.Random(1, 2)).Floats("b", Nd.Random(2, 2)).Floats("m", Nd.Random(3, 2))
            .Floats("v", Nd.Random(4, 2).Map(Math.Abs));
        if (format == "NCHW")
        {
            TinyGraph turned = Statistics(Start()).Whole("first", 0, 3, 1, 2).Whole("last", 0, 2, 3, 1)
                .Node("t", "Transpose", ["in", "first"])
                .Node("n", operation, ["t", "g", "b", "m", "v"], attributes).Node("out", "Transpose", ["n", "last"]);
            Compared.Check(turned, Image);
            return;
        }
        Compared.Check(Statistics(Start()).Node("out", operation, ["in", "g", "b", "m", "v"], attributes), Image);
        TinyGraph folded = Statistics(Convolved()).Floats("bias", Nd.Random(9, 2)).Node("biased", "BiasAdd", ["conv", "bias"],
            ("data_format", "NHWC"))
            .Node("n", operation, ["biased", "g", "b", "m", "v"], attributes).Node("out", "Relu", ["n"]);
        Assert.Equal(["Conv", "Relu"], Compared.Check(folded, Image));
    }

    /// <summary>As tf.nn.batch_normalization writes it.</summary>
    [Fact]
    public void UnfusedBatchNormalizationIsFoldedToo()
    {
        TinyGraph graph = Convolved().Floats("g", Nd.Random(1, 2)).Floats("b", Nd.Random(2, 2)).Floats("m", Nd.Random(3, 2))
            .Floats("v", Nd.Random(4, 2).Map(Math.Abs))
            .Floats("e", new Nd([], [0.001])).Node("ve", "Add", ["v", "e"]).Node("r", "Rsqrt", ["ve"]).Node("rg", "Mul", ["r", "g"])
            .Node("x", "Mul", ["conv", "rg"])
            .Node("mr", "Mul", ["m", "rg"]).Node("s", "Sub", ["b", "mr"]).Node("out", "Add", ["x", "s"]);
        Assert.Equal(["Conv"], Compared.Check(graph, Image));
    }

    [Fact]
    public void MaximumWithAFractionIsLeakyRelu()
    {
        TinyGraph graph = Convolved().Floats("a", new Nd([], [0.125])).Node("ax", "Mul", ["a", "conv"])
            .Node("out", "Maximum", ["ax", "conv"]);
        Assert.Equal(["Conv", "LeakyRelu"], Compared.Check(graph, Image));
        TinyGraph steep = Convolved().Floats("a", new Nd([], [3])).Node("ax", "Mul", ["a", "conv"]).Node("out", "Maximum", ["ax", "conv"]);
        Assert.DoesNotContain("LeakyRelu", Compared.Check(steep, Image));
    }

    /// <summary>A convolution whose own result is used too must keep it.</summary>
    [Fact]
    public void AResultThatIsUsedTwiceIsNotFolded() =>
        Compared.Check(Convolved().Floats("b", Nd.Random(3, 2)).Node("biased", "BiasAdd", ["conv", "b"], ("data_format", "NHWC"))
        .Node("out", "Mul", ["conv", "biased"]), Image);

    [Theory]
    [InlineData(TfTypes.Double)]
    [InlineData(TfTypes.Half)]
    public void WeightsOfOtherTypes(int type) =>
        Compared.Check(Start().Floats("w", Nd.Random(7, 3, 3, 2, 3).Map(value => (double)(Half)value), type)
        .Node("out", "Conv2D", ["in", "w"], ("strides", (int[])[1, 1, 1, 1]), ("padding", "SAME"), ("data_format", "NHWC")), Image);

    [Fact]
    public void ConditionsTakeTheBranchForInference()
    {
        TinyGraph graph = Start().Node("false", "Const", [], ("dtype", new TinyGraph.ElementType(TfTypes.Bool)),
            ("value", (new Nd([], [0]), TfTypes.Bool)))
            .Node("phase", "PlaceholderWithDefault", ["false"], ("dtype", new TinyGraph.ElementType(TfTypes.Bool)))
            .Node("dropped", "RandomStandardNormal", ["in"]).Node("s", "Switch", ["in", "phase"]).Node("d", "Switch", ["dropped", "phase"])
            .Node("tanh", "Tanh", ["s"]).Node("exp", "Exp", ["s:1"]).Node("merged", "Merge", ["exp", "tanh"], ("N", 2))
            .Node("m2", "Merge", ["merged", "d:1"], ("N", 2))
            .Node("out", "Neg", ["m2"]);
        Assert.Contains("Tanh", Compared.Check(graph, Image));
    }

    [Theory]
    [InlineData("If")]
    [InlineData("StatelessIf")]
    public void FunctionsAreWrittenOut(string condition)
    {
        TinyGraph graph = Start().Scalar("no", 0).Floats("w", Nd.Random(7, 3, 3, 2, 3))
            .Define("then", ["x"], [("y", "e:y:0")], TinyGraph.NodeBytes("e", "Exp", ["x"]))
            .Define("else", ["x"], [("y", "t:y:0")], TinyGraph.NodeBytes("t", "Tanh", ["x"]))
            .Define("body", ["x", "w", "p"], [("y", "i:output:0"), ("z", "c:output:0")],
                TinyGraph.NodeBytes("c", "Conv2D", ["x", "w"], ("strides", (int[])[1, 1, 1, 1]), ("padding", "SAME"),
                    ("data_format", "NHWC")),
                TinyGraph.NodeBytes("i", condition, ["p", "c:output:0"], ("then_branch", new TinyGraph.Function("then")),
                    ("else_branch", new TinyGraph.Function("else"))))
            .Node("call", "StatefulPartitionedCall", ["in", "w", "no"], ("f", new TinyGraph.Function("body")))
                .Node("out", "AddV2", ["call", "call:1"]);
        Assert.Contains("Tanh", Compared.Check(graph, Image));
    }

    [Fact]
    public void FunctionsThatCallThemselvesEnd()
    {
        TinyGraph graph = Start().Define("f", ["x"], [("y", "c:output:0")],
            TinyGraph.NodeBytes("c", "PartitionedCall", ["x"], ("f", new TinyGraph.Function("f"))))
            .Node("out", "PartitionedCall", ["in"], ("f", new TinyGraph.Function("f")));
        Assert.Equal(Status.ModelInvalid, Assert.Throws<BioDLException>(() => Compared.Import(graph)).Status);
    }

    [Fact]
    public void FunctionsThatDoubleEachOtherEnd()
    {
        TinyGraph graph = Start();
        for (int i = 0; i < 30; i++)
        {
            byte[] Call(string name, string input) =>
                TinyGraph.NodeBytes(name, "PartitionedCall", [input], ("f", new TinyGraph.Function($"f{i + 1}")));
            graph.Define($"f{i}", ["x"], [("y", "b:output:0")], Call("a", "x"), Call("b", "a:output:0"));
        }
        graph.Define("f30", ["x"], [("y", "x")]).Node("out", "PartitionedCall", ["in"], ("f", new TinyGraph.Function("f0")));
        Assert.Equal(Status.ModelInvalid, Assert.Throws<BioDLException>(() => Compared.Import(graph)).Status);
    }

    [Fact]
    public void AnUnknownOperationIsNamed()
    {
        BioDLException error = Assert.Throws<BioDLException>(() =>
            Compared.Import(Start().Node("spectrum", "FFT2D", ["in"]).Node("out", "Abs", ["spectrum"])));
        Assert.Equal(Status.ModelUnsupported, error.Status);
        Assert.Contains("FFT2D", error.Message);
        Assert.Contains("\"spectrum\"", error.Message);
        Assert.Contains("Conv2D", error.Hint);
    }

    [Fact]
    public void LoopsAndMissingInputsAreErrors()
    {
        TinyGraph loop = Start().Node("a", "AddV2", ["in", "b"]).Node("b", "Tanh", ["a"]).Node("out", "Abs", ["b"]);
        Assert.Contains("loop", Assert.Throws<BioDLException>(() => Compared.Import(loop)).Message);
        Assert.Equal(Status.ModelInvalid,
            Assert.Throws<BioDLException>(() => Compared.Import(Start().Node("out", "Abs", ["nobody"]))).Status);
        Assert.Equal(Status.ModelInvalid,
            Assert.Throws<BioDLException>(() => Compared.Import(Start().Node("out", "Abs", ["in"]), "other")).Status);
    }

    [Fact]
    public void StatisticsOfTheBatchAreRefused()
    {
        TinyGraph graph = Start().Floats("g", Nd.Random(1, 2)).Node("out", "FusedBatchNormV3", ["in", "g", "g", "g", "g"],
            ("is_training", true));
        Assert.Contains("training", Assert.Throws<BioDLException>(() => Compared.Import(graph)).Message);
    }
}
