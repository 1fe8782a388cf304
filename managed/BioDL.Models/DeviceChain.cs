using BioDL.Core.Running;
using BioDL.Core.Segmentation;
using BioDL.Onnx;

namespace BioDL.Models;

/// <summary>The device that was chosen, and the CPU behind it.</summary>
internal sealed class DeviceChain(DeviceChoice choice, string asked, SharedNetworks.Use networks) : IDeviceChain
{
    private DeviceInfo _device = choice.Device;

    public string Asked => asked;

    public string? Warning => choice.Warning;

    public string Device => _device.Id;

    public INetwork Load() => networks.On(_device);

    public bool Next()
    {
        if (_device.Kind == DeviceKind.Cpu)
            return false;
        _device = Devices.Cpu;
        return true;
    }
}
