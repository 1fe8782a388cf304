using BioDL.Core;
using BioDL.Engines;
using BioDL.Models.Cache;
using BioDL.Onnx;
using BioDL.Torch;

namespace BioDL.Models.Runtime;

/// <summary>The engines that this library comes with. A further one is a further line here.</summary>
public static class InstalledEngines
{
    public static OnnxEngine Onnx { get; } = new();

    public static IReadOnlyList<IEngine> All { get; } = [Onnx, new TorchEngine(() => new CacheFolder(CacheFolder.OfUser()).Libtorch)];

    private static readonly Lazy<IReadOnlyList<DeviceInfo>> Found = new(() => Engines.Devices.Of(All));

    /// <summary>All devices that this build knows, usable or not; the CPU is always the first.</summary>
    public static IReadOnlyList<DeviceInfo> Devices => Found.Value;

    /// <summary>What runs a format of weights; null when nothing does.</summary>
    /// <param name="format">bioimage.io's name</param>
    public static IEngine? For(string format) => All.FirstOrDefault(engine => engine.Formats.Contains(format));

    /// <summary>The device of that name, usable or not.</summary>
    /// <exception cref="BioDLException"><see cref="Status.DeviceUnavailable"/>: no such device is known.</exception>
    public static void Check(string device)
    {
        if (Engines.Devices.IsNamed(device))
            Engines.Devices.Known(device, Devices);
    }
}
