using System.Runtime.InteropServices;
using TorchSharp;

namespace BioDL.Training;

/// <summary>libtorch, loaded once a process from a folder.</summary>
internal static class Libtorch
{
    /// <param name="folder">with libLibTorchSharp.so and what it needs</param>
    /// <param name="threads">inside an operator</param>
    /// <param name="trains">
    /// numbers will be given to libtorch by the thousand: see <see cref="NumberLifetime"/>. Networks that are only run take none, and need
    /// no system that lets code be changed.
    /// </param>
    /// <returns>libtorch's version, such as "2.10.0"</returns>
    /// <exception cref="DllNotFoundException">It cannot be loaded.</exception>
    public static string Load(string folder, int threads, bool trains)
    {
        // Before the first use of any type of TorchSharp: then its own search finds the library, by name, in this process.
        nint library = NativeLibrary.Load(Path.Combine(folder, "libLibTorchSharp.so"));
        if (trains)
            NumberLifetime.Prolong(library);
        torch.InitializeDeviceType(DeviceType.CPU);
        torch.set_num_threads(threads);
        Warm();
        string version = torch.__version__;
        return string.Join('.', version.Split('.').Take(3));
    }

    /// <summary>
    /// What libtorch reads from files at first use (the processor's description, the seed of random numbers), while files may still be
    /// opened.
    /// </summary>
    private static void Warm()
    {
        using var scope = torch.NewDisposeScope();
        torch.nn.functional.conv2d(torch.rand(1, 1, 8, 8), torch.rand(1, 1, 3, 3)).relu().sum().ToSingle();
        torch.rand(8, 8).matmul(torch.rand(8, 8));
    }
}
