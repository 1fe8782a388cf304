using System.Text.Json;
using BioDL.Models.Cache;

namespace BioDL.Models.Catalogue.Downloads;

/// <summary>
/// A file that is being downloaded: NAME.part beside its place, and NAME.part.json with what the server said of it, so that another process
/// can go on.
/// The place itself is filled by a rename.
/// </summary>
internal sealed class PartFile
{
    private readonly string _path;

    public PartFile(string path)
    {
        _path = path;
        if (Length > 0)
            ReadNote();
    }

    public string Path => _path + ".part";

    private string NotePath => _path + ".part.json";

    /// <summary>
    /// The server's mark of this very content (RFC 9110, 8.8), to be sent as If-Range: a strong ETag, else a date; null where there is
    /// none.
    /// </summary>
    public string? Validator { get; private set; }

    /// <summary>Bytes of the whole file; null where the server did not say.</summary>
    public long? Total { get; private set; }

    public long Length => File.Exists(Path) ? new FileInfo(Path).Length : 0;

    /// <summary>Throw away what is there, and note what the server says of what comes.</summary>
    public void Begin(string? validator, long? total)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(_path)!);
        Discard();
        (Validator, Total) = (validator, total);
        // The note first: a part without a note is started anew, a note without a part does no harm.
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("validator", validator ?? "");
            json.WriteNumber("total", total ?? -1);
            json.WriteEndObject();
        }
        Disk.Write(NotePath, stream.ToArray());
        File.WriteAllBytes(Path, []);
    }

    public void Discard()
    {
        (Validator, Total) = (null, null);
        File.Delete(Path);
        File.Delete(NotePath);
    }

    /// <summary>It is whole and right.</summary>
    public void Complete()
    {
        File.Move(Path, _path, overwrite: true);
        File.Delete(NotePath);
    }

    private void ReadNote()
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(NotePath));
            Validator = json.RootElement.Text("validator") is { Length: > 0 } validator ? validator : null;
            Total = json.RootElement.Whole("total") is >= 0 and { } total ? total : null;
        }
        catch (Exception error) when (Disk.IsDisk(error) || error is JsonException)
        {
            Discard();
        }
    }
}
