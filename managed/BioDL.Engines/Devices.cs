using BioDL.Core;

namespace BioDL.Onnx;

/// <summary>The device a call will try, and why it is not the one that was asked for.</summary>
/// <param name="Device">the one to try first</param>
/// <param name="Warning">null when it is what was asked for</param>
public readonly record struct DeviceChoice(DeviceInfo Device, string? Warning);

/// <summary>What can run a network here. Found once, at the first question; the CPU is always the first.</summary>
public static class Devices
{
    /// <summary>The name that leaves the choice to us.</summary>
    public const string Automatic = "auto";

    private static readonly Lazy<IReadOnlyList<DeviceInfo>> Found = new(() => [Processor.Describe(), .. ExecutionProviders.Describe()]);

    /// <summary>All devices that this build knows, usable or not.</summary>
    public static IReadOnlyList<DeviceInfo> All => Found.Value;

    public static DeviceInfo Cpu => All[0];

    /// <summary>Turn the name in the options into a device that can be used.</summary>
    /// <param name="asked">"auto", "cpu", "cuda:0", ...; "cuda" stands for "cuda:0"</param>
    /// <exception cref="BioDLException"><see cref="Status.DeviceUnavailable"/>: no such device is known.</exception>
    public static DeviceChoice Choose(string asked) => Choose(asked, All);

    internal static DeviceChoice Choose(string asked, IReadOnlyList<DeviceInfo> all)
    {
        string name = asked.Trim().ToLowerInvariant();
        if (name is "" or Automatic)
            return new DeviceChoice(all.FirstOrDefault(device => device.Available && device.Kind != DeviceKind.Cpu) ?? all[0], null);
        DeviceInfo? known = all.FirstOrDefault(device => device.Id == name || device.Id == name + ":0");
        if (known is null)
        {
            throw new BioDLException(Status.DeviceUnavailable, $"There is no device \"{asked}\".",
                $"Known here: {Automatic}, {string.Join(", ", all.Select(device => device.Id))}.");
        }
        return known.Available
            ? new DeviceChoice(known, null)
            : new DeviceChoice(all[0], $"{known.Id} cannot be used, so the CPU runs: {known.UnavailableReason}");
    }
}
