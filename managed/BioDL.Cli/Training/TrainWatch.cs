using BioDL.Cli.Shell;
using BioDL.Core.Training;
using BioDL.Models.Training;
using BioDL.Models.Training.Runs;

namespace BioDL.Cli.Training;

/// <summary>Starts a training and follows it to its end.</summary>
internal sealed class TrainWatch(CommandContext context, TrainingRun run, bool json)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private int _seen, _shown;
    private double? _validation;
    private string? _message;

    /// <returns>the exit code</returns>
    internal int Run()
    {
        run.Start();
        bool stopped = false;
        while (!run.Wait(Look))
        {
            Show(run.Poll());
            if (!context.Cancel.IsCancellationRequested || stopped)
                continue;
            stopped = true;
            Clear();
            run.Stop();
            if (run.Poll().State is TrainingState.Queued or TrainingState.Cancelled)
                continue;
            context.Error.WriteLine("biodl: ending with the best state so far; a second Ctrl-C breaks it off "
                + $"('biodl train --resume {run.Id}' goes on)");
        }
        Show(run.Poll());
        Clear();
        TrainingResult result = run.Result();
        context.Output.WriteLine(json ? TrainingText.Json(run.Name, result) : TrainingText.Of(run.Name, result));
        return ExitCode.Ok;
    }

    private void Show(TrainingProgress progress)
    {
        foreach (TrainingProgress validation in run.Curve(_seen))
        {
            _seen++;
            _validation = validation.ValidationLoss ?? _validation;
            if (json)
                context.Output.WriteLine(TrainingText.Json(validation));
        }
        if (progress.Message is { } message && message != _message)
        {
            Clear();
            context.Error.WriteLine($"biodl: {message}");
            _message = message;
        }
        if (!context.ShowProgress)
            return;
        string text = TrainingText.Of(progress, _validation);
        context.Error.Write("\r" + text.PadRight(_shown));
        _shown = text.Length;
    }

    private void Clear()
    {
        if (_shown > 0)
            context.Error.Write("\r" + new string(' ', _shown) + "\r");
        _shown = 0;
    }
}
