using System.CommandLine;
using System.CommandLine.Parsing;
using BioDL.Cli.Shell;
using BioDL.Models.Descriptions;

namespace BioDL.Cli.Images;

/// <summary>
/// A verb that runs a network over images. All have the options of <see cref="SharedOptions"/> by the same rules, the same road
/// (<see cref="ImageRequest"/>, <see cref="Job"/>, <see cref="Batch"/>) and the same report; what one adds is its entry here.
/// </summary>
internal sealed record ImageVerb
{
    internal static readonly ImageVerb Segment = new()
    {
        Name = "segment", Task = ModelTask.Segment, OutAliases = ["--labels"],
        About = """
            Finds star-convex objects in TIFF, PNG or JPEG images and writes a label TIFF for each: 16-bit up to 65,535 labels, else
            32-bit, with the calibration of the image. Every frame and slice is segmented by itself and its labels start at 1, the most
            probable object first.
            """,
        Examples =
        [
            "biodl segment field.tif --out labels.tif --objects nuclei.csv --rois nuclei.zip",
            "biodl segment plate/*.tif --model stardist/ --out labels/ --channels DAPI --json",
            "biodl segment large.tif --plan --memory 512",
        ],
        Adds = () => [new ObjectOptions()],
    };

    internal static readonly ImageVerb Denoise = new()
    {
        Name = "denoise", Task = ModelTask.Denoise,
        About = """
            Restores images with a CARE, Noise2Void or other restoration model and writes a TIFF for each, in the bit depth and the
            unit of the image and with its calibration. All frames, slices and channels are restored.
            """,
        Examples =
        [
            "biodl denoise noisy.tif --out clean.tif",
            "biodl denoise noisy/*.tif --model care/ --out clean/",
            "biodl denoise noisy.tif --model care/ --out preview.tif --region 512,512,256,256",
        ],
        Adds = () => [new PixelOptions { TakesSpread = true }],
    };

    internal static readonly ImageVerb Stain = new()
    {
        Name = "stain", Task = ModelTask.Stain,
        About = """
            Makes a stain, or another one, out of images and writes a TIFF for each: label-free to fluorescence, stain to stain.
            Outputs are named channels.
            """,
        Examples =
        [
            "biodl stain brightfield.tif --model stain.zip --out stained.tif --merge",
            "biodl stain brightfield/*.tif --model stain.zip --out stained/ --provenance",
        ],
        Adds = () => [new PixelOptions { TakesMerge = true }],
    };

    internal static readonly ImageVerb Run = new()
    {
        Name = "run",
        About = "Runs any model over images, or over tensors in .npy files: images, label images, masks and other maps come out.",
        Examples =
        [
            "biodl run cells.tif --model unet.zip --out maps/ --channels 2,1",
            "biodl run --model unet.zip --input raw=cells.npy --output probability=p.npy --output boundary=b.tif",
        ],
        Adds = () => [new PixelOptions { TakesMerge = true, TakesSpread = true }, new TensorOptions()],
    };

    internal static readonly IReadOnlyList<ImageVerb> All = [Segment, Denoise, Stain, Run];

    internal required string Name { get; init; }
    internal required string About { get; init; }

    /// <summary>Whole command lines for the help.</summary>
    internal required IReadOnlyList<string> Examples { get; init; }

    /// <summary>Where no model is named, the built-in one for this task and the image is meant; Other: --model is required.</summary>
    internal ModelTask Task { get; init; }

    /// <summary>What --out is called, too.</summary>
    internal string[] OutAliases { get; init; } = [];

    /// <summary>The options that it has besides the shared ones.</summary>
    internal required Func<IReadOnlyList<IOptionGroup>> Adds { get; init; }

    internal Command Command(CommandContext context)
    {
        IOptionGroup[] groups = [new SharedOptions(this), .. Adds()];
        var command = new ExampleCommand(Name, About, Examples);
        foreach (Symbol symbol in groups.SelectMany(group => group.Symbols))
        {
            if (symbol is Argument argument)
                command.Arguments.Add(argument);
            else
                command.Options.Add((Option)symbol);
        }
        command.SetAction(parsed =>
        {
            var plain = new ImageRequest { Verb = this, Arguments = Arguments(parsed) };
            ImageRequest request = groups.Aggregate(plain, (sofar, group) => group.Read(parsed, sofar));
            request.Check();
            return new Batch(context, request).Run();
        });
        return command;
    }

    private static SortedDictionary<string, string> Arguments(ParseResult parsed) => new(
        parsed.CommandResult.Children.OfType<OptionResult>().Where(option => !option.Implicit)
            .ToDictionary(option => option.Option.Name, option => string.Join(' ', option.Tokens.Select(token => token.Value))),
        StringComparer.Ordinal);
}

/// <summary>Options that belong together: how they are written, and what they ask for.</summary>
internal interface IOptionGroup
{
    /// <summary>Arguments and options, in the order of the help.</summary>
    IEnumerable<Symbol> Symbols { get; }

    /// <summary>Add what they ask for.</summary>
    /// <exception cref="UsageException">A value or a combination that makes no sense; the message names the option.</exception>
    ImageRequest Read(ParseResult parsed, ImageRequest request);
}
