using BioDL.Models.Cache;
using BioDL.Models.Descriptions;
using BioDL.Models.Files;
using BioDL.Models.Opening;

namespace BioDL.Models.Catalogue;

/// <summary>What a model says of itself, as it is shown.</summary>
internal static class EntryMaker
{
    /// <summary>Of a model that need not be installed.</summary>
    /// <param name="path">as <see cref="Model.Open"/> takes it</param>
    /// <exception cref="Core.BioDLException">As <see cref="Model.Open"/>.</exception>
    public static CatalogueEntry Of(string path)
    {
        using Model model = Model.Open(path);
        ModelLocation location = ModelFinder.Find(path);
        string folder = location.Files.Folder ?? "", cover = model.Description.Covers.FirstOrDefault() ?? "";
        IReadOnlyList<string> names = folder.Length > 0 && location.Chosen is not null ? LocalPackage.Of(path).Names : location.Files.Names;
        return Of(model.Description, LocalPackage.TitleOf(path)) with
        {
            Id = path,
            Source = path,
            Path = path,
            Cover = folder.Length > 0 && cover.Length > 0 ? Path.Combine(folder, cover) : "",
            Bytes = File.Exists(path) && folder.Length == 0 ? Disk.Size(path)
                : names.Sum(name => folder.Length > 0 ? Disk.Size(Path.Combine(folder, name))
                    : location.Files.Read(name, SafeZip.MaximumLength).LongLength),
        };
    }

    /// <param name="about">what it says</param>
    /// <param name="title">what to call it where it has no name</param>
    public static CatalogueEntry Of(ModelDescription about, string title) => new()
    {
        Id = about.Id, State = ModelState.Installed, Name = PlainText.Line(about.Name.Length > 0 ? about.Name : title),
        Version = PlainText.Line(about.Version), Description = PlainText.Of(about.Description), Task = about.Task,
        Input = InputWords.Of(about), MadeFor = PlainText.Line(about.MadeFor?.Describe() ?? ""),
        Licence = PlainText.Line(about.Licence), Citation = PlainText.Of(about.Citation), Tags = [.. about.Tags.Select(PlainText.Line)],
        Format = about.Format, WeightsFormat = about.WeightsFormat, Sha256 = about.Sha256,
    };
}
