using System.Diagnostics;
using BioDL.Core.Images;
using BioDL.Core.Road.Accounting;
using BioDL.Core.Road.Planning;
using BioDL.Core.Road.Sinks;
using BioDL.Core.Running;
using BioDL.Core.Runs;
using BioDL.Core.Tiles;

namespace BioDL.Core.Objects.StarConvex;

/// <summary>
/// Star-convex objects of planes (StarDist 2D, Schmidt et al., MICCAI 2018):
/// <code>tile's tensors -> candidates -> (thinned where there are very many) -> plane ends: suppression -> objects -> run ends: labels
/// painted</code>
/// Every (t, z) plane is taken by itself. Labels are painted at the very end, so a run that fails or is cancelled writes nothing.
/// </summary>
internal sealed class StarSink(StarDistNetwork model, StarSettings settings, ImageView image, ImageView? labels) : ISink
{
    /// <summary>Part of a plane's time that its tiles take; the rest is suppression.</summary>
    private const double TilesPart = 0.9;

    private readonly StarTiles _tiles = new(model, settings.ProbThreshold, settings.Border);
    private readonly CandidateList _found = new(model.Geometry.Rays);
    private readonly ObjectBuilder _objects = new(model.Geometry.Rays, image.Height, image.Width, settings.Rules);
    private RunContext _run = null!;
    private CandidateList _candidates = new(model.Geometry.Rays);
    private CandidateThinning? _thinning;
    private bool _thin;
    private long _foundInSample;
    private long _allFound;
    private SegmentedObjects? _built;

    public IReadOnlyList<int> Outputs => _tiles.Outputs;

    private StageTimes Times => _run.State.Times;

    public void Open(RunContext run)
    {
        _run = run;
        _tiles.Open(run);
        run.State.TilesPart = TilesPart;
        _objects.Sampling = run.Job.Match.Sampling;
    }

    public bool Begin(Sample sample)
    {
        _thin = true;
        Restart();
        return _tiles.HasContrast(sample);
    }

    public void Restart()
    {
        (_thinning, _foundInSample) = (null, 0);
        _candidates = new CandidateList(model.Geometry.Rays);
    }

    public bool Wants(Block block) => _tiles.Wants(block);

    public void Take(TensorBlock values, Sample sample, Block block)
    {
        _found.Clear();
        _tiles.Take(values, block, _found);
        Keep(block);
    }

    public bool End(Sample sample, bool last)
    {
        if (_thinning is not null)
        {
            _found.Free();
            _run.GiveBackMemory();
        }
        int[] survivors = Suppress();
        if (_thinning is not null && !_thinning.Holds(survivors))
            return _thin = false;
        AddPlane(survivors, sample);
        _allFound += _foundInSample;
        Restart();
        if (last)
            Build();
        return true;
    }

    public void Tell(AccountDraft account) => settings.Tell(account, model, _objects.Count, _allFound);

    /// <summary>What was found, when the run is over.</summary>
    public SegmentedObjects Result(Account account) => _built! with { Account = account };

    public void Dispose() => _found.Free();

    /// <summary>
    /// Up to a number that fits into memory everywhere all candidates are kept; of the tiles after that only what may survive.
    /// </summary>
    private void Keep(Block block)
    {
        _foundInSample += _found.Count;
        if (!_thin || _candidates.Count + _found.Count <= settings.ThinAbove)
        {
            _candidates.AddRange(_found);
            return;
        }
        long start = Stopwatch.GetTimestamp();
        _thinning ??= new CandidateThinning(settings.OverlapThreshold, settings.Vertices);
        var size = (_run.Job.Match.Height, _run.Job.Match.Width);
        _thinning.Add(_found, _run.Job.Own(block), size, _candidates, _run.State.Cancelled(Stage.Suppress));
        Times.Suppress += Call.Since(start);
    }

    private int[] Suppress()
    {
        _run.State.Report(Stage.Suppress);
        long start = Stopwatch.GetTimestamp();
        int[] survivors = Suppression.Survivors(_candidates, settings.OverlapThreshold, settings.Vertices,
            _run.State.Cancelled(Stage.Suppress));
        Times.Suppress += Call.Since(start);
        return survivors;
    }

    private void AddPlane(int[] survivors, Sample sample)
    {
        long start = Stopwatch.GetTimestamp();
        _objects.AddPlane(_candidates, survivors, sample.Frame, sample.Slice, _run.State.Cancelled(Stage.Suppress));
        Times.Suppress += Call.Since(start);
    }

    /// <summary>The last chance to cancel is before the first pixel is written.</summary>
    private void Build()
    {
        _built = _objects.Result(image, _allFound);
        if (ObjectFit.Misfit(_built.Objects, _run.Job) is { } misfit)
            _run.State.Call.Warn(misfit);
        if (labels is null)
            return;
        _run.State.Report(Stage.Render);
        long start = Stopwatch.GetTimestamp();
        LabelPainter.Paint(_built, labels);
        Times.Render += Call.Since(start);
    }
}
