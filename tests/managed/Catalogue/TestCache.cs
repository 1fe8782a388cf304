using System.Runtime.CompilerServices;
using BioDL.Models.Cache;
using BioDL.Models.Catalogue;
using BioDL.Models.Descriptions;
using BioDL.Tests.Cli;

namespace BioDL.Tests.Catalogues;

/// <summary>A cache for one test. Times are short, so that a test of a stalled server takes a part of a second.</summary>
internal sealed class TestCache : IDisposable
{
    private readonly TestFolder _folder = new();

    internal TestCache() => Settings = new CatalogueSettings
    {
        Folder = Path.Combine(_folder.Root, "cache"), Zoo = [], ConnectTimeout = TimeSpan.FromSeconds(2),
        StallTimeout = TimeSpan.FromMilliseconds(300),
        Backoff = TimeSpan.FromMilliseconds(5), Attempts = 3, LockTimeout = TimeSpan.FromSeconds(10),
    };

    internal CatalogueSettings Settings { get; set; }

    internal ModelCatalogue Catalogue => new(Settings);

    internal ModelCache Networks => new(Settings);

    internal string Folder => Settings.Folder;

    /// <summary>A place beside the cache.</summary>
    internal string Beside(string name) => _folder.File(name);

    /// <summary>Files of the cache as paths relative to it, without the locks.</summary>
    internal string[] Files(string sub = "") => Directory.Exists(Path.Combine(Folder, sub))
        ? [.. Directory.EnumerateFiles(Path.Combine(Folder, sub), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Folder, path))
            .Where(path => !path.StartsWith("locks", StringComparison.Ordinal)).Order(StringComparer.Ordinal)] : [];

    internal CatalogueEntry[] Installed => [.. Catalogue.List().Entries.Where(entry => entry.State == ModelState.Installed)];

    public void Dispose() => _folder.Dispose();

    /// <summary>No test writes to the cache of the person who runs it.</summary>
    [ModuleInitializer]
    internal static void KeepAway()
    {
        if (Environment.GetEnvironmentVariable("BIODL_CACHE") is { Length: > 0 })
            return;
        string folder = Directory.CreateTempSubdirectory("biodl-test-cache-").FullName;
        Environment.SetEnvironmentVariable("BIODL_CACHE", folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
    }
}
