using BioDL.Core;

namespace BioDL.Models.Cache;

/// <summary>The records of installed models.</summary>
internal sealed class RecordStore(CacheFolder cache)
{
    private const long Limit = 16 << 20;

    /// <summary>All whole records whose packages are there, in the order of their ids.</summary>
    /// <param name="warn">told of records that are not</param>
    public IReadOnlyList<ModelRecord> All(Action<string>? warn = null)
    {
        var records = new List<ModelRecord>();
        foreach (string path in Paths())
        {
            if (Read(path) is not { } record)
                warn?.Invoke($"{path} is damaged and is left out. Install the model again.");
            else if (!Directory.Exists(Path.Combine(cache.Object(record.Object), record.Folder)))
                warn?.Invoke($"The files of the installed model {record.Entry.Id} are gone. Install it again, or remove it.");
            else
                records.Add(record);
        }
        return [.. records.OrderBy(record => record.Entry.Id, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The record of exactly this id; null when there is none, or none that is whole.</summary>
    public ModelRecord? Get(string id) => PathOf(id) is { } path && File.Exists(path) ? Read(path) : null;

    /// <summary>The record of an installed model.</summary>
    /// <param name="name">its id, nickname or DOI, or its name when only one model has it; upper and lower case are the same</param>
    /// <returns>null when there is none</returns>
    public ModelRecord? Find(string name)
    {
        if (name.Length == 0 || !Directory.Exists(cache.Models))
            return null;
        if (Get(name.ToLowerInvariant()) is { } exact && Path.Exists(exact.Located(cache).Path))
            return exact;
        IReadOnlyList<ModelRecord> all = All();
        return all.FirstOrDefault(record => record.Entry.Aliases.Contains(name, StringComparer.OrdinalIgnoreCase))
            ?? (all.Where(record => record.Entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Take(2).ToArray() is [var one] ? one
                : null);
    }

    /// <exception cref="IOException">As the system says.</exception>
    public void Put(ModelRecord record) => Disk.Write(PathOf(record.Entry.Id)!, RecordJson.Write(record));

    /// <returns>false when there was none</returns>
    /// <exception cref="BioDLException"><see cref="Status.Io"/></exception>
    public bool Delete(string id)
    {
        if (PathOf(id) is not { } path || !File.Exists(path))
            return false;
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception error) when (Disk.IsDisk(error))
        {
            throw Disk.Failed(path, error);
        }
    }

    /// <summary>
    /// Objects that any record names, also one whose package is gone. A damaged record may have named anything, so then nothing is known:
    /// null.
    /// </summary>
    public IReadOnlySet<string>? Used()
    {
        var used = new HashSet<string>();
        foreach (string path in Paths())
        {
            if (Read(path) is not { } record)
                return null;
            used.Add(record.Object);
        }
        return used;
    }

    private string[] Paths()
    {
        try
        {
            return Directory.Exists(cache.Models) ? Directory.GetFiles(cache.Models, "*.json") : [];
        }
        catch (Exception error) when (Disk.IsDisk(error))
        {
            return [];
        }
    }

    private string? PathOf(string id) => Slug.IsSlug(id) ? Path.Combine(cache.Models, id + ".json") : null;

    private static ModelRecord? Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Length <= Limit ? RecordJson.Read(File.ReadAllBytes(path)) : null;
        }
        catch (Exception error) when (Disk.IsDisk(error))
        {
            return null;
        }
    }
}
