using BioDL.Core;
using BioDL.Models.Cache;
using BioDL.Models.Catalogue.Downloads;
using BioDL.Models.Files;

namespace BioDL.Models.Catalogue.Zoo;

/// <summary>The collection: asked for over the network, and as it was last seen where that fails.</summary>
internal sealed class ZooIndex(CatalogueSettings settings, Meter meter)
{
    private const long Limit = 64 << 20;

    /// <summary>An index that was brought a moment ago serves an installation that follows a listing.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);
    private readonly CacheFolder _cache = new(settings.Folder);

    /// <param name="warn">told when it is not the present state</param>
    /// <param name="recent">a copy of the last minutes will do</param>
    /// <returns>null when there is none at all</returns>
    /// <exception cref="BioDLException"><see cref="Status.Cancelled"/></exception>
    public IReadOnlyList<ZooModel>? Load(Action<string> warn, bool recent = false)
    {
        if (recent && settings.Zoo.Select(source => Kept(source, Fresh)).FirstOrDefault(models => models is not null) is { } known)
            return known;
        var failures = new List<string>();
        foreach (string source in settings.Zoo)
        {
            try
            {
                return Brought(source);
            }
            catch (BioDLException error) when (error.Status != Status.Cancelled)
            {
                failures.Add(error.Message);
            }
        }
        string why = string.Join(' ', failures);
        foreach (string source in settings.Zoo)
        {
            if (Kept(source, TimeSpan.MaxValue) is not { } old)
                continue;
            warn($"The collection could not be asked; this is what it was on {File.GetLastWriteTime(PathOf(source)):yyyy-MM-dd}. {why}");
            return old;
        }
        warn($"The collection could not be asked. {why}");
        return null;
    }

    /// <summary>By id, by another name, or by a name for people that only one has; null for none.</summary>
    public static ZooModel? Named(IReadOnlyList<ZooModel> models, string name)
    {
        bool Same(string other) => other.Equals(name, StringComparison.OrdinalIgnoreCase);
        return models.FirstOrDefault(model => Same(model.Entry.Id)) ?? models.FirstOrDefault(model => model.Entry.Aliases.Any(Same))
            ?? (models.Where(model => Same(model.Entry.Name)).Take(2).ToArray() is [var one] ? one : null);
    }

    /// <summary>Who asks for a list waits for it.</summary>
    private CatalogueSettings Impatient => settings with
    {
        Attempts = Math.Min(settings.Attempts, 2),
        ConnectTimeout = Shorter(settings.ConnectTimeout, 8),
        StallTimeout = Shorter(settings.StallTimeout, 15),
    };

    private static TimeSpan Shorter(TimeSpan time, int seconds) => time.TotalSeconds < seconds ? time : TimeSpan.FromSeconds(seconds);

    private IReadOnlyList<ZooModel> Brought(string source)
    {
        if (SafeUrl.Parse(source) is not { } url || url.IsFile)
            return OfFile(SafeUrl.Parse(source)?.LocalPath ?? source);
        SafeUrl.Check(url);
        string path = PathOf(source), fresh = Path.Combine(_cache.Zoo, Guid.NewGuid().ToString("N"));
        try
        {
            using var downloader = new Downloader(Impatient, meter);
            downloader.Fetch(new Download(url, fresh, Limit), (_, _) => meter.Poll());
            byte[] json = File.ReadAllBytes(fresh);
            IReadOnlyList<ZooModel> models = ZooReader.Read(json, url);
            File.Move(fresh, path, overwrite: true);
            return models;
        }
        catch (Exception error) when (Disk.IsDisk(error))
        {
            throw Disk.Failed(path, error);
        }
        finally
        {
            foreach (string rest in new[] { fresh, fresh + ".part", fresh + ".part.json" })
                Disk.TryDelete(rest);
        }
    }

    private static IReadOnlyList<ZooModel> OfFile(string path)
    {
        try
        {
            string full = Path.GetFullPath(path);
            FileFacts.RequireRegular(full);
            return new FileInfo(full).Length <= Limit ? ZooReader.Read(File.ReadAllBytes(full), new Uri(full))
                : throw new BioDLException(Status.ModelInvalid, $"{full} is too large for an index of models.", "Check BIODL_ZOO.");
        }
        catch (Exception error) when (Disk.IsDisk(error))
        {
            throw new BioDLException(Status.Io, $"{path} could not be read: {error.Message}", "Check BIODL_ZOO.", error);
        }
    }

    private IReadOnlyList<ZooModel>? Kept(string source, TimeSpan age)
    {
        string path = PathOf(source);
        try
        {
            if (SafeUrl.Parse(source) is not { } url || !File.Exists(path) || DateTime.UtcNow - File.GetLastWriteTimeUtc(path) > age)
                return null;
            return ZooReader.Read(File.ReadAllBytes(path), url);
        }
        catch (Exception error) when (Disk.IsDisk(error) || error is BioDLException)
        {
            return null;
        }
    }

    private string PathOf(string source) => Path.Combine(_cache.Zoo, Disk.Hash(source) + ".json");
}
