using System.Globalization;
using System.Runtime.InteropServices;
using BioDL.Core.Training;
using BioDL.Models.Training;
using BioDL.Models.Training.Runs;
using BioDL.Native.Interop;

namespace BioDL.Native.Exports;

/// <summary>What a <c>biodl_training*</c> stands for: the training and the text it handed out.</summary>
internal sealed unsafe class OpenTraining : IDisposable
{
    private const double Longest = 1e6;
    private readonly OwnedText _text = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, nint> _said = [];
    private List<TrainingProgress> _curve = [];

    public OpenTraining(TrainingRun run)
    {
        Run = run;
        Info = new TrainingInfoStruct
        {
            Method = (int)run.Job.Method,
            Id = _text.Add(run.Id),
            Name = _text.Add(run.Name),
            Notes = _text.Add(string.Join('\n', run.Notes)),
        };
    }

    public TrainingRun Run { get; }

    public TrainingInfoStruct Info { get; }

    public TrainingProgressStruct Progress()
    {
        TrainingProgress progress = Run.Poll();
        IReadOnlyList<TrainingProgress> curve = Curve();
        TrainingProgress? last = curve.Count > 0 ? curve[^1] : null;
        return new TrainingProgressStruct
        {
            State = (int)progress.State,
            Step = progress.Step,
            Steps = progress.Steps,
            Validations = curve.Count,
            Loss = progress.Loss ?? double.NaN,
            ValidationLoss = last?.ValidationLoss ?? double.NaN,
            Rate = progress.Rate,
            Seconds = progress.Seconds,
            SecondsLeft = progress.SecondsLeft,
            MemoryBytes = progress.MemoryBytes,
            Message = Say(progress.Message ?? ""),
            Figures = Say(Lines(last?.Figures)),
        };
    }

    public TrainingPointStruct Point(long index)
    {
        TrainingProgress point = Curve().At(index, "validation");
        return new TrainingPointStruct
        {
            Step = point.Step,
            Loss = point.Loss ?? double.NaN,
            ValidationLoss = point.ValidationLoss ?? double.NaN,
            Rate = point.Rate,
            Seconds = point.Seconds,
        };
    }

    public bool Wait(double seconds) => Run.Wait(TimeSpan.FromSeconds(double.IsNaN(seconds) ? 0 : Math.Clamp(seconds, 0, Longest)));

    public TrainingResultStruct Result()
    {
        TrainingResult result = Run.Result();
        return new TrainingResultStruct
        {
            ModelId = Say(result.ModelId),
            Path = Say(result.Path),
            Report = Say(result.Report),
            Figures = Say(Lines(result.Figures)),
            Warnings = Say(string.Join('\n', result.Warnings)),
        };
    }

    public void Dispose()
    {
        Run.Dispose();
        _text.Dispose();
    }

    /// <summary>Only what is new is asked for, since hosts draw the curve anew each second.</summary>
    private IReadOnlyList<TrainingProgress> Curve()
    {
        lock (_lock)
        {
            IReadOnlyList<TrainingProgress> more = Run.Curve(_curve.Count);
            if (more.Count > 0)
                _curve = [.. _curve, .. more];
            return _curve;
        }
    }

    private static string Lines(IReadOnlyDictionary<string, double>? figures) => figures is null ? ""
        : string.Join('\n', figures.Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Key}={figure.Value:g6}")));

    /// <summary>A text lives as long as the training; the same one is kept once.</summary>
    private byte* Say(string text)
    {
        lock (_lock)
        {
            if (!_said.TryGetValue(text, out nint said))
                _said[text] = said = (nint)_text.Add(text);
            return (byte*)said;
        }
    }
}

/// <summary>What a <c>biodl_training_plan*</c> stands for.</summary>
internal sealed unsafe class OpenTrainingPlan : IDisposable
{
    private readonly OwnedText _text = new();

    public OpenTrainingPlan(TrainingPlan plan)
    {
        var info = new TrainingPlanInfoStruct
        {
            Steps = plan.Schedule.Steps,
            Batch = plan.Patches.Batch,
            TrainingSamples = plan.TrainingSamples,
            ValidationSamples = plan.ValidationSamples,
            MemoryBytes = plan.MemoryBytes,
            DiskBytes = plan.DiskBytes,
            Minutes = plan.Minutes,
            Notes = _text.Add(string.Join('\n', plan.Notes)),
        };
        IReadOnlyList<int> size = plan.Patches.Size;
        (info.Patch[0], info.Patch[1], info.Patch[2]) = (size.Count > 2 ? size[0] : 1, size[^2], size[^1]);
        Info = info;
    }

    public TrainingPlanInfoStruct Info { get; }

    public void Dispose() => _text.Dispose();
}

/// <summary>What a <c>biodl_training_picture*</c> stands for: planes that stay where they are.</summary>
internal sealed unsafe class OpenPicture : IDisposable
{
    private readonly OwnedText _text = new();
    private readonly List<GCHandle> _pinned = [];

    public OpenPicture(TrainingPicture picture)
    {
        Info = new TrainingPictureInfoStruct
        {
            Step = picture.Step,
            Height = picture.Height,
            Width = picture.Width,
            Planes = picture.Planes.Count,
            Names = _text.Add(string.Join('\n', picture.Planes.Select(plane => plane.Name))),
        };
        foreach ((_, float[] pixels) in picture.Planes)
            _pinned.Add(GCHandle.Alloc(pixels, GCHandleType.Pinned));
    }

    public TrainingPictureInfoStruct Info { get; }

    public IReadOnlyList<nint> Planes => [.. _pinned.Select(plane => plane.AddrOfPinnedObject())];

    public void Dispose()
    {
        foreach (GCHandle plane in _pinned)
            plane.Free();
        _text.Dispose();
    }
}
