using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using BioDL.Cli.Shell;
using BioDL.Core;
using BioDL.Core.Runs;
using BioDL.Engines;
using BioDL.Models.Descriptions;
using BioDL.Models.Runtime;

namespace BioDL.Cli.Images;

/// <summary>The options that every image verb has, by the same rules.</summary>
internal sealed class SharedOptions : IOptionGroup
{
    private readonly Argument<string[]> _images = new("IMAGE")
    {
        Description = "TIFF, PNG or JPEG files; one that fails does not stop the others", Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _model;
    private readonly Option<string> _out;

    private readonly Option<string[]> _channels = new("--channels", "--channel")
    {
        Description =
            "the image's channels that the model sees, in its order, by number from 1 or by name, for all its inputs or for one (all)",
        HelpName = "[INPUT=]C,C,...",
    };

    private readonly Option<int?> _series = CommonOptions.Whole("--series",
        "which image of files that hold several, such as slides with a pyramid or OME-TIFF, from 1 (the first)", 1, int.MaxValue);

    private readonly Option<PlaneRegion?> _region = new("--region")
    {
        Description = "compute this part of every plane only, in pixels: images have its size, objects their centroid in it (all)",
        HelpName = "X,Y,WIDTH,HEIGHT",
        CustomParser = ParseRegion,
    };

    private readonly Option<string> _mask = new("--mask")
    {
        Description = "an image of one plane and the image's size: only where it is not 0 (everywhere)", HelpName = "FILE",
    };

    private readonly Option<double[]> _percentiles = new("--percentiles")
    {
        Description = "the low and the high percentile of the normalisation, 0 to 100 (the model's own)", HelpName = "LO HI",
        Arity = new ArgumentArity(2, 2), AllowMultipleArgumentsPerToken = true, CustomParser = ParsePercentiles,
    };

    private readonly Option<bool> _noNormalize = new("--no-normalize") { Description = "the pixels are normalised already" };
    private readonly Option<double?> _scale = new("--scale")
    {
        Description = "the network sees the image resampled by this factor, 1/64 to 64: 0.25 for objects four times larger than the "
            + "model's; results keep the image's own pixels (1)",
        HelpName = "FACTOR", CustomParser = ParseScale,
    };

    private readonly Option<ObjectSize?> _diameter = new("--object-diameter")
    {
        Description = "diameter of the objects in pixels, or in micrometres with um behind it, in place of --scale: brings the image to "
            + "the diameter that the model was made for",
        HelpName = "D[um]", CustomParser = ParseDiameter,
    };

    private readonly Option<bool> _dark = new("--dark-objects")
    {
        Description = "dark objects on a bright ground, for a model that was made for bright ones on a dark ground: turns intensities over",
    };

    private readonly Option<string> _tile = new("--tile")
    {
        Description = "the side of a tile in pixels, halo included, 16 to 65536, or auto (auto)", HelpName = "auto|N",
    };
    private readonly Option<int?> _memory = CommonOptions.Whole("--memory",
        "MiB that a run may take besides its images, from 1; a run that needs more is refused (a part of what is free)", 1, int.MaxValue);
    private readonly Option<string> _device = CommonOptions.Device();
    private readonly Option<bool> _plan = new("--plan") { Description = "print how axes match, tiles and memory, and stop" };
    private readonly Option<bool> _overwrite = CommonOptions.Overwrite();
    private readonly Option<bool> _provenance = new("--provenance")
    {
        Description = "write a .json beside each result too: model, hash, channels, options, statistics, device, versions",
    };

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "take up a run that was broken off: leave out images whose results are there, made of the same files with the same "
            + "options, and untouched, as the journal in the folder of results says",
    };

    private readonly Option<Part?> _part = new("--part")
    {
        Description = "of the images only each N-th, from the K-th on: K of 1 to N, for job arrays that share a list (all)",
        HelpName = "K/N", CustomParser = ParsePart,
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    internal SharedOptions(ImageVerb verb)
    {
        _model = new Option<string>("--model")
        {
            Description = "a model's folder, zip or file, the id of an installed model, or builtin:NAME"
                + (verb.Task == ModelTask.Other ? "" : " (the built-in one for the verb and the image)"),
            Required = verb.Task == ModelTask.Other, HelpName = "MODEL",
        };
        _out = new Option<string>("--out", verb.OutAliases)
        {
            Description = "a .tif for one image, or a folder in which each result has the name of its image; required but with --plan",
            HelpName = "FILE|FOLDER",
        };
    }

    public IEnumerable<Symbol> Symbols =>
    [
        _images, _model, _out, _channels, _series, _region, _mask, _percentiles, _noNormalize, _scale, _diameter, _dark, _tile, _memory,
        _device, _plan, _overwrite, _resume, _part, _provenance, _json,
    ];

    public ImageRequest Read(ParseResult parsed, ImageRequest request)
    {
        double[]? percentiles = parsed.GetResult(_percentiles) is null ? null : parsed.GetValue(_percentiles);
        if (percentiles is not null && parsed.GetValue(_noNormalize))
            throw new UsageException("--percentiles and --no-normalize exclude each other");
        return request with
        {
            Model = parsed.GetValue(_model),
            Images = parsed.GetValue(_images) ?? [],
            Out = parsed.GetValue(_out),
            OutName = parsed.GetResult(_out)?.IdentifierToken?.Value ?? "--out",
            Channels = [.. (parsed.GetValue(_channels) ?? []).Select(ChannelList.Parse)],
            Series = parsed.GetValue(_series),
            Mask = parsed.GetValue(_mask),
            ObjectSize = parsed.GetValue(_diameter),
            PlanOnly = parsed.GetValue(_plan),
            Overwrite = parsed.GetValue(_overwrite),
            Provenance = parsed.GetValue(_provenance),
            Json = parsed.GetValue(_json),
            Resume = parsed.GetValue(_resume),
            Part = parsed.GetValue(_part),
            Options = request.Options with
            {
                Normalize = !parsed.GetValue(_noNormalize),
                DarkObjects = parsed.GetValue(_dark),
                Scale = parsed.GetValue(_scale),
                PercentileLow = percentiles?[0],
                PercentileHigh = percentiles?[1],
                Region = parsed.GetValue(_region),
                Tile = Tile(parsed.GetValue(_tile)),
                Device = Device(parsed.GetValue(_device)),
                MemoryLimit = parsed.GetValue(_memory) is { } memory ? (long)memory << 20 : null,
            },
        };
    }

    private static double[]? ParsePercentiles(ArgumentResult result)
    {
        string[] texts = [.. result.Tokens.Select(token => token.Value)];
        if (texts.Length == 2 && CommonOptions.TryNumber(texts[0], out double low) && CommonOptions.TryNumber(texts[1], out double high)
            && low >= 0 && low < high && high <= 100)
            return [low, high];
        result.AddError($"--percentiles takes two numbers of 0 to 100, the lower one first, not '{string.Join(' ', texts)}'");
        return null;
    }

    private static double? ParseScale(ArgumentResult result)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (CommonOptions.TryNumber(text, out double factor) && factor is >= 1.0 / 64 and <= 64)
            return factor;
        result.AddError($"--scale takes a number from 1/64 (0.015625) to 64, not '{text}'");
        return null;
    }

    private static Part? ParsePart(ArgumentResult result)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (Part.Parse(text) is { } part)
            return part;
        result.AddError($"--part takes K/N, such as 3/16: K from 1 to N, not '{text}'");
        return null;
    }

    private static ObjectSize? ParseDiameter(ArgumentResult result)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        string[] units = ["um", "\u00b5m", "\u03bcm"];
        string unit = units.FirstOrDefault(one => text.EndsWith(one, StringComparison.Ordinal)) ?? "";
        if (CommonOptions.TryNumber(text[..^unit.Length], out double diameter) && diameter > 0 && double.IsFinite(diameter))
            return new ObjectSize(diameter, unit.Length > 0);
        result.AddError($"--object-diameter takes a positive number of pixels, or of micrometres with um behind it, not '{text}'");
        return null;
    }

    private static PlaneRegion? ParseRegion(ArgumentResult result)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        int[] numbers = [.. text.Split(',').Select(Pixels)];
        if (numbers is [>= 0, >= 0, > 0, > 0])
            return new PlaneRegion(numbers[1], numbers[0], numbers[3], numbers[2]);
        result.AddError($"--region takes X,Y,WIDTH,HEIGHT in whole pixels, X and Y from 0, not '{text}'");
        return null;
    }

    private static int Pixels(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
        : -1;

    private static int? Tile(string? text)
    {
        if (text is null or "auto")
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int side) && side is >= 16 and <= 1 << 16)
            return side;
        throw new UsageException($"--tile takes auto or a whole number from 16 to 65536, not '{text}'");
    }

    private static string Device(string? text)
    {
        string device = text ?? Devices.Automatic;
        try
        {
            InstalledEngines.Check(device);
            return device;
        }
        catch (BioDLException error) when (error.Status == Status.DeviceUnavailable)
        {
            throw new UsageException($"--device: {error.Message} {error.Hint}");
        }
    }
}
