using BioDL.Core;
using BioDL.Core.Running;
using BioDL.Models.Cache;
using BioDL.Models.Catalogue.Downloads;
using BioDL.Models.Catalogue.Libtorch;
using BioDL.Models.Catalogue.Zoo;
using BioDL.Models.Descriptions;
using BioDL.Models.Files;

namespace BioDL.Models.Catalogue;

/// <summary>
/// The models there are: built in, installed in the cache, and online in the BioImage Model Zoo. Safe for concurrent use, also by several
/// processes.
/// What is installed and built in works without a network.
/// </summary>
/// <param name="settings">where models are kept and how they are brought</param>
public sealed class ModelCatalogue(CatalogueSettings settings)
{
    private readonly CacheFolder _cache = new(settings.Folder);
    private readonly RecordStore _records = new(new CacheFolder(settings.Folder));

    /// <summary>That of the user, as the environment says now.</summary>
    public static ModelCatalogue Default => new(CatalogueSettings.FromEnvironment());

    /// <summary>The models: built-in ones, then installed ones, then those online that are not installed.</summary>
    /// <param name="online">also ask the collection. When it cannot be reached, its last known state is listed, and a warning says
    /// so</param>
    /// <param name="progress">may be null</param>
    /// <exception cref="BioDLException"><see cref="Status.Cancelled"/></exception>
    public CatalogueListing List(bool online = false, ProgressHandler? progress = null)
    {
        var warnings = new List<string>();
        List<CatalogueEntry> entries = [.. EmbeddedFiles.Names.Order(StringComparer.Ordinal).Select(Builtin)];
        List<CatalogueEntry> installed = [.. _records.All(warnings.Add).Select(record => record.Located(_cache))];
        entries.AddRange(installed);
        if (online && new ZooIndex(settings, new Meter(progress)).Load(warnings.Add) is { } models)
        {
            var here = new HashSet<string>(installed.SelectMany(entry => entry.Aliases.Append(entry.Id)), StringComparer.OrdinalIgnoreCase);
            entries.AddRange(models.Select(model => model.Entry).Where(entry => !here.Contains(entry.Id)));
        }
        return new CatalogueListing(entries, [.. warnings.Select(PlainText.Line)]);
    }

    /// <summary>Install a model.</summary>
    /// <param name="source">
    /// "libtorch", on which TorchScript models run; a zip file, folder, network or description on this machine; the address (http, https,
    /// file) of one; or the id, nickname, DOI or name of a model online
    /// </param>
    /// <param name="options">null: the defaults</param>
    /// <param name="progress">may be null</param>
    /// <returns>the installed model alone, and what to know of it</returns>
    /// <exception cref="BioDLException">
    /// <see cref="Status.NotFound"/>; <see cref="Status.Io"/>: network or disk; <see cref="Status.ModelInvalid"/>: damaged, refused, or
    /// another file than
    /// expected; <see cref="Status.ModelUnsupported"/>: it cannot be run here; <see cref="Status.InvalidArgument"/>;
    /// <see cref="Status.Cancelled"/>
    /// </exception>
    public CatalogueListing Install(string source, InstallOptions? options = null, ProgressHandler? progress = null)
    {
        var meter = new Meter(progress);
        if (source == LibtorchInstaller.Name)
            return new LibtorchInstaller(settings, meter).Install();
        CatalogueListing installed = new InstallSource(settings, Checked(options ?? new InstallOptions()), meter).Install(source);
        return installed with { Warnings = [.. installed.Warnings.Select(PlainText.Line)] };
    }

    /// <summary>Install libtorch, on which TorchScript models run, into a folder of one's own.</summary>
    /// <param name="folder">where to; null: for this user</param>
    /// <param name="progress">may be null</param>
    /// <exception cref="BioDLException">As <see cref="Install"/>.</exception>
    public CatalogueListing InstallLibtorch(string? folder, ProgressHandler? progress = null) =>
        new LibtorchInstaller(settings, new Meter(progress)).Install(folder);

    /// <summary>Remove an installed model.</summary>
    /// <param name="name">"libtorch", or its id, or another name by which <see cref="Find"/> finds it</param>
    /// <returns>what was removed</returns>
    /// <exception cref="BioDLException"><see cref="Status.NotFound"/>, <see cref="Status.Io"/>; <see cref="Status.InvalidArgument"/>: it is
    /// built in</exception>
    public string Remove(string name)
    {
        if (name.StartsWith(EmbeddedFiles.Prefix, StringComparison.OrdinalIgnoreCase) || EmbeddedFiles.Names.Contains(name))
            throw new BioDLException(Status.InvalidArgument, $"{name} is built in and cannot be removed.",
                "Only installed models can be removed.");
        if (name == LibtorchInstaller.Name)
            return LibtorchInstaller.Remove(settings);
        // A damaged record is found by its id alone.
        string id = _records.Find(name)?.Entry.Id ?? name.ToLowerInvariant();
        try
        {
            using FileLock store = FileLock.Take(CacheCleaner.StoreLock(_cache), settings.LockTimeout)
                ?? throw new BioDLException(Status.Io,
                    $"Another process has kept the cache {_cache.Root} busy for {settings.LockTimeout.TotalSeconds:0} s.",
                    "Try again when it has finished.");
            if (!_records.Delete(id))
                throw new BioDLException(Status.NotFound, $"There is no installed model \"{name}\".",
                    "'biodl models list' shows what is installed.");
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
    public string? Find(string name) => _records.Find(name)?.Located(_cache).Path;

    /// <summary>What is known of one model.</summary>
    /// <param name="name">as for <see cref="Find"/>, "builtin:NAME", a path, or a name of the online collection</param>
    /// <param name="progress">may be null</param>
    /// <exception cref="BioDLException"><see cref="Status.NotFound"/>, and as <see cref="Model.Open"/> for a path.</exception>
    public CatalogueEntry Describe(string name, ProgressHandler? progress = null)
    {
        if (EmbeddedFiles.Names.FirstOrDefault(builtin => name == builtin || name == EmbeddedFiles.Prefix + builtin) is { } found)
            return Builtin(found);
        if (File.Exists(name) || Directory.Exists(name))
            return EntryMaker.Of(Path.GetFullPath(name));
        return _records.Find(name)?.Located(_cache)
            ?? ZooIndex.Named(new ZooIndex(settings, new Meter(progress)).Load(_ => { }, recent: true) ?? [], name)?.Entry
            ?? throw new BioDLException(Status.NotFound, $"There is no model \"{name}\", neither installed nor online.",
                "'biodl models list --online' shows what there is.");
    }

    /// <summary>Compare the files of an installed model with what was installed.</summary>
    /// <returns>one sentence for each file that differs; empty when all is well</returns>
    /// <exception cref="BioDLException"><see cref="Status.NotFound"/>, <see cref="Status.Io"/>, <see cref="Status.Cancelled"/></exception>
    public IReadOnlyList<string> Damage(string name, ProgressHandler? progress = null)
    {
        ModelRecord record = _records.Find(name) ?? throw new BioDLException(Status.NotFound, $"There is no installed model \"{name}\".",
            "'biodl models list' shows what is installed.");
        var meter = new Meter(progress);
        return new ObjectStore(_cache).Damage(record, done => meter.Report(Stage.Verify, done, record.Entry.Bytes));
    }

    private static CatalogueEntry Builtin(string name) =>
        EntryMaker.Of(EmbeddedFiles.Prefix + name) with
        {
            Id = EmbeddedFiles.Prefix + name,
            State = ModelState.Builtin,
            Path = "",
            Aliases = [name],
        };

    private static InstallOptions Checked(InstallOptions options)
    {
        string? hash = string.IsNullOrWhiteSpace(options.Sha256) ? null : options.Sha256.Trim().ToLowerInvariant();
        string? name = string.IsNullOrEmpty(options.Name) ? null : options.Name;
        if (hash is not null && !Disk.IsHash(hash))
            throw new BioDLException(Status.InvalidArgument, $"\"{options.Sha256}\" is no SHA-256.", "Give 64 hexadecimal digits.");
        if (name is not null && !Slug.IsSlug(name))
            throw new BioDLException(Status.InvalidArgument, $"\"{name}\" cannot be the id of a model.",
                $"Use small letters, digits, dots, hyphens and underscores, such as \"{Slug.Id(name)}\".");
        return options with { Sha256 = hash, Name = name };
    }
}
