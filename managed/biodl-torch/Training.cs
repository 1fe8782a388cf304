using System.Text.Json;
using BioDL.Core;
using BioDL.Core.Training;
using BioDL.Training;
using BioDL.Training.Loop;

namespace BioDL.Torch.Worker;

/// <summary>
/// A process that trains: commands arrive (pause, go, stop, snapshot) and <see cref="TrainingProgress"/> leaves as lines. The last line
/// says Done or Failed; without one the process was ended, and the folder's checkpoint is where it can go on.
/// </summary>
internal sealed class Training(string folder, string libtorch, long memoryBytes, int threads)
{
    private readonly TrainingControl _control = new();
    private TrainingProgress _last = new();

    /// <summary>Something was asked.</summary>
    public void Tell(string command) => _control.Tell(command);

    /// <summary>Train, on the thread that calls: OpenMP keeps a pool for every thread that uses libtorch.</summary>
    public void Run()
    {
        bool failed = true;
        try
        {
            Limits.Enter();
            Limits.Yield();
            Libtorch.Load(libtorch, threads > 0 ? threads : Environment.ProcessorCount, trains: true);
            using var trainer = new Trainer(new TrainingFolder(folder), _control, Say);
            Limits.Memory(memoryBytes);
            trainer.Run();
            failed = false;
        }
        catch (BioDLException error)
        {
            Fail($"{error.Message} {error.Hint}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Fail($"{error.Message} The training can be taken up again from its last checkpoint.");
        }
        catch (Exception error)
        {
            Fail(ErrorText.Reason(error.Message) + ".");
        }
        SystemCalls._exit(failed ? 1 : 0);
    }

    private void Fail(string reason) => Say(_last with { State = TrainingState.Failed, Message = reason.Trim() });

    private void Say(TrainingProgress progress)
    {
        _last = progress;
        Channel.Send(JsonSerializer.Serialize(progress, TrainingProgressJson.Default.TrainingProgress));
    }
}
