using BioDL.Core.Runs;
using BioDL.Models;
using BioDL.Models.Descriptions;
using BioDL.Models.Files;
using BioDL.Models.Verification;
using BioDL.Models.Writing;
using BioDL.Tests.Cli;
using BioDL.Tests.Graphs;

namespace BioDL.Tests.Writing;

/// <summary>A package that gets its test tensors, sizes and halos from its network.</summary>
public sealed class TestTensorTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, "uint8")]
    [InlineData(2, "uint16")]
    [InlineData(4, "float32")]
    public void A_package_verifies_on_what_its_own_network_made(int grid, string type)
    {
        using var bare = Model.Open(Bare(new TinyOnnx { Grid = grid, Kernel = 2 * grid + 3, Channels = 2 }));
        ModelDescription about = TileSizes.Fitted(bare.Description with { Name = "test network" }, bare.Running.Reach!.Value);
        InputTensor input = Assert.Single(about.Inputs);
        NpyArray array = NpyArray.Create(type, [1, 2, input.Y.Min + input.Y.Step, input.X.Min]);
        ModelPackage package = new ModelPackage { Model = about, Weights = Onnx(), Authors = ["me"] }.Tested([array]);
        PackageWriter.Write(package, _folder.File("package"));
        using Model model = Model.Open(_folder.File("package"));
        VerifyReport report = model.Verify("cpu");
        Assert.True(report.Outcome == VerifyOutcome.Passed, report.Text);
        Assert.All(report.Outputs, output => Assert.Equal((0, 0), (output.LargestDeviation, output.Mismatches)));
        Assert.Equal(3, report.CheckedFiles.Count);
        Assert.Empty(FormatRules.Faults(_folder.File("package")));

        byte[] Onnx() => File.ReadAllBytes(_folder.File("bare.onnx"));
    }

    /// <summary>The format's own rule: the smallest input leaves a value when both halos are cut off, and halos are whole pixels.</summary>
    [Theory]
    [InlineData(1, 3)]
    [InlineData(1, 31)]
    [InlineData(2, 17)]
    [InlineData(4, 33)]
    public void The_smallest_input_holds_both_halos_and_a_value(int grid, int kernel)
    {
        using var bare = Model.Open(Bare(new TinyOnnx { Grid = grid, Kernel = kernel }));
        Extent reach = bare.Running.Reach!.Value;
        ModelDescription about = TileSizes.Fitted(bare.Description, reach);
        foreach (OutputTensor output in about.Outputs)
        {
            Assert.True(output.Halo.Y * grid >= reach.Y && (output.Halo.Y - 1) * grid < reach.Y, $"{output.Halo.Y} * {grid}, {reach.Y}");
            Assert.True(about.Inputs[0].Y.Min / grid - 2 * output.Halo.Y >= 1);
            Assert.Equal(0, about.Inputs[0].Y.Min % grid);
            Assert.True((about.Inputs[0].Y.Min - about.Inputs[0].Y.Step) / grid - 2 * output.Halo.Y < 1);
        }
    }

    private string Bare(TinyOnnx network)
    {
        string path = _folder.File("bare.onnx");
        File.WriteAllBytes(path, network.Bytes());
        return path;
    }
}
