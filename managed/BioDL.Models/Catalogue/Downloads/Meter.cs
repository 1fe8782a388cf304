using BioDL.Core;
using BioDL.Core.Running;

namespace BioDL.Models.Catalogue.Downloads;

/// <summary>Tells the caller how far an installation is, at most twenty times a second, and hears from it whether to go on.</summary>
internal sealed class Meter(ProgressHandler? progress)
{
    private const int Interval = 50;
    private readonly long _start = Environment.TickCount64;
    private long _last = -Interval;
    private Progress _shown = new(Stage.Prepare, 0, 0, 0, 0, 0);

    /// <param name="stage">what it does</param>
    /// <param name="done">bytes</param>
    /// <param name="total">bytes; 0 where not known</param>
    /// <param name="fraction">of the whole; null: as the bytes say</param>
    /// <exception cref="BioDLException"><see cref="Status.Cancelled"/></exception>
    public void Report(Stage stage, long done, long total, double? fraction = null)
    {
        fraction = Math.Clamp(fraction ?? (total > 0 ? (double)done / total : 0), 0, 1);
        double whole = Math.Max(fraction.Value, _shown.Fraction);
        _shown = new Progress(stage, done, total, 0, 0, whole) { SecondsLeft = SecondsLeft(whole) };
        if (Environment.TickCount64 - _last >= Interval || (total > 0 && done >= total))
            Poll();
    }

    /// <summary>As what was done took; after a second, when that says something.</summary>
    private double SecondsLeft(double fraction)
    {
        double seconds = (Environment.TickCount64 - _start) / 1000.0;
        return seconds < 1 || fraction < 0.01 ? -1 : seconds * (1 - fraction) / fraction;
    }

    /// <summary>Nothing is new; shall it go on?</summary>
    /// <exception cref="BioDLException"><see cref="Status.Cancelled"/></exception>
    public void Poll()
    {
        _last = Environment.TickCount64;
        if (progress is not null && !progress(in _shown))
            throw new BioDLException(Status.Cancelled, "the installation was cancelled");
    }
}
