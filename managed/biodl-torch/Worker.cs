using BioDL.Training;
using System.Collections.Concurrent;
using System.Text.Json;
using BioDL.Torch.Protocol;
using TorchSharp;

namespace BioDL.Torch.Worker;

/// <summary>
/// Answers requests, one after the other, on the one thread that uses libtorch: OpenMP keeps a pool for every thread that calls it.
/// </summary>
internal sealed class Worker(WorkerOptions options)
{
    private readonly Dictionary<int, ScriptNetwork> _networks = [];
    private readonly MemoryMeter _meter = new();
    private SharedTensors? _shared;
    private torch.Tensor[] _last = [];
    private int _count;

    /// <summary>Load libtorch, say so, and answer until there are no more requests.</summary>
    public void Serve(BlockingCollection<string> requests)
    {
        Answer ready = Answered(Start);
        Send(ready);
        if (ready is FailedAnswer)
            return;
        using var gradients = torch.no_grad();
        foreach (string line in requests.GetConsumingEnumerable())
            Send(Answered(() => Answer(JsonSerializer.Deserialize(line, ProtocolJson.Default.Request)!)));
    }

    private ReadyAnswer Start()
    {
        Limits.Enter();
        _shared = new SharedTensors(options.SharedMemory);
        string version = Libtorch.Load(options.Libtorch, options.Threads, trains: false);
        Limits.Close(options.MemoryBytes);
        return new ReadyAnswer(ProtocolVersion.Number, version);
    }

    private Answer Answer(Request request)
    {
        switch (request)
        {
            case LoadRequest load:
                return new LoadedAnswer(Load(load));
            case RunRequest run:
                return Run(run);
            case TakeRequest take:
                Take(take.Outputs);
                return new DoneAnswer();
            case UnloadRequest unload:
                if (_networks.Remove(unload.Network, out ScriptNetwork? network))
                    network.Dispose();
                return new DoneAnswer();
            case TrimRequest:
                Forget();
                GC.Collect();
                _ = SystemCalls.malloc_trim(0);
                return new DoneAnswer();
            case CheckRequest:
                return Traps.Check();
            default:
                return new FailedAnswer(FailureKind.Network, "the request is not known");
        }
    }

    private int Load(LoadRequest load)
    {
        Limits.Processor(load.ProcessorSeconds);
        try
        {
            _networks[++_count] = new ScriptNetwork(_shared!.Bytes(load.Offset, load.Length), load.Length, load.Method, load.TakesList);
            return _count;
        }
        finally
        {
            Limits.Processor(0);
        }
    }

    private RanAnswer Run(RunRequest run)
    {
        Forget();
        ScriptNetwork network = _networks[run.Network];
        torch.Tensor[] inputs = [.. run.Inputs.Select(_shared!.Tensor)];
        long bytes = 0;
        if (run.Measure)
            bytes = _meter.Of(() => _last = network.Run(inputs));
        else
            _last = network.Run(inputs);
        foreach (torch.Tensor input in inputs)
            input.Dispose();
        return new RanAnswer([.. _last.Select(tensor => tensor.shape)], bytes);
    }

    /// <summary>The one copy on the way: from libtorch's memory to where the library wants it.</summary>
    private void Take(Window?[] outputs)
    {
        for (int i = 0; i < outputs.Length; i++)
        {
            if (outputs[i] is not { } window)
                continue;
            using torch.Tensor into = _shared!.Tensor(window);
            into.copy_(_last[i]);
        }
        Forget();
    }

    private void Forget()
    {
        foreach (torch.Tensor tensor in _last)
            tensor.Dispose();
        _last = [];
    }

    private static Answer Answered(Func<Answer> answer)
    {
        try
        {
            return answer();
        }
        catch (Exception error)
        {
            string reason = ErrorText.Reason(error.Message);
            return new FailedAnswer(ErrorText.IsMemory(error) ? FailureKind.Memory : FailureKind.Network, reason);
        }
    }

    private static void Send(Answer answer) => Channel.Send(JsonSerializer.Serialize(answer, ProtocolJson.Default.Answer));
}
