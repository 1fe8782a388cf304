using System.CommandLine;
using System.Globalization;
using BioDL.Cli.Shell;
using BioDL.Engines;
using BioDL.Models.Runtime;

namespace BioDL.Cli.Commands;

/// <summary><c>biodl devices</c>: what can run a network here, and why something cannot.</summary>
internal static class DevicesCommand
{
    internal static Command Create(CommandContext context)
    {
        Option<bool> json = CommonOptions.Json();
        var command = new Command("devices", "Lists what can run a network here, and says why something cannot.") { json };
        command.SetAction(parsed =>
        {
            foreach (DeviceInfo device in InstalledEngines.Devices)
                context.Output.WriteLine(parsed.GetValue(json) ? Json(device) : Line(device));
            return ExitCode.Ok;
        });
        return command;
    }

    private static string Line(DeviceInfo device)
    {
        string memory = device.MemoryBytes > 0
            ? string.Create(CultureInfo.InvariantCulture, $", {device.MemoryBytes / (double)(1L << 30):0.0} GiB") : "";
        return $"{device.Id,-10} {device.Name}{memory}" + (device.Available ? "" : $" (not available: {device.UnavailableReason})");
    }

    private static string Json(DeviceInfo device) => JsonText.Of(json =>
    {
        json.WriteString("id", device.Id);
        json.WriteString("kind", device.Kind.ToString().ToLowerInvariant());
        json.WriteString("name", device.Name);
        json.WriteNumber("memory_bytes", device.MemoryBytes);
        json.WriteBoolean("available", device.Available);
        json.WriteString("unavailable_reason", device.UnavailableReason);
    });
}
