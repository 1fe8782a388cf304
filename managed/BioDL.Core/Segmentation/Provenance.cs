using System.Text;
using System.Text.Json;
using BioDL.Core.Images;

namespace BioDL.Core.Segmentation;

/// <summary>The account of a run as JSON, written into image properties and beside files, so that a result can be explained and repeated.</summary>
internal sealed class Provenance(StarDistNetwork model, SegmentSettings settings, ImageView image)
{
    /// <summary>Planes whose percentile values are listed one by one; a longer series gets their extremes.</summary>
    private const int ListedPlanes = 1000;

    private readonly List<(int Frame, int Slice, double Low, double High)> _ranges = [];
    private long _count;
    private (double LeastLow, double MostLow, double LeastHigh, double MostHigh) _extremes =
        (double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity, double.NegativeInfinity);

    /// <summary>The values at the two percentiles of a plane, or of one of its channels.</summary>
    public void AddRange(int frame, int slice, double low, double high)
    {
        _count++;
        _extremes = (Math.Min(_extremes.LeastLow, low), Math.Max(_extremes.MostLow, low), Math.Min(_extremes.LeastHigh, high), Math.Max(_extremes.MostHigh, high));
        if (_ranges.Count < ListedPlanes)
            _ranges.Add((frame, slice, low, high));
    }

    public string ToJson(SegmentResult result, TileRunner tiles)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            WriteModel(json);
            WriteImage(json);
            WriteSettings(json);
            WriteNormalization(json);
            WriteTiles(json, result, tiles);
            json.WriteStartObject("device");
            json.WriteString("asked", settings.Options.Device);
            json.WriteString("used", result.Device);
            json.WriteString("name", result.DeviceName);
            json.WriteEndObject();
            json.WriteNumber("candidates", result.Candidates);
            json.WriteNumber("objects", result.Objects.LongLength);
            json.WriteStartArray("warnings");
            foreach (string warning in result.Warnings)
                json.WriteStringValue(warning);
            json.WriteEndArray();
            json.WriteStartObject("versions");
            foreach (var (name, version) in model.Versions)
                json.WriteString(name, version);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private void WriteModel(Utf8JsonWriter json)
    {
        json.WriteStartObject("model");
        json.WriteString("name", model.Name);
        json.WriteString("sha256", model.Sha256);
        json.WriteString("source", model.Source);
        json.WriteEndObject();
    }

    private void WriteImage(Utf8JsonWriter json)
    {
        json.WriteStartObject("image");
        json.WriteString("type", image.Type.ToString());
        json.WriteStartArray("shape_tzcyx");
        foreach (int size in new[] { image.Frames, image.Slices, image.Channels, image.Height, image.Width })
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteSettings(Utf8JsonWriter json)
    {
        json.WriteNumber("prob_threshold", settings.ProbThreshold);
        json.WriteNumber("overlap_threshold", settings.OverlapThreshold);
        json.WriteString("vertices", settings.Options.Vertices == VertexMode.Integer ? "integer" : "exact");
        json.WriteString("labels", settings.Options.LabelScope == LabelScope.Unique ? "unique" : "per plane");
        json.WriteNumber("border", settings.Border);
        json.WriteBoolean("masked", settings.Options.Mask is not null);
    }

    private void WriteNormalization(Utf8JsonWriter json)
    {
        if (settings.Percentiles is not { } percentiles)
        {
            json.WriteNull("normalization");
            return;
        }
        json.WriteStartObject("normalization");
        json.WriteNumber("low_percentile", percentiles.Low);
        json.WriteNumber("high_percentile", percentiles.High);
        json.WriteBoolean("joint_channels", model.JointChannels);
        if (_count > _ranges.Count)
            WriteExtremes(json);
        else
            WriteRanges(json);
        json.WriteEndObject();
    }

    private void WriteRanges(Utf8JsonWriter json)
    {
        json.WriteStartArray("planes");
        foreach (var (frame, slice, low, high) in _ranges)
        {
            json.WriteStartObject();
            json.WriteNumber("t", frame);
            json.WriteNumber("z", slice);
            json.WriteNumber("low", low);
            json.WriteNumber("high", high);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void WriteExtremes(Utf8JsonWriter json)
    {
        json.WriteStartObject("summary");
        json.WriteNumber("planes", _count);
        json.WriteNumber("low_min", _extremes.LeastLow);
        json.WriteNumber("low_max", _extremes.MostLow);
        json.WriteNumber("high_min", _extremes.LeastHigh);
        json.WriteNumber("high_max", _extremes.MostHigh);
        json.WriteEndObject();
    }

    private static void WriteTiles(Utf8JsonWriter json, SegmentResult result, TileRunner tiles)
    {
        json.WriteStartObject("tiles");
        json.WriteNumber("count", result.Tiles);
        json.WriteNumber("height", result.TileHeight);
        json.WriteNumber("width", result.TileWidth);
        json.WriteString("why", tiles.Plan.Why);
        json.WriteEndObject();
    }
}
