namespace BioDL.Engines;

/// <summary>The numbers are those of <c>BIODL_DEVICE_*</c> in native/include/biodl/device.h.</summary>
public enum DeviceKind
{
    Cpu = 1,
    Cuda = 2,
    DirectML = 3,
    CoreML = 4,
}

/// <summary>Something that runs networks, or would if it were usable here.</summary>
/// <param name="Kind">what it is</param>
/// <param name="Id">what options take: "cpu", "cuda:0"</param>
/// <param name="Name">what a person reads, such as the card's name</param>
/// <param name="MemoryBytes">memory of the device, 0 where unknown</param>
/// <param name="Available">whether it can be used here</param>
/// <param name="UnavailableReason">why not; empty when it can</param>
public sealed record DeviceInfo(DeviceKind Kind, string Id, string Name, long MemoryBytes, bool Available, string UnavailableReason)
{
    public static DeviceInfo Unusable(DeviceKind kind, string id, string name, string reason) => new(kind, id, name, 0, false, reason);
}
