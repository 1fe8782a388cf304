using BioDL.Core;
using BioDL.Models.Files;

namespace BioDL.Models.Cache;

/// <summary>Packages as objects of the cache.</summary>
internal sealed class ObjectStore(CacheFolder cache)
{
    /// <summary>Write files of a model into a folder.</summary>
    /// <param name="files">where from</param>
    /// <param name="names">which of them</param>
    /// <param name="folder">where to; made here</param>
    /// <param name="step">called after each file with the bytes so far</param>
    /// <exception cref="BioDLException">As <c>INetworkFiles.Read</c>, and <see cref="Status.Io"/>.</exception>
    public static IReadOnlyList<PackageFile> Copy(IModelFiles files, IReadOnlyList<string> names, string folder, Action<long> step)
    {
        var copied = new List<PackageFile>();
        long total = 0;
        foreach (string name in names)
        {
            byte[] bytes = files.Read(name, SafeZip.MaximumLength);
            total += bytes.LongLength;
            if (total > SafeZip.MaximumTotal)
                throw new BioDLException(Status.ModelInvalid, $"{files.Source} holds more than {SafeZip.MaximumTotal >> 30} GiB.",
                    "Check that this is a model.");
            string path = Path.Combine(folder, name);
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path, bytes);
            }
            catch (Exception error) when (Disk.IsDisk(error))
            {
                throw Disk.Failed(path, error);
            }
            copied.Add(new PackageFile(name, bytes.LongLength, Disk.Hash(bytes)));
            step(total);
        }
        return copied;
    }

    /// <summary>Make the staged package an object, or find that it is one. The caller holds the lock of the store.</summary>
    /// <param name="staging">with one folder in its package</param>
    /// <param name="files">of that folder</param>
    /// <returns>the object's hash, and the package's folder in it</returns>
    /// <exception cref="IOException">As the system says.</exception>
    public (string Hash, string Folder) Add(Staging staging, IReadOnlyList<PackageFile> files)
    {
        string hash = ModelRecord.HashOf(files), target = cache.Object(hash);
        if (Directory.Exists(target))
        {
            string[] folders = Directory.GetDirectories(target);
            if (folders.Length == 1 && files.All(file => Disk.Size(Path.Combine(folders[0], file.Name)) == file.Bytes))
                return (hash, Path.GetFileName(folders[0]));
            Directory.Move(target, Path.Combine(staging.Folder, "damaged"));
        }
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        string folder = Path.GetFileName(Directory.GetDirectories(staging.Package).Single());
        Directory.Move(staging.Package, target);
        return (hash, folder);
    }

    /// <summary>Compare an installed package with what was installed.</summary>
    /// <returns>one sentence for each file that differs; empty when all is well</returns>
    public IReadOnlyList<string> Damage(ModelRecord record, Action<long> step)
    {
        var files = new FolderFiles(Path.Combine(cache.Object(record.Object), record.Folder), record.Entry.Id);
        var faults = new List<string>();
        long done = 0;
        foreach (PackageFile file in record.Files)
        {
            if (!files.Exists(file.Name))
                faults.Add($"{file.Name} is missing.");
            else if (Disk.Hash(files.Read(file.Name, Array.MaxLength)) is var hash && hash != file.Sha256)
                faults.Add($"{file.Name} has the SHA-256 {hash}; it was installed with {file.Sha256}.");
            step(done += file.Bytes);
        }
        return faults;
    }
}
