using System.Text.RegularExpressions;
using BioDL.Conformance;
using BioDL.Core;
using BioDL.Models;
using BioDL.Models.Verification;
using BioDL.Tests.Cli;
using BioDL.Tests.Graphs;

namespace BioDL.Tests.Verification;

/// <summary>Packages against their own test tensors, on this machine's CPU.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_built_in_model_verifies_itself()
    {
        VerifyReport report = Verify("builtin:nuclei-fluo-small");
        Assert.Equal(VerifyOutcome.Passed, report.Outcome);
        Assert.Equal(["prob", "dist"], report.Outputs.Select(output => output.Name).OrderDescending());
        Assert.All(report.Outputs, output => Assert.True(output.Values > 1000 && output.LargestAt.Count == output.Shape.Count));
        Assert.Equal(3, report.CheckedFiles.Count);
        Assert.Contains("passed", report.Text, StringComparison.Ordinal);
        Assert.Equal(("cpu", "onnx"), (report.Device, report.WeightsFormat));
    }

    [SkippableFact]
    public void StarDist_verifies_itself()
    {
        VerifyReport report = Verify(SharedData.File("models", "stardist-dsb2018", "bioimageio.yaml"));
        Assert.Equal((VerifyOutcome.Passed, 2), (report.Outcome, report.Outputs.Count));
    }

    [SkippableTheory]
    [InlineData("bioimageio.yaml", 2)]
    [InlineData("v0_4_9.bioimageio.yaml", 0)]
    public void The_nuclei_network_verifies_itself_by_both_descriptions(string description, int hashes)
    {
        VerifyReport report = Verify(SharedData.File("models", "unet2d_nuclei_broad", description));
        Assert.Equal(VerifyOutcome.Passed, report.Outcome);
        VerifiedOutput output = Assert.Single(report.Outputs);
        // Sigmoids of about 30 layers of float32 sums: the description's own framework differs by less than 3e-6.
        Assert.True(output.LargestDeviation < 1e-5, report.Text);
        Assert.Equal((512 * 512, 0, hashes), (output.Values, output.Mismatches, report.CheckedFiles.Count));
    }

    [SkippableFact]
    public void The_Noise2Void_package_of_Fiji_verifies_itself()
    {
        VerifyReport report = Verify(SharedData.File("models", "n2v-savedmodel", "format-0.2.0-csbdeep.bioimage.io.zip"));
        Assert.Equal(VerifyOutcome.Passed, report.Outcome);
        VerifiedOutput output = Assert.Single(report.Outputs);
        // The official output is TensorFlow's own; a reference reached 8.2e-6.
        Assert.True(output.LargestDeviation < 1e-4, report.Text);
        Assert.Equal((32 * 32, "tensorflow_saved_model_bundle"), (output.Values, report.WeightsFormat));
    }

    [SkippableFact]
    public void A_package_of_TorchScript_verifies_itself_by_its_own_tolerance()
    {
        string path = SharedData.File("models", "unet2d_multi_tensor", "bioimageio.yaml");
        Skip.If(global::BioDL.Torch.Worker.TorchLibrary.Unavailable is not null, global::BioDL.Torch.Worker.TorchLibrary.Unavailable);
        VerifyReport report = Verify(path);
        Assert.True(report.Outcome == VerifyOutcome.Passed, report.Text);
        Assert.Equal(["output0", "output1"], report.Outputs.Select(output => output.Name));
        Assert.All(report.Outputs, output => Assert.Equal(new Tolerance(1e-5, 1e-3, 100), output.Tolerance));
        Assert.Equal(4, report.CheckedFiles.Count);
    }

    [SkippableFact]
    public void A_CARE_model_has_no_test_tensors()
    {
        SharedData.File("models", "care-savedmodel", "config.json");
        VerifyReport report = Verify(Path.Combine(SharedData.Folder!, "models", "care-savedmodel"));
        Assert.Equal((VerifyOutcome.Impossible, "the package has no description with test tensors"), (report.Outcome, report.WhyNot));
    }

    [SkippableFact]
    public void A_model_without_test_tensors_says_so()
    {
        string path = _folder.File("x.onnx");
        File.WriteAllBytes(path, new TinyOnnx().Bytes());
        VerifyReport report = Verify(path);
        Assert.Equal(VerifyOutcome.Impossible, report.Outcome);
        Assert.NotEqual("", report.WhyNot);
        Assert.Empty(report.Outputs);
    }

    [SkippableFact]
    public void Another_answer_fails_and_a_changed_file_is_an_error()
    {
        string from = Path.GetDirectoryName(SharedData.File("models", "nuclei-fluo-small", "bioimageio.yaml"))!;
        foreach (string file in Directory.GetFiles(from))
            File.WriteAllBytes(_folder.File(Path.GetFileName(file)), File.ReadAllBytes(file));
        string prob = _folder.File("test_output_prob.npy"), description = _folder.File("bioimageio.yaml");
        byte[] bytes = File.ReadAllBytes(prob);
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 4 * 10), 7f);
        File.WriteAllBytes(prob, bytes);
        var error = Assert.Throws<BioDLException>(() => Verify(_folder.Root));
        Assert.Equal(Status.ModelInvalid, error.Status);
        Assert.Contains("test_output_prob.npy", error.Message, StringComparison.Ordinal);

        // One value in 5,120 is 195 in a million.
        File.WriteAllText(description, Regex.Replace(File.ReadAllText(description), @"(, |\n *)sha256: *[0-9a-f]{64}", ""));
        VerifyReport report = Verify(_folder.Root);
        Assert.Equal(VerifyOutcome.Failed, report.Outcome);
        VerifiedOutput failed = Assert.Single(report.Outputs, output => !output.Passed);
        Assert.Equal(("prob", 1L), (failed.Name, failed.Mismatches));
        Assert.InRange(failed.LargestDeviation, 6, 7);
        Assert.Contains("FAILED", report.Text, StringComparison.Ordinal);
    }

    private static VerifyReport Verify(string path)
    {
        using Model model = Model.Open(path);
        return model.Verify("cpu");
    }
}
