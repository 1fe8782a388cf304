using System.Text.Json;
using BioDL.Core;
using BioDL.Models.Cache;
using BioDL.Models.Catalogue.Downloads;
using BioDL.Models.Descriptions;
using BioDL.Models.Readers;

namespace BioDL.Models.Catalogue.Zoo;

/// <summary>
/// Reads the index of a collection of bioimage.io models, in the three forms that are there:
/// the listing of its server (a list of artifacts, each with the whole description as "manifest"), collection.json (a "collection" list
/// with
/// rdf_source), and index.json of bioimage-io/collection ("items" with "versions", each with source and sha256).
/// What is no model or cannot be understood is left out.
/// </summary>
internal static class ZooReader
{
    private const int MaximumModels = 20_000;

    /// <param name="json">the index</param>
    /// <param name="address">where it came from; names in it are relative to it</param>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>: it is no index.</exception>
    public static IReadOnlyList<ZooModel> Read(byte[] json, Uri address)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 64 });
            JsonElement root = document.RootElement;
            JsonElement? list = root.ValueKind == JsonValueKind.Array ? root : root.Get("collection") ?? root.Get("items");
            if (list is not { ValueKind: JsonValueKind.Array })
                throw new JsonException("it holds no list of models");
            return [.. list.Items().Select(item => Read(item, address)).OfType<ZooModel>().DistinctBy(model => model.Entry.Id)
                .Take(MaximumModels)];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new BioDLException(Status.ModelInvalid, $"{SafeUrl.Shown(address)} is no index of models: {error.Message}",
                "Check BIODL_ZOO.", error);
        }
    }

    private static ZooModel? Read(JsonElement item, Uri address)
    {
        JsonElement? manifest = item.Get("manifest");
        bool whole = manifest is { ValueKind: JsonValueKind.Object };
        string type = item.Text("type") is { Length: > 0 } said ? said : whole ? manifest!.Value.Text("type") : "";
        if (type != "model")
            return null;
        return whole ? OfArtifact(item, manifest!.Value, address) : item.Get("rdf_source") is not null ? OfCollection(item, address)
            : OfVersions(item, address);
    }

    /// <summary>
    /// https://server/workspace/artifacts/COLLECTION/children lists what lies at https://server/workspace/artifacts/ALIAS/files/.
    /// </summary>
    private static ZooModel? OfArtifact(JsonElement item, JsonElement manifest, Uri address)
    {
        string id = item.Text("id"), alias = item.Text("alias") is { Length: > 0 } said ? said : id[(id.LastIndexOf('/') + 1)..];
        if (alias.Length == 0 || !Uri.TryCreate(address, $"../{Uri.EscapeDataString(alias)}/files/rdf.yaml", out Uri? description))
            return null;
        return Model(manifest, description, null, alias,
            [id, manifest.Text("id"), manifest.Get("config", "bioimageio", "nickname").Text()]);
    }

    private static ZooModel? OfCollection(JsonElement item, Uri address)
    {
        string id = item.Text("id"), nickname = item.Text("nickname");
        return Uri.TryCreate(address, item.Text("rdf_source"), out Uri? description)
            ? Model(item, description, item.Text("rdf_sha256"), nickname.Length > 0 ? nickname : id, [id, item.Text("concept_doi")]) : null;
    }

    private static ZooModel? OfVersions(JsonElement item, Uri address)
    {
        JsonElement? latest = item.Items("versions").Where(version => version.Text("source").Length > 0)
            .OrderBy(version => version.Text("created_at"), StringComparer.Ordinal).Select(version => (JsonElement?)version)
            .LastOrDefault();
        string id = item.Text("id");
        return latest is { } version && Uri.TryCreate(address, version.Text("source"), out Uri? description)
            ? Model(item, description, version.Text("sha256"), id[(id.LastIndexOf('/') + 1)..], [id], version.Text("version")) : null;
    }

    private static ZooModel? Model(JsonElement about, Uri description, string? hash, string id, IEnumerable<string> aliases,
        string version = "")
    {
        if (id.Length is 0 or > 200 || !SafeUrl.IsWeb(description) && !description.IsFile)
            return null;
        string[] formats = about.Get("weights") is { ValueKind: JsonValueKind.Object } weights
            ? [.. weights.EnumerateObject().Where(format => format.Value.ValueKind == JsonValueKind.Object).Select(format => format.Name)]
            : [];
        string format = DescriptionFiles.Formats.FirstOrDefault(formats.Contains) ?? "";
        string[] tags = [.. about.Items("tags").Select(tag => PlainText.Line(((JsonElement?)tag).Text()))];
        var entry = new CatalogueEntry
        {
            Id = PlainText.Line(id), State = ModelState.Online,
            Name = PlainText.Line(about.Text("name") is { Length: > 0 } name ? name : id),
            Version = PlainText.Line(version.Length > 0 ? version : about.Text("version")),
            Description = PlainText.Of(about.Text("description")),
            Licence = PlainText.Line(about.Text("license")), Citation = PlainText.Of(string.Join('\n', about.Items("cite").Select(Cite))),
            Tags = tags,
            Task = ZooWords.Task(tags, about), Input = ZooWords.Input(about), Source = SafeUrl.Shown(description),
            Cover = Cover(about, description),
            WeightsFormat = format, Runnable = formats.Length == 0 || format.Length > 0,
            WhyNot = formats.Length == 0 || format.Length > 0
                ? "" : $"Its weights are only there as {PlainText.Line(string.Join(", ", formats))}, not as "
                + $"{string.Join(", ", DescriptionFiles.Formats)}.",
            Aliases = [.. aliases.Where(alias => alias.Length > 0 && alias != id).Select(PlainText.Line).Distinct()],
        };
        return new ZooModel(entry, description, Disk.IsHash(hash?.ToLowerInvariant()) ? hash!.ToLowerInvariant() : null);
    }

    private static string Cite(JsonElement entry) => string.Join(", ",
        new[] { entry.Text("text"), entry.Text("doi") is { Length: > 0 } doi ? doi : entry.Text("url") }.Where(part => part.Length > 0));

    private static string Cover(JsonElement about, Uri description)
    {
        JsonElement? first = about.Items("covers").Select(cover => (JsonElement?)cover).FirstOrDefault();
        string name = first is { ValueKind: JsonValueKind.Object } file ? file.Text("source") : first.Text();
        if (name.Length == 0)
            return "";
        if (SafeUrl.Parse(name) is { } url)
            return SafeUrl.IsWeb(url) ? SafeUrl.Shown(url) : "";
        return Files.SafeNames.AreSafe(name) ? SafeUrl.Shown(SafeUrl.Beside(description, name)) : "";
    }
}
