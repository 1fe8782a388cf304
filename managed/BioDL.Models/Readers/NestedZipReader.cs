using BioDL.Models.Files;

namespace BioDL.Models.Readers;

/// <summary>
/// A folder or zip file in which a model lies as a zip file of its own, the only one there: a download beside its licence, or packed twice.
/// </summary>
internal sealed class NestedZipReader : IModelReader
{
    public ModelDraft? Read(ModelLocation location)
    {
        if (location.Chosen is not null || location.Files is EmbeddedFiles)
            return null;
        string[] zips = [.. location.Files.Names.Where(name => !name.Contains('/') && name.EndsWith(".zip",
            StringComparison.OrdinalIgnoreCase))];
        if (zips.Length != 1)
            return null;
        IModelFiles inner = location.Files.Inner(zips[0]);
        ModelDraft? draft = ModelReaders.All.Select(reader => reader.Read(new ModelLocation(inner, null)))
            .FirstOrDefault(found => found is not null);
        return draft is null ? null : draft with
        {
            Files = draft.Files ?? inner,
            Description = draft.Description with { Source = location.Files.Source }
        };
    }
}
