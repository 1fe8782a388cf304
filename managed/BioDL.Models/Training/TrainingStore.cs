using System.Globalization;
using System.Text.Json;
using BioDL.Core;
using BioDL.Core.Training;
using BioDL.Models.Cache;

namespace BioDL.Models.Training;

/// <summary>
/// The folder of one training in the cache, with the lock that says that a process works on it. A folder becomes a training when its job is
/// written, which is the last of all: whatever a killed process leaves before that is swept away.
/// </summary>
internal sealed class TrainingStore : IDisposable
{
    private readonly FileLock _lock;
    private bool _deleted;

    private TrainingStore(string id, string folder, FileLock held) => (Id, Folder, _lock) = (id, folder, held);

    public string Id { get; }

    public string Folder { get; }

    public string PathOf(string file) => Path.Combine(Folder, file);

    /// <summary>A new folder of this user's cache.</summary>
    /// <exception cref="BioDLException"><see cref="Status.Io"/></exception>
    public static TrainingStore Create(CacheFolder cache, TrainingMethod method)
    {
        Sweep(cache);
        string id = string.Create(CultureInfo.InvariantCulture,
            $"{method.Id()}-{DateTime.Now:yyyyMMdd-HHmmss}-{Guid.NewGuid().ToString("N")[..4]}");
        try
        {
            // First the lock, then the folder: what others see is locked.
            FileLock held = FileLock.TryTake(LockOf(cache, id)) ?? throw new IOException($"{LockOf(cache, id)} is in use");
            string folder = Path.Combine(cache.Training, id);
            Directory.CreateDirectory(folder);
            return new TrainingStore(id, folder, held);
        }
        catch (Exception error) when (Disk.IsDisk(error))
        {
            throw Disk.Failed(cache.Training, error);
        }
    }

    /// <summary>A training that is there, for this process alone.</summary>
    /// <exception cref="BioDLException"><see cref="Status.NotFound"/>; <see cref="Status.InvalidArgument"/>: another has it.</exception>
    public static TrainingStore Open(CacheFolder cache, string id)
    {
        string folder = Path.Combine(cache.Training, id);
        if (Slug.Of(id) != id || !File.Exists(Path.Combine(folder, TrainingJob.FileName)))
            throw new BioDLException(Status.NotFound, $"There is no training \"{id}\" that could be taken up again.",
                "'biodl train --unfinished' lists those that there are.");
        FileLock held = FileLock.TryTake(LockOf(cache, id)) ?? throw new BioDLException(Status.InvalidArgument,
            $"The training \"{id}\" is going on in another process.", "Wait for it, or end it there.");
        return new TrainingStore(id, folder, held);
    }

    /// <summary>Those that nobody works on, by their folders.</summary>
    public static IEnumerable<TrainingStore> Free(CacheFolder cache)
    {
        foreach (string id in Ids(cache))
        {
            if (File.Exists(Path.Combine(cache.Training, id, TrainingJob.FileName)) && FileLock.TryTake(LockOf(cache, id)) is { } held)
                yield return new TrainingStore(id, Path.Combine(cache.Training, id), held);
        }
    }

    public TrainingJob Job() => Read(TrainingJob.FileName, bytes => JsonSerializer.Deserialize(bytes, TrainingJobJson.Default.TrainingJob));

    public TrainingAbout About() =>
        Read(TrainingAbout.FileName, bytes => JsonSerializer.Deserialize(bytes, TrainingAboutJson.Default.TrainingAbout));

    /// <summary>Make the folder a training.</summary>
    public void Write(TrainingJob job, TrainingAbout about)
    {
        Write(TrainingAbout.FileName, JsonSerializer.SerializeToUtf8Bytes(about, TrainingAboutJson.Default.TrainingAbout));
        Write(TrainingJob.FileName, JsonSerializer.SerializeToUtf8Bytes(job, TrainingJobJson.Default.TrainingJob));
    }

    public void Write(string file, ReadOnlySpan<byte> content)
    {
        try
        {
            Disk.Write(PathOf(file), content);
        }
        catch (Exception error) when (Disk.IsDisk(error))
        {
            throw Disk.Failed(PathOf(file), error);
        }
    }

    /// <summary>It can no longer be taken up again; whoever comes next sweeps it away.</summary>
    public void EndTraining() => Disk.TryDelete(PathOf(TrainingJob.FileName));

    /// <summary>Nothing is left of it.</summary>
    public void Delete()
    {
        // First what makes it a training, so that a half-deleted folder is none.
        EndTraining();
        Disk.TryDelete(Folder);
        _deleted = true;
    }

    public void Dispose()
    {
        _lock.Dispose();
        if (_deleted)
            Disk.TryDelete(Folder + ".lock");
    }

    private static string LockOf(CacheFolder cache, string id) => Path.Combine(cache.Training, id + ".lock");

    private static IEnumerable<string> Ids(CacheFolder cache) => Directory.Exists(cache.Training)
        ? Directory.EnumerateDirectories(cache.Training).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal) : [];

    private static void Sweep(CacheFolder cache)
    {
        foreach (string id in Ids(cache).ToList())
        {
            string folder = Path.Combine(cache.Training, id);
            if (File.Exists(Path.Combine(folder, TrainingJob.FileName)))
                continue;
            using FileLock? held = FileLock.TryTake(LockOf(cache, id));
            if (held is not null && Disk.TryDelete(folder))
                Disk.TryDelete(LockOf(cache, id));
        }
    }

    private T Read<T>(string file, Func<byte[], T?> parse) where T : class
    {
        try
        {
            return parse(File.ReadAllBytes(PathOf(file))) ?? throw new JsonException("it is empty");
        }
        catch (Exception error) when (Disk.IsDisk(error) || error is JsonException)
        {
            throw new BioDLException(Status.Io, $"The training \"{Id}\" cannot be read: {PathOf(file)}: {error.Message}",
                "Delete it and train anew.", error);
        }
    }
}
