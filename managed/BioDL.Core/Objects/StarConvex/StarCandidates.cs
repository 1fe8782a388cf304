using System.Diagnostics;
using BioDL.Core.Images;
using BioDL.Core.Road.Accounting;
using BioDL.Core.Road.Planning;
using BioDL.Core.Running;
using BioDL.Core.Runs;

namespace BioDL.Core.Objects.StarConvex;

/// <summary>
/// What a network predicted in an image, kept so that other thresholds, and all other options of objects, are answered without it: in
/// milliseconds for what a screen shows. Each answer equals a run with those options. Nothing of the image is kept. Safe for concurrent
/// use.
/// </summary>
public sealed class StarCandidates
{
    private readonly StarDistNetwork _model;
    private readonly FinishedRun _run;
    private readonly IReadOnlyList<KeptPlane> _planes;
    private readonly ImageView _image;
    private readonly PlaneSelection _selection;
    private readonly byte[] _mask = [];

    internal StarCandidates(StarDistNetwork model, FinishedRun run, KeepSink kept)
    {
        (_model, _run, _planes, _image) = (model, run, kept.Planes, run.Job.Match.Inputs[0].View);
        (Threshold, Count) = (kept.Threshold, kept.Planes.Sum(plane => (long)plane.Candidates.Count));
        _selection = new PlaneSelection(run.Job.Options.Region, run.Job.Options.Mask is { } mask ? Copy(mask, out _mask) : null);
    }

    /// <summary>Candidates that are kept, of all planes.</summary>
    public long Count { get; }

    /// <summary>
    /// Probability thresholds from this on can be answered, 0 to 1. Higher than what was asked for where there were too many candidates.
    /// </summary>
    public double Threshold { get; }

    /// <summary>The account of the run that predicted them.</summary>
    public Account Account => _run.Account([]);

    /// <summary>The objects by these options, as <see cref="StarRun.Run"/> finds them.</summary>
    /// <param name="options">any but thresholds below <see cref="Threshold"/></param>
    /// <param name="progress">null: none</param>
    /// <param name="labels">as for <see cref="StarRun.Run"/></param>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: an option out of its range, or a probability threshold
    /// below <see cref="Threshold"/>, which needs a new run; <see cref="Status.LabelOverflow"/>, <see cref="Status.Cancelled"/></exception>
    public SegmentedObjects Select(StarOptions options, ProgressHandler? progress = null, ImageView? labels = null)
    {
        StarSettings settings = StarSettings.Of(_model, options, _selection);
        if (labels is not null)
            StarSettings.CheckLabels(_image, labels);
        if (settings.ProbThreshold < Threshold)
            throw new BioDLException(Status.InvalidArgument,
                FormattableString.Invariant(
                    $"the probability threshold is {settings.ProbThreshold}, candidates are kept above {Threshold}"),
                "Run the network again with a lower threshold.");
        var call = new Call(progress, "The segmentation was cancelled.");
        var builder = new ObjectBuilder(_model.Geometry.Rays, _image.Height, _image.Width, settings.Rules)
        {
            Sampling = _run.Job.Match.Sampling,
        };
        long found = 0;
        for (int i = 0; i < _planes.Count; i++)
        {
            CandidateList candidates = Chosen(_planes[i].Candidates, settings);
            Func<bool>? cancelled = call.Cancelled(At(i, Stage.Suppress));
            int[] survivors = Suppression.Survivors(candidates, settings.OverlapThreshold, settings.Vertices, cancelled);
            builder.AddPlane(candidates, survivors, _planes[i].Frame, _planes[i].Slice, cancelled);
            found += candidates.Count;
        }
        double suppress = Call.Since(call.Start);
        SegmentedObjects result = builder.Result(_image, found);
        long render = Stopwatch.GetTimestamp();
        if (labels is not null)
            LabelPainter.Paint(result, labels, call.Cancelled(At(_planes.Count - 1, Stage.Render)));
        StageTimes times = _run.Plain.Times with { Suppress = suppress, Render = Call.Since(render) };
        FinishedRun run = _run with { Plain = _run.Plain with { Times = times } };
        return result with { Account = run.Account([account => settings.Tell(account, _model, builder.Count, found)]) };
    }

    /// <summary>Those that a run with these settings would have found.</summary>
    private CandidateList Chosen(CandidateList kept, StarSettings settings)
    {
        StarGeometry geometry = _model.Geometry;
        NetworkMatch match = _run.Job.Match;
        int bottom = geometry.GridHeight(match.Height) - settings.Border, right = geometry.GridWidth(match.Width) - settings.Border;
        float threshold = (float)settings.ProbThreshold;
        return kept.Where(candidate => kept.Probability(candidate) > threshold
            && Inside(kept.Y(candidate) / geometry.GridY, bottom) && Inside(kept.X(candidate) / geometry.GridX, right));

        bool Inside(float cell, int end) => cell >= settings.Border && cell < end;
    }

    private Func<Progress> At(int plane, Stage stage) => () => new Progress(stage, plane, _planes.Count, _planes[plane].Frame,
        _planes[plane].Slice, (double)plane / _planes.Count);

    /// <summary>A caller's mask is read during the caller's call only.</summary>
    private static unsafe ImageView Copy(ImageView mask, out byte[] pixels)
    {
        pixels = GC.AllocateUninitializedArray<byte>(checked(mask.Height * mask.Width), pinned: true);
        using PlaneLock plane = mask.Lock(0);
        for (int y = 0; y < mask.Height; y++)
            for (int x = 0; x < mask.Width; x++)
                pixels[y * mask.Width + x] = *plane.Pixel(y, x);
        return ImageView.Contiguous((byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref pixels[0]), PixelType.UInt8, mask.Height,
            mask.Width);
    }
}
