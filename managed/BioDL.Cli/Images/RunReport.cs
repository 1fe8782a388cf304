using System.Globalization;
using System.Text.Json;
using BioDL.Cli.Shell;
using BioDL.Core.Prediction;

namespace BioDL.Cli.Images;

/// <summary>What happened to one image or set of tensors, for a person or a program: the same from every verb. Times are in milliseconds.</summary>
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

    private IEnumerable<(string Name, double Milliseconds)> Stages => [.. Account.Stages, ("files", Files), ("total", Total)];

    internal string ToText()
    {
        string device = Account.FellBack ? $"{Account.DeviceName} (fell back)" : Account.DeviceName;
        string times = string.Join(", ", Stages.Select(stage => string.Create(CultureInfo.InvariantCulture, $"{stage.Name} {stage.Milliseconds:0.0}")));
        var lines = new List<string>();
        for (int i = 0; i < Results.Files.Count; i++)
        {
            if (Results.Files[i] is { } file)
                lines.Add($"{(lines.Count == 0 ? $"{Sources.Job.Name}: " : "  ")}{What(file)} -> {file.Path} ({file.Size}, {file.TypeName}{Odd(i)})");
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
        for (int i = 0; i < Results.Files.Count; i++)
        {
            if (Results.Files[i] is { } file)
                Write(json, file, i);
        }
        json.WriteEndArray();
        if (Results.Count is { } count)
            json.WriteNumber("count", count);
        else
            json.WriteNull("count");
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
        json.WriteStrings("warnings", Warnings);
        json.WritePropertyName("provenance");
        json.WriteRawValue(Provenance);
    });

    private string What(ResultFile file) => Results.Count is { } count ? $"{count} objects" : file.Name;

    private void Write(Utf8JsonWriter json, ResultFile file, int index)
    {
        json.WriteStartObject();
        json.WriteString("name", file.Name);
        json.WriteString("path", file.Path);
        json.WriteString("type", file.TypeName);
        json.WriteString("axes", file.Axes);
        json.WriteNumbers("shape", file.Shape);
        json.WriteNumber("clipped", Account.Clipped.ElementAtOrDefault(index));
        json.WriteNumber("not_finite", Account.NotFinite.ElementAtOrDefault(index));
        json.WriteEndObject();
    }

    private string Odd(int index)
    {
        string text = "";
        if (Account.Clipped.ElementAtOrDefault(index) > 0)
            text += string.Create(CultureInfo.InvariantCulture, $", {Account.Clipped.ElementAtOrDefault(index)} values clipped");
        if (Account.NotFinite.ElementAtOrDefault(index) > 0)
            text += string.Create(CultureInfo.InvariantCulture, $", {Account.NotFinite.ElementAtOrDefault(index)} values not finite");
        return text;
    }
}
