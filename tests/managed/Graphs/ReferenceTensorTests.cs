using BioDL.Conformance;
using BioDL.Core.Images;
using BioDL.Core.Normalization;
using BioDL.Core.Tensors;
using BioDL.Engines;
using BioDL.Models;
using BioDL.Models.Descriptions;
using BioDL.Onnx;
using BioDL.Tests.Models;
using BioDL.Tests.Tensors;

namespace BioDL.Tests.Graphs;

/// <summary>A model's own test tensors, through our session.</summary>
public class ReferenceTensorTests
{
    [Fact]
    public void Builtin_model_answers_its_test_tensors() =>
        Check(Path.Combine(Repository.Root, "managed/BioDL.Models/builtin/nuclei-fluo-small"));

    [SkippableTheory]
    [InlineData("nuclei-fluo-small")]
    [InlineData("stardist-dsb2018")]
    public void Shared_models_answer_their_test_tensors(string model) =>
        Check(Path.GetDirectoryName(SharedData.File("models", model, "weights.onnx"))!);

    private static unsafe void Check(string folder)
    {
        using Model model = Model.Open(folder);
        StarDistDescription description = model.Description.StarDist!;
        var (input, inputShape) = NpyFile.Read(Path.Combine(folder, "test_input.npy"));
        var (prob, probShape) = NpyFile.Read(Path.Combine(folder, "test_output_prob.npy"));
        var (dist, distShape) = NpyFile.Read(Path.Combine(folder, "test_output_dist.npy"));
        string file = Path.Combine(folder, "weights.onnx");
        using var network = new OnnxNetwork(
            new NetworkFile
            {
                Source = file, Read = () => File.ReadAllBytes(file), Inputs = [description.InputName],
                Outputs = [description.ProbName, description.DistName], Local = true,
            },
            Devices.Cpu);
        using Tensor x = new(), p = new(), d = new();
        p.Reshape(probShape);
        d.Reshape(distShape);
        fixed (float* pixels = input)
            Normalize(ImageView.Contiguous(pixels, PixelType.Float32, (int)inputShape[2], (int)inputShape[3]), description, x);
        network.Run([x], [p, d]);
        Assert.Equal(0, Mismatches(prob, new ReadOnlySpan<float>(p.Data, prob.Length)));
        Assert.Equal(0, Mismatches(dist, new ReadOnlySpan<float>(d.Data, dist.Length)));
    }

    /// <summary>The test input is an image as it came from the microscope; our own road normalises it.</summary>
    private static void Normalize(ImageView image, StarDistDescription description, Tensor into)
    {
        InputChannel[] channel = InputChannel.For(image, 1);
        var (low, high, _) = Percentiles.Of(image, 0, 0, channel,
            new PercentilePair(description.PercentileLow, description.PercentileHigh));
        WindowReader.Read(image, (0, 0, image.Height, image.Width), [Scaling.FromRange(low, high, description.Epsilon)], into);
    }

    /// <summary>
    /// bioimage.io's rule: a value further than 1e-3 + 1e-3 |reference| away counts; it would allow 100 in a million, these have none.
    /// </summary>
    private static int Mismatches(ReadOnlySpan<float> reference, ReadOnlySpan<float> actual)
    {
        int count = 0;
        for (int i = 0; i < reference.Length; i++)
            count += Math.Abs(actual[i] - reference[i]) <= 1e-3 + 1e-3 * Math.Abs(reference[i]) ? 0 : 1;
        return count;
    }
}
