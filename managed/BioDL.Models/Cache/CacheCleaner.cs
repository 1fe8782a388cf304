namespace BioDL.Models.Cache;

/// <summary>
/// Keeps the cache small. What can go without loss goes first: what killed processes left behind, broken downloads of long ago, then, above
/// the
/// limit, converted networks, the one not used for longest first, and other broken downloads. Installed models stay.
/// Whoever calls holds the lock of the store.
/// </summary>
internal sealed class CacheCleaner(CacheFolder cache, RecordStore records, long limit)
{
    private static readonly TimeSpan OldPart = TimeSpan.FromDays(7);

    /// <returns>bytes that the cache has afterwards</returns>
    public long Clean()
    {
        RemoveStaging();
        foreach (string part in Folders(cache.Partial).Where(part => DateTime.UtcNow - Changed(part) > OldPart))
            RemovePart(part);
        var imports = ImportRecord.All(cache).ToList();
        RemoveOrphans(imports);
        long size = Disk.Size(cache.Root);
        foreach (ImportRecord import in imports.OrderBy(import => import.Used))
        {
            if (size <= limit)
                return size;
            size -= import.Remove(cache);
        }
        foreach (string part in Folders(cache.Partial).OrderBy(Changed))
        {
            if (size <= limit)
                return size;
            long bytes = Disk.Size(part);
            size -= RemovePart(part) ? bytes : 0;
        }
        return size;
    }

    /// <summary>Folders whose lock nobody holds: their process is gone.</summary>
    private void RemoveStaging()
    {
        foreach (string folder in Folders(cache.Staging))
        {
            if (FileLock.TryTake(folder + ".lock") is not { } taken)
                continue;
            Disk.TryDelete(folder);
            // Nobody waits for this lock: its name was used once.
            taken.Dispose();
            Disk.TryDelete(folder + ".lock");
        }
    }

    private bool RemovePart(string folder)
    {
        using FileLock? taken = FileLock.TryTake(LockOf(cache, Path.GetFileName(folder)));
        return taken is not null && Disk.TryDelete(folder);
    }

    /// <summary>
    /// Objects without a record: of a model that was removed, or of a process that was killed between the two. Those of open models stay.
    /// </summary>
    private void RemoveOrphans(List<ImportRecord> imports)
    {
        if (records.Used() is not { } used)
            return;
        HashSet<string> named = [.. used, .. imports.Select(import => import.Object)];
        foreach (string part in Folders(cache.Objects))
        {
            foreach (string path in Entries(part).Where(path => !named.Contains(Path.GetFileName(path))))
            {
                string lockPath = ObjectUse.LockOf(cache, Path.GetFileName(path));
                using FileLock? unused = FileLock.TryTake(lockPath);
                if (unused is not null && Disk.TryDelete(path))
                    Disk.TryDelete(lockPath);
            }
        }
    }

    /// <summary>The lock of downloads whose key begins alike. A few may share one and then wait for each other.</summary>
    public static string LockOf(CacheFolder cache, string key) => Path.Combine(cache.Locks, key[..2]);

    public static string StoreLock(CacheFolder cache) => Path.Combine(cache.Locks, "store");

    private static string[] Folders(string folder) => Listed(folder, Directory.GetDirectories);

    private static string[] Entries(string folder) => Listed(folder, Directory.GetFileSystemEntries);

    private static string[] Listed(string folder, Func<string, string[]> list)
    {
        try
        {
            return Directory.Exists(folder) ? list(folder) : [];
        }
        catch (Exception error) when (Disk.IsDisk(error))
        {
            return [];
        }
    }

    private static DateTime Changed(string folder) =>
        Entries(folder).Select(File.GetLastWriteTimeUtc).DefaultIfEmpty(Directory.GetLastWriteTimeUtc(folder)).Max();
}
