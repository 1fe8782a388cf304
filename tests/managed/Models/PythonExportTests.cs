using BioDL.Core.Images;
using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Models;
using BioDL.Models.Descriptions;
using BioDL.Models.Verification;
using BioDL.Tests.Models.Descriptions;
using BioDL.Tests.TensorFlow;

namespace BioDL.Tests.Models;

/// <summary>
/// What Python's Noise2Void (2020 to 2023) and DenoiSeg put into a zip file beside their SavedModel: processing steps that are numbers
/// alone, outputs by Keras' names, and test images in the unit of the image.
/// </summary>
public unsafe class PythonExportTests
{
    [Fact]
    public void Noise2void_normalises_by_its_numbers_and_scales_back()
    {
        using ModelFolder folder = Package(outputs: 1, offset: 0);
        using Model model = Model.Open(folder.Path);
        var step = Assert.IsType<FixedZeroMeanUnitVariance>(Assert.Single(model.Description.Inputs[0].Preprocessing));
        Assert.Equal((30, 5, ModelTask.Denoise, true), ((int)step.Mean[0], (int)step.Std[0], model.Description.Task,
            model.Description.Outputs[0].RestoresInput));
        Assert.Equal("byxc", model.Description.Inputs[0].ArrayAxes);
        float[] made = Run(model, 50, channels: 1);
        // The network gives three times what it sees: (50 - 30) / 5 * 3 * 5 + 30.
        Assert.All(made, value => Assert.Equal(90, value, 1e-3));
    }

    [Fact]
    public void Numbers_alone_normalise_in_every_format()
    {
        const string Steps = "[{kwargs: {mean: [30, 40, 50], stdDev: [5, 6, 7]}}]";
        Described old = Described.Of(Described.Old(preprocessing: Steps, postprocessing: Steps));
        var there = Assert.IsType<FixedZeroMeanUnitVariance>(Assert.Single(old.Input.Preprocessing));
        var back = Assert.IsType<ScaleLinear>(Assert.Single(old.Output.Postprocessing));
        Assert.Equal([30, 40, 50, 5, 6, 7], [.. there.Mean, .. there.Std]);
        Assert.Equal([30, 40, 50, 5, 6, 7], [.. back.Offset, .. back.Gain]);
        Assert.Contains("without a name", Described.Fails(Described.Old(preprocessing: "[{kwargs: {mean: 1}}]")).Message);
        Assert.Contains("gamma", Described.Fails(Described.Old(preprocessing: "[{kwargs: {mean: 1, std: 2, gamma: 2}}]")).Message);
    }

    /// <summary>The first channel is the image, the others are classes and no intensities.</summary>
    [Fact]
    public void Denoiseg_scales_back_the_image_and_not_its_classes()
    {
        using ModelFolder folder = Package(outputs: 4, offset: 3);
        using Model model = Model.Open(folder.Path);
        OutputTensor output = Assert.Single(model.Description.Outputs);
        Assert.Equal((4, false), (output.Channels, output.RestoresInput));
        float[] made = Run(model, 50, channels: 4);
        Assert.All(made[..256], value => Assert.Equal(90, value, 1e-3));
        Assert.All(made[256..], value => Assert.Equal(12, value, 1e-4));
    }

    /// <summary>Images of two axes for tensors of four.</summary>
    [Fact]
    public void Its_test_images_are_compared_in_the_unit_of_the_image()
    {
        using ModelFolder folder = Package(outputs: 1, offset: 0);
        folder.With("testinput.tif", Tiff(50)).With("testoutput.tif", Tiff(90));
        using (Model model = Model.Open(folder.Path))
            Assert.Equal((VerifyOutcome.Passed, ""), (model.Verify("cpu").Outcome, model.Verify("cpu").WhyNot));
        folder.With("testoutput.tif", Tiff(91));
        using (Model model = Model.Open(folder.Path))
            Assert.Equal(VerifyOutcome.Failed, model.Verify("cpu").Outcome);
    }

    private static float[] Run(Model model, float value, int channels)
    {
        float[] pixels = new float[256], made = new float[256 * channels];
        Array.Fill(pixels, value);
        fixed (float* from = pixels, to = made)
        {
            ImageView image = ImageView.Contiguous(from, PixelType.Float32, 16, 16),
                output = ImageView.Contiguous(to, PixelType.Float32, 16, 16, channels: channels);
            model.Run([image], new RunOptions(), null, [output]);
        }
        return made;
    }

    private static ModelFolder Package(int outputs, int offset)
    {
        var weights = new Nd(1, 1, 1, outputs);
        Array.Fill(weights.Values, 3);
        TinyGraph graph = new TinyGraph().Input("input", -1, -1, -1, 1).Floats("kernel", weights)
            .Node("made", "Conv2D", ["input", "kernel"], ("strides", new[] { 1, 1, 1, 1 }), ("padding", "SAME"), ("data_format", "NHWC"));
        return new ModelFolder().With("saved_model.pb", TinySavedModel.Model(graph, "input", "made")).With("model.yaml", $$"""
            name: n2v
            description: null
            cite: [{text: 'Krull, A. and Buchholz, T. and Jug, F.', doi: 10.1109/CVPR.2019.00223}]
            authors: [me]
            language: python
            framework: tensorflow
            format_version: 0.2.0-csbdeep
            source: n2v
            test_input: testinput.tif
            test_output: testoutput.tif
            inputs: [{name: input, axes: byxc, data_type: float32, data_range: [-inf, inf], halo: [0, 2, 2, 0],
                shape: {min: [1, 4, 4, 1], step: [1, 4, 4, 0]} }]
            outputs: [{name: 'activation_11/Identity:0', axes: byxc, data_type: float32, data_range: [-inf, inf],
                shape: {reference_input: input, scale: [1, 1, 1, 1], offset: [0, 0, 0, {{offset}}]} }]
            training: {source: n2v.train(), kwargs: {means: ['30'], unet_n_depth: 2} }
            prediction:
              weights: {source: ./variables/variables}
              preprocess: [{kwargs: {mean: [30.0], stdDev: [5.0]} }]
              postprocess: [{kwargs: {mean: [30.0], stdDev: [5.0]} }]
            """);
    }

    /// <summary>16 x 16 pixels of float32, as tifffile writes them.</summary>
    private static byte[] Tiff(float value)
    {
        var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("II*\0"u8);
        writer.Write(8);
        (short Tag, int Value)[] tags = [(256, 16), (257, 16), (258, 32), (259, 1), (262, 1), (273, 8 + 2 + 10 * 12 + 4), (277, 1),
            (278, 16), (279, 1024), (339, 3)];
        writer.Write((short)tags.Length);
        foreach ((short tag, int number) in tags)
        {
            writer.Write(tag);
            writer.Write((short)4);
            writer.Write(1);
            writer.Write(number);
        }
        writer.Write(0);
        for (int i = 0; i < 256; i++)
            writer.Write(value);
        return file.ToArray();
    }
}
