using BioDL.Core.Running;

namespace BioDL.Engines;

/// <summary>The device that was chosen, and the CPU behind it.</summary>
/// <param name="choice">the device to begin with</param>
/// <param name="asked">what the caller asked for</param>
/// <param name="networks">loads the network</param>
/// <param name="view">what the run sees of the network; null: the network as it was opened</param>
public sealed class DeviceChain(DeviceChoice choice, string asked, SharedNetworks.Use networks, Func<INetwork, INetwork>? view = null)
    : IDeviceChain
{
    private DeviceInfo _device = choice.Device;

    public string Asked => asked;

    public string? Warning => choice.Warning;

    public string Device => _device.Id;

    public INetwork Load()
    {
        INetwork network = networks.On(_device);
        return view?.Invoke(network) ?? network;
    }

    public bool Next()
    {
        if (_device.Kind == DeviceKind.Cpu)
            return false;
        _device = Devices.Cpu;
        return true;
    }
}
