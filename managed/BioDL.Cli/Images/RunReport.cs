using System.Globalization;
using System.Text.Json;
using BioDL.Cli.Shell;
using BioDL.Core.Runs;

namespace BioDL.Cli.Images;

/// <summary>
/// What happened to one image or set of tensors, for a person or a program: the same from every verb. Times are in milliseconds.
/// </summary>
/// <param name="Sources">what it was made from</param>
/// <param name="Results">what was made</param>
/// <param name="Account">the library's</param>
/// <param name="Provenance">a JSON object</param>
internal sealed record RunReport(Sources Sources, IResults Results, Account Account, string Provenance)
{
    /// <summary>The table that has its objects; null: none.</summary>
    internal string? Table { get; init; }

    /// <summary>Painting, compressing and finishing the files.</summary>
    internal double Files { get; init; }
    internal double Total { get; init; }

    private IEnumerable<string> Warnings => Sources.Warnings.Concat(Account.Warnings);

    private IEnumerable<(string Name, double Milliseconds)> Stages =>
    [
        ("prepare", Account.Times.Prepare), ("statistics", Account.Times.Statistics), ("read", Account.Times.Read),
        ("network", Account.Times.Network), ("write", Account.Times.Write), ("candidates", Account.Times.Candidates),
        ("suppress", Account.Times.Suppress), ("files", Files), ("total", Total),
    ];

    internal string ToText()
    {
        string device = Account.FellBack ? $"{Account.DeviceName} (fell back)" : Account.DeviceName;
        string times = string.Join(", ", Stages.Select(stage => FormattableString.Invariant($"{stage.Name} {stage.Milliseconds:0.0}")));
        var lines = new List<string>();
        foreach (ResultFile file in Results.Files.OfType<ResultFile>())
        {
            string source = lines.Count == 0 ? $"{Sources.Job.Name}: " : "  ";
            lines.Add($"{source}{What(file)} -> {file.Path} ({file.Size}, {file.TypeName}{Odd(file)})");
        }
        lines.Add($"  {Account.Device}: {device}, {Account.Tiles} tiles of {PlanReport.Text(Account.Tile)} (z, y, x)");
        lines.Add($"  ms: {times}");
        lines.AddRange(Warnings.Select(warning => $"  warning: {warning}"));
        return string.Join(Environment.NewLine, lines);
    }

    internal string ToJson() => JsonText.Of(json =>
    {
        json.WriteString("image", Sources.Job.Name);
        json.WriteStartArray("results");
        foreach (ResultFile file in Results.Files.OfType<ResultFile>())
            Write(json, file);
        json.WriteEndArray();
        if (Results.Count is { } count)
            json.WriteNumber("count", count);
        else
            json.WriteNull("count");
        json.WriteNumber("slices", Sources.Views[0].Slices);
        json.WriteNumber("frames", Sources.Views[0].Frames);
        json.WriteString("objects", Table);
        json.WriteString("rois", Sources.Job.Rois);
        json.WriteStartObject("times_ms");
        foreach ((string name, double milliseconds) in Stages)
            json.WriteRounded(name, milliseconds);
        json.WriteEndObject();
        json.WriteString("device", Account.Device);
        json.WriteString("device_name", Account.DeviceName);
        json.WriteBoolean("fell_back", Account.FellBack);
        json.WriteNumber("tiles", Account.Tiles);
        PlanReport.Write(json, "tile", Account.Tile);
        json.WriteNumber("bytes_read", Account.BytesRead);
        json.WriteNumber("bytes_written", Account.BytesWritten);
        json.WriteStrings("warnings", Warnings);
        json.WritePropertyName("provenance");
        json.WriteRawValue(Provenance);
    });

    private string What(ResultFile file) => Results.Count is { } count && file == Results.Files[0] ? $"{count} objects" : file.Name;

    private void Write(Utf8JsonWriter json, ResultFile file)
    {
        json.WriteStartObject();
        json.WriteString("name", file.Name);
        json.WriteString("path", file.Path);
        json.WriteString("type", file.TypeName);
        json.WriteString("axes", file.Axes);
        json.WriteNumbers("shape", file.Shape);
        json.WriteNumber("clipped", file.Clipped);
        json.WriteNumber("not_finite", file.NotFinite);
        json.WriteEndObject();
    }

    private static string Odd(ResultFile file)
    {
        string text = "";
        if (file.Clipped > 0)
            text += string.Create(CultureInfo.InvariantCulture, $", {file.Clipped} values clipped");
        if (file.NotFinite > 0)
            text += string.Create(CultureInfo.InvariantCulture, $", {file.NotFinite} values not finite");
        return text;
    }
}
