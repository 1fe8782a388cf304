using BioDL.Core;
using BioDL.Core.Running;
using BioDL.Core.Tensors;
using BioDL.Torch.Archive;

namespace BioDL.Torch;

/// <summary>
/// A TorchScript network, run by libtorch on the CPU. Inputs are read where they lie; outputs are copied once. Safe for concurrent use: runs wait for
/// each other.
/// </summary>
public sealed class TorchNetwork : INetwork, IDisposable
{
    private readonly Lock _lock = new();
    private readonly string _source;
    private readonly int _outputs;
    private nint _module;

    private TorchNetwork(nint module, string source, int outputs) => (_module, _source, _outputs) = (module, source, outputs);

    public string Device => "cpu";

    public string DeviceName => $"CPU, libtorch {TorchLibrary.Version}";

    /// <summary>Load a network. Nothing of its code runs.</summary>
    /// <param name="torchScript">the bytes of the archive, untrusted; not kept</param>
    /// <param name="source">its file, for messages</param>
    /// <param name="inputs">tensors that it is described to take</param>
    /// <param name="outputs">tensors of what it gives that are wanted: the first ones</param>
    /// <exception cref="BioDLException">
    /// <see cref="Status.NotFound"/>: libtorch is missing; <see cref="Status.ModelInvalid"/>; <see cref="Status.ModelUnsupported"/>: no TorchScript, or it uses
    /// what is not allowed; <see cref="Status.OutOfMemory"/>
    /// </exception>
    public static TorchNetwork Load(byte[] torchScript, string source, int inputs, int outputs)
    {
        byte[] archive = TorchArchive.Checked(torchScript, source);
        TorchLibrary.Require();
        TorchNetwork? network = null;
        TorchThread.Do(() => network = Loaded(archive, source, inputs, outputs));
        return network!;
    }

    /// <summary>The checks of an archive that need no libtorch.</summary>
    /// <param name="torchScript">the bytes of the archive, untrusted</param>
    /// <param name="source">its file, for messages</param>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>, <see cref="Status.ModelUnsupported"/></exception>
    public static void Check(byte[] torchScript, string source) => TorchArchive.Checked(torchScript, source);

    private static unsafe TorchNetwork Loaded(byte[] archive, string source, int inputs, int outputs)
    {
        nint module = 0;
        TorchMessage message = default;
        TorchStatus status;
        fixed (byte* bytes = archive)
            status = TorchCalls.Load(bytes, archive.Length, &module, (byte*)&message, TorchMessage.Size);
        if (status != TorchStatus.Ok)
            throw Refusal(status, message.ToString(), new TorchErrors(source));
        int takes = TorchCalls.Inputs(module);
        if (takes >= 0 && takes != inputs)
        {
            TorchCalls.Free(module);
            throw new TorchErrors(source).Invalid($"takes {takes} tensors, but is described with {inputs}");
        }
        return new TorchNetwork(module, source, outputs);
    }

    private static BioDLException Refusal(TorchStatus status, string message, TorchErrors errors) => status switch
    {
        TorchStatus.Refused => errors.Unsupported($"uses {message}, which a network is not allowed to: it could reach files, other programs or their memory"),
        TorchStatus.Memory => new BioDLException(Status.OutOfMemory, "There is not enough memory to load the network.", "Close other programs, or use a machine with more memory."),
        _ when message.Contains("Unknown builtin op", StringComparison.Ordinal) => errors.Unsupported($"uses an operator that libtorch {TorchLibrary.Version} has not: {message}"),
        _ when message.Contains("maximum supported version", StringComparison.Ordinal) =>
            errors.Unsupported($"is newer than libtorch {TorchLibrary.Version}: {message}", "Use a newer libtorch, or export the network to ONNX."),
        _ => errors.Invalid($"cannot be loaded by libtorch {TorchLibrary.Version}: {message}"),
    };

    public void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor?> outputs)
    {
        Tensor[] taken = inputs.ToArray();
        Tensor?[] given = outputs.ToArray();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(given.Length, _outputs);
        Run(taken, result =>
        {
            for (int i = 0; i < given.Length; i++)
            {
                if (given[i] is { } output)
                    result.CopyTo(i, output);
            }
        });
    }

    /// <summary>Run once and look at what came out, on libtorch's thread.</summary>
    internal void Run(Tensor[] inputs, Action<TorchResult> use)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_module == 0, this);
            TorchThread.Do(() =>
            {
                using TorchResult result = TorchResult.Of(_module, inputs, _source);
                if (result.Count < _outputs)
                    throw new NetworkException($"{_source} gave {result.Count} tensors; {_outputs} are described.");
                use(result);
            });
        }
    }

    public void Trim() => TorchThread.Do(TorchCalls.Trim);

    public void Dispose()
    {
        lock (_lock)
        {
            nint module = Interlocked.Exchange(ref _module, 0);
            if (module != 0)
                TorchThread.Do(() => TorchCalls.Free(module));
        }
    }
}
