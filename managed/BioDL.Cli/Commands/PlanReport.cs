using System.Globalization;
using System.Text.Json;
using BioDL.Cli.Shell;
using BioDL.Core.Images;
using BioDL.Core.Prediction;

namespace BioDL.Cli.Commands;

/// <summary>How a run would go, for a person or a program.</summary>
/// <param name="Source">the image, or the tensors</param>
/// <param name="Plan">how it would go</param>
/// <param name="TypeOf">the pixels that an output would be written as</param>
internal sealed record PlanReport(string Source, PredictionPlan Plan, Func<PredictedOutput, PixelType> TypeOf)
{
    internal string ToText()
    {
        var lines = new List<string> { $"{Source}:" };
        lines.AddRange(Plan.Match.Select(line => $"  {line}"));
        lines.AddRange(Plan.Outputs.Select(output => $"  {output.Name}: {Size(output)} (T, Z, C, Y, X), {TypeOf(output).ToString().ToLowerInvariant()}, {output.Kind.ToString().ToLowerInvariant()}"));
        lines.Add(string.Create(CultureInfo.InvariantCulture,
            $"  {Plan.Tiles} tiles of {Text(Plan.Tile)} pixels, halo {Text(Plan.Halo)} (z, y, x), {Math.Ceiling(Plan.MemoryBytes / (double)(1 << 20)):0} MiB: {Plan.Why}"));
        lines.AddRange(Plan.Warnings.Select(warning => $"  warning: {warning}"));
        return string.Join(Environment.NewLine, lines);
    }

    internal string ToJson() => JsonText.Of(json =>
    {
        json.WriteString("image", Source);
        json.WriteStrings("match", Plan.Match);
        json.WriteStartArray("outputs");
        foreach (PredictedOutput output in Plan.Outputs)
            Write(json, output);
        json.WriteEndArray();
        json.WriteNumber("tiles", Plan.Tiles);
        Write(json, "tile", Plan.Tile);
        Write(json, "halo", Plan.Halo);
        json.WriteNumber("memory_bytes", Plan.MemoryBytes);
        json.WriteString("why", Plan.Why);
        json.WriteStrings("warnings", Plan.Warnings);
    });

    private void Write(Utf8JsonWriter json, PredictedOutput output)
    {
        json.WriteStartObject();
        json.WriteString("name", output.Name);
        json.WriteString("kind", output.Kind.ToString().ToLowerInvariant());
        json.WriteString("type", TypeOf(output).ToString().ToLowerInvariant());
        json.WriteNumber("frames", output.Frames);
        json.WriteNumber("slices", output.Slices);
        json.WriteNumber("channels", output.Channels);
        json.WriteNumber("height", output.Height);
        json.WriteNumber("width", output.Width);
        json.WriteStrings("channel_names", output.ChannelNames);
        json.WriteEndObject();
    }

    internal static void Write(Utf8JsonWriter json, string name, Extent extent)
    {
        json.WriteStartArray(name);
        json.WriteNumberValue(extent.Z);
        json.WriteNumberValue(extent.Y);
        json.WriteNumberValue(extent.X);
        json.WriteEndArray();
    }

    internal static string Text(Extent extent) => $"{extent.Z} x {extent.Y} x {extent.X}";

    internal static string Size(PredictedOutput output) => $"{output.Frames} x {output.Slices} x {output.Channels} x {output.Height} x {output.Width}";
}
