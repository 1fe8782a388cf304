using System.Diagnostics;
using BioDL.Core.Training;

namespace BioDL.Training.Loop;

/// <summary>What a training says of itself: a line each second, and one a validation, which also goes into the curve.</summary>
internal sealed class Reporter(TrainingJob job, Action<TrainingProgress> say)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly Means _line = new(), _curve = new();
    private long _last;
    private double _secondsOfSteps;
    private int _steps, _snapshots;
    private string? _message;

    /// <summary>Said with the next line.</summary>
    public void Note(string message) => _message = _message is null ? message : $"{_message} {message}";

    public void AddStep(IEnumerable<(string Name, double Value)> values, double seconds)
    {
        (string, double)[] all = [.. values];
        _line.Add(all);
        _curve.Add(all);
        _steps++;
        _secondsOfSteps += seconds;
    }

    public void AddSeconds(double seconds) => _secondsOfSteps += seconds;

    public void AddSnapshot() => _snapshots++;

    /// <summary>A line, if the last one is a second old.</summary>
    public void Tick(int step, double seconds, double rate)
    {
        if (Stopwatch.GetElapsedTime(_last) >= Every)
            Say(TrainingState.Training, step, seconds, rate);
    }

    public void Say(TrainingState state, int step, double seconds, double rate = 0) => Send(Line(state, step, seconds, rate, _line.Take()));

    /// <summary>The line of a validation.</summary>
    /// <param name="found">its "loss" and figures; none where there is nothing to validate on</param>
    /// <param name="step">done</param>
    /// <param name="seconds">trained</param>
    /// <param name="rate">of the last step</param>
    public TrainingProgress Validated(Dictionary<string, double> found, int step, double seconds, double rate)
    {
        Dictionary<string, double> figures = _curve.Take();
        _line.Take();
        TrainingProgress line = Line(TrainingState.Training, step, seconds, rate, figures);
        foreach ((string name, double value) in found.Where(pair => pair.Key != "loss"))
            figures[$"val_{name}"] = value;
        line = line with
        {
            ValidationLoss = found.TryGetValue("loss", out double loss) ? loss : null,
            Figures = figures,
        };
        Send(line);
        return line;
    }

    private TrainingProgress Line(TrainingState state, int step, double seconds, double rate, Dictionary<string, double> means)
    {
        double? loss = means.Remove("loss", out double mean) ? mean : null;
        return new TrainingProgress
        {
            State = state, Step = step, Steps = job.Schedule.Steps, Loss = loss, Figures = means, Rate = rate, Seconds = seconds,
            SecondsLeft = SecondsLeft(step, seconds), MemoryBytes = Environment.WorkingSet, Snapshots = _snapshots, Message = _message,
        };
    }

    private double SecondsLeft(int step, double seconds)
    {
        double ofSteps = _steps == 0 ? 0 : _secondsOfSteps / _steps * Math.Max(0, job.Schedule.Steps - step);
        return job.Schedule.Minutes > 0 ? Math.Clamp(60 * job.Schedule.Minutes - seconds, 0, ofSteps) : ofSteps;
    }

    private void Send(TrainingProgress line)
    {
        _last = Stopwatch.GetTimestamp();
        _message = null;
        say(line);
    }
}
