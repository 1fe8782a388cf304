namespace BioDL.Models.Cache;

/// <summary>
/// A folder in which a package is put together. Its lock tells others that somebody is at work; a killed process lets go of it.
/// </summary>
internal sealed class Staging : IDisposable
{
    private readonly FileLock _lock;

    /// <exception cref="IOException">As the system says.</exception>
    public Staging(CacheFolder cache)
    {
        Folder = Path.Combine(cache.Staging, Guid.NewGuid().ToString("N"));
        // First the lock, then the folder: what the cleaner sees is locked.
        _lock = FileLock.TryTake(Folder + ".lock") ?? throw new IOException($"{Folder}.lock is in use");
        Package = Path.Combine(Folder, "package");
        Directory.CreateDirectory(Package);
    }

    public string Folder { get; }

    /// <summary>What will be the object.</summary>
    public string Package { get; }

    public void Dispose()
    {
        Disk.TryDelete(Folder);
        _lock.Dispose();
        Disk.TryDelete(Folder + ".lock");
    }
}
