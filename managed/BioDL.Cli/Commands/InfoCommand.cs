using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using BioDL.Cli.Pictures;
using BioDL.Cli.Shell;
using BioDL.Cli.Tiff;
using BioDL.Core.Images;
using BioDL.Models;
using BioDL.Models.Descriptions;

namespace BioDL.Cli.Commands;

/// <summary><c>biodl info</c>: what a model or an image says of itself.</summary>
internal static class InfoCommand
{
    internal static Command Create(CommandContext context)
    {
        var path = new Argument<string>("MODEL|IMAGE")
        {
            Description = "a TIFF image, or a model: a folder, one of its files, the id of an installed model, or builtin:NAME",
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("info", "Describes a model or an image.") { path, json };
        command.SetAction(parsed =>
        {
            string name = parsed.GetRequiredValue(path);
            List<(string Name, object Value)> facts = IsModel(name) ? OfModel(name) : OfImage(name);
            if (parsed.GetValue(json))
                context.Output.WriteLine(JsonText.Of(writer => Write(writer, facts)));
            else
                facts.ForEach(fact => context.Output.WriteLine($"{fact.Name,-18} {Text(fact.Value)}"));
            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>Whatever is no image: a file tells by its first bytes, a name that is no file by its ending.</summary>
    private static bool IsModel(string path) => Directory.Exists(path) || !IsImage(path);

    private static bool IsImage(string path)
    {
        bool isNamed = Path.GetExtension(path).ToLowerInvariant() is ".tif" or ".tiff" or ".ome" or ".btf" or ".tf8" or ".tf2" or ".lsm"
            or ".stk" or ".svs" or ".ndpi" or ".png" or ".jpg" or ".jpeg";
        if (isNamed || !File.Exists(path))
            return isNamed;
        using FileStream file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[4];
        return start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]
            is [(byte)'I', (byte)'I', 42 or 43, 0] or [(byte)'M', (byte)'M', 0, 42 or 43] or [0x89, (byte)'P', (byte)'N', (byte)'G']
            or [0xff, 0xd8, 0xff, _];
    }

    private static List<(string Name, object Value)> OfModel(string path)
    {
        using Model model = Model.Open(path);
        ModelDescription about = model.Description;
        List<(string Name, object Value)> facts =
        [
            ("model", about.Name), ("id", about.Id), ("version", about.Version), ("description", about.Description),
            ("licence", about.Licence),
            ("source", about.Source), ("sha256", about.Sha256), ("citation", about.Citation), ("format", about.Format),
            ("weights_format", about.WeightsFormat),
            ("task", about.Task.ToString().ToLowerInvariant()), ("tags", string.Join(", ", about.Tags)),
            ("made_for", about.MadeFor?.Describe() ?? ""), ("notes", string.Join(" ", about.Notes)),
        ];
        for (int i = 0; i < about.Inputs.Count; i++)
            facts.Add(($"input_{i + 1}", TensorText.Of(about.Inputs[i])));
        for (int i = 0; i < about.Outputs.Count; i++)
            facts.Add(($"output_{i + 1}", TensorText.Of(about.Outputs[i])));
        if (about.ReceivesRawValues)
            facts.Add(("preprocessing", "not known: the network receives the image's raw values"));
        if (about.StarDist is { } star)
            facts.AddRange(OfStarDist(star));
        else if (about.Obstacle.Length > 0)
            facts.Add(("segments", $"no: it {about.Obstacle}"));
        return facts;
    }

    private static List<(string Name, object Value)> OfStarDist(StarDistDescription star) =>
    [
        ("channels", star.Channels), ("rays", star.Rays),
        ("grid_y", star.GridY), ("grid_x", star.GridX), ("divisor_y", star.DivisorY), ("divisor_x", star.DivisorX), ("halo", star.Halo),
        ("percentile_low", star.PercentileLow), ("percentile_high", star.PercentileHigh),
        ("prob_threshold", star.ProbThreshold), ("overlap_threshold", star.OverlapThreshold), ("border", star.Border),
    ];

    private static List<(string Name, object Value)> OfImage(string path)
    {
        using ImageFile image = ImageFiles.Open(path);
        (ImageView view, Calibration calibration) = (image.View, image.Calibration);
        List<(string Name, object Value)> facts =
        [
            ("image", path), ("type", view.Type.ToString().ToLowerInvariant()), ("width", view.Width), ("height", view.Height),
            ("channels", view.LogicalChannels), ("slices", view.Slices), ("frames", view.Frames),
            ("pixel_width", calibration.PixelWidth), ("pixel_height", calibration.PixelHeight), ("unit", calibration.Unit),
            ("spacing", calibration.PixelDepth is { } depth ? Calibration.Text(depth) : ""),
            ("frame_interval", calibration.FrameInterval > 0 ? Calibration.Text(calibration.FrameInterval) : ""),
        ];
        if (image is TiffImage { Page: var page } tiff)
        {
            facts.AddRange([("bits", page.Bits), ("sample_format", page.SampleFormat.ToString().ToLowerInvariant()),
                ("compression", page.Compression.ToString().ToLowerInvariant()),
                ("tiled", page.Tiled), ("read_in_place", tiff.InPlace)]);
        }
        return [.. facts, ("warnings", string.Join("; ", image.Warnings))];
    }

    private static string Text(object value) => value switch
    {
        bool yes => yes ? "yes" : "no",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => ((string)value).Trim().ReplaceLineEndings("\n" + new string(' ', 19)),
    };

    private static void Write(Utf8JsonWriter json, List<(string Name, object Value)> facts)
    {
        foreach ((string name, object value) in facts)
        {
            switch (value)
            {
                case int number: json.WriteNumber(name, number); break;
                case double number: json.WriteNumber(name, number); break;
                case bool yes: json.WriteBoolean(name, yes); break;
                default: json.WriteString(name, (string)value); break;
            }
        }
    }
}
