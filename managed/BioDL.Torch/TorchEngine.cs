using BioDL.Core.Running;
using BioDL.Core.Runs;
using BioDL.Engines;
using BioDL.Torch.Worker;

namespace BioDL.Torch;

/// <summary>libtorch, which runs TorchScript archives on the CPU, in a process of its own.</summary>
public sealed class TorchEngine : IEngine
{
    /// <param name="installed">gives the folder in which versions of libtorch are installed for this user, besides the places that
    /// <see cref="TorchLibrary"/> knows</param>
    public TorchEngine(Func<string> installed) => TorchLibrary.Installed = installed;

    public string Name => "libtorch";

    public string Key => "libtorch";

    public string Version => Unavailable is null ? TorchLibrary.Version : "";

    public string? Unavailable => TorchLibrary.Unavailable;

    public IReadOnlyList<string> Formats { get; } = ["torchscript"];

    public IReadOnlyList<DeviceInfo> Devices => [];

    public void Check(byte[] weights, string source) => TorchNetwork.Check(weights, source);

    public INetwork Load(NetworkFile file, DeviceInfo device) =>
        TorchNetwork.Load(file.Read, file.Source, file.Inputs.Count, file.Outputs.Count);

    public MeasuredNetwork? Measure(NetworkFile file, IReadOnlyList<InputTensor> inputs, IReadOnlyList<OutputTensor> outputs)
    {
        if (Unavailable is not null)
            return null;
        using TorchNetwork network = TorchNetwork.Load(file.Read, file.Source, file.Inputs.Count, file.Outputs.Count);
        return TorchProbe.Measure(network, inputs, outputs);
    }
}
