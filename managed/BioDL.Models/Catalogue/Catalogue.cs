using BioDL.Core;
using BioDL.Core.Running;
using BioDL.Models.Files;
using BioDL.Models.Store;

namespace BioDL.Models;

/// <summary>
/// The models there are: built in, installed in the cache, and online in the BioImage Model Zoo. Safe for concurrent use, also by several processes.
/// What is installed and built in works without a network.
/// </summary>
/// <param name="settings">where models are kept and how they are brought</param>
public sealed class Catalogue(CatalogueSettings settings)
{
    private readonly CacheFolder _cache = new(settings.Folder);
    private readonly RecordStore _records = new(new CacheFolder(settings.Folder));

    /// <summary>That of the user, as the environment says now.</summary>
    public static Catalogue Default => new(CatalogueSettings.FromEnvironment());

    /// <summary>The models: built-in ones, then installed ones, then those online that are not installed.</summary>
    /// <param name="online">also ask the collection. When it cannot be reached, its last known state is listed, and a warning says so</param>
    /// <param name="progress">may be null</param>
    /// <exception cref="BioDLException"><see cref="Status.Cancelled"/></exception>
    public CatalogueListing List(bool online = false, ProgressHandler? progress = null)
    {
        var warnings = new List<string>();
        List<CatalogueEntry> entries = [.. EmbeddedFiles.Names.Order(StringComparer.Ordinal).Select(Builtin)];
        List<CatalogueEntry> installed = [.. _records.All(warnings.Add).Select(record => record.Located(_cache))];
        entries.AddRange(installed);
        return new CatalogueListing(entries, warnings);
    }

    /// <summary>Install a model.</summary>
    /// <param name="source">a zip file, a folder, a network or description on disk</param>
    /// <param name="options">null: the defaults</param>
    /// <param name="progress">may be null</param>
    /// <returns>the installed model alone, and what to know of it</returns>
    /// <exception cref="BioDLException">
    /// <see cref="Status.NotFound"/>; <see cref="Status.Io"/>: network or disk; <see cref="Status.ModelInvalid"/>: damaged, refused, or another file than
    /// expected; <see cref="Status.ModelUnsupported"/>: it cannot be run here; <see cref="Status.InvalidArgument"/>; <see cref="Status.Cancelled"/>
    /// </exception>
    public CatalogueListing Install(string source, InstallOptions? options = null, ProgressHandler? progress = null)
    {
        options = Checked(options ?? new InstallOptions());
        var meter = new Meter(progress);
        string path = Path.GetFullPath(source);
        string hash = File.Exists(path) ? HashOf(path, options.Sha256) : "";
        return new Installer(settings, options, meter).Install(LocalPackage.Of(path), new Origin(path, hash, null));
    }

    /// <summary>Remove an installed model.</summary>
    /// <param name="name">its id, or another name by which <see cref="Find"/> finds it</param>
    /// <returns>what was removed</returns>
    /// <exception cref="BioDLException"><see cref="Status.NotFound"/>, <see cref="Status.Io"/>; <see cref="Status.InvalidArgument"/>: it is built in</exception>
    public string Remove(string name)
    {
        if (name.StartsWith(EmbeddedFiles.Prefix, StringComparison.OrdinalIgnoreCase) || EmbeddedFiles.Names.Contains(name))
            throw new BioDLException(Status.InvalidArgument, $"{name} is built in and cannot be removed.", "Only installed models can be removed.");
        // A damaged record is found by its id alone.
        string id = Record(name)?.Entry.Id ?? name.ToLowerInvariant();
        try
        {
            using FileLock store = FileLock.Take(CacheCleaner.StoreLock(_cache), settings.LockTimeout)
                ?? throw new BioDLException(Status.Io, $"Another process has kept the cache {_cache.Root} busy for {settings.LockTimeout.TotalSeconds:0} s.", "Try again when it has finished.");
            if (!_records.Delete(id))
                throw new BioDLException(Status.NotFound, $"There is no installed model \"{name}\".", "'biodl models list' shows what is installed.");
            new CacheCleaner(_cache, _records, settings.Limit).Clean();
            return id;
        }
        catch (Exception error) when (Disk.IsDisk(error))
        {
            throw Disk.Failed(_cache.Root, error);
        }
    }

    /// <summary>The folder or file of an installed model.</summary>
    /// <param name="name">its id, nickname or DOI, or its name when only one model has it; upper and lower case are the same</param>
    /// <returns>null when there is none</returns>
    public string? Find(string name) => Record(name)?.Located(_cache).Path;

    /// <summary>What is known of a built-in or installed model; null when there is none.</summary>
    /// <param name="name">as for <see cref="Find"/>, or "builtin:NAME"</param>
    public CatalogueEntry? Entry(string name) => EmbeddedFiles.Names.FirstOrDefault(builtin => name == builtin || name == EmbeddedFiles.Prefix + builtin) is { } found
        ? Builtin(found) : Record(name)?.Located(_cache);

    /// <summary>Compare the files of an installed model with what was installed.</summary>
    /// <returns>one sentence for each file that differs; empty when all is well</returns>
    /// <exception cref="BioDLException"><see cref="Status.NotFound"/>, <see cref="Status.Io"/>, <see cref="Status.Cancelled"/></exception>
    public IReadOnlyList<string> Damage(string name, ProgressHandler? progress = null)
    {
        ModelRecord record = Record(name) ?? throw new BioDLException(Status.NotFound, $"There is no installed model \"{name}\".", "'biodl models list' shows what is installed.");
        var meter = new Meter(progress);
        return new ObjectStore(_cache).Damage(record, done => meter.Report(Stage.Verify, done, record.Entry.Bytes));
    }

    private ModelRecord? Record(string name)
    {
        if (name.Length == 0 || !Directory.Exists(_cache.Models))
            return null;
        if (_records.Get(name.ToLowerInvariant()) is { } exact && Directory.Exists(exact.Located(_cache).Path) | File.Exists(exact.Located(_cache).Path))
            return exact;
        IReadOnlyList<ModelRecord> all = _records.All();
        return all.FirstOrDefault(record => record.Entry.Aliases.Contains(name, StringComparer.OrdinalIgnoreCase))
            ?? (all.Where(record => record.Entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Take(2).ToArray() is [var one] ? one : null);
    }

    private static CatalogueEntry Builtin(string name)
    {
        using Model model = Model.Open(EmbeddedFiles.Prefix + name);
        IModelFiles files = new EmbeddedFiles(name);
        ModelDescription about = model.Description;
        return new CatalogueEntry
        {
            Id = EmbeddedFiles.Prefix + name, State = ModelState.Builtin, Name = about.Name, Version = about.Version, Description = about.Description,
            Task = about.Task, Input = InputWords.Of(about), Licence = about.Licence, Citation = about.Citation, Tags = about.Tags,
            Bytes = files.Names.Sum(file => files.Read(file, SafeZip.MaximumLength).LongLength), Source = about.Source, Format = about.Format, WeightsFormat = about.WeightsFormat, Sha256 = about.Sha256,
            Aliases = [name],
        };
    }

    private static InstallOptions Checked(InstallOptions options)
    {
        string? hash = options.Sha256?.Trim().ToLowerInvariant(), name = options.Name;
        if (hash is not null && !Disk.IsHash(hash))
            throw new BioDLException(Status.InvalidArgument, $"\"{options.Sha256}\" is no SHA-256.", "Give 64 hexadecimal digits.");
        if (name is not null && !Slug.IsSlug(name))
            throw new BioDLException(Status.InvalidArgument, $"\"{name}\" cannot be the id of a model.", $"Use small letters, digits, dots, hyphens and underscores, such as \"{Slug.Id(name)}\".");
        return options with { Sha256 = hash };
    }

    private static string HashOf(string path, string? expected)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream));
            return expected is null || expected == hash ? hash : throw new BioDLException(Status.ModelInvalid,
                $"{path} has the SHA-256 {hash}, and {expected} was expected.", "This is another file, or it is damaged: get it again.");
        }
        catch (Exception error) when (Disk.IsDisk(error))
        {
            throw new BioDLException(Status.Io, $"{path} could not be read: {error.Message}", "Check that you may read it.", error);
        }
    }
}
