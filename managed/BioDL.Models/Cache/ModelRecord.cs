using System.Security.Cryptography;
using System.Text;
using BioDL.Models.Descriptions;

namespace BioDL.Models.Cache;

/// <summary>One file of an installed package.</summary>
internal sealed record PackageFile(string Name, long Bytes, string Sha256);

/// <summary>What the cache knows of an installed model, so that a listing opens none.</summary>
internal sealed record ModelRecord
{
    /// <summary>All that is shown; its path and cover are made from the fields below.</summary>
    public required CatalogueEntry Entry { get; init; }

    /// <summary>The package's content: <see cref="HashOf"/> its files.</summary>
    public required string Object { get; init; }

    /// <summary>The package's folder in its object.</summary>
    public required string Folder { get; init; }

    /// <summary>The file in the folder to open; "" for the folder.</summary>
    public string Open { get; init; } = "";

    /// <summary>The file in the folder to show; "" for none.</summary>
    public string Cover { get; init; } = "";

    /// <summary>Of the file that was installed; "" for a folder.</summary>
    public string SourceSha256 { get; init; } = "";

    /// <summary>The package itself, or the collection, says this id; else it was made from a file's name.</summary>
    public bool OwnId { get; init; }
    public DateTime Installed { get; init; }
    public required IReadOnlyList<PackageFile> Files { get; init; }

    /// <summary>SHA-256 over the lines that sha256sum would print for the files, in ordinal order of their names.</summary>
    public static string HashOf(IEnumerable<PackageFile> files)
    {
        var text = new StringBuilder();
        foreach (PackageFile file in files.OrderBy(file => file.Name, StringComparer.Ordinal))
            text.Append(file.Sha256).Append("  ").Append(file.Name).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Where it lies, and the entry to show.</summary>
    public CatalogueEntry Located(CacheFolder cache)
    {
        string folder = Path.Combine(cache.Object(Object), Folder);
        return Entry with
        {
            Path = Open.Length > 0 ? Path.Combine(folder, Open) : folder,
            Cover = Cover.Length > 0 ? Path.Combine(folder, Cover) : Entry.Cover,
        };
    }
}
