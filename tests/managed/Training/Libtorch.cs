using BioDL.Tests.Torch;
using BioDL.Torch.Worker;

namespace BioDL.Tests.Training;

/// <summary>libtorch in the process of the tests, for the parts of a training by themselves.</summary>
internal static class Libtorch
{
    private static readonly Lazy<bool> Loaded = new(() =>
    {
        BioDL.Training.Libtorch.Load(TorchLibrary.Folder!, threads: 1, trains: true);
        return true;
    });

    /// <summary>Skips the test where there is none.</summary>
    public static void Require()
    {
        TorchScripts.Require();
        _ = Loaded.Value;
    }
}
