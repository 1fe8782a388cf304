using BioDL.Core;
using BioDL.Core.Running;
using BioDL.Engines;

namespace BioDL.Onnx;

/// <summary>ONNX Runtime, which runs .onnx files on the CPU and on what its execution providers reach.</summary>
public sealed class OnnxEngine : IEngine
{
    private readonly Lazy<IReadOnlyList<DeviceInfo>> _devices = new(() => [.. ExecutionProviders.Describe()]);

    public string Name => "ONNX Runtime";

    public string Key => "onnxruntime";

    public string Version => Unavailable is null ? OrtLibrary.Version : "";

    public string? Unavailable
    {
        get
        {
            try
            {
                _ = OrtLibrary.Environment;
                return null;
            }
            catch (BioDLException error)
            {
                return error.Message;
            }
        }
    }

    public IReadOnlyList<string> Formats { get; } = ["onnx"];

    public IReadOnlyList<DeviceInfo> Devices => _devices.Value;

    /// <summary>Nothing more than its graph's reader has seen.</summary>
    public void Check(byte[] weights, string source)
    {
    }

    public INetwork Load(NetworkFile file, DeviceInfo device) => new OnnxNetwork(file, device);
}
