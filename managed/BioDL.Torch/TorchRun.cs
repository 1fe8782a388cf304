using BioDL.Core.Running;
using BioDL.Core.Tensors;
using BioDL.Torch.Protocol;
using BioDL.Torch.Worker;

namespace BioDL.Torch;

/// <summary>One run of a network in the worker.</summary>
/// <param name="session">the worker</param>
/// <param name="source">the network's file, for messages</param>
/// <param name="limit">how long it may take</param>
internal sealed unsafe class TorchRun(WorkerSession session, string source, TimeSpan limit) : IDisposable
{
    private readonly List<Tensor> _copies = [];

    /// <summary>Run, and leave the outputs with the worker.</summary>
    /// <exception cref="NetworkMemoryException">There is not enough memory.</exception>
    /// <exception cref="NetworkException">The network raised an error, ended the worker or took too long.</exception>
    public RanAnswer Start(int network, Tensor[] inputs, bool measure, Func<bool>? cancelled)
    {
        Window[] windows = [.. inputs.Select(input => Shared(input, input.Shape, out _, fill: true))];
        return Ask(new RunRequest(network, windows, measure), cancelled) as RanAnswer ?? throw Strange();
    }

    /// <summary>Fill the outputs; one that is null is left.</summary>
    /// <exception cref="NetworkException">An output has another shape.</exception>
    public void Take(RanAnswer ran, Tensor?[] outputs)
    {
        var (windows, copies) = (new Window?[outputs.Length], new Tensor?[outputs.Length]);
        for (int i = 0; i < outputs.Length; i++)
        {
            if (outputs[i] is not { } output)
                continue;
            if (!ran.Shapes[i].Where(size => size != 1).SequenceEqual(output.Shape.Where(size => size != 1)))
                throw new NetworkException($"{source} gave tensor {i} of the shape ({string.Join(", ", ran.Shapes[i])}), but "
                    + $"({string.Join(", ", output.Shape)}) was expected.");
            windows[i] = Shared(output, ran.Shapes[i], out copies[i], fill: false);
        }
        _ = Ask(new TakeRequest(windows), null) as DoneAnswer ?? throw Strange();
        for (int i = 0; i < outputs.Length; i++)
        {
            if (copies[i] is { } copy)
                Copy(copy, outputs[i]!);
        }
    }

    public void Dispose() => _copies.ForEach(copy => copy.Dispose());

    /// <summary>
    /// Where a tensor lies in the shared memory; one that does not gets a copy there, until the run is over: an output may be an input.
    /// </summary>
    private Window Shared(Tensor tensor, long[] shape, out Tensor? copy, bool fill)
    {
        copy = null;
        if (SharedMemory.Instance.OffsetOf(tensor.Data) is { } offset)
            return new Window(offset, shape);
        copy = new Tensor(SharedMemory.Instance);
        _copies.Add(copy);
        copy.Reshape(shape);
        if (fill)
            Copy(tensor, copy);
        return new Window(SharedMemory.Instance.OffsetOf(copy.Data)!.Value, shape);
    }

    private static void Copy(Tensor from, Tensor to) =>
        Buffer.MemoryCopy(from.Data, to.Data, to.Count * sizeof(float), from.Count * sizeof(float));

    private Answer Ask(Request request, Func<bool>? cancelled)
    {
        try
        {
            Answer answer = session.Ask(request, limit, cancelled);
            return answer is FailedAnswer failed ? throw Failure(failed.Message, failed.Kind == FailureKind.Memory) : answer;
        }
        catch (WorkerEndedException error)
        {
            throw Failure(error.Reason, error.IsMemory);
        }
        catch (TimeoutException)
        {
            throw new NetworkTimeException($"{source} did not come to an end within {limit.TotalSeconds:0.#} s, so it was ended. "
                + $"{WorkerLimits.SecondsVariable} allows it more.");
        }
    }

    private NetworkException Failure(string reason, bool memory)
    {
        string message = $"{source} failed: {reason}.";
        return memory ? new NetworkMemoryException($"{message} It may take {session.Limits.Memory >> 20} MiB; "
            + $"{WorkerLimits.MemoryVariable} allows it more.") : new NetworkException(message);
    }

    private NetworkException Strange() => new($"{source} made its worker give a strange answer.");
}

/// <summary>A network did not come to an end.</summary>
internal sealed class NetworkTimeException(string message) : NetworkException(message);
