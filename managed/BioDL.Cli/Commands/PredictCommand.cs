using System.CommandLine;
using System.CommandLine.Parsing;
using BioDL.Cli.Shell;
using BioDL.Core.Images;
using BioDL.Core.Prediction;
using BioDL.Onnx;

namespace BioDL.Cli.Commands;

/// <summary><c>biodl denoise</c>, <c>stain</c> and <c>run</c>: their options, and what they mean together. The work is in <see cref="PredictBatch"/>.</summary>
internal sealed class PredictCommand
{
    private const string DenoiseAbout = """
        Restores TIFF images with a CARE, Noise2Void or other restoration model and writes a TIFF for each, in the bit depth and the unit of the image
        and with its calibration. All frames, slices and channels are restored.
        """;

    private const string StainAbout = """
        Predicts a stain, or another one, from TIFF images and writes a TIFF for each: label-free to fluorescence, stain to stain. Outputs are named channels.
        """;

    private const string RunAbout = """
        Runs any model over TIFF images, or over tensors in .npy files: images, label images, masks and other maps come out.
        """;

    private readonly PredictVerb _verb;
    private readonly Argument<string[]> _images = new("IMAGE") { Description = "TIFF files", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> _model = new("--model") { Description = "a model's folder, zip or file, the id of an installed model, or builtin:NAME", Required = true };
    private readonly Option<string> _out = new("--out") { Description = "a .tif for one image, or a folder in which each result has the name of its image" };
    private readonly Option<string[]> _channels = new("--channels")
    {
        Description = "channels of the image, by number from 1 or by name, for the model or one of its inputs (all)", HelpName = "[INPUT=]C,C,...",
    };

    private readonly Option<string> _type = new("--output-type") { Description = "input, uint8, uint16 or float32 (the image's own for a restored image, else the model's)" };
    private readonly Option<bool> _noScaleBack = new("--no-scale-back") { Description = "leave restored images as the network gives them, normalised" };
    private readonly Option<double[]> _percentiles = SegmentCommand.PercentileOption();
    private readonly Option<bool> _noNormalize = new("--no-normalize") { Description = "the pixels are normalised already" };
    private readonly Option<string> _tile = new("--tile") { Description = "auto, or the side of a tile in pixels (auto)", HelpName = "auto|N" };
    private readonly Option<int?> _memory = CommonOptions.Whole("--memory", "MiB that tiles may take (a part of what is free)", 1, int.MaxValue);
    private readonly Option<string> _device = new("--device") { Description = "auto, cpu, cuda:0, ...; see 'biodl devices' (auto)" };
    private readonly Option<bool> _merge = new("--merge") { Description = "write the image's channels before the predicted ones, as one composite" };
    private readonly Option<bool> _spread = new("--spread") { Description = "keep the spread that a probabilistic CARE model predicts, as a further channel" };
    private readonly Option<string[]> _inputs = new("--input") { Description = "a .npy or .tif for an input of the model", HelpName = "NAME=FILE" };
    private readonly Option<string[]> _outputs = new("--output") { Description = "a .npy or .tif for an output of the model", HelpName = "NAME=FILE" };
    private readonly Option<string> _axes = new("--axes") { Description = "axes of .npy inputs, outermost first, out of b, t, c, z, y, x (the model's own)" };
    private readonly Option<bool> _plan = new("--plan") { Description = "print how axes match, tiles and memory, and stop" };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "replace results that are there" };
    private readonly Option<bool> _provenance = new("--provenance") { Description = "write a .json beside each result too: model, hash, statistics, device, versions" };
    private readonly Option<bool> _json = CommonOptions.Json();

    private PredictCommand(PredictVerb verb) => _verb = verb;

    internal static Command Create(PredictVerb verb, CommandContext context)
    {
        var options = new PredictCommand(verb);
        string about = verb switch { PredictVerb.Denoise => DenoiseAbout, PredictVerb.Stain => StainAbout, _ => RunAbout };
        var command = new Command(verb.ToString().ToLowerInvariant(), about.ReplaceLineEndings(" "));
        command.Arguments.Add(options._images);
        foreach (Option option in options.Own())
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            PredictRequest request = options.Request(parsed);
            return request.Inputs.Count + request.Outputs.Count > 0 ? new TensorRun(context, request).Run() : new PredictBatch(context, request).Run();
        });
        return command;
    }

    private IEnumerable<Option> Own()
    {
        IEnumerable<Option> shared =
        [
            _model, _out, _channels, _type, _noScaleBack, _percentiles, _noNormalize, _tile, _memory, _device, _plan, _overwrite, _provenance, _json,
        ];
        return shared.Concat(_verb switch
        {
            PredictVerb.Denoise => [_spread],
            PredictVerb.Stain => [_merge],
            _ => new Option[] { _merge, _spread, _inputs, _outputs, _axes },
        });
    }

    private PredictRequest Request(ParseResult parsed)
    {
        double[]? percentiles = parsed.GetResult(_percentiles) is null ? null : parsed.GetValue(_percentiles);
        if (percentiles is not null && parsed.GetValue(_noNormalize))
            throw new UsageException("--percentiles and --no-normalize exclude each other");
        string device = parsed.GetValue(_device) ?? Devices.Automatic;
        SegmentCommand.CheckDevice(device);
        string? type = parsed.GetValue(_type);
        bool run = _verb == PredictVerb.Run;
        var request = new PredictRequest
        {
            Verb = _verb, Model = parsed.GetValue(_model), Images = parsed.GetValue(_images) ?? [], Out = parsed.GetValue(_out),
            Inputs = run ? Pairs("--input", parsed.GetValue(_inputs)) : [], Outputs = run ? Pairs("--output", parsed.GetValue(_outputs)) : [],
            Axes = run ? parsed.GetValue(_axes) : null,
            Channels = [.. (parsed.GetValue(_channels) ?? []).Select(ChannelList.Parse)],
            OutputType = Type(type), InputType = type == "input",
            Merge = _verb != PredictVerb.Denoise && parsed.GetValue(_merge), Spread = _verb != PredictVerb.Stain && parsed.GetValue(_spread),
            PlanOnly = parsed.GetValue(_plan), Overwrite = parsed.GetValue(_overwrite), Provenance = parsed.GetValue(_provenance), Json = parsed.GetValue(_json),
            Options = new PredictionOptions
            {
                Normalize = !parsed.GetValue(_noNormalize), PercentileLow = percentiles?[0], PercentileHigh = percentiles?[1],
                ScaleBack = !parsed.GetValue(_noScaleBack), Tile = SegmentCommand.Tile(parsed.GetValue(_tile)), Device = device,
                MemoryLimit = parsed.GetValue(_memory) is { } memory ? (long)memory << 20 : null,
            },
        };
        Check(request);
        return request;
    }

    private static void Check(PredictRequest request)
    {
        // An option that is not known reads as an image.
        if (request.Images.FirstOrDefault(image => image.StartsWith('-') && !File.Exists(image)) is { } option)
            throw new UsageException($"{option} is no option of this verb");
        bool tensors = request.Inputs.Count + request.Outputs.Count > 0;
        if (tensors && request.Images.Count > 0)
            throw new UsageException("--input and --output name all files: leave out IMAGE");
        if (tensors && request.Out is not null)
            throw new UsageException("--out and --output exclude each other");
        if (tensors && request.Inputs.Count == 0)
            throw new UsageException("--input NAME=FILE is missing");
        if (tensors && request.Outputs.Count == 0 && !request.PlanOnly)
            throw new UsageException("--output NAME=FILE is missing");
        if (!tensors && request.Images.Count == 0)
            throw new UsageException("IMAGE is missing");
        if (!tensors && request.Out is null && !request.PlanOnly)
            throw new UsageException("Option '--out' is required.");
        if (tensors && request.Merge)
            throw new UsageException("--merge is for images");
    }

    private static List<(string, string)> Pairs(string option, string[]? texts)
    {
        var pairs = new List<(string Name, string File)>();
        foreach (string text in texts ?? [])
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || equals == text.Length - 1)
                throw new UsageException($"{option} takes NAME=FILE, not '{text}'");
            if (pairs.Any(pair => pair.Name == text[..equals]))
                throw new UsageException($"{option} names {text[..equals]} twice");
            pairs.Add((text[..equals], text[(equals + 1)..]));
        }
        return pairs;
    }

    private static PixelType? Type(string? text) => text switch
    {
        null or "input" => null,
        "uint8" => PixelType.UInt8,
        "uint16" => PixelType.UInt16,
        "float32" => PixelType.Float32,
        _ => throw new UsageException($"--output-type takes input, uint8, uint16 or float32, not '{text}'"),
    };
}
