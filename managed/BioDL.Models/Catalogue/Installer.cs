using BioDL.Core;
using BioDL.Core.Running;
using BioDL.Models.Cache;
using BioDL.Models.Catalogue.Downloads;
using BioDL.Models.Descriptions;
using BioDL.Models.Files;
using BioDL.Models.Opening;

namespace BioDL.Models.Catalogue;

/// <summary>Where a package came from, and what the collection says of it.</summary>
/// <param name="Source">a path, or a URL without its credentials</param>
/// <param name="Sha256">of the file that was given or downloaded; "" for a folder</param>
/// <param name="Online">the collection's entry; null where it came from elsewhere</param>
internal sealed record Origin(string Source, string Sha256, CatalogueEntry? Online);

/// <summary>
/// Puts a package that is on this machine into the cache: copied beside, opened to see that it can be run, then made an object and a record
/// by one
/// rename each. Whatever ends it earlier leaves the cache as it was.
/// </summary>
internal sealed class Installer(CatalogueSettings settings, InstallOptions options, Meter meter)
{
    private readonly CacheFolder _cache = new(settings.Folder);

    /// <returns>the installed model and what to know of it</returns>
    /// <exception cref="BioDLException">See <see cref="ModelCatalogue.Install"/>.</exception>
    public CatalogueListing Install(LocalPackage package, Origin origin)
    {
        try
        {
            using var staging = new Staging(_cache);
            string folder = Path.Combine(staging.Package, Slug.Of(package.Title));
            Directory.CreateDirectory(folder);
            long known = package.Files.Folder is { } local ? package.Names.Sum(name => Disk.Size(Path.Combine(local, name))) : 0;
            Disk.CheckRoom(staging.Folder, known);
            IReadOnlyList<PackageFile> files = ObjectStore.Copy(package.Files, package.Names, folder,
                done => meter.Report(Stage.Prepare, done, known));
            ModelRecord record = Describe(package, origin, files, folder);
            return Commit(staging, record);
        }
        catch (Exception error) when (Disk.IsDisk(error))
        {
            throw Disk.Failed(_cache.Root, error);
        }
    }

    private ModelRecord Describe(LocalPackage package, Origin origin, IReadOnlyList<PackageFile> files, string folder)
    {
        (ModelDescription about, string whyNot) = Opened(package.Open.Length > 0 ? Path.Combine(folder, package.Open) : folder,
            origin.Source);
        string own = about.Id.Length > 0 ? about.Id[(about.Id.LastIndexOf('/') + 1)..] : "";
        string online = origin.Online?.Id ?? "";
        string id = options.Name ?? (online.Length > 0 ? online : own.Length > 0 ? own : package.Title);
        CatalogueEntry entry = EntryMaker.Of(about, package.Title) with
        {
            Id = Slug.Id(id),
            Bytes = files.Sum(file => file.Bytes),
            Source = origin.Source,
            Runnable = whyNot.Length == 0,
            WhyNot = whyNot,
            Aliases = [.. new[] { about.Id, online, origin.Online?.Name ?? "" }.Concat(origin.Online?.Aliases ?? [])
                .Where(alias => alias.Length > 0).Select(PlainText.Line).Distinct()],
        };
        return new ModelRecord
        {
            Entry = entry, Object = ModelRecord.HashOf(files), Folder = Path.GetFileName(folder), Open = package.Open,
            SourceSha256 = origin.Sha256,
            Cover = about.Covers.FirstOrDefault(cover => files.Any(file => file.Name == cover)) ?? "",
            OwnId = options.Name is null && (online.Length > 0 || own.Length > 0), Installed = DateTime.UtcNow, Files = files,
        };
    }

    /// <summary>A package that cannot be opened is not installed, unless the caller wants it all the same.</summary>
    private (ModelDescription About, string WhyNot) Opened(string path, string source)
    {
        try
        {
            using Model model = Model.Open(path);
            return (model.Description, "");
        }
        catch (BioDLException error) when (error.Status is not (Status.Io or Status.OutOfMemory or Status.Cancelled))
        {
            // What a person gave is called by its name, not by that of its copy.
            string message = error.Message.Replace(path, source, StringComparison.Ordinal);
            if (options.KeepUnrunnable)
                return (new ModelDescription(), message);
            throw new BioDLException(error.Status, message, error.Hint, error);
        }
    }

    private CatalogueListing Commit(Staging staging, ModelRecord record)
    {
        using FileLock store = FileLock.Take(CacheCleaner.StoreLock(_cache), settings.LockTimeout, meter.Poll)
            ?? throw new BioDLException(Status.Io,
                $"Another process has kept the cache {_cache.Root} busy for {settings.LockTimeout.TotalSeconds:0} s.",
                "Try again when it has finished.");
        var records = new RecordStore(_cache);
        var warnings = new List<string>();
        record = Named(record, records);
        if (records.Get(record.Entry.Id) is { } before && before.Object == record.Object)
            warnings.Add($"{record.Entry.Id} was installed already, with the same files.");
        (string hash, string folder) = new ObjectStore(_cache).Add(staging, record.Files);
        record = record with { Object = hash, Folder = folder };
        records.Put(record);
        long size = new CacheCleaner(_cache, records, settings.Limit).Clean();
        if (size > settings.Limit)
            warnings.Add($"The cache {_cache.Root} has {size >> 20} MiB, more than its limit of {settings.Limit >> 20} MiB. Remove models "
                + "that are not needed, or raise BIODL_CACHE_LIMIT.");
        if (!record.Entry.Runnable)
            warnings.Add($"{record.Entry.Id} is kept but cannot be run: {record.Entry.WhyNot}");
        return new CatalogueListing([record.Located(_cache)], warnings);
    }

    /// <summary>
    /// A model of the same own id is the same model in another version and is replaced. One that merely came from a file of the same name
    /// is not:
    /// it gets a number. A name that the caller chose is never taken from another model.
    /// </summary>
    private ModelRecord Named(ModelRecord record, RecordStore records)
    {
        string id = record.Entry.Id;
        if (IsBuiltin(id))
        {
            if (options.Name is not null)
                throw Taken(id, "is built in");
            id += "-2";
        }
        for (int number = 2; records.Get(id) is { } before && before.Object != record.Object; number++)
        {
            if (options.Name is not null)
                throw Taken(id, $"is the name of another installed model, {before.Entry.Name}");
            if (record.OwnId && before.OwnId)
                break;
            id = $"{record.Entry.Id}-{number}";
        }
        return record with { Entry = record.Entry with { Id = id } };
    }

    private static bool IsBuiltin(string id) => EmbeddedFiles.Names.Contains(id, StringComparer.OrdinalIgnoreCase);

    private static BioDLException Taken(string id, string why) =>
        new(Status.InvalidArgument, $"{id} {why}.", "Choose another name, or remove that model first.");
}
