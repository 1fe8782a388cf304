using BioDL.Core;
using BioDL.Core.Running;
using BioDL.Core.Tensors;
using BioDL.Torch.Archive;
using BioDL.Torch.Protocol;
using BioDL.Torch.Worker;

namespace BioDL.Torch;

/// <summary>
/// A TorchScript network, run by libtorch on the CPU in the worker process. Inputs are read where they lie, when they lie in
/// <see cref="TensorMemory"/>; outputs are copied
/// once, from libtorch's memory. When the worker has ended, it is started and the network loaded anew. Safe for concurrent use: runs wait
/// for each other.
/// </summary>
public sealed class TorchNetwork : INetwork, IDisposable
{
    private readonly Func<byte[]> _read;
    private readonly string _source;
    private readonly int _inputs, _outputs;
    private (int Generation, int Number)? _loaded;
    private bool _closed;

    private TorchNetwork(Func<byte[]> read, string source, int inputs, int outputs) =>
        (_read, _source, _inputs, _outputs) = (read, source, inputs, outputs);

    public string Device => "cpu";

    public string DeviceName => $"CPU, libtorch {TorchLibrary.Version}";

    public ITensorMemory TensorMemory => SharedMemory.Instance;

    /// <summary>Load a network. Nothing of its code runs.</summary>
    /// <param name="read">gives the bytes of the archive, untrusted; called again when the worker had to be started anew</param>
    /// <param name="source">its file, for messages</param>
    /// <param name="inputs">tensors that it is described to take</param>
    /// <param name="outputs">tensors of what it gives that are wanted: the first ones</param>
    /// <exception cref="BioDLException">
    /// <see cref="Status.NotFound"/>: libtorch is missing; <see cref="Status.ModelInvalid"/>; <see cref="Status.ModelUnsupported"/>: no
    /// TorchScript, or it uses
    /// what is not allowed; <see cref="Status.OutOfMemory"/>
    /// </exception>
    public static TorchNetwork Load(Func<byte[]> read, string source, int inputs, int outputs)
    {
        var network = new TorchNetwork(read, source, inputs, outputs);
        CheckedArchive archive = network.Checked();
        WorkerSession.Use(session => network.Number(session, archive));
        return network;
    }

    /// <summary>The checks of an archive that need no libtorch.</summary>
    /// <param name="torchScript">the bytes of the archive, untrusted</param>
    /// <param name="source">its file, for messages</param>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>, <see cref="Status.ModelUnsupported"/></exception>
    public static void Check(byte[] torchScript, string source) => TorchArchive.Checked(torchScript, source);

    public void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor?> outputs) => Run(inputs, outputs, null);

    public void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor?> outputs, Func<bool>? cancelled)
    {
        Tensor[] taken = inputs.ToArray();
        Tensor?[] given = outputs.ToArray();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(given.Length, _outputs);
        WorkerSession.Use(session =>
        {
            using var run = new TorchRun(session, _source, session.Limits.Run);
            RanAnswer ran = run.Start(Number(session), taken, measure: false, cancelled);
            CheckCount(ran);
            run.Take(ran, given);
            return true;
        }, cancelled);
    }

    /// <summary>Run once and bring all outputs, and measure the memory that it takes.</summary>
    internal TorchOutputs Measure(Tensor[] inputs) => WorkerSession.Use(session =>
    {
        using var run = new TorchRun(session, _source, session.Limits.Measure);
        RanAnswer ran = run.Start(Number(session), inputs, measure: true, null);
        CheckCount(ran);
        Tensor[] outputs = [.. ran.Shapes.Select(_ => new Tensor(TensorMemory))];
        try
        {
            for (int i = 0; i < outputs.Length; i++)
                outputs[i].Reshape(ran.Shapes[i]);
            run.Take(ran, outputs);
            return TorchOutputs.Of(outputs, ran.Bytes);
        }
        finally
        {
            foreach (Tensor output in outputs)
                output.Dispose();
        }
    });

    public void Trim()
    {
        try
        {
            WorkerSession.UseRunning(session => session.Ask(new TrimRequest(), session.Limits.Load));
        }
        catch (Exception error) when (error is WorkerEndedException or TimeoutException)
        {
            // The worker took all of its memory with it; the next run starts another.
        }
    }

    public void Dispose()
    {
        _closed = true;
        WorkerSession.UseRunning(session =>
        {
            if (_loaded is { } loaded && loaded.Generation == session.Generation)
                session.Ask(new UnloadRequest(loaded.Number), session.Limits.Load);
            _loaded = null;
        });
    }

    private CheckedArchive Checked()
    {
        CheckedArchive archive = TorchArchive.Checked(_read(), _source);
        return archive.Forward.Inputs is { } takes && takes != _inputs
            ? throw new TorchErrors(_source).Invalid($"takes {takes} tensors, but is described with {_inputs}")
            : archive;
    }

    /// <summary>By which this worker knows the network.</summary>
    private int Number(WorkerSession session, CheckedArchive? archive = null)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (_loaded is not { } loaded || loaded.Generation != session.Generation)
            _loaded = loaded = (session.Generation, new TorchLoad(session, _source).Load(archive ?? Checked()));
        return loaded.Number;
    }

    private void CheckCount(RanAnswer ran)
    {
        if (ran.Shapes.Length < _outputs)
            throw new NetworkException($"{_source} gave {ran.Shapes.Length} tensors; {_outputs} are described.");
    }
}
