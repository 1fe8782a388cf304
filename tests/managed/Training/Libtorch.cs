using System.Runtime.InteropServices;
using BioDL.Tests.Torch;
using BioDL.Torch.Worker;
using TorchSharp;

namespace BioDL.Tests.Training;

/// <summary>libtorch in the process of the tests, for the parts of a training by themselves.</summary>
internal static class Libtorch
{
    private static readonly Lazy<bool> Loaded = new(() =>
    {
        NativeLibrary.Load(Path.Combine(TorchLibrary.Folder!, "libLibTorchSharp.so"));
        torch.InitializeDeviceType(DeviceType.CPU);
        torch.set_num_threads(1);
        return true;
    });

    /// <summary>Skips the test where there is none.</summary>
    public static void Require()
    {
        TorchScripts.Require();
        _ = Loaded.Value;
    }
}
