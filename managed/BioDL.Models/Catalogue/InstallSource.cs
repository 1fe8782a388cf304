using BioDL.Core;
using BioDL.Models.Cache;
using BioDL.Models.Catalogue.Downloads;
using BioDL.Models.Catalogue.Zoo;
using BioDL.Models.Descriptions;
using BioDL.Models.Files;
using BioDL.Models.Opening;

namespace BioDL.Models.Catalogue;

/// <summary>What somebody gave as the source of a model: something on this machine, an address, or a name of the collection.</summary>
internal sealed class InstallSource(CatalogueSettings settings, InstallOptions options, Meter meter)
{
    private static readonly string[] FileEndings = [".zip", ".onnx", ".pb", ".pt", ".pth", ".yaml", ".yml", ".json"];
    private readonly CacheFolder _cache = new(settings.Folder);

    /// <exception cref="BioDLException">See <see cref="ModelCatalogue.Install"/>.</exception>
    public CatalogueListing Install(string source)
    {
        if (string.IsNullOrWhiteSpace(source) || source.Contains('\0'))
            throw new BioDLException(Status.InvalidArgument, "No model is named.",
                "Give a file, a folder, an address, or the id of a model online.");
        if (source.StartsWith(EmbeddedFiles.Prefix, StringComparison.OrdinalIgnoreCase))
            throw new BioDLException(Status.InvalidArgument, $"{source} is built in; it needs no installing.", "Open it by that name.");
        if (SafeUrl.Parse(source) is { } url)
        {
            if (url.IsFile)
                return Local(url.LocalPath);
            SafeUrl.Check(url);
            return Online(url, options.Sha256, null);
        }
        FileFacts.RequireFileOrFolder(source);
        if (File.Exists(source) || Directory.Exists(source))
            return Local(Path.GetFullPath(source));
        return LooksLikePath(source) ? throw new BioDLException(Status.NotFound, $"There is no file or folder {Path.GetFullPath(source)}.",
            "Check the path.") : OfZoo(source);
    }

    private CatalogueListing Local(string path)
    {
        string hash = File.Exists(path) ? HashOf(path) : "";
        return new Installer(settings, options, meter).Install(LocalPackage.Of(path), new Origin(path, hash, null));
    }

    private CatalogueListing OfZoo(string name)
    {
        var warnings = new List<string>();
        IReadOnlyList<ZooModel>? models = new ZooIndex(settings, meter).Load(warnings.Add, recent: true);
        if (models is null)
            throw new BioDLException(Status.Io,
                $"\"{name}\" is no file or folder here, and whether it is a model online is not known. {string.Join(' ', warnings)}",
                Web.Offline);
        ZooModel model = ZooIndex.Named(models, name)
            ?? throw new BioDLException(Status.NotFound, $"There is no file, folder or model online called \"{name}\".",
            "'biodl models list --online' shows what there is.");
        return model.Description.IsFile ? Local(model.Description.LocalPath)
            : Online(model.Description, options.Sha256 ?? model.Sha256, model.Entry);
    }

    private CatalogueListing Online(Uri url, string? sha256, CatalogueEntry? entry)
    {
        string key = Disk.Hash(url.AbsoluteUri), shown = SafeUrl.Shown(url);
        DateTime begin = DateTime.UtcNow;
        try
        {
            // Whoever else downloads the same is waited for, but not for ever: then it is downloaded twice, each for itself.
            using FileLock? alone = FileLock.Take(CacheCleaner.LockOf(_cache, key), settings.LockTimeout, meter.Poll);
            if (alone is not null && options.Name is null && InstalledSince(begin, shown) is { } just)
                return new CatalogueListing([just], [$"{just.Id} was installed by another process in the meantime."]);
            using FileLock? own = alone is null ? OwnKey(ref key) : null;
            string folder = Path.Combine(_cache.Partial, key);
            var download = new PackageDownload(settings, meter, folder);
            (LocalPackage package, string hash) = download.Bring(url, sha256, !options.KeepUnrunnable);
            CatalogueListing listing = new Installer(settings, options, meter).Install(package, new Origin(shown, hash, entry));
            Disk.TryDelete(folder);
            return listing with { Warnings = [.. listing.Warnings, .. download.Warnings] };
        }
        catch (Exception error) when (Disk.IsDisk(error))
        {
            throw Disk.Failed(_cache.Root, error);
        }
    }

    /// <summary>A place that no other uses, and its lock.</summary>
    private FileLock OwnKey(ref string key)
    {
        while (true)
        {
            key = Disk.Hash(Guid.NewGuid().ToString());
            if (FileLock.TryTake(CacheCleaner.LockOf(_cache, key)) is { } taken)
                return taken;
        }
    }

    private CatalogueEntry? InstalledSince(DateTime begin, string source) =>
        new RecordStore(_cache).All().FirstOrDefault(record => record.Installed > begin && record.Entry.Source == source)?.Located(_cache);

    private static bool LooksLikePath(string text) => Path.IsPathRooted(text) || text.StartsWith('.') || text.StartsWith('~')
        || text.Contains('\\')
        || FileEndings.Any(ending => text.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private string HashOf(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream));
            return options.Sha256 is null || options.Sha256 == hash ? hash : throw new BioDLException(Status.ModelInvalid,
                $"{path} has the SHA-256 {hash}, and {options.Sha256} was expected.",
                "This is another file, or it is damaged: get it again.");
        }
        catch (Exception error) when (Disk.IsDisk(error))
        {
            throw new BioDLException(Status.Io, $"{path} could not be read: {error.Message}", "Check that you may read it.", error);
        }
    }
}
