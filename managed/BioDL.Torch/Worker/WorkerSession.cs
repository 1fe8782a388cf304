using System.Text;
using System.Text.Json;
using BioDL.Core;
using BioDL.Torch.Protocol;

namespace BioDL.Torch.Worker;

/// <summary>
/// The one worker of this process. It is started when it is first asked, and started anew after it has ended: what it had loaded is then
/// gone, which
/// <see cref="Generation"/> tells.
/// </summary>
internal sealed class WorkerSession
{
    private const int QuestionMilliseconds = 30;

    private static readonly WorkerSession Only = new();
    private readonly Lock _lock = new();
    private WorkerProcess? _process;

    private WorkerSession()
    {
    }

    /// <summary>Counts the processes that there were.</summary>
    public int Generation { get; private set; }

    public WorkerLimits Limits { get; private set; } = WorkerLimits.FromEnvironment();

    /// <summary>Use the worker, one caller after the other.</summary>
    /// <param name="work">what to ask</param>
    /// <param name="cancelled">asked while others use it; null: never</param>
    /// <exception cref="BioDLException"><see cref="Status.NotFound"/>: libtorch is missing; <see cref="Status.Cancelled"/></exception>
    public static T Use<T>(Func<WorkerSession, T> work, Func<bool>? cancelled = null)
    {
        while (!Only._lock.TryEnter(QuestionMilliseconds))
        {
            if (cancelled?.Invoke() == true)
                throw Cancelled();
        }
        try
        {
            Only.Start();
            return work(Only);
        }
        finally
        {
            Only._lock.Exit();
        }
    }

    /// <summary>Use the worker if there is one; nothing is started for it.</summary>
    public static void UseRunning(Action<WorkerSession> work)
    {
        lock (Only._lock)
        {
            if (Only._process is { HasEnded: false })
                work(Only);
        }
    }

    /// <summary>End the worker; the next use starts another.</summary>
    public static void End()
    {
        lock (Only._lock)
            Only.Kill();
    }

    /// <summary>Ask and wait for the answer. Whatever goes wrong but a <see cref="FailedAnswer"/> ends the worker.</summary>
    /// <exception cref="WorkerEndedException">It ended.</exception>
    /// <exception cref="TimeoutException">It took longer.</exception>
    /// <exception cref="BioDLException"><see cref="Status.Cancelled"/></exception>
    public Answer Ask(Request request, TimeSpan limit, Func<bool>? cancelled = null)
    {
        try
        {
            _process!.Send(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(request, ProtocolJson.Default.Request) + "\n"));
            return Receive(limit, cancelled);
        }
        catch (OperationCanceledException)
        {
            Kill();
            throw Cancelled();
        }
        catch
        {
            Kill();
            throw;
        }
    }

    private Answer Receive(TimeSpan limit, Func<bool>? cancelled) =>
        JsonSerializer.Deserialize(_process!.Receive(limit, cancelled), ProtocolJson.Default.Answer)!;

    private static BioDLException Cancelled() => new(Status.Cancelled, "the run was cancelled");

    private void Kill()
    {
        _process?.Dispose();
        _process = null;
    }

    private void Start()
    {
        if (_process is { HasEnded: false })
            return;
        Kill();
        TorchLibrary.Require();
        Limits = WorkerLimits.FromEnvironment();
        Generation++;
        try
        {
            _process = new WorkerProcess(TorchLibrary.Program!, TorchLibrary.Arguments(Limits));
            switch (Receive(Limits.Start, null))
            {
                case ReadyAnswer { Protocol: ProtocolVersion.Number }:
                    return;
                case ReadyAnswer:
                    throw TorchLibrary.Failed($"{TorchLibrary.Program} is of another version of BioDLNative.");
                case FailedAnswer failed:
                    throw TorchLibrary.Failed(failed.Message);
                default:
                    throw TorchLibrary.Failed("its worker gives a strange answer.");
            }
        }
        catch (Exception error)
        {
            Kill();
            if (error is BioDLException)
                throw;
            throw TorchLibrary.Failed(error is WorkerEndedException ended ? ended.Reason : error.Message);
        }
    }
}
