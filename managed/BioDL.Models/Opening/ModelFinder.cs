using BioDL.Core;
using BioDL.Models.Cache;
using BioDL.Models.Files;

namespace BioDL.Models.Opening;

/// <summary>Understands what a user gave as a model: files, or the name of an installed model.</summary>
internal static class ModelFinder
{
    /// <param name="path">as <see cref="ModelLocation.Of"/> takes it, or the id, nickname, DOI or only name of an installed model</param>
    /// <exception cref="BioDLException"><see cref="Status.NotFound"/>, <see cref="Status.Io"/>; <see cref="Status.ModelInvalid"/>: a zip
    /// file that is refused.</exception>
    public static ModelLocation Find(string? path) =>
        ModelLocation.Of(BuiltInModels.Resolved(path)) ?? Installed(path!) ?? throw new BioDLException(Status.NotFound,
        $"There is no file or folder {Full(path!)}.",
        $"Give a model's folder or file, the id of an installed model, or {BuiltInModels.For(Descriptions.ModelTask.Segment)}.");

    private static ModelLocation? Installed(string name)
    {
        var cache = new CacheFolder(CacheFolder.OfUser());
        return new RecordStore(cache).Find(name) is { } record ? ModelLocation.Of(record.Located(cache).Path) : null;
    }

    private static string Full(string path) => path.Contains('\0') ? path.Replace('\0', '?') : Path.GetFullPath(path);
}
