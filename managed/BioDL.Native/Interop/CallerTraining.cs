using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Training;
using BioDL.Models.Training;
using BioDL.Models.Training.Runs;

namespace BioDL.Native.Interop;

/// <summary>The caller's options and images of a training as a request: NULL and 0 mean the default.</summary>
internal static unsafe class CallerTraining
{
    private const long MostImages = 1 << 20, MostEntries = 1 << 24;

    public static TrainingRequest Request(TrainingOptionsStruct* source, TrainingImageStruct** images, long count)
    {
        TrainingOptionsStruct options = CallerStruct.Read(source, "options");
        if (!Enum.IsDefined((TrainingMethod)options.Method))
            throw Bad($"options.method is {options.Method}", "use one of BIODL_TRAIN_*");
        TrainingImage[] read = Images(images, count);
        return Simulated(options.SimulatedNoise, new TrainingRequest
        {
            Method = (TrainingMethod)options.Method,
            Images = read,
            Name = Text.Read(options.Name, "options.name") ?? "",
            Start = Text.Read(options.Start, "options.start") ?? "",
            Folder = Text.Read(options.Folder, "options.folder") ?? "",
            Steps = options.Steps,
            Minutes = options.Minutes,
            Seed = options.Seed == 0 ? 1 : options.Seed,
            Validation = options.Validation == 0 ? null : options.Validation == -1 ? 0 : options.Validation,
            Patch = options.Patch,
            Batch = options.Batch,
            Threads = options.Threads,
            MemoryLimit = options.MemoryLimit,
            Volumes = options.Volumes != 0,
            Noise2Void = Noise2Void(options),
            Restoration = Restoration(options),
            StarDist = StarDist(options.Rays, read),
            Credits = Credits(options),
        });
    }

    /// <summary>
    /// Clean images whose noise is made for each patch; strengths are far apart, so that errors count by their logarithm.
    /// </summary>
    private static TrainingRequest Simulated(double noise, TrainingRequest request)
    {
        if (noise == 0)
            return request;
        return request with
        {
            Augmentation = TrainingRun.UsualAugmentation(request) with { SimulatedNoise = noise },
            Restoration = request.Restoration with { Logarithmic = true },
        };
    }

    private static Noise2VoidOptions Noise2Void(in TrainingOptionsStruct options) => new()
    {
        Median = options.Median != 0,
        StructRadius = options.NoiseRadius,
        StructAxis = options.NoiseAxis switch
        {
            0 => "x",
            1 => "y",
            _ => throw Bad($"options.noise_axis is {options.NoiseAxis}", "use one of BIODL_NOISE_*"),
        },
    };

    private static RestorationOptions Restoration(in TrainingOptionsStruct options) => new()
    {
        Probabilistic = options.Probabilistic != 0,
        StructuralSimilarity = options.StructuralSimilarity == 0 ? null : options.StructuralSimilarity,
        Adversarial = options.Adversarial,
    };

    /// <summary>The network knows as many classes as the images name.</summary>
    private static StarDistOptions StarDist(int rays, TrainingImage[] images)
    {
        var known = new StarDistOptions { Classes = images.SelectMany(image => image.Classes?.Values ?? []).DefaultIfEmpty().Max() };
        return rays == 0 ? known : known with { Rays = rays };
    }

    private static TrainingCredits Credits(in TrainingOptionsStruct options) => new()
    {
        Authors = Text.Read(options.Authors, "options.authors")?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [],
        Licence = Text.Read(options.Licence, "options.licence") ?? "",
        Description = Text.Read(options.Description, "options.description") ?? "",
        Data = Text.Read(options.Data, "options.data") ?? "",
        Citation = Text.Read(options.Citation, "options.citation") ?? "",
    };

    private static TrainingImage[] Images(TrainingImageStruct** images, long count)
    {
        CallerStruct.NotNull(images, nameof(images));
        if (count is < 1 or > MostImages)
            throw Bad($"there are {count} images", $"give 1 to {MostImages} images");
        var read = new TrainingImage[count];
        for (int i = 0; i < read.Length; i++)
            read[i] = Image(CallerStruct.Read(images[i], $"images[{i}]"), i);
        return read;
    }

    private static TrainingImage Image(in TrainingImageStruct image, int index)
    {
        string where = $"images[{index}]";
        string? name = Text.Read(image.Name, $"{where}.name"), group = Text.Read(image.Group, $"{where}.group");
        int[]? classes = Numbers(image.Classes, image.ClassesCount, $"{where}.classes");
        return new TrainingImage
        {
            Name = string.IsNullOrEmpty(name) ? $"image {index + 1}" : name,
            Input = Interop.Images.View(image.Input, $"{where}.input"),
            Target = View(image.Target, $"{where}.target"),
            Labels = View(image.Labels, $"{where}.labels"),
            Classes = classes is null ? null : Classes(classes),
            Channels = Numbers(image.Channels, image.ChannelsCount, $"{where}.channels"),
            TargetChannels = Numbers(image.TargetChannels, image.TargetChannelsCount, $"{where}.target_channels"),
            Group = group ?? "",
            IsValidation = image.Side switch
            {
                0 => null,
                1 => false,
                2 => true,
                _ => throw Bad($"{where}.side is {image.Side}", "use one of BIODL_SIDE_*"),
            },
            Weight = image.Weight == 0 ? 1 : image.Weight,
            PixelSize = image.PixelSize,
        };
    }

    private static ImageView? View(ImageStruct* image, string name) => image == null ? null : Interop.Images.View(image, name);

    private static Dictionary<int, int> Classes(int[] classes) =>
        classes.Select((number, i) => (Label: i + 1, Number: number)).Where(entry => entry.Number != 0)
            .ToDictionary(entry => entry.Label, entry => entry.Number);

    private static int[]? Numbers(int* first, long count, string name)
    {
        if (first == null)
            return null;
        return count is >= 1 and <= MostEntries ? new ReadOnlySpan<int>(first, (int)count).ToArray()
            : throw Bad($"{name} are {count}", "give the numbers and how many there are");
    }

    private static BioDLException Bad(string message, string hint) => new(Status.InvalidArgument, message, hint);
}
