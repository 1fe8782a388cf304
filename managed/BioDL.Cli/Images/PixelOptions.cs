using System.CommandLine;
using BioDL.Cli.Shell;
using BioDL.Core.Images;
using BioDL.Models.Descriptions;

namespace BioDL.Cli.Images;

/// <summary>What the verbs add whose results are images: how they are written.</summary>
internal sealed class PixelOptions : IOptionGroup
{
    private readonly Option<string> _type = new("--output-type")
    {
        Description = "input, uint8, uint16 or float32 (the image's own for a restored image, else the model's)", HelpName = "TYPE",
    };

    private readonly Option<string> _task = new("--task")
    {
        Description = "what a network without a description is: care and n2v normalise as their tools do and scale back, denoise and stain "
            + "take raw values (not known)",
        HelpName = "care|n2v|denoise|stain",
    };
    private readonly Option<bool> _noScaleBack = new("--no-scale-back")
    {
        Description = "leave restored images as the network gives them, normalised",
    };
    private readonly Option<bool> _merge = new("--merge")
    {
        Description = "write the image's channels before the predicted ones, as one composite",
    };
    private readonly Option<bool> _spread = new("--spread")
    {
        Description = "keep the spread that a probabilistic CARE model predicts, as a further channel",
    };

    /// <summary>The verb has --merge.</summary>
    internal bool TakesMerge { get; init; }

    /// <summary>The verb has --spread.</summary>
    internal bool TakesSpread { get; init; }

    public IEnumerable<Symbol> Symbols =>
        [_type, _task, _noScaleBack, .. TakesMerge ? [_merge] : Array.Empty<Symbol>(), .. TakesSpread ? [_spread] : Array.Empty<Symbol>()];

    public ImageRequest Read(ParseResult parsed, ImageRequest request)
    {
        string? type = parsed.GetValue(_type);
        return request with
        {
            Use = Use(parsed.GetValue(_task)),
            Options = request.Options with { ScaleBack = !parsed.GetValue(_noScaleBack) },
            Pixels = new PixelRequest
            {
                Type = Type(type), InputType = type == "input", Merge = TakesMerge && parsed.GetValue(_merge),
                Spread = TakesSpread && parsed.GetValue(_spread),
            },
        };
    }

    private static NetworkUse Use(string? text) => text switch
    {
        null => NetworkUse.Unknown,
        "denoise" => NetworkUse.Denoise,
        "care" => NetworkUse.Care,
        "n2v" => NetworkUse.Noise2Void,
        "stain" => NetworkUse.Stain,
        _ => throw new UsageException($"--task takes care, n2v, denoise or stain, not '{text}'"),
    };

    private static PixelType? Type(string? text) => text switch
    {
        null or "input" => null,
        "uint8" => PixelType.UInt8,
        "uint16" => PixelType.UInt16,
        "float32" => PixelType.Float32,
        _ => throw new UsageException($"--output-type takes input, uint8, uint16 or float32, not '{text}'"),
    };
}
