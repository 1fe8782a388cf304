using System.CommandLine;
using BioDL.Cli.Images;
using BioDL.Cli.Shell;
using BioDL.Core.Training;
using BioDL.Models.Training;

namespace BioDL.Cli.Training;

/// <summary>The options of <c>biodl train</c>: which images, how it is trained, what becomes of it.</summary>
internal sealed class TrainOptions
{
    private readonly Argument<string[]> _images = new("IMAGE")
    {
        Description = "images to train on: TIFF, PNG or JPEG files, or folders of them", Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _method = new("--method")
    {
        Description = string.Join(", ", TrainingMethods.Ids), HelpName = "METHOD",
    };

    private readonly Option<string> _targets = Path("--targets",
        "restoration, stain: what the network is to give; semantic: images of class numbers. Files have the names of the images");
    private readonly Option<string> _labels = Path("--labels", "stardist: label images with the names of the images");
    private readonly Option<string> _classes = new("--classes")
    {
        Description = "stardist: a table with the columns image, label, class (from 1)", HelpName = "FILE",
    };

    private readonly Option<string> _channels = new("--channels", "--channel")
    {
        Description = "of the images, by number from 1 or by name (all)", HelpName = "C,C,...",
    };
    private readonly Option<string> _targetChannels = new("--target-channels")
    {
        Description = "of the targets (all)",
        HelpName = "C,C,...",
    };
    private readonly Option<string> _groups = new("--groups")
    {
        Description = "a table whose first column is the image's name: images with one value in the column (group, or the second) are "
            + "never on both sides of the validation split",
        HelpName = "FILE[:COLUMN]",
    };
    private readonly Option<string> _weights = new("--weights")
    {
        Description = "a table whose first column is the image's name: patches are drawn so often from it, relative to others "
            + "(column weight, "
            + "or the second)",
        HelpName = "FILE[:COLUMN]",
    };
    private readonly Option<string> _validationImages = Path("--validation-images", "images for checks only (some of the images)");
    private readonly Option<double?> _validation = CommonOptions.Number("--validation",
        "share of the images, or with one or two of each image, that is for checks only (0.15)", 0, 0.5);
    private readonly Option<bool> _volumes = new("--volumes") { Description = "train on stacks; else every slice is an image" };

    private readonly Option<string> _model = new("--model")
    {
        Description = "a model whose weights are the start: a path, an id, builtin:NAME, or none for random weights (the method's: for "
            + "stardist and denoise-image a built-in one)", HelpName = "START",
    };
    private readonly Option<string> _name = new("--name") { Description = "of the model (method, image and time)", HelpName = "NAME" };
    private readonly Option<string> _out = Path("--out", "write the package to this new folder, too");
    private readonly Option<int?> _steps = CommonOptions.Whole("--steps", "steps of the optimiser (the method's)", 1, 10_000_000);
    private readonly Option<double?> _minutes = CommonOptions.Number("--minutes", "end after so many (when the steps are done)", 0.01,
        100_000);
    private readonly Option<double?> _rate = CommonOptions.Number("--rate", "of the optimiser, at its highest (the method's)", 1e-7, 1);
    private readonly Option<int?> _patch = CommonOptions.Whole("--patch", "pixels along the sides of a patch (the method's)", 16, 4096);
    private readonly Option<int?> _batch = CommonOptions.Whole("--batch", "patches a step (the method's)", 1, 4096);
    private readonly Option<long> _seed = new("--seed")
    {
        Description = "the same seed gives the same curve on the same processor with as many threads (1)", DefaultValueFactory = _ => 1,
    };
    private readonly Option<int?> _threads = CommonOptions.Whole("--threads", "of the training (all cores)", 1, 1024);
    private readonly Option<int?> _memory = CommonOptions.Whole("--memory", "MiB that it may take (what is free)", 64, int.MaxValue);

    private readonly MethodOptions _ofMethod = new();
    private readonly CreditOptions _credits = new();

    /// <summary>In the order of the help.</summary>
    internal IEnumerable<Symbol> Symbols =>
    [
        _images, _method, _targets, _labels, _classes, _channels, _targetChannels, _groups, _weights, _validationImages,
        _validation, _volumes, _model,
        _name, _out, _steps, _minutes, _rate, _patch, _batch, _seed, _threads, _memory, .. _ofMethod.Symbols, .. _credits.Symbols,
    ];

    /// <exception cref="UsageException"/>
    internal TrainFileNames Files(ParseResult parsed)
    {
        TrainingMethod method = Method(parsed);
        string[] images = parsed.GetValue(_images) ?? [];
        (string? targets, string? labels) = (parsed.GetValue(_targets), parsed.GetValue(_labels));
        bool simulated = parsed.GetValue(_ofMethod.SimulateNoise) is not null;
        if (images.Length == 0)
            throw new UsageException("IMAGE is missing");
        if (method.NeedsTarget() && targets is null && !simulated)
            throw new UsageException($"--targets is missing, which {method.Id()} needs");
        if (method.NeedsLabels() && labels is null)
            throw new UsageException($"--labels is missing, which {method.Id()} needs");
        if (!method.NeedsTarget() && targets is not null)
            throw new UsageException($"--targets: {method.Id()} makes no use of them");
        if (!method.NeedsLabels() && labels is not null)
            throw new UsageException($"--labels: {method.Id()} makes no use of them");
        // What is wrong on the line is said before a file is looked for.
        _ofMethod.Read(parsed, new TrainingRequest { Method = method, Images = [] });
        return new TrainFileNames
        {
            Images = images, Targets = targets, Labels = labels, ValidationImages = parsed.GetValue(_validationImages),
            Groups = parsed.GetValue(_groups) is { } groups ? NameTable.Read(groups, "group") : null,
            Weights = parsed.GetValue(_weights) is { } weights ? NameTable.Read(weights, "weight") : null,
            Classes = parsed.GetValue(_classes) is { } classes ? ClassTable.Read(classes) : null,
            Channels = parsed.GetValue(_channels) is { } channels ? ChannelList.Parse(channels) : null,
            TargetChannels = parsed.GetValue(_targetChannels) is { } chosen ? ChannelList.Parse(chosen) : null,
        };
    }

    /// <exception cref="UsageException"/>
    internal TrainingRequest Request(ParseResult parsed, TrainFileNames names, IReadOnlyList<TrainingImage> images)
    {
        var request = new TrainingRequest
        {
            Method = Method(parsed), Images = images, Name = parsed.GetValue(_name) ?? "", Start = parsed.GetValue(_model) ?? "",
            Folder = parsed.GetValue(_out) ?? "", Steps = parsed.GetValue(_steps) ?? 0, Minutes = parsed.GetValue(_minutes) ?? 0,
            Rate = parsed.GetValue(_rate) ?? 0,
            Seed = parsed.GetValue(_seed), Validation = parsed.GetValue(_validation), Patch = parsed.GetValue(_patch) ?? 0,
            Batch = parsed.GetValue(_batch) ?? 0, Threads = parsed.GetValue(_threads) ?? 0,
            MemoryLimit = (long)(parsed.GetValue(_memory) ?? 0) << 20, Volumes = parsed.GetValue(_volumes),
            Credits = _credits.Read(parsed),
        };
        request = _ofMethod.Read(parsed, request with { StarDist = request.StarDist with { Classes = names.Classes?.Count ?? 0 } });
        return request with { Network = _ofMethod.Network(parsed, request) };
    }

    internal TrainingMethod Method(ParseResult parsed)
    {
        string id = parsed.GetValue(_method) ?? throw new UsageException("--method is missing");
        return TrainingMethods.Parse(id)
            ?? throw new UsageException($"--method takes {string.Join(", ", TrainingMethods.Ids)}, not '{id}'");
    }

    private static Option<string> Path(string name, string description) => new(name) { Description = description, HelpName = "FOLDER" };
}
