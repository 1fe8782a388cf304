using System.Globalization;
using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Training;
using BioDL.Graphs.UNets;
using BioDL.Graphs.UNets.Reading;

namespace BioDL.Models.Training.Preparing;

/// <summary>A request with everything settled that can be before pixels are read.</summary>
internal sealed record TrainingDraft
{
    /// <summary>Slices of a volume's patch.</summary>
    private const int PatchSlices = 16;

    public required TrainingRequest Request { get; init; }
    public required IReadOnlyList<SampleDraft> Samples { get; init; }
    public required UNet Network { get; init; }
    public required PatchOptions Patches { get; init; }
    public required AugmentationOptions Augmentation { get; init; }
    public required ScheduleOptions Schedule { get; init; }
    public required ValueRule InputValues { get; init; }
    public required ValueRule TargetValues { get; init; }
    public required RestorationOptions Restoration { get; init; }
    public required IReadOnlyList<string> Notes { get; init; }

    /// <exception cref="BioDLException">As <see cref="Runs.TrainingRun.Plan"/>.</exception>
    public static TrainingDraft Of(TrainingRequest request)
    {
        new RequestCheck(request).Run();
        List<string> notes = [];
        IReadOnlyList<SampleDraft> samples = LargeEnough(SampleSplit.Of(request, notes), notes);
        int channels = RequestCheck.Channels(request.Images[0]), targets = RequestCheck.TargetChannels(request.Images[0]);
        MethodDefaults defaults = MethodDefaults.Of(request, channels, request.Method == TrainingMethod.Semantic ? 2 : targets);
        request = request with { Start = Start(request, defaults) };
        UNet network = Started(request, Chosen(request, defaults.Network, channels));
        PatchOptions patches = Patch(request, defaults, network, samples);
        return new TrainingDraft
        {
            Request = request, Samples = samples, Network = network, Patches = Fitting(request, network, patches, notes),
            Augmentation = Sensible(request.Augmentation ?? defaults.Augmentation, channels),
            Schedule = Scheduled(request, defaults.Schedule),
            InputValues = defaults.Input, TargetValues = defaults.Target, Notes = notes, Restoration = request.Restoration with
            {
                StructuralSimilarity = request.Restoration.StructuralSimilarity ?? defaults.StructuralSimilarity,
            },
        };
    }

    /// <summary>That a training may take: what was asked, or three quarters of the machine's.</summary>
    public static long MemoryOf(TrainingRequest request) =>
        request.MemoryLimit > 0 ? request.MemoryLimit : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3;

    public TrainingPlan Plan()
    {
        UNetCost cost = Cost(Network, Patches);
        return new TrainingPlan
        {
            Method = Request.Method, Network = Network, Patches = Patches, Augmentation = Augmentation, Schedule = Schedule,
            TrainingSamples = Samples.Count(sample => !sample.IsValidation),
            ValidationSamples = Samples.Count(sample => sample.IsValidation),
            MemoryBytes = cost.Bytes, DiskBytes = Samples.Sum(DiskBytes), Minutes = TrainingTime.Minutes(cost, Schedule, Request.Threads),
            Notes = Notes,
        };
    }

    /// <summary>Of one sample's arrays.</summary>
    private static long DiskBytes(SampleDraft sample)
    {
        TrainingImage image = sample.Image;
        long values = (long)RequestCheck.Channels(image) * Bytes(image.Input)
            + (image.Target is { } target ? RequestCheck.TargetChannels(image) * Bytes(target) : 0)
            + (image.Labels is null ? 0 : sizeof(int));
        return values * sample.Pixels;
    }

    private static int Bytes(ImageView view) => view.Type switch
    {
        _ when !view.Values.IsIdentity => sizeof(float),
        PixelType.UInt8 or PixelType.Argb32 => 1,
        PixelType.UInt16 => 2,
        _ => sizeof(float),
    };

    private static IReadOnlyList<SampleDraft> LargeEnough(IReadOnlyList<SampleDraft> samples, List<string> notes)
    {
        SampleDraft[] small = [.. samples.Where(sample => Side(sample) < SampleDraft.LeastSide)];
        SampleDraft[] large = [.. samples.Where(sample => Side(sample) >= SampleDraft.LeastSide)];
        if (!Array.Exists(large, sample => !sample.IsValidation))
        {
            SampleDraft largest = samples.Where(sample => !sample.IsValidation).MaxBy(Side) ?? samples[0];
            throw new BioDLException(Status.InvalidArgument,
                $"{largest.Name} has {largest.Region.Width} x {largest.Region.Height} pixels to train on, which are too few",
                $"Give images whose shorter side has at least {SampleDraft.LeastSide} pixels besides the part that is kept for "
                    + "validation.");
        }
        if (small.Length > 0)
        {
            notes.Add($"{small.Length} of {samples.Count} images (or parts) have a side of less than {SampleDraft.LeastSide} pixels and "
                + "are left out, "
                + $"such as {small[0].Name}.");
        }
        if (samples.Any(sample => sample.IsValidation) && !Array.Exists(large, sample => sample.IsValidation))
            notes.Add("What would be kept for validation is too small: there is none, and the training does not end early.");
        return large;
    }

    private static int Side(SampleDraft sample) => Math.Min(sample.Region.Height, sample.Region.Width);

    private static string Start(TrainingRequest request, MethodDefaults defaults) => request.Start switch
    {
        TrainingRequest.NoStart => "",
        "" when request.Network is null => defaults.Start,
        var start => start,
    };

    /// <summary>The start's network with the heads of this training.</summary>
    private static UNet Started(TrainingRequest request, UNet network) => request.Start.Length == 0 ? network
        : UNetTransfer.Fit(network, UNetReader.Read(StartNetwork.Read(request.Start), request.Start).Net);

    private static UNet Chosen(TrainingRequest request, UNet usual, int channels)
    {
        if (request.Network is not { } network)
            return usual;
        UNetChecks.Check(network);
        if (network.Channels != channels)
            throw new BioDLException(Status.InvalidArgument, $"the network takes {network.Channels} channel(s), the images have {channels}",
                "Choose channels, or another network.");
        if (network.Dimensions != usual.Dimensions)
            throw new BioDLException(Status.InvalidArgument,
                $"the network has {network.Dimensions} dimensions, and {(request.Volumes ? "volumes" : "planes")} are to be trained on",
                "Choose another network.");
        return network;
    }

    /// <summary>As asked, or as is usual where images are large enough: patches reach beyond few of them.</summary>
    private static PatchOptions Patch(TrainingRequest request, MethodDefaults defaults, UNet network, IReadOnlyList<SampleDraft> samples)
    {
        SampleDraft[] training = [.. samples.Where(sample => !sample.IsValidation)];
        int[] sides = [.. training.Select(Side).Order()];
        int wanted = request.Patch > 0 ? request.Patch : Math.Min(defaults.Patch, sides[sides.Length / 2]);
        int[] divisor = UNetTopology.Divisor(network);
        int Down(int size, int step) => Math.Max(step, size / step * step);
        int[] size = [Down(wanted, divisor[^2]), Down(wanted, divisor[^1])];
        if (network.Dimensions == 3)
            size = [Down(Math.Min(PatchSlices, training.Min(sample => sample.Slices)), divisor[0]), .. size];
        return new PatchOptions(size, request.Batch > 0 ? request.Batch : defaults.Batch) { Foreground = defaults.Foreground };
    }

    /// <summary>As many patches a step as fit into memory.</summary>
    private static PatchOptions Fitting(TrainingRequest request, UNet network, PatchOptions patches, List<string> notes)
    {
        long free = MemoryOf(request);
        PatchOptions fitting = patches;
        while (fitting.Batch > 1 && Cost(network, fitting).Bytes > free)
            fitting = fitting with { Batch = fitting.Batch / 2 };
        long needed = Cost(network, fitting).Bytes;
        if (needed > free)
            throw new BioDLException(Status.OutOfMemory,
                $"training takes {needed >> 20} MiB even with one patch of {string.Join(" x ", patches.Size)} pixels a step, and "
                + $"{free >> 20} MiB may be taken", "Choose a smaller patch, or allow more memory.");
        if (fitting.Batch < patches.Batch)
            notes.Add($"A step has {fitting.Batch} patches instead of {patches.Batch}, so that {free >> 20} MiB of memory are enough.");
        return fitting;
    }

    private static UNetCost Cost(UNet network, PatchOptions patches) => UNetCost.Of(network, patches.Size, patches.Batch);

    private static AugmentationOptions Sensible(AugmentationOptions options, int channels) =>
        options.Stain > 0 && channels != 3 ? throw new BioDLException(Status.InvalidArgument,
            string.Create(CultureInfo.InvariantCulture,
                $"stains are mixed in images of three colours, and these have {channels} channel(s)"),
            "Leave stain augmentation out.") : options;

    private static ScheduleOptions Scheduled(TrainingRequest request, ScheduleOptions usual)
    {
        ScheduleOptions schedule = request.Schedule ?? usual;
        int steps = request.Steps > 0 ? request.Steps : schedule.Steps;
        int every = Math.Clamp(schedule.ValidateEvery, 1, Math.Max(1, steps / 5));
        return schedule with
        {
            Steps = steps,
            // Much is learned at the end, while the rate falls: a long training is not broken off after a few thousand steps without gain.
            Patience = schedule.Patience == 0 ? 0 : Math.Max(schedule.Patience, steps / every / 3),
            Minutes = request.Minutes > 0 ? request.Minutes : schedule.Minutes,
            Rate = request.Rate > 0 ? request.Rate : schedule.Rate,
            WarmUp = Math.Min(schedule.WarmUp, steps / 10),
            ValidateEvery = every,
        };
    }
}
