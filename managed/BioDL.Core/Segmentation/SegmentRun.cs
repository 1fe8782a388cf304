using System.Diagnostics;
using BioDL.Core.Images;
using BioDL.Core.Running;

namespace BioDL.Core.Segmentation;

/// <summary>One call while it goes on: how far it is, whether its caller still wants it, its times and warnings.</summary>
internal sealed class SegmentRun(ImageView image, ProgressHandler? progress)
{
    /// <summary>Between two questions in a loop without tiles: often enough for a person, rarely enough to cost nothing.</summary>
    private const double QuestionMilliseconds = 30;

    /// <summary>Part of a plane's fraction that its tiles take; the rest is suppression.</summary>
    private const double TilesPart = 0.9;

    private const int MostWarnings = 50;

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly long _planes = (long)image.Frames * image.Slices;
    private readonly List<string> _warnings = [];
    private long _planesDone;
    private long _tilesOfPlane = 1;
    private long _tilesOfPlaneDone;
    private double _fraction;
    private long _lastQuestion;

    public int Frame { get; private set; }

    public int Slice { get; private set; }

    public StageTimes Times { get; } = new();

    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Tiles computed, in all planes.</summary>
    public long TilesDone { get; private set; }

    public long Candidates { get; private set; }

    public static double Since(long start) => Stopwatch.GetElapsedTime(start).TotalMilliseconds;

    /// <summary>Each text once, and no more than a person reads.</summary>
    public void Warn(string text)
    {
        if (_warnings.Count < MostWarnings && !_warnings.Contains(text))
            _warnings.Add(_warnings.Count == MostWarnings - 1 ? "There are further warnings." : text);
    }

    /// <summary>How many tiles a plane has; again when they become smaller and the plane starts anew.</summary>
    public void BeginTiles(long count) => (_tilesOfPlane, _tilesOfPlaneDone) = (count, 0);

    public void BeginPlane(int frame, int slice) => (Frame, Slice, _tilesOfPlaneDone) = (frame, slice, 0);

    public void EndTile()
    {
        TilesDone++;
        _tilesOfPlaneDone++;
        Report(Stage.Network);
    }

    public void EndPlane(long candidates)
    {
        Candidates += candidates;
        _planesDone++;
    }

    public void Finish() => Times.Total = Since(_start);

    /// <summary>Tell the caller how far the call is.</summary>
    /// <exception cref="BioDLException"><see cref="Status.Cancelled"/></exception>
    public void Report(Stage stage)
    {
        if (!Ask(stage))
            throw new BioDLException(Status.Cancelled, "The segmentation was cancelled.");
    }

    /// <summary>For loops inside other rooms: true when the caller has cancelled. Asks now and then only.</summary>
    public Func<bool>? Cancelled(Stage stage) => progress is null ? null : () =>
    {
        if (_lastQuestion != 0 && Since(_lastQuestion) < QuestionMilliseconds)
            return false;
        return !Ask(stage);
    };

    private bool Ask(Stage stage)
    {
        if (progress is null)
            return true;
        double tiles = TilesPart * _tilesOfPlaneDone / _tilesOfPlane;
        _fraction = Math.Max(_fraction, Math.Min(1, (_planesDone + tiles) / _planes));
        long total = _tilesOfPlane * _planes, done = Math.Min(total, _planesDone * _tilesOfPlane + _tilesOfPlaneDone);
        bool goOn = progress(new Progress(stage, done, total, Frame, Slice, _fraction));
        _lastQuestion = Stopwatch.GetTimestamp();
        return goOn;
    }
}
