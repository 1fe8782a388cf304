using System.Text;
using System.Text.Json;
using BioDL.Core.Images;
using BioDL.Core.Prediction.Planning;
using BioDL.Core.Prediction.Statistics;

namespace BioDL.Core.Prediction;

/// <summary>The account of a run as JSON, written into image properties and beside files, so that a result can be explained and repeated.</summary>
internal sealed class PredictionProvenance(PredictionJob job, StatisticList statistics)
{
    public string ToJson(PredictionResult result, string why, string asked)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            WriteModel(json);
            WriteInputs(json);
            WriteOutputs(json, result);
            WriteNormalization(json);
            WriteRegion(json);
            WriteTiles(json, result, why);
            json.WriteStartObject("device");
            json.WriteString("asked", asked);
            json.WriteString("used", result.Device);
            json.WriteString("name", result.DeviceName);
            json.WriteEndObject();
            json.WriteStartArray("warnings");
            foreach (string warning in result.Warnings)
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
            WriteNumbers(json, "shape_tzcyx", [view.Frames, view.Slices, view.LogicalChannels, view.Height, view.Width]);
            WriteNumbers(json, "channels", input.Chosen);
            json.WriteBoolean("one_by_one", input.OneByOne);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void WriteOutputs(Utf8JsonWriter json, PredictionResult result)
    {
        json.WriteStartArray("outputs");
        foreach (OutputJob output in job.Outputs)
        {
            PredictedOutput predicted = output.Predicted;
            json.WriteStartObject();
            json.WriteString("name", predicted.Name);
            WriteNumbers(json, "shape_tzcyx", [predicted.Frames, predicted.Slices, predicted.Channels, predicted.Height, predicted.Width]);
            json.WriteBoolean("scaled_back", output.Restored >= 0);
            json.WriteNumber("clipped", result.Clipped[output.Index]);
            json.WriteNumber("not_finite", result.NotFinite[output.Index]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void WriteNormalization(Utf8JsonWriter json)
    {
        json.WriteBoolean("normalized", job.Options.Normalize);
        json.WriteStartArray("preprocessing");
        foreach (InputMatch input in job.Match.Inputs.Where(_ => job.Options.Normalize))
            foreach (PixelOperation operation in input.Tensor.Preprocessing)
                WriteOperation(json, input.Tensor.Name, operation);
        json.WriteEndArray();
        statistics.Write(json);
    }

    private void WriteOperation(Utf8JsonWriter json, string tensor, PixelOperation operation)
    {
        json.WriteStartObject();
        json.WriteString("tensor", tensor);
        json.WriteString("operation", operation.Id);
        if (operation is ScaleRange range)
        {
            json.WriteNumber("low_percentile", job.Options.PercentileLow ?? range.Low);
            json.WriteNumber("high_percentile", job.Options.PercentileHigh ?? range.High);
        }
        if (operation is FixedZeroMeanUnitVariance given)
        {
            WriteNumbers(json, "mean", given.Mean);
            WriteNumbers(json, "std", given.Std);
        }
        json.WriteEndObject();
    }

    private void WriteRegion(Utf8JsonWriter json)
    {
        if (job.Options.Region is { } region)
            WriteNumbers(json, "region_yxhw", [region.Top, region.Left, region.Height, region.Width]);
    }

    private static void WriteTiles(Utf8JsonWriter json, PredictionResult result, string why)
    {
        json.WriteStartObject("tiles");
        json.WriteNumber("count", result.Tiles);
        json.WriteNumber("depth", result.Tile.Z);
        json.WriteNumber("height", result.Tile.Y);
        json.WriteNumber("width", result.Tile.X);
        json.WriteString("why", why);
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<int> numbers) => WriteNumbers(json, name, numbers.Select(number => (double)number));

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (double number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
