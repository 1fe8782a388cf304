using BioDL.Core.Running;
using BioDL.Core.Tensors;

namespace BioDL.Torch;

/// <summary>The tensors that one run gave, in libtorch's memory.</summary>
internal sealed unsafe class TorchResult : IDisposable
{
    private const int MostDimensions = 64;
    private readonly string _source;
    private nint _result;

    private TorchResult(nint result, string source) => (_result, _source) = (result, source);

    public int Count => TorchCalls.ResultCount(_result);

    /// <summary>Bytes that the run took at its worst moment, the caller's inputs not counted.</summary>
    public long Peak => TorchCalls.ResultPeak(_result);

    /// <exception cref="NetworkMemoryException">There is not enough memory.</exception>
    /// <exception cref="NetworkException">The network raised an error.</exception>
    public static TorchResult Of(nint module, Tensor[] inputs, string source)
    {
        nint result = 0;
        TorchMessage message = default;
        var tensors = stackalloc TorchTensor[Math.Max(1, inputs.Length)];
        long* shapes = stackalloc long[Math.Max(1, inputs.Sum(input => input.Shape.Length))];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i].Shape.CopyTo(new Span<long>(shapes, inputs[i].Shape.Length));
            tensors[i] = new TorchTensor { Data = inputs[i].Data, Shape = shapes, Rank = inputs[i].Shape.Length };
            shapes += inputs[i].Shape.Length;
        }
        TorchStatus status = TorchCalls.Run(module, tensors, inputs.Length, &result, (byte*)&message, TorchMessage.Size);
        if (status != TorchStatus.Ok)
            throw Failure(status, $"{source} failed: {message}.");
        return new TorchResult(result, source);
    }

    public long[] Shape(int index)
    {
        long* sizes = stackalloc long[MostDimensions];
        long rank = TorchCalls.ResultShape(_result, index, sizes, MostDimensions);
        return rank is >= 0 and <= MostDimensions ? new ReadOnlySpan<long>(sizes, (int)rank).ToArray() : throw new NetworkException($"{_source} gave no tensor {index}.");
    }

    /// <summary>Copy a tensor to one of the same shape; dimensions of one value may be more or fewer.</summary>
    public void CopyTo(int index, Tensor into)
    {
        long[] shape = Shape(index);
        if (!shape.Where(size => size != 1).SequenceEqual(into.Shape.Where(size => size != 1)))
        {
            throw new NetworkException($"{_source} gave tensor {index} of the shape ({string.Join(", ", shape)}), but ({string.Join(", ", into.Shape)}) was expected.");
        }
        TorchMessage message = default;
        TorchStatus status = TorchCalls.ResultCopy(_result, index, into.Data, into.Count, (byte*)&message, TorchMessage.Size);
        if (status != TorchStatus.Ok)
            throw Failure(status, $"Tensor {index} of {_source} could not be copied: {message}.");
    }

    public void Dispose() => TorchCalls.ResultFree(Interlocked.Exchange(ref _result, 0));

    private static NetworkException Failure(TorchStatus status, string message) => status == TorchStatus.Memory ? new NetworkMemoryException(message) : new NetworkException(message);
}
