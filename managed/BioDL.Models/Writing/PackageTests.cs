using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Running;
using BioDL.Core.Runs;
using BioDL.Models.Files;
using BioDL.Models.Verification;

namespace BioDL.Models.Writing;

/// <summary>Gives a package the test tensors that it is verified with.</summary>
public static class PackageTests
{
    /// <summary>The package with these inputs and what its network makes of them, by the road of any image.</summary>
    /// <param name="package">without test tensors</param>
    /// <param name="inputs">
    /// one for each input, with the axes of its description and a size that it allows; they become the package's
    /// </param>
    /// <param name="progress">null: none</param>
    /// <exception cref="BioDLException">As <see cref="Model.Open"/> and <see cref="Model.Run"/>; <see cref="Status.Io"/>.</exception>
    public static ModelPackage Tested(this ModelPackage package, IReadOnlyList<NpyArray> inputs, ProgressHandler? progress = null)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "package");
        PackageWriter.Write(package with { TestInputs = [], TestOutputs = [] }, path);
        using Model model = Model.Open(path);
        IReadOnlyList<InputTensor> tensors = model.Description.Inputs;
        ImageView[] views = [.. inputs.Select((array, index) => array.View(tensors[index].ArrayAxes, $"the test of {tensors[index].Id}"))];
        (IReadOnlyList<NpyArray> outputs, _) = TestRun.Of(model, views, new RunOptions { Device = "cpu", ScaleBack = false },
            index => model.Description.Outputs[index].ArrayAxes, progress);
        return package with { TestInputs = inputs, TestOutputs = outputs };
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("biodl-package-").FullName;

        public void Dispose() => Cache.Disk.TryDelete(Path);
    }
}
