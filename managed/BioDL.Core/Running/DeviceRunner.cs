namespace BioDL.Core.Running;

/// <summary>
/// Keeps a call on its feet: a device that cannot load the network, or fails, leaves the work to the next one; one that runs out of memory
/// gets smaller tiles first. Each step leaves a warning.
/// </summary>
/// <param name="devices">where the network may run</param>
/// <param name="source">where the network comes from, for messages</param>
/// <param name="call">takes the warnings</param>
internal sealed class DeviceRunner(IDeviceChain devices, string source, Call call)
{
    private INetwork? _network;

    /// <summary>The network; <see cref="Load"/> comes first.</summary>
    public INetwork Network => _network ?? throw new InvalidOperationException("the network is not loaded");

    public string Asked => devices.Asked;

    public string Device => _network?.Device ?? devices.Device;

    public string DeviceName => _network?.DeviceName ?? "";

    public bool FellBack { get; private set; }

    /// <summary>Load the network, on the next device when one cannot.</summary>
    /// <exception cref="BioDLException">No device can: <see cref="Status.OutOfMemory"/>, <see cref="Status.ModelInvalid"/>.</exception>
    public void Load()
    {
        if (_network is null && devices.Warning is { } warning)
        {
            FellBack = true;
            call.Warn(warning);
        }
        for (_network = null; _network is null;)
        {
            try
            {
                _network = devices.Load();
            }
            catch (NetworkException error)
            {
                FallBack(error);
            }
        }
    }

    /// <summary>Do work that runs the network, again from its start after each failure that can be helped.</summary>
    /// <param name="work">what to do</param>
    /// <param name="shrink">makes tiles smaller and returns the size that was too large, such as "512 x 512 pixels"; null when they cannot
    /// be</param>
    /// <param name="reload">loads the network on the device that comes next</param>
    public T Run<T>(Func<T> work, Func<string?> shrink, Action reload)
    {
        while (true)
        {
            try
            {
                return work();
            }
            catch (Exception failure) when (failure is NetworkException or OutOfMemoryException)
            {
                NetworkException error = failure as NetworkException
                    ?? new NetworkMemoryException("there is no memory for its tensors", failure);
                if (error is NetworkMemoryException && shrink() is { } size)
                {
                    call.Warn($"{Device} has not enough memory for tiles of {size}, so they become smaller: {error.Message}");
                    continue;
                }
                FallBack(error);
                reload();
            }
        }
    }

    private void FallBack(NetworkException error)
    {
        string failed = devices.Device;
        if (devices.Next())
        {
            FellBack = true;
            call.Warn($"{failed} failed, so {devices.Device} runs: {error.Message}");
            return;
        }
        if (error is NetworkMemoryException)
        {
            throw new BioDLException(Status.OutOfMemory, $"There is not enough memory for the network: {error.Message}",
                "Close other programs, or choose smaller tiles.", error);
        }
        throw new BioDLException(Status.ModelInvalid, $"The network of {source} cannot be run: {error.Message}",
            "Check the model file; another version of it may work.", error);
    }
}
