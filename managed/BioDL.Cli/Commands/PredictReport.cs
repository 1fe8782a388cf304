using System.Globalization;
using System.Text.Json;
using BioDL.Cli.Shell;
using BioDL.Core.Images;
using BioDL.Core.Prediction;

namespace BioDL.Cli.Commands;

/// <summary>One result of a run.</summary>
/// <param name="Name">of the output</param>
/// <param name="Path">where it is</param>
/// <param name="Size">in words</param>
/// <param name="Type">of its pixels</param>
internal sealed record ResultFile(string Name, string Path, string Size, PixelType Type);

/// <summary>What happened to one image or set of tensors, for a person or a program. Times are in milliseconds.</summary>
/// <param name="Source">the image</param>
/// <param name="Results">in the order of the model's outputs; null where one was not written</param>
/// <param name="Run">the engine's account</param>
/// <param name="ImageWarnings">what was doubtful about the file</param>
internal sealed record PredictReport(string Source, IReadOnlyList<ResultFile?> Results, PredictionResult Run, IReadOnlyList<string> ImageWarnings)
{
    internal PredictReport(string source, IEnumerable<ResultImage> results, PredictionResult run, IReadOnlyList<string> warnings)
        : this(source, [.. results.Select(Of)], run, warnings)
    {
    }

    /// <summary>Finishing the files.</summary>
    internal double Files { get; init; }
    internal double Total { get; init; }

    private IEnumerable<string> Warnings => ImageWarnings.Concat(Run.Warnings);

    private IEnumerable<(string Name, double Milliseconds)> Stages =>
    [
        ("prepare", Run.Times.Prepare), ("statistics", Run.Times.Statistics), ("read", Run.Times.Read), ("network", Run.Times.Network),
        ("write", Run.Times.Write), ("files", Files), ("total", Total),
    ];

    internal string ToText()
    {
        string device = Run.FellBack ? $"{Run.DeviceName} (fell back)" : Run.DeviceName;
        string times = string.Join(", ", Stages.Select(stage => string.Create(CultureInfo.InvariantCulture, $"{stage.Name} {stage.Milliseconds:0.0}")));
        var lines = new List<string>();
        for (int i = 0; i < Results.Count; i++)
        {
            if (Results[i] is { } result)
                lines.Add($"{(lines.Count == 0 ? $"{Source}: " : "  ")}{result.Name} -> {result.Path} ({result.Size}, {result.Type.ToString().ToLowerInvariant()}{Odd(i)})");
        }
        lines.Add($"  {Run.Device}: {device}, {Run.Tiles} tiles of {PlanReport.Text(Run.Tile)} (z, y, x)");
        lines.Add($"  ms: {times}");
        lines.AddRange(Warnings.Select(warning => $"  warning: {warning}"));
        return string.Join(Environment.NewLine, lines);
    }

    internal string ToJson() => JsonText.Of(json =>
    {
        json.WriteString("image", Source);
        json.WriteStartArray("results");
        for (int i = 0; i < Results.Count; i++)
        {
            if (Results[i] is { } result)
                Write(json, result, i);
        }
        json.WriteEndArray();
        json.WriteStartObject("times_ms");
        foreach ((string name, double milliseconds) in Stages)
            json.WriteRounded(name, milliseconds);
        json.WriteEndObject();
        json.WriteString("device", Run.Device);
        json.WriteString("device_name", Run.DeviceName);
        json.WriteBoolean("fell_back", Run.FellBack);
        json.WriteNumber("tiles", Run.Tiles);
        PlanReport.Write(json, "tile", Run.Tile);
        json.WriteNumber("bytes_read", Run.BytesRead);
        json.WriteNumber("bytes_written", Run.BytesWritten);
        json.WriteStrings("warnings", Warnings);
        json.WritePropertyName("provenance");
        json.WriteRawValue(Run.Provenance);
    });

    private void Write(Utf8JsonWriter json, ResultFile result, int index)
    {
        json.WriteStartObject();
        json.WriteString("name", result.Name);
        json.WriteString("path", result.Path);
        json.WriteString("size", result.Size);
        json.WriteString("type", result.Type.ToString().ToLowerInvariant());
        json.WriteNumber("clipped", Run.Clipped[index]);
        json.WriteNumber("not_finite", Run.NotFinite[index]);
        json.WriteEndObject();
    }

    private string Odd(int index)
    {
        string text = "";
        if (Run.Clipped[index] > 0)
            text += string.Create(CultureInfo.InvariantCulture, $", {Run.Clipped[index]} values clipped");
        if (Run.NotFinite[index] > 0)
            text += string.Create(CultureInfo.InvariantCulture, $", {Run.NotFinite[index]} values not finite");
        return text;
    }

    private static ResultFile Of(ResultImage result)
    {
        Output.Hyperstack image = result.Image;
        string axes = $"{image.Frames} x {image.Slices} x {image.Channels} x {image.Height} x {image.Width}";
        return new ResultFile(result.Output.Name, result.Path, image.IsRgb ? $"{axes} RGB" : axes, result.Type);
    }
}
