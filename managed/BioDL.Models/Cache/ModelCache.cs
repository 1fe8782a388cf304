

namespace BioDL.Models.Cache;

/// <summary>
/// Networks that were made from other files and are kept, because making them takes long. The cache is a help only: without it, or with one
/// that is
/// damaged, full or read-only, everything is made anew.
/// </summary>
/// <param name="settings">where it lies and how large it may be</param>
internal sealed class ModelCache(CatalogueSettings settings)
{
    private static readonly TimeSpan StoreTimeout = TimeSpan.FromSeconds(2);
    private readonly CacheFolder _cache = new(settings.Folder);

    /// <summary>Why the last network could not be kept; null when it was. One line for warnings.</summary>
    public string? Warning { get; private set; }

    /// <summary>The cache of the user; see <see cref="Network"/>.</summary>
    public static byte[] Imported(string key, Func<byte[]> make) => new ModelCache(CatalogueSettings.FromEnvironment()).Network(key, make);

    /// <summary>As <see cref="Imported(string, Func{byte[]})"/>.</summary>
    /// <param name="key">as there</param>
    /// <param name="make">as there</param>
    /// <param name="warning">why it could not be kept; null when it was</param>
    public static byte[] Imported(string key, Func<byte[]> make, out string? warning)
    {
        var cache = new ModelCache(CatalogueSettings.FromEnvironment());
        byte[] bytes = cache.Network(key, make);
        warning = cache.Warning;
        return bytes;
    }

    /// <summary>A network from the cache if it is there and whole, else as <paramref name="make"/> makes it, and then it is kept.</summary>
    /// <param name="key">names all that the bytes depend on: hash of the source, version of the importer, options</param>
    /// <param name="make">what it throws is thrown here</param>
    public byte[] Network(string key, Func<byte[]> make)
    {
        string name = Disk.Hash(key);
        if (ImportRecord.Read(_cache, name) is { } record && Whole(record) is { } kept)
        {
            record.Touch(_cache);
            return kept;
        }
        byte[] made = make();
        try
        {
            Warning = Keep(name, made);
        }
        catch (Exception error) when (Disk.IsDisk(error))
        {
            Warning = $"The converted network could not be kept in {_cache.Root}: {error.Message} It will be converted again "
                + "the next time.";
        }
        return made;
    }

    private byte[]? Whole(ImportRecord record)
    {
        try
        {
            string path = _cache.Object(record.Object);
            if (!File.Exists(path) || new FileInfo(path).Length > Array.MaxLength)
                return null;
            byte[] bytes = File.ReadAllBytes(path);
            return Disk.Hash(bytes) == record.Object ? bytes : null;
        }
        catch (Exception error) when (Disk.IsDisk(error))
        {
            return null;
        }
    }

    private string? Keep(string name, byte[] made)
    {
        if (made.LongLength > settings.Limit)
            return $"The converted network has {made.LongLength >> 20} MiB, more than the cache in {_cache.Root} may have. "
                + "BIODL_CACHE_LIMIT sets how much.";
        var records = new RecordStore(_cache);
        using FileLock? store = FileLock.Take(CacheCleaner.StoreLock(_cache),
            settings.LockTimeout < StoreTimeout ? settings.LockTimeout : StoreTimeout);
        if (store is null)
            return $"The cache in {_cache.Root} is in use; the converted network was not kept and will be converted again the next time.";
        var record = new ImportRecord(name, Disk.Hash(made), DateTime.UtcNow);
        Disk.Write(_cache.Object(record.Object), made);
        record.Write(_cache);
        new CacheCleaner(_cache, records, settings.Limit).Clean();
        return null;
    }
}
