using BioDL.Core.Road.Planning;
using BioDL.Core.Running;
using BioDL.Core.Runs;

namespace BioDL.Core.Road.Accounting;

/// <summary>One run while it goes on: where it is, its times, warnings and counts.</summary>
internal sealed class RunState
{
    private readonly long _samples;
    private long _samplesDone;
    private long _tilesOfSample;
    private long _tilesOfSampleDone;
    private Sample _sample;

    public RunState(RunJob job, ProgressHandler? progress)
    {
        (_samples, _tilesOfSample) = (job.Match.SampleCount, job.Tiles.Count);
        Call = new Call(progress, "The run was cancelled.");
        foreach (string warning in job.Warnings)
            Call.Warn(warning);
    }

    public Call Call { get; }

    public StageTimes Times { get; } = new();

    /// <summary>The part of a sample's time that its tiles take; what is left is the sinks' when it ends.</summary>
    public double TilesPart { get; set; } = 1;

    /// <summary>Tiles computed, of all samples, those of failed attempts included.</summary>
    public long TilesDone { get; private set; }

    public long BytesRead { get; set; }

    public long BytesWritten { get; set; }

    public void BeginSample(Sample sample) => (_sample, _tilesOfSampleDone) = (sample, 0);

    /// <summary>How many tiles the sample has; again when they become smaller and the sample starts anew.</summary>
    public void BeginTiles(long count) => (_tilesOfSample, _tilesOfSampleDone) = (count, 0);

    public void EndTile()
    {
        TilesDone++;
        _tilesOfSampleDone++;
        Report(Stage.Network);
    }

    public void EndSample() => (_samplesDone, _tilesOfSampleDone) = (_samplesDone + 1, 0);

    /// <summary>Tell the caller how far the run is.</summary>
    /// <exception cref="BioDLException"><see cref="Status.Cancelled"/></exception>
    public void Report(Stage stage) => Call.Report(Now(stage));

    /// <summary>For loops over whole planes: true when the caller has cancelled.</summary>
    public Func<bool>? Cancelled(Stage stage) => Call.Cancelled(() => Now(stage));

    private Progress Now(Stage stage)
    {
        long total = _tilesOfSample * _samples, done = Math.Min(total, _samplesDone * _tilesOfSample + _tilesOfSampleDone);
        double ofSample = stage == Stage.Render ? 1 : TilesPart * _tilesOfSampleDone / _tilesOfSample;
        double fraction = (_samplesDone + ofSample) / _samples;
        return new Progress(stage, done, total, _sample.Frame, _sample.Slice, fraction);
    }
}
