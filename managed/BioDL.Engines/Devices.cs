using BioDL.Core;

namespace BioDL.Engines;

/// <summary>The device a call will try, and why it is not the one that was asked for.</summary>
/// <param name="Device">the one to try first</param>
/// <param name="Warning">null when it is what was asked for</param>
public readonly record struct DeviceChoice(DeviceInfo Device, string? Warning);

/// <summary>What can run networks here, and which of it a call uses.</summary>
public static class Devices
{
    /// <summary>The name that leaves the choice to us.</summary>
    public const string Automatic = "auto";

    public static DeviceInfo Cpu { get; } = Processor.Describe();

    /// <summary>
    /// All devices that some engines know, usable or not, the CPU first; of one that several know, the first that can use it.
    /// </summary>
    public static IReadOnlyList<DeviceInfo> Of(IEnumerable<IEngine> engines) =>
        [Cpu, .. engines.SelectMany(engine => engine.Devices).GroupBy(device => device.Id)
            .Select(same => same.FirstOrDefault(device => device.Available) ?? same.First())];

    /// <summary>Turn the name in the options into a device that an engine can use.</summary>
    /// <param name="asked">"auto", "cpu", "cuda:0", ...; "cuda" stands for "cuda:0"</param>
    /// <param name="engine">runs the network</param>
    /// <param name="all">the devices that are known here</param>
    /// <exception cref="BioDLException"><see cref="Status.DeviceUnavailable"/>: no such device is known.</exception>
    public static DeviceChoice Choose(string asked, IEngine engine, IReadOnlyList<DeviceInfo> all)
    {
        if (!IsNamed(asked))
            return new DeviceChoice(engine.Devices.FirstOrDefault(device => device.Available) ?? Cpu, null);
        DeviceInfo known = Known(asked, all);
        if (known.Kind == DeviceKind.Cpu)
            return new DeviceChoice(Cpu, null);
        DeviceInfo? own = engine.Devices.FirstOrDefault(device => device.Id == known.Id);
        return own is { Available: true } ? new DeviceChoice(own, null)
            : new DeviceChoice(Cpu, own is null ? $"{engine.Name} does not use {known.Id}, so the CPU runs."
                : $"{own.Id} cannot be used, so the CPU runs: {own.UnavailableReason}");
    }

    /// <summary>The device of that name, usable or not.</summary>
    /// <exception cref="BioDLException"><see cref="Status.DeviceUnavailable"/>: no such device is known.</exception>
    public static DeviceInfo Known(string asked, IReadOnlyList<DeviceInfo> all)
    {
        string name = asked.Trim().ToLowerInvariant();
        return all.FirstOrDefault(device => device.Id == name || device.Id == name + ":0")
            ?? throw new BioDLException(Status.DeviceUnavailable, $"There is no device \"{asked}\".",
                $"Known here: {Automatic}, {string.Join(", ", all.Select(device => device.Id))}.");
    }

    /// <summary>False for "auto" and "".</summary>
    public static bool IsNamed(string asked) => asked.Trim().ToLowerInvariant() is not ("" or Automatic);
}
