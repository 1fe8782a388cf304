using BioDL.Core.Images;
using BioDL.Core.Running;

namespace BioDL.Core.Segmentation;

/// <summary>One segmentation while it goes on: where it is, its times and warnings.</summary>
internal sealed class SegmentRun(ImageView image, ProgressHandler? progress)
{
    /// <summary>Part of a plane's fraction that its tiles take; the rest is suppression.</summary>
    private const double TilesPart = 0.9;

    private readonly long _planes = (long)image.Frames * image.Slices;
    private long _planesDone;
    private long _tilesOfPlane = 1;
    private long _tilesOfPlaneDone;

    public Call Call { get; } = new(progress, "The segmentation was cancelled.");

    public int Frame { get; private set; }

    public int Slice { get; private set; }

    public StageTimes Times { get; } = new();

    public IReadOnlyList<string> Warnings => Call.Warnings;

    /// <summary>Tiles computed, in all planes.</summary>
    public long TilesDone { get; private set; }

    public long Candidates { get; private set; }

    public static double Since(long start) => Call.Since(start);

    public void Warn(string text) => Call.Warn(text);

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

    public void Finish() => Times.Total = Since(Call.Start);

    /// <summary>Tell the caller how far the call is.</summary>
    /// <exception cref="BioDLException"><see cref="Status.Cancelled"/></exception>
    public void Report(Stage stage) => Call.Report(Now(stage));

    /// <summary>For loops inside other rooms: true when the caller has cancelled. Asks now and then only.</summary>
    public Func<bool>? Cancelled(Stage stage) => Call.Cancelled(() => Now(stage));

    private Progress Now(Stage stage)
    {
        double tiles = TilesPart * _tilesOfPlaneDone / _tilesOfPlane;
        long total = _tilesOfPlane * _planes, done = Math.Min(total, _planesDone * _tilesOfPlane + _tilesOfPlaneDone);
        return new Progress(stage, done, total, Frame, Slice, (_planesDone + tiles) / _planes);
    }
}
