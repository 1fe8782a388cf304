using System.Globalization;
using System.Text.Json;
using BioDL.Cli.Shell;
using BioDL.Core.Images;
using BioDL.Core.Runs;

namespace BioDL.Cli.Images;

/// <summary>How a run would go, for a person or a program: the same from every verb.</summary>
/// <param name="Sources">what it would be made from</param>
/// <param name="Plan">how it would go</param>
/// <param name="Request">what was asked for</param>
internal sealed record PlanReport(Sources Sources, RunPlan Plan, ImageRequest Request)
{
    internal string ToText()
    {
        var lines = new List<string> { $"{Sources.Job.Name}:" };
        lines.AddRange(Plan.Match.Select(line => $"  {line}"));
        foreach (PlannedFile file in Files)
            lines.Add($"  {file.About.Name}: {file.About.Size}, {file.About.TypeName}, {file.Kind}");
        lines.Add(string.Create(CultureInfo.InvariantCulture,
            $"  {Plan.Tiles} tiles of {Text(Plan.Tile)} pixels, halo {Text(Plan.Halo)} (z, y, x), ")
            + string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(Plan.MemoryBytes / (double)(1 << 20)):0} MiB: {Plan.Why}"));
        lines.AddRange(Sources.Warnings.Concat(Plan.Warnings).Select(warning => $"  warning: {warning}"));
        return string.Join(Environment.NewLine, lines);
    }

    internal string ToJson() => JsonText.Of(json =>
    {
        json.WriteString("image", Sources.Job.Name);
        json.WriteStrings("match", Plan.Match);
        json.WriteStartArray("outputs");
        foreach (PlannedFile file in Files)
            Write(json, file);
        json.WriteEndArray();
        json.WriteNumber("tiles", Plan.Tiles);
        Write(json, "tile", Plan.Tile);
        Write(json, "halo", Plan.Halo);
        json.WriteNumber("memory_bytes", Plan.MemoryBytes);
        json.WriteString("why", Plan.Why);
        json.WriteStrings("warnings", Sources.Warnings.Concat(Plan.Warnings));
    });

    /// <summary>Three numbers: z, y, x.</summary>
    internal static void Write(Utf8JsonWriter json, string name, Extent extent) => json.WriteNumbers(name, [extent.Z, extent.Y, extent.X]);

    internal static string Text(Extent extent) => $"{extent.Z} x {extent.Y} x {extent.X}";

    /// <summary>What would be written: the model's outputs, or a label image of them.</summary>
    private IEnumerable<PlannedFile> Files => Request.Objects is null ? Plan.Outputs.Select(Of) : [Labels(Sources.Views[0])];

    private PlannedFile Of(PlannedOutput output)
    {
        PixelType type = ResultType.Of(output, Sources.Views[0].Type, Request);
        long[] shape = [output.Frames, output.Slices, output.Channels, output.Height, output.Width];
        return new PlannedFile(new ResultFile(output.Name, "", type, ResultFile.ImageAxes, shape),
            output.Kind.ToString().ToLowerInvariant(), output.ChannelNames);
    }

    // More than 65,535 objects in a plane are written as UInt32, which nobody knows before.
    private static PlannedFile Labels(ImageView image) =>
        new(new ResultFile("labels", "", PixelType.UInt16, "tzyx", [image.Frames, image.Slices, image.Height, image.Width]), "labels", []);

    private static void Write(Utf8JsonWriter json, PlannedFile file)
    {
        json.WriteStartObject();
        json.WriteString("name", file.About.Name);
        json.WriteString("kind", file.Kind);
        json.WriteString("type", file.About.TypeName);
        json.WriteString("axes", file.About.Axes);
        json.WriteNumbers("shape", file.About.Shape);
        json.WriteStrings("channel_names", file.ChannelNames);
        json.WriteEndObject();
    }

    private sealed record PlannedFile(ResultFile About, string Kind, IReadOnlyList<string> ChannelNames);
}
