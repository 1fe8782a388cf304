using System.Diagnostics;

namespace BioDL.Core.Running;

/// <summary>One call while it goes on: whether its caller still wants it, how long it will take, its warnings.</summary>
/// <param name="progress">null: none</param>
/// <param name="cancelled">the message when the caller cancels</param>
internal sealed class Call(ProgressHandler? progress, string cancelled)
{
    /// <summary>Between two questions in a loop without tiles: often enough for a person, rarely enough to cost nothing.</summary>
    private const double QuestionMilliseconds = 30;

    private const int MostWarnings = 50;

    private readonly List<string> _warnings = [];
    private readonly TimeLeft _left = new();
    private double _fraction;
    private long _lastQuestion;

    /// <summary>When the call began; see <see cref="Since"/>.</summary>
    public long Start { get; } = Stopwatch.GetTimestamp();

    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Milliseconds.</summary>
    public static double Since(long start) => Stopwatch.GetElapsedTime(start).TotalMilliseconds;

    /// <summary>Each text once, and no more than a person reads.</summary>
    public void Warn(string text)
    {
        if (_warnings.Count < MostWarnings && !_warnings.Contains(text))
            _warnings.Add(_warnings.Count == MostWarnings - 1 ? "There are further warnings." : text);
    }

    /// <summary>Tell the caller how far the call is; its fraction never falls.</summary>
    /// <exception cref="BioDLException"><see cref="Status.Cancelled"/></exception>
    public void Report(in Progress now)
    {
        if (!Ask(now))
            throw new BioDLException(Status.Cancelled, cancelled);
    }

    /// <summary>For loops inside other rooms: true when the caller has cancelled. Asks now and then only.</summary>
    public Func<bool>? Cancelled(Func<Progress> now) => progress is null ? null : () =>
    {
        if (_lastQuestion != 0 && Since(_lastQuestion) < QuestionMilliseconds)
            return false;
        return !Ask(now());
    };

    private bool Ask(in Progress now)
    {
        double seconds = _left.Seconds(now.Done, now.Total, now.Stage);
        if (progress is null)
            return true;
        _fraction = Math.Max(_fraction, Math.Min(1, now.Fraction));
        bool goOn = progress(now with { Fraction = _fraction, SecondsLeft = seconds });
        _lastQuestion = Stopwatch.GetTimestamp();
        return goOn;
    }
}
