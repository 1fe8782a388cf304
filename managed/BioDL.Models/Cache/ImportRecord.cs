using System.Text.Json;

namespace BioDL.Models.Cache;

/// <summary>Which object a converted network is.</summary>
/// <param name="Name">hash of the key that it was asked for with</param>
/// <param name="Object">hash of its bytes</param>
/// <param name="Used">the last time</param>
internal sealed record ImportRecord(string Name, string Object, DateTime Used)
{
    public static string PathOf(CacheFolder cache, string name) => Path.Combine(cache.ImportedRecords, name + ".json");

    /// <returns>null when there is none that is whole</returns>
    public static ImportRecord? Read(CacheFolder cache, string name)
    {
        string path = PathOf(cache, name);
        try
        {
            if (!File.Exists(path) || new FileInfo(path).Length > 4096)
                return null;
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
            string hash = json.RootElement.Text("object");
            return Disk.IsHash(hash) ? new ImportRecord(name, hash, File.GetLastWriteTimeUtc(path)) : null;
        }
        catch (Exception error) when (Disk.IsDisk(error) || error is JsonException)
        {
            return null;
        }
    }

    public static IEnumerable<ImportRecord> All(CacheFolder cache)
    {
        if (!Directory.Exists(cache.ImportedRecords))
            yield break;
        foreach (string path in Directory.GetFiles(cache.ImportedRecords, "*.json"))
        {
            if (Read(cache, Path.GetFileNameWithoutExtension(path)) is { } record)
                yield return record;
        }
    }

    public void Write(CacheFolder cache)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("object", Object);
            json.WriteEndObject();
        }
        Disk.Write(PathOf(cache, Name), stream.ToArray());
    }

    /// <summary>It is needed; a cache that may not be written to does not learn of it.</summary>
    public void Touch(CacheFolder cache)
    {
        try
        {
            File.SetLastWriteTimeUtc(PathOf(cache, Name), DateTime.UtcNow);
        }
        catch (Exception error) when (Disk.IsDisk(error))
        {
            // only the order of removal suffers
        }
    }

    /// <returns>bytes that became free</returns>
    public long Remove(CacheFolder cache)
    {
        string path = cache.Object(Object);
        long bytes = Disk.Size(path);
        Disk.TryDelete(PathOf(cache, Name));
        return Disk.TryDelete(path) ? bytes : 0;
    }
}
