using System.Text;
using System.Text.Json;
using BioDL.Core.Images;
using BioDL.Core.Road.Planning;
using BioDL.Core.Runs;
using BioDL.Core.Steps;

namespace BioDL.Core.Road.Accounting;

/// <summary>
/// The account of a run as JSON, written into image properties and beside files, so that a result can be explained and repeated. The same
/// members
/// for every task; "objects" is null where none were looked for.
/// </summary>
internal sealed class Provenance(RunJob job, StatisticList statistics, AccountDraft draft)
{
    /// <summary>Raised when a member changes its meaning or goes.</summary>
    private const int Schema = 1;

    public string ToJson(Account account, string asked)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", Schema);
            json.WriteString("task", draft.Task);
            WriteModel(json);
            WriteInputs(json);
            WriteRegion(json);
            WriteOptions(json);
            WriteProcessing(json);
            statistics.Write(json);
            WriteTiles(json, account);
            WriteDevice(json, account, asked);
            WriteTimes(json, account.Times);
            WriteAll(json, "outputs", draft.Outputs);
            WriteObjects(json);
            json.WriteStartArray("warnings");
            foreach (string warning in account.Warnings)
                json.WriteStringValue(warning);
            json.WriteEndArray();
            json.WriteStartObject("versions");
            foreach (var (name, version) in job.Network.Versions)
                json.WriteString(name, version);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private void WriteModel(Utf8JsonWriter json)
    {
        json.WriteStartObject("model");
        json.WriteString("id", job.Network.Id);
        json.WriteString("name", job.Network.Name);
        json.WriteString("version", job.Network.Version);
        json.WriteString("sha256", job.Network.Sha256);
        json.WriteString("source", job.Network.Source);
        json.WriteString("weights_format", job.Network.WeightsFormat);
        json.WriteEndObject();
    }

    private void WriteInputs(Utf8JsonWriter json)
    {
        json.WriteStartArray("inputs");
        foreach (InputMatch input in job.Match.Inputs)
        {
            ImageView view = input.View;
            json.WriteStartObject();
            json.WriteString("name", input.Tensor.Name);
            json.WriteString("type", view.Type.ToString());
            json.WriteNumber("value_scale", input.OwnValues.Scale);
            json.WriteNumber("value_offset", input.OwnValues.Offset);
            json.WriteString("element_type", input.Tensor.ElementType);
            json.WriteNumbers("shape_tzcyx", [view.Frames, view.Slices, view.LogicalChannels, view.Height, view.Width]);
            json.WriteNumbers("channels", input.IsGrey ? [0, 1, 2] : input.Chosen);
            json.WriteBoolean("one_by_one", input.OneByOne);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void WriteRegion(Utf8JsonWriter json)
    {
        if (job.Options.Region is { } region)
            json.WriteNumbers("region_yxhw", [region.Top, region.Left, region.Height, region.Width]);
        else
            json.WriteNull("region_yxhw");
        json.WriteBoolean("masked", job.Options.Mask is not null);
    }

    private void WriteOptions(Utf8JsonWriter json)
    {
        RunOptions options = job.Options;
        json.WriteStartObject("options");
        json.WriteBoolean("normalize", options.Normalize);
        json.WriteBoolean("scale_back", options.ScaleBack);
        json.WriteBoolean("dark_objects", options.DarkObjects);
        json.WriteNumbers("seen_yx", [job.Match.Height, job.Match.Width]);
        json.WriteBoolean("whole_image", options.WholeImage);
        Write(json, "tile", options.Tile);
        Write(json, "memory_limit", options.MemoryLimit);
        json.WriteNumbers("pixel_size_zyx_um", [options.PixelSize.Z, options.PixelSize.Y, options.PixelSize.X]);
        draft.Options.ForEach(write => write(json));
        json.WriteEndObject();
    }

    private void WriteProcessing(Utf8JsonWriter json)
    {
        json.WriteStartArray("processing");
        foreach (InputMatch input in job.Match.Inputs.Where(_ => job.Options.Normalize))
            foreach (PixelOperation operation in input.Tensor.Preprocessing)
                WriteOperation(json, input.Tensor.Name, operation);
        for (int i = 0; i < job.Outputs.Length; i++)
            foreach (PixelOperation operation in job.Outputs[i].Tensor.Postprocessing.Where(_ => job.Wanted[i]))
                WriteOperation(json, job.Outputs[i].Tensor.Name, operation);
        json.WriteEndArray();
    }

    private void WriteOperation(Utf8JsonWriter json, string tensor, PixelOperation operation)
    {
        json.WriteStartObject();
        json.WriteString("tensor", tensor);
        json.WriteString("operation", operation.Id);
        ((operation as StatisticOperation)?.WithPercentiles(job.Options.PercentileLow, job.Options.PercentileHigh) ?? operation)
            .Write(json);
        json.WriteEndObject();
    }

    private void WriteTiles(Utf8JsonWriter json, Account account)
    {
        json.WriteStartObject("tiles");
        json.WriteNumber("count", account.Tiles);
        json.WriteNumber("depth", account.Tile.Z);
        json.WriteNumber("height", account.Tile.Y);
        json.WriteNumber("width", account.Tile.X);
        json.WriteNumbers("halo_zyx", [job.Axes.Z.Choice.Rules.Halo, job.Axes.Y.Choice.Rules.Halo, job.Axes.X.Choice.Rules.Halo]);
        json.WriteString("why", account.Why);
        json.WriteEndObject();
    }

    private static void WriteDevice(Utf8JsonWriter json, Account account, string asked)
    {
        json.WriteStartObject("device");
        json.WriteString("asked", asked);
        json.WriteString("used", account.Device);
        json.WriteString("name", account.DeviceName);
        json.WriteBoolean("fell_back", account.FellBack);
        json.WriteEndObject();
    }

    private static void WriteTimes(Utf8JsonWriter json, StageTimes times)
    {
        json.WriteStartObject("times_ms");
        foreach (var (name, milliseconds) in new[]
        {
            ("prepare", times.Prepare), ("statistics", times.Statistics), ("read", times.Read), ("network", times.Network),
            ("write", times.Write),
            ("candidates", times.Candidates), ("suppress", times.Suppress), ("render", times.Render), ("total", times.Total),
        })
            json.WriteNumber(name, Math.Round(milliseconds, 3));
        json.WriteEndObject();
    }

    private void WriteObjects(Utf8JsonWriter json)
    {
        if (draft.Objects.Count == 0)
        {
            json.WriteNull("objects");
            return;
        }
        json.WriteStartObject("objects");
        draft.Objects.ForEach(write => write(json));
        json.WriteEndObject();
    }

    private static void WriteAll(Utf8JsonWriter json, string name, List<Action<Utf8JsonWriter>> elements)
    {
        json.WriteStartArray(name);
        foreach (Action<Utf8JsonWriter> write in elements)
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } value)
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }
}
