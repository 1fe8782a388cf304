using BioDL.Core.Tensors;

namespace BioDL.Core.Running;

/// <summary>A network loaded on one device. Core does not know who runs it. Safe for concurrent use.</summary>
public interface INetwork
{
    /// <summary>Id of the device that really runs it, such as "cpu" or "cuda:0".</summary>
    string Device { get; }

    /// <summary>What a person reads, such as the card's name.</summary>
    string DeviceName { get; }

    /// <summary>Where tensors of a run cost no copy; null: anywhere. Tensors elsewhere are legal.</summary>
    ITensorMemory? TensorMemory => null;

    /// <summary>
    /// Run once. Inputs and outputs are in the order in which the network was opened; their shapes are set by the caller and their memory
    /// is read and written in place. An output that is null, or missing at the end, is not asked for and need not be computed.
    /// </summary>
    /// <exception cref="NetworkMemoryException">The device has not enough memory for this tile.</exception>
    /// <exception cref="NetworkException">The device failed.</exception>
    void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor?> outputs);

    /// <summary>The same, for a network that can be left in the middle of a run; another one finishes it.</summary>
    /// <param name="inputs">what it reads</param>
    /// <param name="outputs">what it fills</param>
    /// <param name="cancelled">asked on the calling thread some thirty times a second; true ends the run. Null: never</param>
    /// <exception cref="BioDLException"><see cref="Status.Cancelled"/></exception>
    void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor?> outputs, Func<bool>? cancelled) => Run(inputs, outputs);

    /// <summary>Give the memory of past runs back to the system; the next run takes it anew.</summary>
    void Trim();
}

/// <summary>A device failed; another may succeed.</summary>
public class NetworkException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>A device has not enough memory; a smaller tile may succeed.</summary>
public sealed class NetworkMemoryException(string message, Exception? cause = null) : NetworkException(message, cause);
