using System.Globalization;
using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Running;
using BioDL.Core.Training;
using BioDL.Models.Cache;

namespace BioDL.Models.Training.Preparing;

/// <summary>
/// Reads the images of a request into a training's folder and writes its job: the only time that a host's pixels are read.
/// </summary>
internal sealed class TrainingPreparation
{
    private const string StartFile = "start.onnx";

    private readonly TrainingDraft _draft;
    private readonly TrainingStore _store;
    private readonly ImageWriter _images;
    private readonly LabelWriter _labels;
    private readonly ObjectMeasure _objects = new();
    private readonly List<TrainingSample> _samples = [];
    private readonly List<IReadOnlyList<long>> _amounts = [];
    private readonly List<string> _notes, _flat = [];
    private int _unlabelled, _classes;

    private TrainingPreparation(TrainingDraft draft, TrainingStore store, ProgressHandler? progress)
    {
        (_draft, _store, _notes) = (draft, store, [.. draft.Notes]);
        long planes = RequestCheck.Channels(Request.Images[0])
            + (Request.Method.NeedsTarget() ? RequestCheck.TargetChannels(Request.Images[0])
            : Request.Method.NeedsLabels() ? 1 : 0);
        var meter = new ReadMeter(progress, draft.Samples.Sum(sample => sample.Pixels) * planes);
        _images = new ImageWriter(store.Folder, meter);
        _labels = new LabelWriter(store.Folder, meter);
    }

    private TrainingRequest Request => _draft.Request;

    /// <exception cref="BioDLException">As <see cref="Runs.TrainingRun.Create"/>.</exception>
    public static void Run(TrainingDraft draft, TrainingStore store, ProgressHandler? progress)
    {
        Disk.CheckRoom(store.Folder, draft.Plan().DiskBytes);
        var preparation = new TrainingPreparation(draft, store, progress);
        for (int i = 0; i < draft.Samples.Count; i++)
            preparation.Add(draft.Samples[i], i.ToString("0000", CultureInfo.InvariantCulture));
        preparation.Check();
        preparation.Finish();
    }

    private void Add(SampleDraft sample, string file)
    {
        TrainingImage image = sample.Image;
        TrainingArray? input = _images.Write($"{file}.input", sample, image.Input, Channels(image.Input, image.Channels),
            _draft.InputValues);
        bool simulated = RequestCheck.SimulatesInput(Request);
        bool reachesImage = Request.Method is TrainingMethod.Restoration or TrainingMethod.Stain;
        TrainingArray? target = simulated ? input : null;
        if (reachesImage && !simulated && input is not null)
            target = _images.Write($"{file}.target", sample, image.Target!, Channels(image.Target!, image.TargetChannels),
                _draft.TargetValues);
        if (input is null || (reachesImage && target is null))
        {
            _flat.Add(sample.Name);
            return;
        }
        var written = new TrainingSample
        {
            Name = sample.Name, IsValidation = sample.IsValidation, Weight = image.Weight, Input = input, Target = target,
        };
        _samples.Add(Request.Method switch
        {
            TrainingMethod.Semantic => WithClasses(written, sample, file),
            TrainingMethod.StarDist => WithLabels(written, sample, file),
            _ => Counted(written, []),
        });
    }

    private TrainingSample WithClasses(TrainingSample written, SampleDraft sample, string file)
    {
        LabelWriter.Written classes = _labels.Classes($"{file}.target", sample);
        _classes = Math.Max(_classes, classes.Pixels.Count);
        _unlabelled += classes.Pixels.Count <= 1 ? 1 : 0;
        return Counted(written with { Target = classes.Array }, classes.Pixels);
    }

    private TrainingSample WithLabels(TrainingSample written, SampleDraft sample, string file)
    {
        LabelWriter.Written labels = _labels.Labels($"{file}.labels", sample);
        _objects.Add(_store.Folder, written.Input, labels.Array, labels.Pixels);
        _unlabelled += labels.Pixels.Count == 0 ? 1 : 0;
        // Objects of an unknown class say nothing of what is rare.
        long[] amounts = [.. Enumerable.Range(1, labels.Classes.DefaultIfEmpty().Max())
            .Select(one => labels.Classes.LongCount(c => c == one))];
        return Counted(written with { Labels = labels.Array, Classes = labels.Classes.Count > 0 ? labels.Classes : null }, amounts);
    }

    private TrainingSample Counted(TrainingSample sample, IReadOnlyList<long> amounts)
    {
        _amounts.Add(amounts);
        return sample;
    }

    private void Check()
    {
        if (!_samples.Exists(sample => !sample.IsValidation))
            throw new BioDLException(Status.InvalidArgument, $"{_flat[0]}{(_flat.Count > 1 ? $" and {_flat.Count - 1} more" : "")} "
                + "cannot be trained on: all pixels are alike, or none is a finite number", "Give images that show something.");
        bool labelled = Request.Method is TrainingMethod.StarDist or TrainingMethod.Semantic;
        if (labelled && _unlabelled == _samples.Count)
            throw new BioDLException(Status.InvalidArgument, Request.Method == TrainingMethod.StarDist
                ? $"none of the {_samples.Count} label images has a label" : $"none of the {_samples.Count} class images has a class",
                "Annotate some objects: every one a whole number above 0, and 0 for the background.");
        if (_flat.Count > 0)
            _notes.Add($"{_flat.Count} image(s) without contrast or finite values are left out, such as {_flat[0]}.");
        if (labelled && _unlabelled > 0)
            _notes.Add($"{_unlabelled} of {_samples.Count} annotations show background only.");
        if (_images.NotFinite > 0)
            _notes.Add($"{_images.NotFinite} values are NaN or infinite; they count as 0 after normalisation.");
        if (Request.Method == TrainingMethod.StarDist && _objects.Count == _samples.Count - _unlabelled)
            _notes.Add("Every label image has a single label: if several objects have the same number, they are learned as one.");
    }

    private void Finish()
    {
        double[] weights = SampleBalance.Weights(_amounts);
        UNet network = _draft.Network;
        if (Request.Method == TrainingMethod.Semantic && Request.Network is null)
            network = network with { Heads = [network.Heads[0] with { Channels = Math.Max(2, _classes) }] };
        if (Request.Start.Length > 0)
            _store.Write(StartFile, StartNetwork.Read(Request.Start));
        _store.Write(new TrainingJob
        {
            Method = Request.Method, Network = network, Samples = [.. _samples.Select((sample, i) => sample with
            {
                Weight = sample.Weight * weights[i],
            })],
            Patches = _draft.Patches, Augmentation = _draft.Augmentation, Schedule = _draft.Schedule, InputValues = _draft.InputValues,
            TargetValues = _draft.TargetValues, Noise2Void = Request.Noise2Void, Restoration = _draft.Restoration,
            StarDist = Request.StarDist, Seed = Request.Seed, Threads = Request.Threads,
            StartWeights = Request.Start.Length > 0 ? StartFile : null,
        }, About());
    }

    private TrainingAbout About()
    {
        double[] sizes = [.. Request.Images.Select(image => image.PixelSize).Distinct()];
        DateTimeOffset now = DateTimeOffset.Now;
        return new TrainingAbout
        {
            Name = Request.Name.Length > 0 ? Request.Name : string.Create(CultureInfo.InvariantCulture,
                $"{Request.Method.Id()} {Path.GetFileNameWithoutExtension(Request.Images[0].Name)} {now:yyyy-MM-dd HH-mm}"),
            Folder = Request.Folder.Length > 0 ? Path.GetFullPath(Request.Folder) : "", Start = Request.Start, Credits = Request.Credits,
            Images = [.. Request.Images.Select(image => image.Name)], PixelSize = sizes.Length == 1 ? sizes[0]
                : 0, Objects = _objects.Facts(),
            MemoryBytes = TrainingDraft.MemoryOf(Request), Created = now, Notes = _notes,
        };
    }

    private static InputChannel[] Channels(ImageView view, IReadOnlyList<int>? chosen)
    {
        InputChannel[] all = InputChannel.For(view, view.LogicalChannels);
        return chosen is null ? all : [.. chosen.Select(channel => all[channel])];
    }
}
