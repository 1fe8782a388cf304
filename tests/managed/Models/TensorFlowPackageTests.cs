using System.IO.Compression;
using BioDL.Conformance;
using BioDL.Core.Images;
using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Models;
using BioDL.Models.Descriptions;
using BioDL.Models.Verification;
using BioDL.Tests.Objects.StarConvex;

namespace BioDL.Tests.Models;

/// <summary>The shared Noise2Void and CARE packages, opened in each of the ways in which users keep such packages.</summary>
public class TensorFlowPackageTests
{
    private const string Noise2VoidZip = "format-0.2.0-csbdeep.bioimage.io.zip";

    [SkippableTheory]
    [InlineData("zip")]
    [InlineData("folder of the zip")]
    [InlineData("unpacked")]
    [InlineData("saved_model.pb")]
    [InlineData("model.yaml")]
    public void The_noise2void_package_opens_in_every_layout(string layout)
    {
        string zip = SharedData.File("models", "n2v-savedmodel", Noise2VoidZip);
        using var folder = new ModelFolder();
        if (layout is not ("zip" or "folder of the zip"))
            ZipFile.ExtractToDirectory(zip, folder.Path);
        using Model model = Model.Open(layout switch
        {
            "zip" => zip,
            "folder of the zip" => Path.GetDirectoryName(zip),
            "unpacked" => folder.Path,
            _ => folder[layout],
        });
        ModelDescription it = model.Description;
        Assert.Equal(("CSBDeep 0.2.0-csbdeep", "tensorflow_saved_model_bundle", ModelTask.Denoise), (it.Format, it.WeightsFormat, it.Task));
        InputTensor input = Assert.Single(it.Inputs);
        Assert.Equal(("input", "bcyx", 1), (input.Id, input.Axes, input.Channels));
        Assert.Equal((new AxisSizes(16, 16), new AxisSizes(16, 16)), (input.Y, input.X));
        var normalization = Assert.IsType<FixedZeroMeanUnitVariance>(Assert.Single(input.Preprocessing));
        Assert.Equal((0.49408814, 0.28493392, 0.0), (normalization.Mean[0], normalization.Std[0], normalization.Epsilon));
        OutputTensor output = Assert.Single(it.Outputs);
        Assert.Equal((OutputKind.Image, true, 1, AxisLink.Same), (output.Kind, output.RestoresInput, output.Channels, output.Y));
        Assert.Equal(22, output.Halo.Y);
    }

    /// <summary>The reference reached 8.2e-6; the issue asks for less than 1e-4.</summary>
    [SkippableFact]
    public void Noise2void_gives_its_official_output()
    {
        using Model model = Model.Open(SharedData.File("models", "n2v-savedmodel", Noise2VoidZip));
        VerifyReport report = model.Verify("cpu");
        Assert.Equal((VerifyOutcome.Passed, ""), (report.Outcome, report.WhyNot));
        Assert.InRange(Assert.Single(report.Outputs).LargestDeviation, 0, 1e-4);
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("config.json")]
    [InlineData("TF_SavedModel.zip")]
    public void The_care_package_opens_by_its_folder_and_its_files(string name)
    {
        string folder = Path.GetDirectoryName(SharedData.File("models", "care-savedmodel", "config.json"))!;
        using Model model = Model.Open(Path.Combine(folder, name));
        ModelDescription it = model.Description;
        Assert.Equal(("CSBDeep CARE", "tensorflow_saved_model_bundle", ModelTask.Denoise), (it.Format, it.WeightsFormat, it.Task));
        Assert.Equal(("bcyx", 1, 4), (it.Inputs[0].Axes, it.Inputs[0].Channels, it.Inputs[0].Y.Min));
        Assert.Equal([new ScaleRange(2, 99.8, StatisticAxes.Slices, 1e-20)], it.Inputs[0].Preprocessing);
        OutputTensor output = Assert.Single(it.Outputs);
        Assert.Equal((1, OutputKind.Image, true, 22, 0),
            (output.Channels, output.Kind, output.RestoresInput, output.Halo.Y, output.SpreadChannels));
    }

    [SkippableFact]
    public unsafe void Care_restores_an_image_in_its_own_unit()
    {
        using Model model = Model.Open(Path.GetDirectoryName(SharedData.File("models", "care-savedmodel", "config.json")));
        using Specimen<ushort> image = Specimens.Nuclei(200, 180);
        float[] restored = new float[200 * 180];
        fixed (float* pixels = restored)
        {
            ImageView output = ImageView.Contiguous(pixels, PixelType.Float32, 200, 180);
            RunPlan plan = model.Plan([image.View], new RunOptions());
            Assert.Equal((200, 180, 1, true),
                (plan.Outputs[0].Height, plan.Outputs[0].Width, plan.Outputs[0].Channels, plan.Outputs[0].RestoresInput));
            RunResult result = model.Run([image.View], new RunOptions(), null, [output]);
            Assert.Equal(0, result.NotFinite[0]);
        }
        double mean = restored.Average(), original = image.Pixels.ToArray().Average(pixel => (double)pixel);
        Assert.InRange(mean / original, 0.5, 2);
    }
}
