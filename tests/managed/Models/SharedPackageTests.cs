using BioDL.Conformance;
using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Models;
using BioDL.Models.Descriptions;
using BioDL.Models.Verification;
using BioDL.Torch.Worker;

namespace BioDL.Tests.Models;

/// <summary>The packages of the shared folder, as their authors published them.</summary>
public class SharedPackageTests
{
    [SkippableTheory]
    [InlineData("bioimageio.yaml", "bioimage.io 0.5.4")]
    [InlineData("v0_4_9.bioimageio.yaml", "bioimage.io 0.4.9")]
    public void The_nuclei_unet_is_described_alike_by_both_formats(string name, string format)
    {
        using Model model = Model.Open(SharedData.File("models", "unet2d_nuclei_broad", name));
        ModelDescription it = model.Description;
        Assert.Equal(("UNet 2D Nuclei Broad", format, "onnx", ModelTask.Other), (it.Name, it.Format, it.WeightsFormat, it.Task));
        InputTensor input = Assert.Single(it.Inputs);
        Assert.Equal(("input.1", "raw", "bcyx", 1), (input.Name, input.Id, input.Axes, input.Channels));
        Assert.Equal((new AxisSizes(512, 0), new AxisSizes(512, 0)), (input.Y, input.X));
        Assert.Contains(new ZeroMeanUnitVariance(StatisticAxes.Plane, 1e-6), input.Preprocessing);
        OutputTensor output = Assert.Single(it.Outputs);
        Assert.Equal(("probability", "bcyx", 1, AxisLink.Same, new Extent(0, 32, 32)),
            (output.Id, output.Axes, output.Channels, output.Y, output.Halo));
        Assert.Equal((OutputKind.Values, "input.1"), (output.Kind, output.Reference));
        Assert.Contains(new Sigmoid(), output.Postprocessing);
    }

    /// <summary>The reference reached 2.7e-6 after the sigmoid; ten times that is room for other processors.</summary>
    [SkippableTheory]
    [InlineData("bioimageio.yaml")]
    [InlineData("v0_4_9.bioimageio.yaml")]
    public void The_nuclei_unet_answers_its_test_tensors(string name)
    {
        using Model model = Model.Open(SharedData.File("models", "unet2d_nuclei_broad", name));
        VerifyReport report = model.Verify("cpu");
        Assert.Equal((VerifyOutcome.Passed, ""), (report.Outcome, report.WhyNot));
        Assert.InRange(Assert.Single(report.Outputs).LargestDeviation, 0, 2.7e-5);
    }

    /// <summary>Two inputs and two outputs through TorchScript; the package asks for 1e-5 itself.</summary>
    [SkippableFact]
    public void The_multi_tensor_unet_is_described_and_answers_its_test_tensors()
    {
        using Model model = Model.Open(Path.GetDirectoryName(SharedData.File("models", "unet2d_multi_tensor", "bioimageio.yaml")));
        ModelDescription it = model.Description;
        Assert.Equal(("torchscript", 2, 2), (it.WeightsFormat, it.Inputs.Count, it.Outputs.Count));
        Assert.All(it.Inputs, input => Assert.Equal(("bcyx", 1, new AxisSizes(32, 16)), (input.Axes, input.Channels, input.Y)));
        Assert.Equal([("output0", "input0"), ("output1", "input1")], it.Outputs.Select(output => (output.Id, output.Reference)));
        Skip.If(TorchLibrary.Unavailable is not null, "libtorch is not installed");
        VerifyReport report = model.Verify("cpu");
        Assert.Equal((VerifyOutcome.Passed, ""), (report.Outcome, report.WhyNot));
        Assert.All(report.Outputs, output => Assert.InRange(output.LargestDeviation, 0, 1e-4));
    }
}
