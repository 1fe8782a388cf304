using System.Globalization;
using System.Text.Json;
using BioDL.Cli.Shell;
using BioDL.Core.Segmentation;

namespace BioDL.Cli.Commands;

/// <summary>What happened to one image, for a person or a program. Times are in milliseconds.</summary>
/// <param name="Targets">its files</param>
/// <param name="Result">what was found</param>
/// <param name="ImageWarnings">what was doubtful about the file</param>
/// <param name="Table">the table it shares with other images, if any</param>
internal sealed record ImageReport(ImageTargets Targets, SegmentResult Result, IReadOnlyList<string> ImageWarnings, string? Table)
{
    internal double Render { get; init; }

    /// <summary>All files of the image.</summary>
    internal double Write { get; init; }

    internal double Total { get; init; }

    private IEnumerable<string> Warnings => ImageWarnings.Concat(Result.Warnings);

    private IEnumerable<(string Name, double Milliseconds)> Stages =>
    [
        ("prepare", Result.Times.Prepare), ("read", Result.Times.Read), ("normalize", Result.Times.Normalize), ("network", Result.Times.Network),
        ("candidates", Result.Times.Candidates), ("suppress", Result.Times.Suppress), ("render", Render), ("write", Write), ("total", Total),
    ];

    internal string ToText()
    {
        string device = Result.FellBack ? $"{Result.DeviceName} (fell back)" : Result.DeviceName;
        string times = string.Join(", ", Stages.Select(stage => string.Create(CultureInfo.InvariantCulture, $"{stage.Name} {stage.Milliseconds:0.0}")));
        var lines = new List<string>
        {
            $"{Targets.Image}: {Result.Objects.Length} objects -> {Targets.Labels} ({Result.Device}: {device}, tiles of {Result.TileWidth} x {Result.TileHeight})",
            $"  ms: {times}",
        };
        lines.AddRange(Warnings.Select(warning => $"  warning: {warning}"));
        return string.Join(Environment.NewLine, lines);
    }

    internal string ToJson() => JsonText.Of(json =>
    {
        json.WriteString("image", Targets.Image);
        json.WriteNumber("count", Result.Objects.Length);
        json.WriteString("labels", Targets.Labels);
        if ((Targets.Objects ?? Table) is { } objects)
            json.WriteString("objects", objects);
        if (Targets.Rois is { } rois)
            json.WriteString("rois", rois);
        json.WriteNumber("frames", Result.Frames);
        json.WriteNumber("slices", Result.Slices);
        json.WriteNumber("height", Result.Height);
        json.WriteNumber("width", Result.Width);
        json.WriteStartObject("times_ms");
        foreach ((string name, double milliseconds) in Stages)
            json.WriteRounded(name, milliseconds);
        json.WriteEndObject();
        WriteRun(json);
    });

    private void WriteRun(Utf8JsonWriter json)
    {
        json.WriteString("device", Result.Device);
        json.WriteString("device_name", Result.DeviceName);
        json.WriteBoolean("fell_back", Result.FellBack);
        json.WriteNumber("tile_height", Result.TileHeight);
        json.WriteNumber("tile_width", Result.TileWidth);
        json.WriteNumber("tiles", Result.Tiles);
        json.WriteNumber("candidates", Result.Candidates);
        json.WriteStrings("warnings", Warnings);
        json.WritePropertyName("provenance");
        json.WriteRawValue(Result.Provenance);
    }
}
