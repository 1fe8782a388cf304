using System.Globalization;
using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Training;

namespace BioDL.Models.Training.Preparing;

/// <summary>Whether images and options of a request go together, before a pixel is read.</summary>
/// <param name="request">what is asked</param>
internal sealed class RequestCheck(TrainingRequest request)
{
    private string Method => request.Method.Id();

    /// <summary>Its input is made from the clean target.</summary>
    public static bool SimulatesInput(TrainingRequest request) =>
        request.Method == TrainingMethod.Restoration && request.Augmentation is { SimulatedNoise: > 0 };

    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/></exception>
    public void Run()
    {
        Options();
        if (request.Images.Count == 0)
            throw Invalid("there is no image to train on", "Give at least one image.");
        foreach (TrainingImage image in request.Images)
            Check(image);
        int channels = Channels(request.Images[0]);
        foreach (TrainingImage image in request.Images)
        {
            if (Channels(image) != channels)
                throw Invalid($"{image.Name} has {Channels(image)} channel(s), {request.Images[0].Name} has {channels}",
                    "A network sees the same channels of every image: choose channels, or leave out what differs.");
            if (image.Target is { } target && TargetChannels(image) is var count && count != TargetChannels(request.Images[0]))
                throw Invalid($"the target of {image.Name} has {count} channel(s), that of {request.Images[0].Name} has "
                    + $"{TargetChannels(request.Images[0])}",
                    "All targets have the same channels: choose channels, or leave out what differs.");
        }
    }

    /// <summary>Of the input that the network sees.</summary>
    public static int Channels(TrainingImage image) => image.Channels?.Count ?? image.Input.LogicalChannels;

    /// <summary>Of the target; those of the input where there is none.</summary>
    public static int TargetChannels(TrainingImage image) => image.Target is { } target ? image.TargetChannels?.Count
        ?? target.LogicalChannels
        : Channels(image);

    private void Options()
    {
        if (!Enum.IsDefined(request.Method))
            throw Invalid($"there is no training method {(int)request.Method}", $"Methods are {string.Join(", ", TrainingMethods.Ids)}.");
        if (request.Validation is { } share && !(share is >= 0 and <= 0.5))
            throw Invalid(string.Create(CultureInfo.InvariantCulture, $"a share of {share} of the images cannot be kept for validation"),
                "Keep 0 to 0.5 of them.");
        if (request.Steps is < 0 or > 10_000_000)
            throw Invalid($"{request.Steps} steps cannot be trained", "Train 1 to 10,000,000 steps, or 0 for the method's own number.");
        if (!(request.Rate is >= 0 and <= 1))
            throw Invalid(string.Create(CultureInfo.InvariantCulture, $"the rate {request.Rate} of the optimiser is not from 0 to 1"),
                "Leave it out, or give one such as 0.001.");
        if (!(request.Minutes is >= 0 and <= 100_000))
            throw Invalid(string.Create(CultureInfo.InvariantCulture, $"a training cannot take {request.Minutes} minutes"),
                "Give 0 (as long as its steps need) to 100,000.");
        if (request.Patch is < 0 or (> 0 and < 16) or > 4096)
            throw Invalid($"a patch cannot have {request.Patch} pixels along its sides",
                "Give 16 to 4096, or 0 for the method's own size.");
        if (request.Batch is < 0 or > 4096)
            throw Invalid($"a step cannot have {request.Batch} patches", "Give 1 to 4096, or 0 for the method's own number.");
        if (request.Threads is < 0 or > 1024 || request.MemoryLimit < 0)
            throw Invalid("threads and memory cannot be negative", "Give 0 for all cores and all free memory.");
        if (request.Volumes && request.Method is TrainingMethod.StarDist)
            throw Invalid("StarDist is trained on planes only", "Train it on slices, each of which is an image of its own.");
        MethodOptions();
    }

    /// <summary>Options of single methods have ranges whatever the method is.</summary>
    private void MethodOptions()
    {
        Range("rays", request.StarDist.Rays, 3, 256);
        Range("pixels over which noise is correlated", request.Noise2Void.StructRadius, 0, 64);
        Range("share of structural similarity", request.Restoration.StructuralSimilarity ?? 0, 0, 1);
        Range("weight of the adversarial term", request.Restoration.Adversarial, 0, 10);
        Range("strength of simulated noise", request.Augmentation?.SimulatedNoise ?? 0, 0, 10);
        if (request.Noise2Void.StructAxis is not ("x" or "y"))
            throw Invalid($"noise cannot be correlated along '{request.Noise2Void.StructAxis}'", "Give x or y.");
    }

    private static void Range(string what, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
            throw Invalid(string.Create(CultureInfo.InvariantCulture, $"{what}: {value} is out of range"),
                string.Create(CultureInfo.InvariantCulture, $"Give {least} to {most}."));
    }

    private void Check(TrainingImage image)
    {
        Check(image.Input, image.Name, image.Channels);
        if (!(image.Weight > 0) || !double.IsFinite(image.Weight))
            throw Invalid($"{image.Name} has the weight {image.Weight.ToString(CultureInfo.InvariantCulture)}", "Weights are above 0.");
        if (request.Volumes && image.Input.Slices < 2)
            throw Invalid($"{image.Name} has one slice, and volumes are to be trained on", "Use stacks, or train on planes.");
        bool target = request.Method.NeedsTarget() && !SimulatesInput(request);
        Partner(image, image.Target, target, "target", image.TargetChannels);
        Partner(image, image.Labels, request.Method.NeedsLabels(), "label image", null);
        if (request.Method == TrainingMethod.Semantic && TargetChannels(image) != 1)
            throw Invalid($"the classes of {image.Name} have {TargetChannels(image)} channels",
                "Give a grey image with a class number a pixel.");
        if (image.Labels is { } labels && (labels.Channels != 1 || labels.Type == PixelType.Argb32))
            throw Invalid($"the label image of {image.Name} has {labels.LogicalChannels} channels",
                "Give a grey image in which every object has a whole number of its own.");
    }

    private void Partner(TrainingImage image, ImageView? partner, bool needed, string what, IReadOnlyList<int>? channels)
    {
        if (partner is null && needed)
            throw Invalid($"{image.Name} has no {what}, which {Method} needs", $"Give every image a {what}, or leave this image out.");
        if (partner is null)
            return;
        if (!needed)
            throw Invalid($"{image.Name} has a {what}, of which {Method} makes no use", "Leave it out, or choose another method.");
        Check(partner, $"the {what} of {image.Name}", channels, labels: what == "label image");
        if (Size(partner) != Size(image.Input))
            throw Invalid($"the {what} of {image.Name} has {Text(partner)}, the image has {Text(image.Input)}",
                "Both show the same field, pixel by pixel.");
    }

    private static void Check(ImageView view, string name, IReadOnlyList<int>? channels, bool labels = false)
    {
        view.Validate(name);
        if (view.Type == PixelType.UInt32 && !labels)
            throw Invalid($"{name} has 32-bit integer pixels, which are for label images only",
                "Convert it to 8-bit, 16-bit, 32-bit float or RGB.");
        if (channels is null)
            return;
        if (channels.Count == 0 || channels.Distinct().Count() != channels.Count)
            throw Invalid($"no channel, or one twice, is chosen of {name}", "Choose each channel once.");
        foreach (int channel in channels)
        {
            if (channel < 0 || channel >= view.LogicalChannels)
                throw Invalid($"{name} has {view.LogicalChannels} channel(s), there is no channel {channel + 1}",
                    $"Choose from 1 to {view.LogicalChannels}.");
        }
    }

    private static (int, int, int, int) Size(ImageView view) => (view.Frames, view.Slices, view.Height, view.Width);

    private static string Text(ImageView view) => $"{view.Width} x {view.Height} pixels"
        + (view.Slices > 1 ? $", {view.Slices} slices" : "") + (view.Frames > 1 ? $", {view.Frames} frames" : "");

    private static BioDLException Invalid(string message, string hint) => new(Status.InvalidArgument, message, hint);
}
