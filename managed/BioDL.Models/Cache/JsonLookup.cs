using System.Text.Json;

namespace BioDL.Models.Cache;

/// <summary>Look-ups in JSON of others that answer with nothing for what is missing or of another kind.</summary>
internal static class JsonLookup
{
    public static JsonElement? Get(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) ? value : null;

    public static JsonElement? Get(this JsonElement json, params ReadOnlySpan<string> path)
    {
        JsonElement? found = json;
        foreach (string name in path)
            found = found?.Get(name);
        return found;
    }

    public static string Text(this JsonElement json, string name) => json.Get(name).Text();

    /// <summary>A string, or a number as it is written; "" for anything else.</summary>
    public static string Text(this JsonElement? json) => json?.ValueKind switch
    {
        JsonValueKind.String => json.Value.GetString() ?? "",
        JsonValueKind.Number => json.Value.GetRawText(),
        _ => "",
    };

    public static bool Yes(this JsonElement json, string name) => json.Get(name)?.ValueKind == JsonValueKind.True;

    public static long? Whole(this JsonElement json, string name) =>
        json.Get(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out long number) ? number : null;

    public static IEnumerable<JsonElement> Items(this JsonElement json, string name) => json.Get(name).Items();

    public static IEnumerable<JsonElement> Items(this JsonElement? json) => json is { ValueKind: JsonValueKind.Array } array
        ? array.EnumerateArray() : [];
}
