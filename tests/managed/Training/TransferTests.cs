using BioDL.Conformance;
using BioDL.Core.Training;
using BioDL.Core;
using BioDL.Graphs.Files;
using BioDL.Graphs.UNets.Reading;
using BioDL.Graphs.UNets;
using BioDL.Graphs;
using BioDL.Models.Files;
using BioDL.TensorFlow;
using BioDL.Tests.Graphs;
using FsCheck.Fluent;
using FsCheck;

namespace BioDL.Tests.Training;

/// <summary>Networks of files, found as members of the family: what is found gives what the file gives.</summary>
public sealed class TransferTests
{
    [Fact]
    public void A_network_that_was_written_is_found_again()
    {
        int seed = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(Family.Members, net =>
        {
            byte[] file = UNetOnnx.Write(net, Family.Weights(net, ++seed));
            UNetFound found = UNetReader.Read(file, "family.onnx");
            Assert.Equal(net.Heads.Select(head => head.Name), found.Net.Heads.Select(head => head.Name));
            AssertSame(file, UNetOnnx.Write(found.Net, found.Weights), Values.Noise(seed, Family.InputShape(net, seed)), "input");
        }));
    }

    [SkippableFact]
    public void The_small_network_of_nuclei_is_found()
    {
        byte[] file = File.ReadAllBytes(Shared("nuclei-fluo-small", "weights.onnx"));
        UNetFound found = UNetReader.Read(file, "weights.onnx");
        Assert.Equal((3, 16, 2, true, 64),
            (found.Net.Depth, found.Net.Filters, found.Net.Convolutions, found.Net.Narrow, found.Net.Features));
        Assert.Equal([2, 2], found.Net.Grid);
        Assert.Equal([new UNetHead("dist", 32), new UNetHead("prob", 1, Activation.Sigmoid)], found.Net.Heads);
        AssertSame(file, UNetOnnx.Write(found.Net, found.Weights), Values.Noise(3, 1, 1, 32, 48), "input");
    }

    [SkippableTheory]
    [InlineData("n2v-savedmodel", "format-0.2.0-csbdeep.bioimage.io.zip", false)]
    [InlineData("care-savedmodel", "TF_SavedModel.zip", true)]
    public void What_CSBDeep_and_Noise2Void_save_is_found(string model, string file, bool residual)
    {
        ImportedNetwork import = TensorFlowImporter.Import(ZipFiles.Of(Shared(model, file)), "saved_model.pb", []);
        UNetFound found = UNetReader.Read(import.Onnx, model);
        Assert.Equal((2, 32, 2, true, 0, residual),
            (found.Net.Depth, found.Net.Filters, found.Net.Convolutions, found.Net.Narrow, found.Net.Features, found.Net.Residual));
        Assert.Equal([new UNetHead("output", 1)], found.Net.Heads);
        AssertSame(import.Onnx, UNetOnnx.Write(found.Net, found.Weights), Values.Noise(3, 1, 1, 32, 48), "input");
    }

    /// <summary>StarDist's export for Fiji: one output of full size, and classes that branch off before the shared features.</summary>
    [Fact]
    public void Outputs_that_StarDist_joined_are_found_by_what_they_are()
    {
        UNet net = StarDist with { Heads = [.. StarDist.Heads, new UNetHead("prob_class", 3, Activation.Softmax) { Features = 8 }] };
        Dictionary<string, float[]> weights = Family.Weights(net, 5);
        UNetFound found = UNetReader.Read(Joined(net, weights), "joined.onnx");
        Assert.Equal(net.Heads, found.Net.Heads);
        AssertSame(UNetOnnx.Write(net, weights), UNetOnnx.Write(found.Net, found.Weights), Values.Noise(3, 1, 1, 16, 24), "input");
    }

    [SkippableTheory]
    [InlineData("stardist-dsb2018", "Elu")]
    [InlineData("unet2d_nuclei_broad", "Conv behind it")]
    public void A_network_of_another_kind_is_refused_with_what_it_has(string model, string what)
    {
        byte[] file = File.ReadAllBytes(Shared(model, "weights.onnx"));
        var error = Assert.Throws<BioDLException>(() => UNetReader.Read(file, "weights.onnx"));
        Assert.Equal(Status.ModelUnsupported, error.Status);
        Assert.StartsWith("weights.onnx is no network that training can start from: it has", error.Message);
        Assert.Contains(what, error.Message);
    }

    /// <summary>Files are untrusted: whatever is damaged is refused, and nothing runs on or ends the process.</summary>
    [Fact]
    public void A_damaged_file_is_refused_or_read()
    {
        byte[] file = UNetOnnx.Write(StarDist, Family.Weights(StarDist, 1));
        var random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 400; i++)
        {
            byte[] damaged = [.. file];
            damaged[random.Next(Math.Min(damaged.Length, 6000))] = (byte)random.Next(256);
            try
            {
                UNetReader.Read(damaged, "damaged.onnx");
            }
            catch (BioDLException error) when (error.Status is Status.ModelInvalid or Status.ModelUnsupported)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 100, 400);
    }

    [Fact]
    public void Everything_is_taken_from_a_network_of_the_same_kind()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(50), Prop.ForAll(Family.Members, net =>
        {
            Dictionary<string, float[]> weights = Family.Weights(net, 9);
            UNetStart start = UNetTransfer.Take(UNetTransfer.Fit(net, net), new UNetFound(net, weights), 1);
            Assert.Equal(start.All, start.Taken);
            Assert.All(start.Weights, pair => Assert.Equal(weights[pair.Key], pair.Value));
        }));
    }

    [Fact]
    public void A_head_of_other_size_begins_at_random_and_the_rest_is_taken()
    {
        UNet wanted = StarDist with { Depth = 4, Heads = [StarDist.Heads[0], new UNetHead("dist", 64)] };
        var start = new UNetFound(StarDist, Family.Weights(StarDist, 2));
        UNet net = UNetTransfer.Fit(wanted, start.Net);
        Assert.Equal((StarDist.Depth, 64), (net.Depth, net.Heads[1].Channels));
        UNetStart taken = UNetTransfer.Take(net, start, 1);
        Assert.Equal(start.Weights["head.prob.weight"], taken.Weights["head.prob.weight"]);
        Assert.Equal(UNetWeights.Random(net, 1)["head.dist.weight"], taken.Weights["head.dist.weight"]);
        Assert.Equal(64 * net.Features + 64, taken.All - taken.Taken);
    }

    /// <summary>On an image whose channels are equal, a network for three begins as the network for one.</summary>
    [Fact]
    public void A_network_for_one_channel_serves_three()
    {
        var start = new UNetFound(StarDist, Family.Weights(StarDist, 2));
        UNet net = UNetTransfer.Fit(StarDist with { Channels = 3 }, start.Net);
        UNetStart taken = UNetTransfer.Take(net, start, 1);
        Assert.Equal(taken.All, taken.Taken);
        Values gray = Values.Noise(4, 1, 1, 16, 16);
        using OrtRun one = new(UNetOnnx.Write(start.Net, start.Weights)), three = new(UNetOnnx.Write(net, taken.Weights));
        float[] expected = one.Run(("input", gray))[1].Data;
        float[] found = three.Run(("input", new Values([.. gray.Data, .. gray.Data, .. gray.Data], [1, 3, 16, 16])))[1].Data;
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void A_start_for_stacks_is_refused_for_planes()
    {
        var stack = new UNet { Dimensions = 3, Grid = [1, 1, 1] };
        var error = Assert.Throws<BioDLException>(() => UNetTransfer.Fit(new UNet(), stack));
        Assert.Equal(Status.InvalidArgument, error.Status);
    }

    private static UNet StarDist { get; } = new()
    {
        Grid = [2, 2],
        Filters = 4,
        Narrow = true,
        Features = 8,
        Heads = [new UNetHead("prob", 1, Activation.Sigmoid), new UNetHead("dist", 32)],
    };

    private static byte[] Joined(UNet net, Dictionary<string, float[]> weights)
    {
        var maker = new UNetDraftMaker(net, weights);
        OnnxDraft draft = maker.Draft;
        draft.Inputs.Add(new DraftTensor("input", ["n", 1L, "y", "x"]));
        string[] heads = UNetTopology.Build(net, "input", maker);
        for (int i = 0; i < heads.Length; i++)
            maker.Finish(heads[i], net.Heads[i]);
        draft.Constants["one"] = DraftConstant.Floats([1, 1, 1, 1], [1]);
        draft.Constants["two"] = DraftConstant.Floats([4], [1, 1, 2, 2]);
        draft.Nodes.Add(new DraftNode("ConvTranspose", ["prob", "one"], ["p"]) { Attributes = { ["strides"] = new[] { 2L, 2 } } });
        foreach (string name in new[] { "dist", "prob_class" })
            draft.Nodes.Add(new DraftNode("Resize", [name, "", "two"], [$"{name}2"]) { Attributes = { ["mode"] = "nearest" } });
        draft.Nodes.Add(new DraftNode("Concat", ["p", "dist2", "prob_class2"], ["joined"]) { Attributes = { ["axis"] = 1L } });
        draft.Outputs.Add(new DraftTensor("joined", ["n", 36L, "y", "x"]));
        return OnnxWriter.Write(draft, "tests");
    }

    private static string Shared(string model, string file) => SharedData.File("models", model, file);

    /// <summary>Outputs by their places; those of the second file may have other names.</summary>
    private static void AssertSame(byte[] expected, byte[] found, Values input, string name)
    {
        using OrtRun first = new(expected), second = new(found);
        Values[] one = first.Run((name, input)), other = second.Run(("input", input));
        Assert.Equal(one.Length, other.Length);
        for (int i = 0; i < one.Length; i++)
        {
            Assert.Equal(one[i].Shape, other[i].Shape);
            // The same sums; folding a batch norm that was left unfolded is the only rounding.
            double largest = one[i].Data.Zip(other[i].Data, (a, b) => Math.Abs(a - b)).Max();
            Assert.InRange(largest, 0, 1e-5 * Math.Max(1, one[i].Data.Max(Math.Abs)));
        }
    }
}
