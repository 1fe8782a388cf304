using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using static BioDL.Torch.Worker.Posix;

namespace BioDL.Torch.Worker;

/// <summary>
/// A process of biodl-torch: lines go to it and come from it over one socket, and the end of what it says on its error output is kept. Not
/// safe for concurrent
/// use.
/// </summary>
internal sealed unsafe class WorkerProcess : IDisposable
{
    /// <summary>Between two questions whether to go on; a person notices a tenth of a second.</summary>
    private const int QuestionMilliseconds = 30;

    private const int MostErrors = 16 << 10, EndMilliseconds = 5000;

    private readonly ManualResetEventSlim _started = new(), _ended = new();
    private readonly List<byte> _answers = [], _errors = [];
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _channel, _errorPipe, _process, _status;
    private Exception? _failure;

    /// <exception cref="Win32Exception">It cannot be started: the system's reason.</exception>
    public WorkerProcess(string program, string[] arguments)
    {
        int* channel = stackalloc int[2], errors = stackalloc int[2];
        if (socketpair(UnixSocket, StreamSocket | CloseOnExec, 0, channel) != 0 || pipe2(errors, CloseOnExec) != 0)
            throw new Win32Exception(System.Runtime.InteropServices.Marshal.GetLastPInvokeError());
        (_channel, _errorPipe) = (channel[0], errors[0]);
        var (input, output) = (channel[1], errors[1]);
        // The worker ends with the thread that started it (PR_SET_PDEATHSIG), so that thread stays until the worker has ended.
        new Thread(() => Keep(program, arguments, input, output)) { IsBackground = true, Name = "BioDL worker" }.Start();
        _started.Wait();
        _ = close(input);
        _ = close(output);
        if (_failure is not null)
        {
            Dispose();
            throw _failure;
        }
    }

    public bool HasEnded => _ended.IsSet;

    /// <summary>Send a line.</summary>
    /// <exception cref="WorkerEndedException">Nobody listens any more.</exception>
    public void Send(byte[] line)
    {
        fixed (byte* bytes = line)
        {
            for (nint done = 0, count; done < line.Length; done += count)
            {
                if ((count = send(_channel, bytes + done, line.Length - done, NoSignal)) <= 0)
                    throw Ended();
            }
        }
    }

    /// <summary>The next line.</summary>
    /// <param name="limit">how long it may take, or <see cref="Timeout.InfiniteTimeSpan"/></param>
    /// <param name="cancelled">asked meanwhile on this thread; null: never</param>
    /// <exception cref="WorkerEndedException">The process has ended.</exception>
    /// <exception cref="TimeoutException">It took longer.</exception>
    /// <exception cref="OperationCanceledException">The caller says so.</exception>
    public byte[] Receive(TimeSpan limit, Func<bool>? cancelled)
    {
        long start = Stopwatch.GetTimestamp();
        int end;
        while ((end = _answers.IndexOf((byte)'\n')) < 0)
        {
            if (!Wait())
                throw Ended();
            if (cancelled?.Invoke() == true)
                throw new OperationCanceledException();
            if (limit != Timeout.InfiniteTimeSpan && Stopwatch.GetElapsedTime(start) > limit)
                throw new TimeoutException();
        }
        byte[] line = [.. _answers[..end]];
        _answers.RemoveRange(0, end + 1);
        return line;
    }

    /// <summary>End the process, in the middle of whatever it does, and wait until its memory is returned.</summary>
    public void Dispose()
    {
        if (_process > 0 && !HasEnded)
            _ = kill(_process, Kill);
        if (_process > 0)
            _ended.Wait(EndMilliseconds);
        _ = close(_channel);
        _ = close(_errorPipe);
    }

    private void Keep(string program, string[] arguments, int input, int errors)
    {
        try
        {
            _process = Spawn.Start(program, arguments, input, errors);
        }
        catch (Exception error)
        {
            _failure = error;
        }
        _started.Set();
        if (_failure is not null)
            return;
        int status = 0;
        // A host that collects all its children leaves nothing to be told; then the end is known, but not its reason.
        while (waitpid(_process, &status, 0) < 0 && System.Runtime.InteropServices.Marshal.GetLastPInvokeError() == Interrupted)
        {
        }
        _status = status;
        _ended.Set();
    }

    /// <summary>Take what has come, waiting a moment for it.</summary>
    /// <returns>false when the process has closed its end</returns>
    private bool Wait()
    {
        PollFile* files = stackalloc PollFile[2];
        files[0] = new PollFile { File = _channel, Wanted = Readable };
        files[1] = new PollFile { File = _errorPipe, Wanted = Readable };
        if (poll(files, 2, QuestionMilliseconds) <= 0)
            return true;
        if (files[1].Given != 0)
            Take(_errorPipe, _errors);
        if (_errors.Count > MostErrors)
            _errors.RemoveRange(0, _errors.Count - MostErrors);
        return files[0].Given == 0 || Take(_channel, _answers);
    }

    private bool Take(int file, List<byte> into)
    {
        nint count;
        fixed (byte* buffer = _buffer)
            count = read(file, buffer, _buffer.Length);
        if (count > 0)
            into.AddRange(_buffer.AsSpan(0, (int)count));
        return count > 0;
    }

    private WorkerEndedException Ended()
    {
        if (!_ended.Wait(EndMilliseconds))
            Dispose();
        while (Take(_errorPipe, _errors))
        {
        }
        return new WorkerEndedException(_status & 0x7f, Encoding.UTF8.GetString([.. _errors]));
    }
}

/// <summary>The worker ended in the middle of its work.</summary>
/// <param name="signal">by which the system ended it; 0: it left by itself, or nobody knows</param>
/// <param name="errors">the end of what it said</param>
internal sealed class WorkerEndedException(int signal, string errors) : Exception("The worker has ended.")
{
    private const int Abort = 6, KillSignal = 9, Fault = 11, BusError = 7, ProcessorTime = 24;

    /// <summary>It took longer on the processor than it was allowed to.</summary>
    public bool IsProcessorTime => signal == ProcessorTime;

    /// <summary>An allocation failed, and the process with it.</summary>
    public bool IsAllocation => errors.Contains("bad_alloc", StringComparison.Ordinal)
        || errors.Contains("OutOfMemory", StringComparison.Ordinal);

    /// <summary>There was not enough memory: its own limit, or the machine's.</summary>
    public bool IsMemory => IsAllocation || signal == KillSignal;

    /// <summary>In one line.</summary>
    public string Reason
    {
        get
        {
            // C++ says "terminate called after throwing ...", "what():", and then the reason, perhaps on the next line.
            int what = errors.IndexOf("what():", StringComparison.Ordinal);
            string? said = errors[(what < 0 ? 0 : what + "what():".Length)..].Split('\n').Select(line => line.Trim())
                .FirstOrDefault(line => line.Length > 0);
            string end = signal switch
            {
                Abort => "it ended its process by an error that nothing catches",
                KillSignal => "its process was ended from outside, as the system does where memory is short",
                Fault or BusError => "it ended its process by a fault in memory",
                ProcessorTime => "it took too long on the processor",
                _ => "its process ended",
            };
            return said is null || (what < 0 && signal != Abort) ? end : said.TrimEnd('.');
        }
    }
}
