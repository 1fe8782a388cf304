using System.Text.Json;
using BioDL.Cli.Shell;

namespace BioDL.Cli.Journals;

/// <summary>What became of one image: a line of a journal.</summary>
internal sealed record JournalEntry
{
    /// <summary>As it was named.</summary>
    internal required string Image { get; init; }

    /// <summary>The name of the settings that it was made by; another line of the journal has them in full.</summary>
    internal required string Settings { get; init; }

    /// <summary>All files that were read.</summary>
    internal IReadOnlyList<FileState> Read { get; init; } = [];

    /// <summary>All files that were made; empty when it failed.</summary>
    internal IReadOnlyList<FileState> Wrote { get; init; } = [];

    /// <summary>Objects that were found; null where none are looked for.</summary>
    internal long? Count { get; init; }

    /// <summary>Why it failed; "" when it did not.</summary>
    internal string Error { get; init; } = "";

    /// <summary>Whether the files that it tells of, made of as they were and by these settings, are those that are there now.</summary>
    /// <param name="settings">that a run has now</param>
    /// <param name="results">full paths of all that it would write</param>
    internal bool Answers(string settings, IReadOnlyCollection<string> results) => Settings == settings && Error.Length == 0
        && Read.Count > 0 && results.ToHashSet().SetEquals(Wrote.Select(file => file.Path)) && Read.Concat(Wrote).All(file => file.Holds);

    internal string ToJson(DateTimeOffset now) => JsonText.Of(json =>
    {
        json.WriteString("image", Image);
        json.WriteString("settings", Settings);
        json.WriteString("ended", now);
        if (Count is { } count)
            json.WriteNumber("count", count);
        if (Error.Length > 0)
            json.WriteString("error", Error);
        Write(json, "read", Read);
        Write(json, "wrote", Wrote);
    });

    /// <returns>null where the line tells of no image, or was cut off</returns>
    internal static JournalEntry? Parse(string line)
    {
        try
        {
            using JsonDocument text = JsonDocument.Parse(line);
            JsonElement json = text.RootElement;
            return !json.TryGetProperty("image", out JsonElement image) ? null : new JournalEntry
            {
                Image = image.GetString()!, Settings = json.GetProperty("settings").GetString()!,
                Error = json.TryGetProperty("error", out JsonElement error) ? error.GetString()! : "",
                Count = json.TryGetProperty("count", out JsonElement count) ? count.GetInt64() : null,
                Read = [.. json.GetProperty("read").EnumerateArray().Select(FileState.Read)],
                Wrote = [.. json.GetProperty("wrote").EnumerateArray().Select(FileState.Read)],
            };
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<FileState> files)
    {
        json.WriteStartArray(name);
        foreach (FileState file in files)
            file.Write(json);
        json.WriteEndArray();
    }
}
