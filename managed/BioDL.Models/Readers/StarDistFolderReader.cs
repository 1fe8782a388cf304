using System.Text.Json;
using BioDL.Core;
using BioDL.Models.Files;

namespace BioDL.Models.Readers;

/// <summary>A StarDist model folder (config.json and thresholds.json, as StarDist itself writes them) with its network as weights.onnx.</summary>
internal sealed class StarDistFolderReader : IModelReader
{
    private const string Config = "config.json", Thresholds = "thresholds.json";
    private const long Limit = 1 << 20;
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32, AllowTrailingCommas = true };

    public ModelDraft? Read(ModelLocation location)
    {
        string weights = location.Chosen is { } chosen && BareOnnxReader.IsOnnx(chosen) ? chosen : BareOnnxReader.Usual;
        bool fits = location.Chosen is null or Config or Thresholds || BareOnnxReader.IsOnnx(location.Chosen);
        if (!fits || !location.Files.Exists(Config) || !location.Files.Exists(weights))
            return null;
        using JsonDocument config = Parse(location.Files, Config);
        ModelDraft draft = FromConfig(config.RootElement, location, weights);
        if (!location.Files.Exists(Thresholds))
            return draft;
        using JsonDocument thresholds = Parse(location.Files, Thresholds);
        return draft with
        {
            StarDist = draft.StarDist! with { ProbThreshold = Number(thresholds.RootElement, "prob"), OverlapThreshold = Number(thresholds.RootElement, "nms") },
        };
    }

    private static ModelDraft FromConfig(JsonElement config, ModelLocation location, string weights) => new()
    {
        Description = new ModelDescription { Name = Path.GetFileName(location.Files.Folder) ?? "", Source = location.Files.Source, Format = "StarDist" },
        Weights = new WeightsDraft(WeightsDraft.Onnx, weights),
        StarDist = new StarDistDraft
        {
            Dimensions = Whole(config, "n_dim") ?? 2, Rays = Whole(config, "n_rays"), Channels = Whole(config, "n_channel_in"), Grid = Pair(config, "grid"),
        },
    };

    private static JsonDocument Parse(IModelFiles files, string name)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(files.Read(name, Limit), Options);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
            throw new JsonException("it holds no object");
        }
        catch (JsonException error)
        {
            throw new BioDLException(Status.ModelInvalid, $"{name} of {files.Source} is not JSON as StarDist writes it: {error.Message}", "Export the model again.", error);
        }
    }

    private static double? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) ? number : null;

    private static int? Whole(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : null;

    private static AxisPair? Pair(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out JsonElement value) || value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != 2)
            return null;
        return value[0].TryGetInt32(out int y) && value[1].TryGetInt32(out int x) ? new AxisPair(y, x) : null;
    }
}
