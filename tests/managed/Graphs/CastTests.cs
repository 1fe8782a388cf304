using BioDL.Core;
using BioDL.Graphs;
using BioDL.Graphs.Editing;
using BioDL.Graphs.Files;

namespace BioDL.Tests.Graphs;

/// <summary>Networks of other element types take and give float32.</summary>
public class CastTests
{
    private static readonly Values Image = new([.. Enumerable.Range(0, 64).Select(i => (float)(i % 16))], [1, 1, 8, 8]);

    [Fact]
    public void A_float32_network_stays_the_same_array()
    {
        byte[] onnx = new TinyOnnx().Bytes();
        Assert.Same(onnx, OnnxCasts.ToFloat32(onnx, OnnxReader.Read(onnx, "tiny")));
    }

    [Theory]
    [InlineData(2)]     // uint8
    [InlineData(3)]     // int8
    [InlineData(4)]     // uint16
    [InlineData(5)]     // int16
    [InlineData(6)]     // int32
    [InlineData(7)]     // int64
    [InlineData(10)]    // float16
    [InlineData(11)]    // float64
    [InlineData(12)]    // uint32
    [InlineData(13)]    // uint64
    [InlineData(16)]    // bfloat16
    public void Every_type_of_numbers_is_cast(int type)
    {
        var maker = new NetworkMaker();
        maker.Input("x", type, 1, 1, null, null);
        string number = maker.Node("Cast", ["x"], ("to", 1));
        string doubled = maker.Node("Cast", [maker.Node("Add", [number, number])], ("to", type));
        maker.Add("Identity", [doubled], [maker.Output("y", type)]);
        Values y = Cast(maker.Bytes())("x", Image)[0];
        Assert.Equal(Image.Data.Select(value => 2 * value), y.Data);
    }

    [Fact]
    public void A_mask_becomes_zeros_and_ones()
    {
        var maker = new NetworkMaker();
        maker.Input("x", NetworkMaker.Float, 1, 1, null, null);
        maker.Add("Greater", ["x", maker.Floats([7], 1)], [maker.Output("y", NetworkMaker.Bool)]);
        Assert.Equal(Image.Data.Select(value => value > 7 ? 1f : 0f), Cast(maker.Bytes())("x", Image)[0].Data);
    }

    [Fact]
    public void A_float16_network_runs_as_it_is()
    {
        var maker = new NetworkMaker();
        maker.Input("x", NetworkMaker.Half, 1, 1, null, null);
        string weights = maker.Constant(NetworkMaker.Half,
            [.. Enumerable.Range(1, 9).SelectMany(i => BitConverter.GetBytes((Half)(i / 8f)))], [1, 1, 3, 3]);
        maker.Add("Conv", ["x", weights], [maker.Output("y", NetworkMaker.Half)], "", ("pads", new long[] { 1, 1, 1, 1 }));
        Values y = Cast(maker.Bytes())("x", Image)[0];
        float expected = 0;
        for (int i = 0; i < 9; i++)
            expected += (i + 1) / 8f * Image.Data[(2 + i / 3) * 8 + 2 + i % 3];
        // ONNX Runtime computes float16 on a CPU in float32 and rounds; float16 has 11 bits.
        Assert.Equal(expected, y.Data[3 * 8 + 3], expected / 2048);
    }

    [Fact]
    public void Outputs_that_other_nodes_and_branches_use_keep_their_users()
    {
        var maker = new NetworkMaker();
        maker.Input("x", NetworkMaker.Half, 1, 1, null, null);
        maker.Add("Neg", ["x"], [maker.Output("y", NetworkMaker.Half)]);
        byte[] Branch(string source, string name) =>
            NetworkMaker.Graph([NetworkMaker.NodeBytes("Neg", [source], [name], "")], [], [],
            [NetworkMaker.Value(name, 10, null, null, null, null)]);
        maker.Add("If", [maker.Constant(NetworkMaker.Bool, [1], [])], [maker.Output("z", NetworkMaker.Half)], "",
            ("then_branch", new NetworkMaker.InnerGraph(Branch("y", "yes"))),
            ("else_branch", new NetworkMaker.InnerGraph(Branch("x", "no"))));
        Values[] outputs = Cast(maker.Bytes())("x", Image);
        Assert.Equal(Image.Data.Select(value => -value), outputs[0].Data);
        Assert.Equal(Image.Data, outputs[1].Data);
    }

    [Fact]
    public void Texts_are_no_numbers()
    {
        var maker = new NetworkMaker();
        maker.Input("x", 8, 1);
        maker.Add("Identity", ["x"], [maker.Output("y", 8, 1)]);
        byte[] onnx = maker.Bytes();
        var error = Assert.Throws<BioDLException>(() => OnnxCasts.ToFloat32(onnx, OnnxReader.Read(onnx, "text")));
        Assert.Equal(Status.ModelUnsupported, error.Status);
        Assert.Contains("x string", error.Message);
    }

    private static Func<string, Values, Values[]> Cast(byte[] onnx)
    {
        byte[] cast = OnnxCasts.ToFloat32(onnx, OnnxReader.Read(onnx, "typed"));
        OnnxGraph graph = OnnxReader.Read(cast, "cast");
        Assert.All(graph.Inputs.Concat(graph.Outputs), spec => Assert.Equal(1, spec.ElementType));
        return (name, image) =>
        {
            using var run = new OrtRun(cast);
            return run.Run((name, image));
        };
    }
}
