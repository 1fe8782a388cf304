using System.Globalization;
using System.Text.Json;
using BioDL.Cli.Shell;
using BioDL.Core.Images;
using BioDL.Core.Prediction;

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
        lines.AddRange(Plan.Outputs.Select(output => $"  {output.Name}: {Size(output)} (T, Z, C, Y, X), {TypeOf(output)}, {output.Kind.ToString().ToLowerInvariant()}"));
        lines.Add(string.Create(CultureInfo.InvariantCulture,
            $"  {Plan.Tiles} tiles of {Text(Plan.Tile)} pixels, halo {Text(Plan.Halo)} (z, y, x), {Math.Ceiling(Plan.MemoryBytes / (double)(1 << 20)):0} MiB: {Plan.Why}"));
        lines.AddRange(Sources.Warnings.Concat(Plan.Warnings).Select(warning => $"  warning: {warning}"));
        return string.Join(Environment.NewLine, lines);
    }

    internal string ToJson() => JsonText.Of(json =>
    {
        json.WriteString("image", Sources.Job.Name);
        json.WriteStrings("match", Plan.Match);
        json.WriteStartArray("outputs");
        foreach (PlannedOutput output in Plan.Outputs)
            Write(json, output);
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

    private string TypeOf(PlannedOutput output) => ResultType.Of(output, Sources.Views[0].Type, Request).ToString().ToLowerInvariant();

    private static string Size(PlannedOutput output) => $"{output.Frames} x {output.Slices} x {output.Channels} x {output.Height} x {output.Width}";

    private void Write(Utf8JsonWriter json, PlannedOutput output)
    {
        json.WriteStartObject();
        json.WriteString("name", output.Name);
        json.WriteString("kind", output.Kind.ToString().ToLowerInvariant());
        json.WriteString("type", TypeOf(output));
        json.WriteString("axes", ResultFile.ImageAxes);
        json.WriteNumbers("shape", [output.Frames, output.Slices, output.Channels, output.Height, output.Width]);
        json.WriteStrings("channel_names", output.ChannelNames);
        json.WriteEndObject();
    }
}
