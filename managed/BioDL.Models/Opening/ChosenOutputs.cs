using BioDL.Core.Running;
using BioDL.Core.Tensors;

namespace BioDL.Models.Opening;

/// <summary>A network that is asked for some of its outputs only.</summary>
/// <param name="network">the network</param>
/// <param name="count">outputs that it has</param>
/// <param name="places">which of them a run fills, in its order</param>
internal sealed class ChosenOutputs(INetwork network, int count, int[] places) : INetwork
{
    public string Device => network.Device;

    public string DeviceName => network.DeviceName;

    public ITensorMemory? TensorMemory => network.TensorMemory;

    public void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor?> outputs) => Run(inputs, outputs, null);

    public void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor?> outputs, Func<bool>? cancelled)
    {
        var all = new Tensor?[count];
        for (int i = 0; i < places.Length; i++)
            all[places[i]] = outputs[i];
        network.Run(inputs, all, cancelled);
    }

    public void Trim() => network.Trim();
}
