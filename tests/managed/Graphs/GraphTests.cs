using BioDL.Conformance;
using BioDL.Core;
using BioDL.Graphs;
using BioDL.Graphs.Files;
using BioDL.Graphs.Walking;

namespace BioDL.Tests.Graphs;

public class GraphTests
{
    private static readonly string Builtin = Path.Combine(Repository.Root, "managed/BioDL.Models/builtin/nuclei-fluo-small/weights.onnx");

    [Fact]
    public void Cost_of_one_convolution_is_counted_by_hand()
    {
        GraphCost cost = GraphCost.Of(OnnxReader.Read(new TinyOnnx { Rays = 8, Kernel = 3, Grid = 2 }.Bytes(), "tiny"), "input", 1);
        // Nine multiplications and additions for each of 1 + 8 outputs on a quarter of the pixels, and one sigmoid.
        Assert.Equal((2 * 9 * 9 + 1) / 4.0, cost.FlopsPerPixel, 1e-9);
        // The input, the probabilities and the distances live at the end.
        Assert.Equal(4 * (1 + 0.25 + 2), cost.BytesPerPixel, 1e-9);
        Assert.Equal((1, 2, 2), (cost.Reach, cost.DivisorY, cost.DivisorX));
        Assert.Equal(8, cost.Outputs["dist"].Channels);
        Assert.Equal(2, cost.Outputs["dist"].PitchY);
        Assert.Empty(cost.GlobalOperators);
    }

    [Fact]
    public void Cost_of_the_builtin_network_is_what_its_recipe_says()
    {
        GraphCost cost = GraphCost.Of(OnnxReader.Read(File.ReadAllBytes(Builtin), "builtin"), "input", 1);
        Assert.InRange(cost.FlopsPerPixel * (1 << 20) / 1e9, 26, 29);
        Assert.Equal((16, 16), (cost.DivisorY, cost.DivisorX));
        Assert.Empty(cost.GlobalOperators);
    }

    [SkippableFact]
    public void Normalisation_over_the_whole_tile_is_noticed()
    {
        GraphCost cost = GraphCost.Of(OnnxReader.Read(File.ReadAllBytes(SharedData.File("models", "stardist-dsb2018", "weights.onnx")),
            "shared"), "input", 1);
        Assert.Contains("InstanceNormalization", cost.GlobalOperators);
        Assert.InRange(cost.FlopsPerPixel * (1 << 20) / 1e9, 270, 290);
        Assert.Equal(8, cost.DivisorY);
    }

    [Fact]
    public void A_truncated_file_is_invalid_wherever_it_ends()
    {
        byte[] whole = new TinyOnnx().Bytes();
        for (int length = 0; length < whole.Length; length++)
        {
            var error = Assert.Throws<BioDLException>(() => OnnxReader.Read(whole.AsSpan(0, length), "short.onnx"));
            Assert.Equal(Status.ModelInvalid, error.Status);
            Assert.Contains("short.onnx", error.Message);
        }
    }

    [Fact]
    public void Damaged_files_never_cause_another_error_than_ours()
    {
        byte[] whole = new TinyOnnx().Bytes();
        var random = new Random(7);
        for (int round = 0; round < 5000; round++)
        {
            byte[] damaged = [.. whole];
            for (int i = 0; i < 1 + round % 4; i++)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                OnnxGraph graph = OnnxReader.Read(damaged, "damaged.onnx");
                GraphCost.Of(graph, graph.Inputs.Count > 0 ? graph.Inputs[0].Name : "input", 1);
            }
            catch (BioDLException error)
            {
                Assert.True(error.Status is Status.ModelInvalid or Status.ModelUnsupported, error.Message);
            }
        }
    }
}
