using BioDL.Core.Running;
using BioDL.Engines;

namespace BioDL.Tests.Engines;

/// <summary>Knows devices, and loads what it is told to.</summary>
internal sealed class FakeEngine(IReadOnlyList<DeviceInfo> devices, Func<INetwork>? load = null) : IEngine
{
    public string Name => "fake";

    public string Key => "fake";

    public string Version => "1";

    public string? Unavailable => null;

    public IReadOnlyList<string> Formats => ["fake"];

    public IReadOnlyList<DeviceInfo> Devices => devices;

    public void Check(byte[] weights, string source)
    {
    }

    public INetwork Load(NetworkFile file, DeviceInfo device) => load!();
}
