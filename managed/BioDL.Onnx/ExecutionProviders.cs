using BioDL.Core;
using BioDL.Engines;
using Microsoft.ML.OnnxRuntime;

namespace BioDL.Onnx;

/// <summary>
/// Devices beside the CPU. CUDA comes as a plugin library that is registered when it lies beside ONNX Runtime; DirectML and CoreML come
/// with
/// the builds of their systems. A kind that cannot be used is listed with its reason, never left out.
/// </summary>
internal static class ExecutionProviders
{
    private const string CudaPlugin = "onnxruntime_providers_cuda";
    private const string CudaProvider = "CUDAExecutionProvider", DirectMLProvider = "DmlExecutionProvider",
        CoreMLProvider = "CoreMLExecutionProvider";

    /// <summary>The plugin devices by our id, such as "cuda:0". Filled by <see cref="Describe"/>.</summary>
    private static readonly Dictionary<string, OrtEpDevice> Plugins = [];

    internal static IEnumerable<DeviceInfo> Describe()
    {
        string[] builtIn;
        try
        {
            builtIn = OrtLibrary.Environment.GetAvailableProviders();
        }
        catch (BioDLException error)
        {
            return [DeviceInfo.Unusable(DeviceKind.Cuda, "cuda:0", "NVIDIA GPU", error.Message)];
        }
        return [.. Cuda(), BuiltIn(DeviceKind.DirectML, "directml:0", "DirectML", DirectMLProvider, builtIn,
            OperatingSystem.IsWindows(), "Windows"),
            BuiltIn(DeviceKind.CoreML, "coreml:0", "CoreML", CoreMLProvider, builtIn, OperatingSystem.IsMacOS(), "macOS")];
    }

    /// <summary>Add the device to a session's options; the CPU needs nothing.</summary>
    internal static void Append(SessionOptions options, DeviceInfo device)
    {
        switch (device.Kind)
        {
            case DeviceKind.Cpu:
                return;
            case DeviceKind.DirectML:
                options.AppendExecutionProvider_DML(0);
                return;
            case DeviceKind.CoreML:
                options.AppendExecutionProvider("CoreML");
                return;
            default:
                options.AppendExecutionProvider(OrtLibrary.Environment, [Plugins[device.Id]], new Dictionary<string, string>());
                return;
        }
    }

    private static IReadOnlyList<DeviceInfo> Cuda()
    {
        DeviceInfo Without(string reason) => DeviceInfo.Unusable(DeviceKind.Cuda, "cuda:0", "NVIDIA GPU", reason);

        string file = RuntimeFolders.LibraryFile(CudaPlugin);
        string? library = RuntimeFolders.Find(file);
        if (library is null)
            return [Without($"the provider library {file} is not installed: ./build.sh gpu adds it")];
        if (CudaLibraries.Missing() is { } missing)
            return [Without(missing)];
        try
        {
            OrtLibrary.Environment.RegisterExecutionProviderLibrary("biodl_cuda", library);
            OrtEpDevice[] cards = [.. OrtLibrary.Environment.GetEpDevices().Where(device => device.EpName == CudaProvider)];
            if (cards.Length == 0)
                return [Without("the provider library found no NVIDIA GPU")];
            for (int index = 0; index < cards.Length; index++)
                Plugins[$"cuda:{index}"] = cards[index];
            return [.. cards.Select((card, index) => new DeviceInfo(DeviceKind.Cuda, $"cuda:{index}", CardName(card),
                CardMemory(card), true, ""))];
        }
        catch (Exception error) when (error is OnnxRuntimeException or EntryPointNotFoundException)
        {
            return [Without(FirstLine(error.Message))];
        }
    }

    private static DeviceInfo BuiltIn(DeviceKind kind, string id, string name, string provider, string[] builtIn, bool here, string system)
    {
        if (builtIn.Contains(provider))
            return new DeviceInfo(kind, id, name, 0, true, "");
        return DeviceInfo.Unusable(kind, id, name, here ? "this build of ONNX Runtime does not contain it" : $"it exists on {system} only");
    }

    private static string CardName(OrtEpDevice card)
    {
        IReadOnlyDictionary<string, string> facts = card.HardwareDevice.Metadata.Entries;
        string? name = facts.GetValueOrDefault("name") ?? facts.GetValueOrDefault("Description") ?? facts.GetValueOrDefault("description");
        return name ?? $"{card.HardwareDevice.Vendor} GPU {card.HardwareDevice.DeviceId:x4}";
    }

    private static long CardMemory(OrtEpDevice card) =>
        card.EpMetadata.Entries.TryGetValue("memory", out string? bytes) && long.TryParse(bytes, out long size) ? size : 0;

    private static string FirstLine(string message) => message.Split('\n', 2)[0].Trim();
}
