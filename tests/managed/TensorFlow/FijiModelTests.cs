using System.Security.Cryptography;
using BioDL.Conformance;
using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Graphs.Files;
using BioDL.Graphs.Walking;
using BioDL.Models.Files;
using BioDL.Models.Verification;
using BioDL.TensorFlow;
using BioDL.TensorFlow.Reading;
using BioDL.TensorFlow.Values;
using BioDL.TensorFlow.Variables;

namespace BioDL.Tests.TensorFlow;

/// <summary>Models as Fiji's plugins and CSBDeep save them.</summary>
public sealed unsafe class FijiModelTests
{
    private static ZipFiles N2v => ZipFiles.Of(SharedData.File("models", "n2v-savedmodel", "format-0.2.0-csbdeep.bioimage.io.zip"));

    private static ZipFiles Care => ZipFiles.Of(SharedData.File("models", "care-savedmodel", "TF_SavedModel.zip"));

    /// <summary>
    /// 1e-4 is what is asked for; TensorFlow and ONNX Runtime add in another order, and batch normalisation is folded, which gives some
    /// 1e-5.
    /// </summary>
    [SkippableFact]
    public void N2vGivesItsOfficialOutput()
    {
        ZipFiles files = N2v;
        ImportedNetwork network = TensorFlowImporter.Import(files, "saved_model.pb", ["activation_11/Identity"]);
        Nd input = Image(files.Read("testinput.tif", 1 << 20)), expected = Image(files.Read("testoutput.tif", 1 << 20));
        Nd output = NetworkRun.Of(network, input)[0];
        Assert.True(output.Deviation(expected) < 1e-4, $"largest deviation {output.Deviation(expected)}");
    }

    // (1, width, height, 1): the network of the package was trained on images with their axes the other way round.
    private static Nd Image(byte[] file)
    {
        (NpyArray read, _) = TestTiff.Read(file, "byxc", 1, "a test image");
        using NpyArray array = read;
        ImageView view = array.View("yx", "a test image");
        using PlaneLock plane = view.Lock(0);
        var image = new Nd(1, view.Width, view.Height, 1);
        for (int y = 0; y < view.Height; y++)
            for (int x = 0; x < view.Width; x++)
                image[0, x, y, 0] = *(float*)plane.Pixel(y, x);
        return image;
    }

    [SkippableFact]
    public void N2vIsFoldedWhole()
    {
        ImportedNetwork network = TensorFlowImporter.Import(N2v, "saved_model.pb", []);
        Assert.Equal(new ImportedTensor("input", "input", "bcyx", 1), Assert.Single(network.Inputs));
        Assert.Equal(("activation_11/Identity", "bcyx", 1),
            (network.Outputs[0].TensorFlowName, network.Outputs[0].Axes, network.Outputs[0].Channels));
        // 11 convolutions with weights and bias, 10 normalisations with scale, shift, mean and variance.
        Assert.Equal(62, network.Variables);
        Assert.Equal(["Concat", "Conv", "MaxPool", "Relu", "Resize"], Compared.Operators(network).Distinct().Order());
        Assert.Equal(64, network.Sha256.Length);
    }

    /// <summary>
    /// The tile geometry that CSBDeep states for these networks, a halo of 22 and sides divisible by 4, from the imported graph alone. A
    /// pixel more
    /// costs little, one less would show.
    /// </summary>
    [SkippableTheory]
    [InlineData("n2v")]
    [InlineData("care")]
    public void ReachAndDivisorFollowFromTheImportedGraph(string model)
    {
        ImportedNetwork network = TensorFlowImporter.Import(model == "n2v" ? N2v : Care, "saved_model.pb", []);
        GraphCost cost = GraphCost.Of(OnnxReader.Read(network.Onnx, model),
            [.. network.Inputs.Select(input => new GraphInput(input.Name, input.Axes, input.Channels))]);
        Assert.Equal((4, 4), (cost.DivisorY, cost.DivisorX));
        Assert.InRange(cost.ReachY, 22, 24);
        Assert.Empty(cost.GlobalOperators);
    }

    /// <summary>
    /// float32 against float64 through 11 layers of sums of up to 1,152 products: each layer errs by some 1e-7 of its values, of random
    /// sign.
    /// </summary>
    [SkippableTheory]
    [InlineData(32, 24)]
    [InlineData(20, 28)]
    public void CareAgreesWithTheSameGraphInFloat64(int height, int width)
    {
        ZipFiles files = Care;
        ImportedNetwork network = TensorFlowImporter.Import(files, "saved_model.pb", []);
        Assert.Equal(22, network.Variables);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bundle = new VariableBundle(files, "variables/variables", hash);
        TfModel model = GraphReader.Read(files.Read("saved_model.pb", 1 << 20), "care");
        Nd Variable(TfNode node)
        {
            NdArray<float> block = ((ConstantValue)bundle.Variable(node.Text("shared_name"))).Values;
            return new Nd([.. block.Shape.Select(size => (int)size)], Array.ConvertAll(block.Items, value => (double)value));
        }
        Nd input = Nd.Random(1, 1, height, width, 1);
        Nd expected = new PlainGraph(FunctionInliner.Flatten(model.Graph), input, Variable).Value(model.Serving!.Outputs[0].Port)!;
        double deviation = NetworkRun.Of(network, input)[0].Deviation(expected), largest = expected.Values.Max(Math.Abs);
        Assert.True(deviation < 1e-5 * Math.Max(1, largest), $"largest deviation {deviation} of values up to {largest}");
    }

    /// <summary>Every byte of a real index changed: an error that says so, or the same variables.</summary>
    [SkippableFact]
    public void DamagedIndexOfN2v()
    {
        ZipFiles files = N2v;
        byte[] index = files.Read("variables/variables.index", 1 << 20),
            data = files.Read("variables/variables.data-00000-of-00001", 1 << 25);
        byte[] graph = files.Read("saved_model.pb", 1 << 25);
        byte[] right = TensorFlowImporter.Import(files, "saved_model.pb", []).Onnx;
        for (int i = 0; i < index.Length; i++)
        {
            byte[] damaged = (byte[])index.Clone();
            damaged[i] ^= (byte)(1 << (i % 8));
            var changed = new MemoryFiles(("variables/variables.index", damaged), ("variables/variables.data-00000-of-00001", data));
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            try
            {
                _ = new VariableBundle(changed, "variables/variables", hash);
            }
            catch (BioDLException error)
            {
                Assert.Equal(Status.ModelInvalid, error.Status);
                continue;
            }
            // Only the unused bytes of the footer have no checksum.
            Assert.InRange(i, index.Length - 48, index.Length - 8);
            var model = new MemoryFiles(("saved_model.pb", graph), ("variables/variables.index", damaged),
                ("variables/variables.data-00000-of-00001", data));
            Assert.True(TensorFlowImporter.Import(model, "saved_model.pb", []).Onnx.AsSpan().SequenceEqual(right));
        }
    }
}
