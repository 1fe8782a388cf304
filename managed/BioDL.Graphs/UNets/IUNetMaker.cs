using BioDL.Core.Training;

namespace BioDL.Graphs.UNets;

/// <summary>A convolution with what follows it: norm, then activation.</summary>
/// <param name="Name">of its weights, such as "down0.conv1"</param>
/// <param name="NormName">of the norm's weights, such as "down0.norm1"</param>
/// <param name="Inputs">channels</param>
/// <param name="Outputs">channels</param>
/// <param name="Kernel">along each spatial axis, outermost first</param>
public sealed record UNetBlock(string Name, string NormName, int Inputs, int Outputs, IReadOnlyList<int> Kernel)
{
    public UNetNorm Norm { get; init; }
    public Activation Activation { get; init; }

    /// <summary>The last one of an output.</summary>
    public bool IsHead { get; init; }
}

/// <summary>
/// Makes something of a U-Net, step by step in the order in which it runs: tensors of libtorch, nodes of an ONNX file, a table of weights.
/// </summary>
/// <typeparam name="T">a tensor to whoever makes it</typeparam>
public interface IUNetMaker<T>
{
    /// <summary>Convolution with zeros beyond the border, of the same size, norm and activation.</summary>
    T Convolve(T input, UNetBlock block);

    /// <summary>The maximum of each cell, and a blur (1 2 1) between the maximum and the choice of every second value.</summary>
    /// <param name="input">(n, c, (z,) y, x)</param>
    /// <param name="factors">1 or 2 along each spatial axis</param>
    /// <param name="blurs">whether it is blurred along the axes of factor 2</param>
    /// <param name="channels">of the input</param>
    T Pool(T input, IReadOnlyList<int> factors, bool blurs, int channels);

    /// <summary>Each value repeated.</summary>
    T Enlarge(T input, IReadOnlyList<int> factors);

    /// <summary>Channels of one behind those of the other.</summary>
    T Join(T first, T second);

    /// <summary>The network's input added to the first channels of a head.</summary>
    /// <param name="head">before its activation</param>
    /// <param name="input">of the network</param>
    /// <param name="headChannels">at least inputChannels</param>
    /// <param name="inputChannels">of the network</param>
    T AddInput(T head, T input, int headChannels, int inputChannels);
}
