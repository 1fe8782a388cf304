using BioDL.Cli.Images;
using BioDL.Cli.Shell;
using BioDL.Cli.Tiff;
using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Training;
using BioDL.Models.Training;

namespace BioDL.Cli.Training;

/// <summary>Which files a training is given, as options name them.</summary>
internal sealed record TrainFileNames
{
    /// <summary>Files and folders.</summary>
    internal required IReadOnlyList<string> Images { get; init; }
    internal string? Targets { get; init; }
    internal string? Labels { get; init; }

    /// <summary>Groups by file name, for the split; null: every image its own.</summary>
    internal NameTable? Groups { get; init; }

    /// <summary>How often images are drawn from, by file name; null: all alike.</summary>
    internal NameTable? Weights { get; init; }

    /// <summary>Classes by file name and label; null: none.</summary>
    internal ClassTable? Classes { get; init; }

    /// <summary>Files or folders of images for checks only; null: some of the images.</summary>
    internal string? ValidationImages { get; init; }
    internal ChannelList? Channels { get; init; }
    internal ChannelList? TargetChannels { get; init; }
}

/// <summary>The images of a training from files: folders listed, partners found by name, channels chosen.</summary>
internal sealed class TrainFiles : IDisposable
{
    private static readonly string[] Endings = [".tif", ".tiff", ".png", ".jpg", ".jpeg"];

    private const int MostNamed = 5;

    private readonly ImageFolder _folder = new();
    private readonly TrainFileNames _names;

    /// <exception cref="BioDLException">A folder is empty, a file has no partner, or cannot be read.</exception>
    internal TrainFiles(TrainFileNames names, TrainingMethod method)
    {
        _names = names;
        List<string> inputs = [.. names.Images.SelectMany(Listed)];
        List<string> validation = names.ValidationImages is { } named ? Listed(named) : [];
        HashSet<string> kept = [.. validation.Select(Path.GetFullPath)];
        string[] files = [.. inputs.Where(path => !kept.Contains(Path.GetFullPath(path))), .. validation];
        IReadOnlyList<string>? targets = Partners(files, names.Targets, "target"), labels = Partners(files, names.Labels, "label image");
        try
        {
            Images = [.. files.Select((path, i) => Image(path, targets?[i], labels?[i]) with
            {
                IsValidation = validation.Count > 0 ? kept.Contains(Path.GetFullPath(path)) : null,
            })];
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal IReadOnlyList<TrainingImage> Images { get; }

    public void Dispose() => _folder.Dispose();

    private TrainingImage Image(string path, string? target, string? labels)
    {
        (ImageView view, ImageFile file) = _folder.View(path);
        double pixelSize = file.Calibration.Micrometres.X;
        IReadOnlyList<int>? channels = Chosen(_names.Channels, path, file);
        (ImageView View, ImageFile About)? goal = target is null ? null : _folder.View(target);
        string name = PairedFiles.Name(path);
        return new TrainingImage
        {
            Name = path, Input = view, Channels = channels, Target = goal?.View,
            TargetChannels = goal is { } one ? Chosen(_names.TargetChannels, target!, one.About) : null,
            Labels = labels is null ? null : _folder.View(labels).View, Group = _names.Groups?.Find(name) ?? "",
            Weight = Weight(name), Classes = _names.Classes?.Of(name), PixelSize = pixelSize,
        };
    }

    /// <exception cref="BioDLException">It is no number above 0.</exception>
    private double Weight(string name) => _names.Weights?.Find(name) is not { } text ? 1
        : CommonOptions.TryNumber(text, out double weight) && weight > 0 ? weight
        : throw new BioDLException(Status.InvalidArgument, $"the weight of {name} is \"{text}\"", "Give a number above 0, such as 0.5.");

    private static IReadOnlyList<int>? Chosen(ChannelList? list, string path, ImageFile file) => list is null ? null
        : ChannelList.Of([list], [], path, file.ChannelNames);

    private static IReadOnlyList<string>? Partners(IReadOnlyList<string> files, string? place, string what) =>
        place is null ? null : PairedFiles.Of(files, Listed(place), what);

    /// <summary>A file, or the images of a folder in the order of their names.</summary>
    private static List<string> Listed(string path)
    {
        if (!Directory.Exists(path))
            return [path];
        List<string> files =
        [
            .. Directory.EnumerateFiles(path).Where(IsImage).Order(StringComparer.Ordinal),
        ];
        if (files.Count > 0)
            return files;
        string[] inner = [.. Directory.EnumerateDirectories(path).Select(folder => Path.GetFileName(folder)!).Order().Take(MostNamed)];
        throw new BioDLException(Status.NotFound, $"{path} holds no images",
            $"Name a folder of images ({string.Join(", ", Endings)}), or the files themselves."
            + (inner.Length > 0 ? $" Folders in it are not looked into: {string.Join(", ", inner)}." : ""));
    }

    private static bool IsImage(string path) =>
        !Path.GetFileName(path).StartsWith('.') && Endings.Contains(Path.GetExtension(path).ToLowerInvariant());
}
