namespace BioDL.Models.Cache;

/// <summary>
/// Says that a package of the cache is open, so that removing the model leaves its files until it is closed: weights are read when a device
/// first
/// needs them. A lock that many may hold together; it ends with its process.
/// </summary>
internal sealed class ObjectUse : IDisposable
{
    private readonly FileStream _lock;

    private ObjectUse(FileStream file) => _lock = file;

    /// <param name="folder">of an open model; null for one that is in none</param>
    /// <returns>null for a folder that is no package of a cache, or where a lock cannot be made</returns>
    public static ObjectUse? Of(string? folder)
    {
        if (folder is null || PathOf(folder) is not { } path)
            return null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new ObjectUse(new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read, 1));
        }
        catch (Exception error) when (Disk.IsDisk(error))
        {
            return null;
        }
    }

    /// <summary>The lock of an object. Whoever takes it alone knows that no model of it is open.</summary>
    public static string LockOf(CacheFolder cache, string hash) => Path.Combine(cache.Locks, "use-" + hash);

    public void Dispose() => _lock.Dispose();

    /// <summary>CACHE/objects/ab/HASH/NAME/...</summary>
    private static string? PathOf(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            if (Disk.IsHash(at.Name) && at.Parent is { Parent: { Name: "objects", Parent: { } root } } && at.Parent.Name == at.Name[..2])
                return LockOf(new CacheFolder(root.FullName), at.Name);
        }
        return null;
    }
}
