using System.CommandLine;
using System.Globalization;
using BioDL.Cli.Shell;
using BioDL.Core.Training;
using BioDL.Models.Training;
using BioDL.Models.Training.Runs;

namespace BioDL.Cli.Training;

/// <summary>Options of single methods of training.</summary>
internal sealed class MethodOptions
{
    private readonly Option<bool> _median = new("--n2v2")
    {
        Description = "noise2void: Noise2Void 2, without a skip at the top, blurred pooling, hidden pixels get a median",
    };
    private readonly Option<string> _structure = new("--structured")
    {
        Description = "noise2void: noise is correlated along x or y, so many pixels to each side", HelpName = "x:N|y:N",
    };
    private readonly Option<bool> _probabilistic = new("--probabilistic")
    {
        Description = "restoration: predict the spread of values, too",
    };
    private readonly Option<double?> _ssim = CommonOptions.Number("--ssim",
        "restoration, stain: share of multi-scale structural similarity in the loss (0, stain 0.5)", 0, 1);
    private readonly Option<double?> _adversarial = CommonOptions.Number("--adversarial", "stain: weight of pix2pix's adversarial term", 0,
        10);
    private readonly Option<int?> _rays = CommonOptions.Whole("--rays", "stardist: distances of an object (32)", 8, 256);
    private readonly Option<string> _augment = new("--augment")
    {
        Description = "what may happen to a patch, 0 for nothing: flips=0|1, turns=0|1, elastic, scale, gain, offset, blur, noise, stain "
            + "(the method's)",
        HelpName = "NAME=VALUE,...",
    };

    private readonly Option<string> _network = new("--network")
    {
        Description = "another network than the method's: depth, filters, most (filters of a level), convolutions", HelpName = "NAME=N,...",
    };

    /// <summary>Decides whether restoration needs targets.</summary>
    internal Option<double?> SimulateNoise { get; } = CommonOptions.Number("--simulate-noise",
        "restoration without targets: the images are clean, and noise of this strength is made (1: from hardly any to hardly any signal)",
        0.01,
        10);

    internal IEnumerable<Symbol> Symbols =>
        [_median, _structure, _probabilistic, _ssim, SimulateNoise, _adversarial, _rays, _augment, _network];

    /// <exception cref="UsageException">A value that makes no sense, or an option of another method.</exception>
    internal TrainingRequest Read(ParseResult parsed, TrainingRequest request)
    {
        Require(parsed, request.Method, [TrainingMethod.Noise2Void], _median, _structure);
        Require(parsed, request.Method, [TrainingMethod.Restoration], _probabilistic, SimulateNoise);
        Require(parsed, request.Method, [TrainingMethod.Restoration, TrainingMethod.Stain], _ssim);
        Require(parsed, request.Method, [TrainingMethod.Stain], _adversarial);
        Require(parsed, request.Method, [TrainingMethod.StarDist], _rays);
        (string axis, int radius) = Structure(parsed.GetValue(_structure));
        return request with
        {
            Noise2Void = request.Noise2Void with { Median = parsed.GetValue(_median), StructAxis = axis, StructRadius = radius },
            Restoration = new RestorationOptions
            {
                Probabilistic = parsed.GetValue(_probabilistic), StructuralSimilarity = parsed.GetValue(_ssim),
                Adversarial = parsed.GetValue(_adversarial) ?? 0, Logarithmic = parsed.GetValue(SimulateNoise) is not null,
            },
            StarDist = request.StarDist with { Rays = parsed.GetValue(_rays) ?? request.StarDist.Rays },
            Augmentation = Augmentation(parsed, request),
        };
    }

    /// <summary>The method's network with what is named changed; null: as it is.</summary>
    /// <param name="parsed">the command line</param>
    /// <param name="request">with the method's options</param>
    internal UNet? Network(ParseResult parsed, TrainingRequest request)
    {
        if (parsed.GetValue(_network) is not { } text)
            return null;
        UNet network = TrainingRun.UsualNetwork(request);
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] sides = part.Split('=');
            network = sides.Length == 2 && int.TryParse(sides[1], NumberStyles.None, CultureInfo.InvariantCulture, out int value)
                && Changed(network, sides[0], value) is { } changed ? changed
                : throw new UsageException($"--network takes NAME=N, such as depth=3,filters=16, not '{part}'");
        }
        return network;
    }

    private static UNet? Changed(UNet network, string name, int value) => name switch
    {
        "depth" => network with { Depth = value },
        "filters" => network with { Filters = value },
        "most" => network with { MostFilters = value },
        "convolutions" => network with { Convolutions = value },
        _ => null,
    };

    private static void Require(ParseResult parsed, TrainingMethod method, TrainingMethod[] of, params Option[] options)
    {
        foreach (Option option in options)
        {
            if (parsed.GetResult(option) is { Implicit: false } && !of.Contains(method))
                throw new UsageException($"{option.Name} is for {string.Join(" and ", of.Select(one => one.Id()))}, not for {method.Id()}");
        }
    }

    private static (string Axis, int Radius) Structure(string? text)
    {
        if (text is null)
            return ("x", 0);
        string[] parts = text.Split(':');
        return parts is ["x" or "y", _] && CommonOptions.TryNumber(parts[1], out double radius) && radius is >= 1 and <= 64
            && radius == Math.Floor(radius) ? (parts[0], (int)radius)
            : throw new UsageException($"--structured takes x:N or y:N, not '{text}'");
    }

    /// <summary>What is named changes what the method has.</summary>
    private AugmentationOptions? Augmentation(ParseResult parsed, TrainingRequest request)
    {
        string? text = parsed.GetValue(_augment);
        double? simulated = parsed.GetValue(SimulateNoise);
        if (text is null && simulated is null)
            return null;
        AugmentationOptions options = TrainingRun.UsualAugmentation(request) with { SimulatedNoise = simulated ?? 0 };
        foreach (string part in text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        {
            string[] sides = part.Split('=');
            if (sides.Length != 2 || !CommonOptions.TryNumber(sides[1], out double value) || value < 0
                || Changed(options, sides[0], value) is not
                { } changed)
                throw new UsageException($"--augment takes NAME=VALUE, such as scale=0.2,flips=0, not '{part}'");
            options = changed;
        }
        return options;
    }

    private static AugmentationOptions? Changed(AugmentationOptions options, string name, double value) => name switch
    {
        "flips" => options with { Flips = value > 0 },
        "turns" => options with { Turns = value > 0 },
        "elastic" => options with { Elastic = value },
        "scale" => options with { Scale = value },
        "gain" => options with { Gain = value },
        "offset" => options with { Offset = value },
        "blur" => options with { Blur = value },
        "noise" => options with { Noise = value },
        "stain" => options with { Stain = value },
        _ => null,
    };
}

/// <summary>What a model's package says of who made it and of what.</summary>
internal sealed class CreditOptions
{
    private readonly Option<string[]> _authors = new("--author") { Description = "who made the model; may be given several times" };
    private readonly Option<string> _licence = new("--licence", "--license")
    {
        Description = "of the model, such as CC-BY-4.0",
        HelpName = "SPDX",
    };
    private readonly Option<string> _description = new("--description") { Description = "what the model is for", HelpName = "TEXT" };
    private readonly Option<string> _data = new("--data")
    {
        Description = "what it was trained on and under which licence",
        HelpName = "TEXT",
    };
    private readonly Option<string> _citation = new("--citation")
    {
        Description = "what is to be cited besides the method",
        HelpName = "TEXT",
    };

    internal IEnumerable<Symbol> Symbols => [_authors, _licence, _description, _data, _citation];

    internal TrainingCredits Read(ParseResult parsed) => new()
    {
        Authors = parsed.GetValue(_authors) ?? [], Licence = parsed.GetValue(_licence) ?? "", Description = parsed.GetValue(_description)
            ?? "",
        Data = parsed.GetValue(_data) ?? "", Citation = parsed.GetValue(_citation) ?? "",
    };
}
