using BioDL.Core;
using BioDL.Core.Tensors;
using BioDL.Torch.Archive;
using BioDL.Torch.Protocol;
using BioDL.Torch.Worker;

namespace BioDL.Torch;

/// <summary>Brings a checked archive to the worker, and words what it says.</summary>
internal sealed class TorchLoad(WorkerSession session, string source)
{
    private const string UnknownOperator = "Unknown builtin op: ";

    private readonly TorchErrors _errors = new(source);

    /// <returns>by which the worker knows the network</returns>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>, <see cref="Status.ModelUnsupported"/>,
    /// <see cref="Status.OutOfMemory"/></exception>
    public int Load(CheckedArchive archive)
    {
        using var memory = new Tensor(SharedMemory.Instance);
        var request = new LoadRequest(Put(archive.Bytes, memory), archive.Bytes.Length, archive.Forward.Method, archive.Forward.TakesList,
            session.Limits.LoadProcessorSeconds);
        try
        {
            return session.Ask(request, session.Limits.Load) switch
            {
                LoadedAnswer loaded => loaded.Network,
                FailedAnswer failed => throw Refusal(failed.Message, failed.Kind == FailureKind.Memory),
                _ => throw _errors.Invalid("made its worker give a strange answer"),
            };
        }
        catch (WorkerEndedException error) when (error.IsProcessorTime)
        {
            throw _errors.Invalid($"takes more than {session.Limits.LoadProcessorSeconds} s of processor time to load");
        }
        catch (WorkerEndedException error)
        {
            throw Refusal(error.Reason, error.IsMemory);
        }
        catch (TimeoutException)
        {
            throw _errors.Invalid($"takes more than {session.Limits.Load.TotalSeconds:0} s to load");
        }
    }

    private static unsafe long Put(byte[] bytes, Tensor memory)
    {
        memory.Reshape((bytes.Length + sizeof(float) - 1) / sizeof(float));
        bytes.CopyTo(new Span<byte>(memory.Data, bytes.Length));
        return SharedMemory.Instance.OffsetOf(memory.Data)!.Value;
    }

    private BioDLException Refusal(string reason, bool memory)
    {
        int unknown = reason.IndexOf(UnknownOperator, StringComparison.Ordinal);
        if (unknown >= 0)
        {
            string name = reason[(unknown + UnknownOperator.Length)..].Split(' ', '\n')[0].TrimEnd('.');
            return _errors.Unsupported($"uses the operator {name}, which libtorch {TorchLibrary.Version} has not");
        }
        if (memory)
        {
            return new BioDLException(Status.OutOfMemory, $"There is not enough memory to load the network of {source}: {reason}.",
                $"Close other programs, or allow it more by {WorkerLimits.MemoryVariable} (MiB).");
        }
        return reason.Contains("maximum supported version", StringComparison.Ordinal)
            ? _errors.Unsupported($"is newer than libtorch {TorchLibrary.Version}: {reason}",
                "Export the network to ONNX, or with an older PyTorch.")
            : _errors.Invalid($"cannot be loaded by libtorch {TorchLibrary.Version}: {reason}");
    }
}
