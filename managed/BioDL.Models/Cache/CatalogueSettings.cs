

namespace BioDL.Models.Cache;

/// <summary>Where models are kept and how they are brought.</summary>
public sealed record CatalogueSettings
{
    /// <summary>The cache. It is made when something is written.</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// Bytes that the cache may have. Converted networks and broken downloads go first; installed models stay until they are removed.
    /// </summary>
    public long Limit { get; init; } = 8L << 30;

    /// <summary>Addresses (or files) of the collection's index, tried in this order.</summary>
    public IReadOnlyList<string> Zoo { get; init; } = DefaultZoo;

    /// <summary>
    /// Where NuGet packages come from: the address of a server's flat container, or a folder of packages as NuGet keeps them.
    /// </summary>
    public string Packages { get; init; } = "https://api.nuget.org/v3-flatcontainer";

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>A download without a byte for this long is broken off and tried again.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Failures in a row, without a byte between them, that end a download.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>The pause after the first failure; it doubles with each.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromMilliseconds(500);

    public int MaximumRedirects { get; init; } = 8;

    /// <summary>Bytes of one downloaded file.</summary>
    public long MaximumDownload { get; init; } = 16L << 30;

    /// <summary>How long to wait for another process that downloads the same model.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The BioImage Model Zoo: its server's listing, which holds whole descriptions, then the older index, which lags behind but lies
    /// elsewhere.
    /// </summary>
    public static IReadOnlyList<string> DefaultZoo { get; } =
    [
        "https://hypha.aicell.io/bioimage-io/artifacts/bioimage.io/children?limit=1000&filters=%7B%22type%22%3A%22model%22%7D",
        "https://uk1s3.embassy.ebi.ac.uk/public-datasets/bioimage.io/collection.json",
    ];

    /// <summary>As the environment says: BIODL_CACHE, BIODL_CACHE_LIMIT (bytes, or with K, M, G, T), BIODL_ZOO, BIODL_PACKAGES.</summary>
    public static CatalogueSettings FromEnvironment()
    {
        var settings = new CatalogueSettings { Folder = CacheFolder.OfUser() };
        if (CacheFolder.ParseSize(Environment.GetEnvironmentVariable("BIODL_CACHE_LIMIT")) is { } limit)
            settings = settings with { Limit = limit };
        if (Environment.GetEnvironmentVariable("BIODL_ZOO") is { Length: > 0 } zoo)
            settings = settings with { Zoo = [zoo] };
        if (Environment.GetEnvironmentVariable("BIODL_PACKAGES") is { Length: > 0 } packages)
            settings = settings with { Packages = packages };
        return settings;
    }
}
