using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using BioDL.Core;
using BioDL.Core.Training;
using BioDL.Engines;
using BioDL.Torch.Worker;

namespace BioDL.Torch.Training;

/// <summary>
/// A training in a process of its own, seen from the library: started, heard, asked, ended. It ends with this process; its folder's
/// checkpoint stays, and another worker on the same folder goes on from it. On a machine one training of a folder of trainings runs at a
/// time; the others wait. Safe for concurrent use; no member but <see cref="Wait"/> and <see cref="Dispose"/> waits for the process.
/// </summary>
/// <param name="folder">with <see cref="TrainingJob.FileName"/> and its arrays; beside it lies the lock of the running one</param>
/// <param name="memoryBytes">that the process may take beyond what libtorch takes when it is loaded</param>
/// <param name="threads">inside an operator; 0: all cores</param>
public sealed class TrainingWorker(string folder, long memoryBytes, int threads) : IDisposable
{
    private const int TurnMilliseconds = 200, EndSeconds = 10, MostSmaller = 8;
    private const string LockName = "running";

    private static readonly Lock Yielding = new();
    private static readonly HashSet<TrainingWorker> Running = [];
    private static int _runs;

    private readonly ConcurrentQueue<string> _commands = new(), _messages = new();
    private readonly ManualResetEventSlim _ended = new();
    private volatile TrainingProgress _progress = new();
    private volatile bool _cancelled, _started;

    /// <summary>The last that was heard. Over when it is Done, Cancelled or Failed, the reason being the message.</summary>
    public TrainingProgress Progress => _progress;

    /// <summary>All messages so far, such as a smaller batch or a return to the last good state.</summary>
    public IReadOnlyList<string> Messages => [.. _messages];

    /// <exception cref="BioDLException"><see cref="Status.NotFound"/>: the worker, or libtorch, is missing.</exception>
    public static void Require() => TorchLibrary.Require("Nothing can be trained");

    /// <summary>Until what this gives is disposed, all trainings of this process yield the processor after the step they are in.</summary>
    public static IDisposable Yield()
    {
        lock (Yielding)
        {
            if (++_runs == 1)
                TellAll("pause");
        }
        return new YieldEnd();
    }

    /// <summary>Begin, or wait for the turn. Once.</summary>
    /// <exception cref="BioDLException"><see cref="Status.NotFound"/>: the worker, or libtorch, is missing.</exception>
    public void Start()
    {
        Require();
        _started = true;
        new Thread(Run) { IsBackground = true, Name = "BioDL training" }.Start();
    }

    /// <summary>End with the best state: weights are written, then it is Done.</summary>
    public void Stop() => _commands.Enqueue("stop");

    /// <summary>Write the best weights now; <see cref="TrainingProgress.Snapshots"/> then grows.</summary>
    public void Snapshot() => _commands.Enqueue("snapshot");

    /// <summary>Wait until it is over.</summary>
    /// <returns>false when the time is over first</returns>
    public bool Wait(TimeSpan timeout) => _ended.Wait(timeout);

    /// <summary>End the process, in the middle of whatever it does. What it had written stays.</summary>
    public void Dispose()
    {
        _cancelled = true;
        if (_started)
            _ended.Wait(TimeSpan.FromSeconds(EndSeconds));
    }

    private static void TellAll(string command)
    {
        foreach (TrainingWorker worker in Running)
            worker._commands.Enqueue(command);
    }

    private void Run()
    {
        try
        {
            using FileStream turn = Turn();
            Join();
            Train();
        }
        catch (OperationCanceledException)
        {
            _progress = _progress with { State = TrainingState.Cancelled };
        }
        catch (Exception error)
        {
            Fail($"The training cannot run: {error.Message.TrimEnd('.')}.");
        }
        finally
        {
            lock (Yielding)
                Running.Remove(this);
            _ended.Set();
        }
    }

    /// <summary>Wait until no other training runs. The lock is the system's: it ends with the process that has it.</summary>
    private FileStream Turn()
    {
        string file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(folder))!, LockName);
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(file))
            {
                _progress = new TrainingProgress
                {
                    State = TrainingState.Queued, Message = "Another training runs on this machine; this one begins when it is over.",
                };
            }
            Thread.Sleep(TurnMilliseconds);
            if (_cancelled)
                throw new OperationCanceledException();
        }
    }

    private void Join()
    {
        lock (Yielding)
        {
            Running.Add(this);
            if (_runs > 0)
                _commands.Enqueue("pause");
        }
        _progress = new TrainingProgress { State = TrainingState.Preparing };
    }

    private void Train()
    {
        TorchLibrary.MakeExecutable();
        string[] arguments = ["train", folder, TorchLibrary.Folder!, Number(memoryBytes),
            Number(threads > 0 ? threads : Processor.Cores), Number(Environment.ProcessId)];
        for (int smaller = 0; ; smaller++)
        {
            using var process = new WorkerProcess(TorchLibrary.Program!, arguments);
            try
            {
                Hear(process);
                return;
            }
            catch (WorkerEndedException end) when (end.IsAllocation && smaller < MostSmaller)
            {
                // libtorch says of most allocations that they failed; some end the process. It goes on from its checkpoint with less.
                _commands.Enqueue("less");
            }
            catch (WorkerEndedException end)
            {
                Fail($"The training has ended: {end.Reason}. It can be taken up again from its last checkpoint.");
                return;
            }
        }
    }

    private void Hear(WorkerProcess process)
    {
        while (true)
        {
            byte[] line = process.Receive(Timeout.InfiniteTimeSpan, () => SendCommands(process));
            TrainingProgress heard = JsonSerializer.Deserialize(line, TrainingProgressJson.Default.TrainingProgress)!;
            if (heard.Message is { } message)
                _messages.Enqueue(message);
            _progress = heard;
            if (heard.State is TrainingState.Done or TrainingState.Failed)
                return;
        }
    }

    /// <summary>On the one thread that uses the process.</summary>
    /// <returns>whether it was cancelled</returns>
    private bool SendCommands(WorkerProcess process)
    {
        while (_commands.TryDequeue(out string? command))
            process.Send(Encoding.UTF8.GetBytes(command + "\n"));
        return _cancelled;
    }

    private void Fail(string reason) => _progress = _progress with { State = TrainingState.Failed, Message = reason };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private sealed class YieldEnd : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) != 0)
                return;
            lock (Yielding)
            {
                if (--_runs == 0)
                    TellAll("go");
            }
        }
    }
}
