using BioDL.Core.Running;
using BioDL.Core.Tensors;

namespace BioDL.Models.Opening;

/// <summary>A network of two outputs, of which the second may be asked for first; for networks that only know an order, no names.</summary>
/// <param name="network">the network</param>
/// <param name="swapped">false: the outputs stay as they are</param>
internal sealed class SwappedOutputs(INetwork network, bool swapped) : INetwork
{
    public string Device => network.Device;

    public string DeviceName => network.DeviceName;

    public ITensorMemory? TensorMemory => network.TensorMemory;

    public void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs) => Run(inputs, outputs, null);

    public void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs, Func<bool>? cancelled) =>
        network.Run(inputs, swapped ? [outputs[1], outputs[0]] : outputs, cancelled);

    public void Trim() => network.Trim();
}
