using BioDL.Core;
using BioDL.Graphs.Files;

namespace BioDL.Tests.Graphs;

/// <summary>Network files are untrusted: what ONNX Runtime would not take is refused before, and says why.</summary>
public class OnnxCheckTests
{
    [Fact]
    public void The_newest_versions_are_those_of_this_onnx_runtime()
    {
        using (var run = new OrtRun(Network(26, 13).Bytes()))
            run.Run(("x", Values.Noise(1, 1, 1, 4, 4)));
        Assert.ThrowsAny<Exception>(() => new OrtRun(Network(27, 13).Bytes()));
        Assert.ThrowsAny<Exception>(() => new OrtRun(Network(26, 14).Bytes()));
        OnnxReader.Read(Network(26, 13).Bytes(), "new");
        Expect(Network(27, 13).Bytes(), Status.ModelUnsupported, "operator set 27");
        Expect(Network(26, 14).Bytes(), Status.ModelUnsupported, "version 14");
    }

    [Fact]
    public void Operators_that_nobody_has_are_named_and_those_of_the_file_itself_are_not()
    {
        NetworkMaker maker = Network();
        maker.Add("Twist", ["x"], ["z"], "com.acme");
        Expect(maker.Bytes(), Status.ModelUnsupported, "com.acme.Twist");
        byte[] function = NetworkMaker.Join(NetworkMaker.Field(1, "Twist"), NetworkMaker.Field(4, "a"), NetworkMaker.Field(5, "b"),
            NetworkMaker.Field(7, NetworkMaker.NodeBytes("Neg", ["a"], ["b"], "")),
            NetworkMaker.Field(9, NetworkMaker.Join(NetworkMaker.Field(1, ""), NetworkMaker.Number(2, 17))),
            NetworkMaker.Field(10, "com.acme"));
        byte[] own = NetworkMaker.Join(maker.Bytes(),
            NetworkMaker.Field(8, NetworkMaker.Join(NetworkMaker.Field(1, "com.acme"), NetworkMaker.Number(2, 1))),
            NetworkMaker.Field(25, function));
        Assert.Empty(OnnxReader.Read(own, "own").ForeignOperators);
        using var run = new OrtRun(own);
        Assert.Equal(16, run.Run(("x", Values.Noise(1, 1, 1, 4, 4)))[0].Data.Length);
    }

    [Fact]
    public void A_tensor_of_text_is_named()
    {
        NetworkMaker maker = Network();
        maker.Input("words", 8, 1);
        Expect(maker.Bytes(), Status.ModelUnsupported, "words string");
    }

    [Theory]
    [InlineData("../secret.bin")]
    [InlineData("/etc/passwd")]
    [InlineData("a\\..\\b")]
    [InlineData("c:weights")]
    [InlineData("")]
    public void Weights_outside_the_folder_are_refused_also_inside_branches(string file)
    {
        byte[] tensor = NetworkMaker.Join(NetworkMaker.Number(1, 4), NetworkMaker.Number(2, 1), NetworkMaker.Field(8, "w"),
            NetworkMaker.Field(13, NetworkMaker.Join(NetworkMaker.Field(1, "location"), NetworkMaker.Field(2, file))),
            NetworkMaker.Number(14, 1));
        NetworkMaker plain = Network();
        plain.RawConstant(tensor);
        Expect(plain.Bytes(), Status.ModelInvalid, $"\"{file}\"");
        NetworkMaker branch = Network();
        byte[] inner = NetworkMaker.Graph([NetworkMaker.NodeBytes("Neg", ["w"], ["n"], "")], [tensor], [], [NetworkMaker.Value("n", 1, 4)]);
        branch.Node("If", [branch.Constant(NetworkMaker.Bool, [1], [])], ("then_branch", new NetworkMaker.InnerGraph(inner)),
            ("else_branch", new NetworkMaker.InnerGraph(inner)));
        Expect(branch.Bytes(), Status.ModelInvalid, $"\"{file}\"");
        NetworkMaker attribute = Network();
        attribute.Node("Constant", [], ("value", new NetworkMaker.InnerTensor(tensor)));
        Expect(attribute.Bytes(), Status.ModelInvalid, $"\"{file}\"");
    }

    [Fact]
    public void Sizes_that_the_file_does_not_hold_are_refused()
    {
        NetworkMaker tooLarge = Network(), negative = Network(), overflowing = Network(), unstored = Network();
        tooLarge.RawConstant(NetworkMaker.Tensor("w", 1, new byte[64], [1 << 20, 1 << 20]));
        negative.RawConstant(NetworkMaker.Tensor("w", 1, new byte[64], [-4, -4]));
        overflowing.RawConstant(NetworkMaker.Tensor("w", 1, [], [long.MaxValue, long.MaxValue]));
        unstored.RawConstant(NetworkMaker.Join(NetworkMaker.Number(1, 1L << 40), NetworkMaker.Number(2, 1), NetworkMaker.Field(8, "w")));
        foreach (NetworkMaker maker in new[] { tooLarge, negative, overflowing, unstored })
            Expect(maker.Bytes(), Status.ModelInvalid, "\"w\"");
    }

    [Fact]
    public void Constants_that_would_fill_the_memory_are_refused()
    {
        NetworkMaker filled = Network(), range = Network();
        filled.Node("ConstantOfShape", [filled.Integers(1 << 20, 1 << 20)]);
        Expect(filled.Bytes(), Status.ModelInvalid, "ConstantOfShape");
        range.Node("Range", [range.Integers([0], []), range.Integers([1L << 40], []), range.Integers([1], [])]);
        Expect(range.Bytes(), Status.ModelInvalid, "Range");
    }

    [Fact]
    public void Deep_nesting_is_refused_before_it_can_overflow_the_stack()
    {
        byte[] graph = NetworkMaker.Graph([NetworkMaker.NodeBytes("Neg", ["x"], ["n"], "")], [], [], [NetworkMaker.Value("n", 1)]);
        for (int depth = 0; depth < 2000; depth++)
            graph = NetworkMaker.Graph([NetworkMaker.NodeBytes("If", ["c"], ["n"], "",
                ("then_branch", new NetworkMaker.InnerGraph(graph)))], [], [], []);
        NetworkMaker maker = Network();
        maker.Node("If", ["c"], ("then_branch", new NetworkMaker.InnerGraph(graph)));
        Expect(maker.Bytes(), Status.ModelInvalid, "nested");
    }

    private static NetworkMaker Network(int opset = 17, long ir = 8)
    {
        var maker = new NetworkMaker(opset) { IrVersion = ir };
        maker.Input("x", NetworkMaker.Float, 1, 1, null, null);
        maker.Add("Relu", ["x"], [maker.Output("y")]);
        return maker;
    }

    private static void Expect(byte[] onnx, Status status, string says)
    {
        var error = Assert.Throws<BioDLException>(() => OnnxReader.Read(onnx, "bad.onnx"));
        Assert.Equal(status, error.Status);
        Assert.Contains(says, error.Message);
        Assert.Contains("bad.onnx", error.Message);
        Assert.NotEmpty(error.Hint);
    }
}
