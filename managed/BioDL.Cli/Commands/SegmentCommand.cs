using System.CommandLine;
using System.CommandLine.Parsing;
using BioDL.Cli.Shell;
using BioDL.Core;
using BioDL.Core.Segmentation;
using BioDL.Onnx;

namespace BioDL.Cli.Commands;

/// <summary>
/// <c>biodl segment</c>: its options, and what they mean together. The work is in <see cref="SegmentBatch"/>.
/// </summary>
internal sealed class SegmentCommand
{
    private const string About = """
        Finds star-convex objects in TIFF images and writes a label TIFF for each: 16-bit up to 65,535 labels, else 32-bit, with the calibration of
        the image. Every frame and slice is segmented by itself and its labels start at 1, the most probable object first.
        """;

    private readonly Argument<string[]> _images = new("IMAGE") { Description = "TIFF files", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _model = new("--model") { Description = "a model's folder or file, or builtin:NAME (the built-in nucleus model)" };
    private readonly Option<string> _labels = new("--labels")
    {
        Description = "a .tif for one image, or a folder in which each label image has the name of its image", Required = true,
    };

    private readonly Option<string> _objects = new("--objects")
    {
        Description = "a .csv with the objects of all images (column 'image' tells them apart), or a folder with one table an image",
    };

    private readonly Option<string> _rois = new("--rois") { Description = "a .zip for ImageJ's ROI Manager for one image, or a folder with one an image" };
    private readonly Option<double?> _prob = CommonOptions.Number("--prob", "probability threshold, 0 to 1 (the model's own)", 0, 1);
    private readonly Option<double?> _overlap = CommonOptions.Number("--overlap", "overlap threshold, 0 to 1 (the model's own)", 0, 1);
    private readonly Option<double[]> _percentiles = PercentileOption();

    private readonly Option<bool> _noNormalize = new("--no-normalize") { Description = "the pixels are normalised already" };
    private readonly Option<bool> _integer = new("--integer-vertices")
    {
        Description = "suppress overlaps with vertices cut to whole pixels, as the reference implementation does",
    };

    private readonly Option<int?> _channel = CommonOptions.Whole("--channel", "which channel of the image, from 1, when it has several and the model takes one", 1, int.MaxValue);
    private readonly Option<int?> _border = CommonOptions.Whole("--border", "grid cells along the border in which no object is predicted (the model's own)", 0, 1000);
    private readonly Option<string> _tile = new("--tile") { Description = "auto, or the side of a tile in pixels (auto)", HelpName = "auto|N" };
    private readonly Option<string> _device = new("--device") { Description = "auto, cpu, cuda:0, ...; see 'biodl devices' (auto)" };
    private readonly Option<bool> _json = CommonOptions.Json();

    internal static Command Create(CommandContext context)
    {
        var options = new SegmentCommand();
        var command = new Command("segment", About.ReplaceLineEndings(" "))
        {
            options._images, options._model, options._labels, options._objects, options._rois, options._prob, options._overlap,
            options._percentiles, options._noNormalize, options._integer, options._channel, options._border, options._tile, options._device, options._json,
        };
        command.SetAction(parsed => new SegmentBatch(context, options.Request(parsed)).Run());
        return command;
    }

    private SegmentRequest Request(ParseResult parsed)
    {
        double[]? percentiles = parsed.GetResult(_percentiles) is null ? null : parsed.GetValue(_percentiles);
        if (percentiles is not null && parsed.GetValue(_noNormalize))
            throw new UsageException("--percentiles and --no-normalize exclude each other");
        string device = parsed.GetValue(_device) ?? Devices.Automatic;
        CheckDevice(device);
        return new SegmentRequest
        {
            Model = parsed.GetValue(_model), Json = parsed.GetValue(_json), Channel = parsed.GetValue(_channel),
            Plan = OutputPlan.Of(parsed.GetRequiredValue(_images), parsed.GetRequiredValue(_labels), parsed.GetValue(_objects), parsed.GetValue(_rois)),
            Options = new SegmentOptions
            {
                Normalize = !parsed.GetValue(_noNormalize), PercentileLow = percentiles?[0], PercentileHigh = percentiles?[1],
                ProbThreshold = parsed.GetValue(_prob), OverlapThreshold = parsed.GetValue(_overlap),
                Vertices = parsed.GetValue(_integer) ? VertexMode.Integer : VertexMode.Exact,
                Border = parsed.GetValue(_border), Tile = Tile(parsed.GetValue(_tile)), Device = device,
            },
        };
    }

    internal static Option<double[]> PercentileOption() => new("--percentiles")
    {
        Description = "the low and the high percentile of the normalisation (the model's own)", HelpName = "LO HI", Arity = new ArgumentArity(2, 2),
        AllowMultipleArgumentsPerToken = true, CustomParser = ParsePercentiles,
    };

    private static double[]? ParsePercentiles(ArgumentResult result)
    {
        string[] texts = [.. result.Tokens.Select(token => token.Value)];
        if (texts.Length == 2 && CommonOptions.TryNumber(texts[0], out double low) && CommonOptions.TryNumber(texts[1], out double high)
            && low >= 0 && low < high && high <= 100)
            return [low, high];
        result.AddError($"--percentiles takes two numbers of 0 to 100, the lower one first, not '{string.Join(' ', texts)}'");
        return null;
    }

    internal static int? Tile(string? text)
    {
        if (text is null or "auto")
            return null;
        if (int.TryParse(text, out int side) && side is >= 16 and <= 1 << 16)
            return side;
        throw new UsageException($"--tile takes auto or a whole number from 16 to 65536, not '{text}'");
    }

    internal static void CheckDevice(string device)
    {
        try
        {
            Devices.Choose(device);
        }
        catch (BioDLException error) when (error.Status == Status.DeviceUnavailable)
        {
            throw new UsageException($"--device: {error.Message} {error.Hint}");
        }
    }
}
