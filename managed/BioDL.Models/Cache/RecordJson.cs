using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using BioDL.Models.Descriptions;
using BioDL.Models.Files;

namespace BioDL.Models.Cache;

/// <summary>Records as JSON files.</summary>
internal static class RecordJson
{
    private const int Version = 1;
    private static readonly JsonWriterOptions Writing = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(ModelRecord record)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Writing))
        {
            json.WriteStartObject();
            json.WriteNumber("record", Version);
            WriteEntry(json, record.Entry);
            foreach (var (name, value) in new[] { ("object", record.Object), ("folder", record.Folder), ("open", record.Open),
                ("cover", record.Cover), ("source_sha256", record.SourceSha256) })
                json.WriteString(name, value);
            json.WriteBoolean("own_id", record.OwnId);
            json.WriteString("installed", record.Installed.ToString("O", CultureInfo.InvariantCulture));
            json.WriteStartArray("files");
            foreach (PackageFile file in record.Files)
            {
                json.WriteStartObject();
                json.WriteString("name", file.Name);
                json.WriteNumber("bytes", file.Bytes);
                json.WriteString("sha256", file.Sha256);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    /// <returns>null for a file that is no whole record of ours, however it came to be</returns>
    public static ModelRecord? Read(byte[] bytes)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 8 });
            JsonElement json = document.RootElement;
            if (json.Whole("record") != Version)
                return null;
            var record = new ModelRecord
            {
                Entry = ReadEntry(json), Object = json.Text("object"), Folder = json.Text("folder"), Open = json.Text("open"),
                Cover = json.Text("cover"),
                SourceSha256 = json.Text("source_sha256"), OwnId = json.Yes("own_id"),
                Installed = DateTime.TryParse(json.Text("installed"), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind,
                    out DateTime time) ? time : default,
                Files = [.. json.Items("files")
                    .Select(file => new PackageFile(file.Text("name"), file.Whole("bytes") ?? 0, file.Text("sha256")))],
            };
            bool inside = new[] { record.Folder, record.Open, record.Cover }.All(name => name.Length == 0 || SafeNames.AreSafe(name))
                && record.Files.All(file => SafeNames.AreSafe(file.Name));
            return Disk.IsHash(record.Object) && record.Folder.Length > 0 && record.Entry.Id.Length > 0 && inside ? record : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static void WriteEntry(Utf8JsonWriter json, CatalogueEntry entry)
    {
        foreach (var (name, value) in new[]
        {
            ("id", entry.Id), ("name", entry.Name), ("version", entry.Version), ("description", entry.Description),
            ("task", entry.Task.ToString()),
            ("input", entry.Input), ("licence", entry.Licence), ("citation", entry.Citation), ("source", entry.Source),
            ("format", entry.Format),
            ("weights_format", entry.WeightsFormat), ("sha256", entry.Sha256), ("why_not", entry.WhyNot),
        })
            json.WriteString(name, value);
        json.WriteBoolean("runnable", entry.Runnable);
        json.WriteNumber("bytes", entry.Bytes);
        foreach (var (name, values) in new[] { ("tags", entry.Tags), ("aliases", entry.Aliases) })
        {
            json.WriteStartArray(name);
            foreach (string value in values)
                json.WriteStringValue(value);
            json.WriteEndArray();
        }
    }

    private static CatalogueEntry ReadEntry(JsonElement json) => new()
    {
        Id = json.Text("id"), State = ModelState.Installed, Name = json.Text("name"), Version = json.Text("version"),
        Description = json.Text("description"),
        Task = Enum.TryParse(json.Text("task"), out ModelTask task) ? task : ModelTask.Other, Input = json.Text("input"),
        Licence = json.Text("licence"),
        Citation = json.Text("citation"), Source = json.Text("source"), Format = json.Text("format"),
        WeightsFormat = json.Text("weights_format"),
        Sha256 = json.Text("sha256"), WhyNot = json.Text("why_not"), Runnable = json.Yes("runnable"), Bytes = json.Whole("bytes") ?? 0,
        Tags = [.. json.Items("tags").Select(tag => tag.GetString() ?? "")],
        Aliases = [.. json.Items("aliases").Select(alias => alias.GetString() ?? "")],
    };
}
