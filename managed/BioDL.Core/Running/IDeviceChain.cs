namespace BioDL.Core.Running;

/// <summary>The devices that one call may use, best first; the CPU is always the last.</summary>
public interface IDeviceChain
{
    /// <summary>The device that the caller asked for.</summary>
    string Asked { get; }

    /// <summary>Why another device than the one asked for comes first; null when it does.</summary>
    string? Warning { get; }

    /// <summary>Id of the device that comes next, or is in use.</summary>
    string Device { get; }

    /// <summary>The network on that device, loaded now if it was not.</summary>
    /// <exception cref="NetworkException">The device cannot run it.</exception>
    INetwork Load();

    /// <summary>The device failed: go on to the next. False when there is none.</summary>
    bool Next();
}
