using System.Diagnostics;

namespace BioDL.Core.Running;

/// <summary>
/// How long a call will go on, from the tiles done. The first tile is left out once there is a second, since a network takes its memory in
/// it;
/// when the tiles change in number, because they became smaller, the estimate starts anew.
/// </summary>
/// <param name="clock">seconds of a clock that only goes forward; null: the system's</param>
internal sealed class TimeLeft(Func<double>? clock = null)
{
    private readonly Func<double> _clock = clock ?? (() => Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency);
    private long _total = -1;
    private long _firstDone;
    private double _first;

    /// <returns>negative: not known yet</returns>
    public double Seconds(long done, long total, Stage stage)
    {
        if (stage < Stage.Statistics)
            return -1;
        double now = _clock();
        if (total != _total || done < _firstDone)
            (_total, _firstDone, _first) = (total, done, now);
        long since = done - _firstDone;
        if (since <= 0)
            return -1;
        double left = (now - _first) / since * (total - done);
        if (since == 1 && _firstDone == 0)
            (_firstDone, _first) = (done, now);
        return left;
    }
}
