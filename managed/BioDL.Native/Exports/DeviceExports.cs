using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BioDL.Core;
using BioDL.Engines;
using BioDL.Models.Runtime;
using BioDL.Native.Interop;

namespace BioDL.Native.Exports;

/// <summary>native/include/biodl/device.h</summary>
internal static unsafe class DeviceExports
{
    [UnmanagedCallersOnly(EntryPoint = "biodl_device_count", CallConvs = [typeof(CallConvCdecl)])]
    public static int Count(int* count, ErrorStruct* error) => Guard.Call(error, () =>
    {
        CallerStruct.NotNull(count, nameof(count));
        *count = InstalledEngines.Devices.Count;
    });

    [UnmanagedCallersOnly(EntryPoint = "biodl_device_get", CallConvs = [typeof(CallConvCdecl)])]
    public static int Get(int index, DeviceInfoStruct* info, ErrorStruct* error) =>
        Guard.Call(error, () => CallerStruct.Write(info, Describe(index), "info"));

    private static DeviceInfoStruct Describe(int index)
    {
        IReadOnlyList<DeviceInfo> devices = InstalledEngines.Devices;
        if (index < 0 || index >= devices.Count)
        {
            throw new BioDLException(
                Status.InvalidArgument, $"there is no device {index}", $"ask biodl_device_count first: it says {devices.Count}");
        }

        DeviceInfo device = devices[index];
        return new DeviceInfoStruct
        {
            Kind = (int)device.Kind,
            Id = Text.Forever(device.Id),
            Name = Text.Forever(device.Name),
            MemoryBytes = device.MemoryBytes,
            Available = device.Available ? 1 : 0,
            UnavailableReason = Text.Forever(device.UnavailableReason),
        };
    }
}
