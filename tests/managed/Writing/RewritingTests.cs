using BioDL.Conformance;
using BioDL.Models;
using BioDL.Models.Descriptions;
using BioDL.Models.Files;
using BioDL.Models.Verification;
using BioDL.Models.Writing;
using BioDL.Tests.Cli;

namespace BioDL.Tests.Writing;

/// <summary>Packages that others described, written anew from what was read of them.</summary>
public sealed class RewritingTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_built_in_models_are_the_same_when_written_anew()
    {
        foreach (string name in EmbeddedFiles.Names)
            SameAgain(EmbeddedFiles.Prefix + name);
    }

    [SkippableTheory]
    [InlineData("stardist-dsb2018", "bioimageio.yaml")]
    [InlineData("unet2d_nuclei_broad", "bioimageio.yaml")]
    [InlineData("unet2d_nuclei_broad", "v0_4_9.bioimageio.yaml")]
    public void A_published_package_is_the_same_when_written_anew(string model, string description) =>
        SameAgain(SharedData.File("models", model, description));

    private void SameAgain(string path)
    {
        using Model before = Model.Open(path);
        ModelPackage package = Again(before);
        string folder = _folder.File(Path.GetFileName(Path.GetDirectoryName(path) + path.Replace(':', '-')));
        PackageWriter.Write(package, folder);
        using Model after = Model.Open(folder);
        // The format wants a name for every channel, and fewer kinds of letters in that of the model.
        ModelDescription expected = before.Description with
        {
            Name = DescriptionWriter.Name(before.Description.Name),
            Inputs = [.. before.Description.Inputs.Zip(after.Description.Inputs,
                (own, written) => own.ChannelNames.Count > 0 ? own : own with { ChannelNames = written.ChannelNames })],
            Outputs = [.. before.Description.Outputs.Zip(after.Description.Outputs,
                (own, written) => own.ChannelNames.Count > 0 ? own : own with { ChannelNames = written.ChannelNames })],
        };
        Assert.Null(Meaning.Difference(expected, after.Description));
        Assert.Empty(after.Description.Notes);
        Assert.Equal(before.Description.Citation, after.Description.Citation);
        VerifyReport report = after.Verify("cpu");
        Assert.True(report.Outcome == VerifyOutcome.Passed, report.Text);
        Assert.Equal(package.TestInputs.Count + package.TestOutputs.Count, report.CheckedFiles.Count);
    }

    /// <summary>Weights, citations and test tensors of a package that is open.</summary>
    private static ModelPackage Again(Model model)
    {
        IModelFiles files = model.Locations[0].Files;
        TestSet tests = TestSetReader.Of(model.Locations[0]).Set!;
        NpyArray Load(TestTensor tensor) => Npy.Read(new MemoryStream(files.Read(tensor.File, Npy.MaximumBytes)), tensor.File);
        return new ModelPackage
        {
            Model = model.Description, Weights = files.Read("weights.onnx", int.MaxValue),
            Citations = [.. model.Description.Citation.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Cited)],
            TestInputs = [.. tests.Inputs.Select(Load)], TestOutputs = [.. tests.Outputs.Select(Load)],
        };
    }

    /// <summary>The DOI or address stands behind the last comma.</summary>
    private static Citation Cited(string line)
    {
        int at = line.LastIndexOf(", ", StringComparison.Ordinal);
        string last = line[(at + 2)..];
        return last.StartsWith("10.", StringComparison.Ordinal) ? new Citation(line[..at], last)
            : last.Contains("://", StringComparison.Ordinal) ? new Citation(line[..at], Url: last) : new Citation(line);
    }
}
