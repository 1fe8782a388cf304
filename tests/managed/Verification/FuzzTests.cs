using BioDL.Core;
using BioDL.Fuzz;
using BioDL.Models;
using BioDL.Tests.Cli;
using BioDL.Tests.Graphs;

namespace BioDL.Tests.Verification;

/// <summary>A few hundred of the mutants that tests/fuzz makes by the ten thousand, of the seeds that are made there.</summary>
public sealed class FuzzTests
{
    [Fact]
    public void Metadata_with_half_a_character_is_refused()
    {
        using var folder = new TestFolder();
        File.WriteAllBytes(folder.File("config.json"), [.. "{\"n_dim\": 2, \"n_rays\": 8, \"axes\": \"\\ud800\"}"u8]);
        File.WriteAllBytes(folder.File("weights.onnx"), new TinyOnnx().Bytes());
        var error = Assert.Throws<BioDLException>(() => Model.Open(folder.Root));
        Assert.Equal(Status.ModelInvalid, error.Status);
        Assert.Contains("config.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_images_are_refused_with_a_reason_or_read()
    {
        using var folder = new TestFolder();
        var campaign = new Campaign([.. Seeds.Tiffs()], folder.Root);
        campaign.Run(0, 400);
        Assert.True(campaign.Finds.Count == 0, string.Join("\n", campaign.Finds.Take(5)));
        Figures images = campaign.ByKind["TIFF"];
        Assert.True(images.Ran > 40 && images.Refused[Status.Io] > 40,
            $"{images.Ran} were read, {images.Refused[Status.Io]} refused: the test changes too little or too much");
    }

    [Fact]
    public void Broken_packages_are_refused_with_a_reason_or_work()
    {
        using var folder = new TestFolder();
        var campaign = new Campaign(Seeds.All(shared: null), folder.Root);
        campaign.Run(0, 360);
        Assert.True(campaign.Finds.Count == 0, string.Join("\n", campaign.Finds.Take(5)));
        Figures[] kinds = [.. campaign.ByKind.Values];
        Assert.Equal(360, kinds.Sum(kind => kind.Mutants));
        Assert.True(kinds.Sum(kind => kind.Accepted) > 36 && kinds.Sum(kind => kind.Refused.Values.Sum()) > 90
            && kinds.Sum(kind => kind.Ran) > 3);
    }
}
