using System.Globalization;
using System.Text.Json;
using BioDL.Models.Files;

namespace BioDL.Models.Readers;

/// <summary>
/// What CSBDeep, Noise2Void and StarDist (Python) write beside their networks: config.json (the training's configuration), meta.json (in an
/// exported
/// SavedModel: type, axes, axes_div_by, tile_overlap) and thresholds.json (prob, nms). A later file only fills what earlier ones leave
/// open.
/// </summary>
internal sealed record CsbDeepMetadata
{
    public const string Config = "config.json", Meta = "meta.json", Thresholds = "thresholds.json";
    private const long Limit = 1 << 20;
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32, AllowTrailingCommas = true };

    /// <summary>Class that was trained, such as "CARE", "N2V" or "ProjectionCARE"; "" where it is not said.</summary>
    public string Type { get; init; } = "";

    /// <summary>Such as "YXC" or "ZYX"; null where it is not said.</summary>
    public string? Axes { get; init; }

    /// <summary>One number for each of the axes; empty where it is not said.</summary>
    public IReadOnlyList<int> Divisors { get; init; } = [];
    public IReadOnlyList<int> Overlaps { get; init; } = [];
    public bool Probabilistic { get; init; }
    public int? ChannelsIn { get; init; }
    public int? ChannelsOut { get; init; }

    /// <summary>Noise2Void's, one for each channel.</summary>
    public IReadOnlyList<double> Means { get; init; } = [];
    public IReadOnlyList<double> Deviations { get; init; } = [];

    /// <summary>Keys that only Noise2Void's configuration has.</summary>
    public bool IsNoise2Void { get; init; }
    public int? Dimensions { get; init; }
    public int? Rays { get; init; }
    public AxisPair? Grid { get; init; }
    public double? ProbThreshold { get; init; }
    public double? OverlapThreshold { get; init; }

    /// <summary>Add what a file says, if there is such a file.</summary>
    /// <exception cref="Core.BioDLException"><see cref="Core.Status.ModelInvalid"/>: it is no JSON.</exception>
    public CsbDeepMetadata With(IModelFiles files, string name, DescriptionErrors errors)
    {
        if (!files.Exists(name))
            return this;
        try
        {
            using JsonDocument document = JsonDocument.Parse(FileText.Of(files.Read(name, Limit)).Text, Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new JsonException("it holds no object");
            return name.EndsWith(Thresholds, StringComparison.Ordinal) ? WithThresholds(document.RootElement) : With(document.RootElement);
        }
        // Half a surrogate pair is found only when a text is asked for, and then as an InvalidOperationException.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw errors.Invalid($"has the file {name}, which is not JSON as CSBDeep or StarDist writes it: {error.Message.TrimEnd('.')}",
                "Export the model again.");
        }
    }

    private CsbDeepMetadata WithThresholds(JsonElement file) => this with
    {
        ProbThreshold = ProbThreshold ?? Number(file, "prob"),
        OverlapThreshold = OverlapThreshold ?? Number(file, "nms"),
    };

    private CsbDeepMetadata With(JsonElement file)
    {
        int[] grid = Wholes(file, "grid");
        double[] means = Numbers(file, "means", "mean"), deviations = Numbers(file, "stds", "std");
        return this with
        {
            Type = Type.Length > 0 ? Type : Text(file, "type") ?? "",
            Axes = Axes ?? Text(file, "axes"),
            Divisors = Divisors.Count > 0 ? Divisors : Wholes(file, "axes_div_by"),
            Overlaps = Overlaps.Count > 0 ? Overlaps
                : Wholes(file, "tile_overlap"),
            Probabilistic = Probabilistic || (file.TryGetProperty("probabilistic", out JsonElement flag)
                && flag.ValueKind == JsonValueKind.True),
            ChannelsIn = ChannelsIn ?? Whole(file, "n_channel_in"),
            ChannelsOut = ChannelsOut ?? Whole(file, "n_channel_out"),
            Means = Means.Count > 0 ? Means : means,
            Deviations = Deviations.Count > 0 ? Deviations : deviations,
            IsNoise2Void = IsNoise2Void || file.EnumerateObject()
                .Any(property => property.Name.StartsWith("n2v_", StringComparison.Ordinal)),
            Dimensions = Dimensions ?? Whole(file, "n_dim"),
            Rays = Rays ?? Whole(file, "n_rays"),
            Grid = Grid ?? (grid.Length >= 2 ? new AxisPair(grid[^2], grid[^1]) : null),
        };
    }

    private static string? Text(JsonElement file, string name) =>
        file.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement file, string name) => file.TryGetProperty(name, out JsonElement value) ? Number(value) : null;

    private static int? Whole(JsonElement file, string name) =>
        file.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)
        ? number : null;

    /// <summary>Some versions write numbers as text.</summary>
    private static double? Number(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number))
            return number;
        return value.ValueKind == JsonValueKind.String
            && double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number) ? number : null;
    }

    private static int[] Wholes(JsonElement file, string name) =>
        file.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array
        && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out _))
        ? [.. list.EnumerateArray().Select(item => item.GetInt32())] : [];

    /// <summary>A list, or a single number, under the first of the names that is there.</summary>
    private static double[] Numbers(JsonElement file, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (!file.TryGetProperty(name, out JsonElement value))
                continue;
            double?[] numbers = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(Number)] : [Number(value)];
            if (numbers.Length > 0 && numbers.All(number => number is not null))
                return [.. numbers.Select(number => number!.Value)];
        }
        return [];
    }
}
