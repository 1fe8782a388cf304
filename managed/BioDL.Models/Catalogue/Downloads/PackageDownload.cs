using System.Text;
using BioDL.Core;
using BioDL.Core.Running;
using BioDL.Models.Cache;
using BioDL.Models.Descriptions;
using BioDL.Models.Files;
using BioDL.Models.Opening;
using BioDL.Models.Readers;

namespace BioDL.Models.Catalogue.Downloads;

/// <summary>
/// Brings a package: one file (a zip or a network), or a description and the files that it names. All lands in one folder of the cache,
/// whole
/// files under their names, so that a later try brings only what is missing.
/// </summary>
/// <param name="settings">limits and times</param>
/// <param name="meter">told how far it is</param>
/// <param name="folder">of this address alone; the caller holds its lock</param>
internal sealed class PackageDownload(CatalogueSettings settings, Meter meter, string folder)
{
    private const long OptionalLimit = 64 << 20;

    /// <summary>The first file holds the weights, and sizes are not known before: what part of the whole it is taken for.</summary>
    private const double Weights = 0.9;

    public List<string> Warnings { get; } = [];

    /// <param name="url">http or https</param>
    /// <param name="sha256">of what lies there; null: any</param>
    /// <param name="weights">weights are needed that can be run here</param>
    /// <returns>the package, and the hash of what lies at the address</returns>
    /// <exception cref="BioDLException">As <see cref="Downloader.Fetch"/>.</exception>
    public (LocalPackage Package, string Sha256) Bring(Uri url, string? sha256, bool weights)
    {
        using var downloader = new Downloader(settings, meter);
        string path = Path.Combine(folder, "source", FileName(url));
        string hash = downloader.Fetch(new Download(url, path, settings.MaximumDownload, sha256),
            // A small file may be a description, and then most is still to come.
            (done, total) => meter.Report(Stage.Download, done, total, total > DescriptionFiles.Limit ? null : 0));
        return (FolderFiles.StartsAsZip(path) || !IsText(path) ? Whole(path, url) : Described(downloader, path, url, hash, weights), hash);
    }

    private static LocalPackage Whole(string path, Uri url) => LocalPackage.Of(path) with { Title = SafeUrl.Title(url) };

    private LocalPackage Described(Downloader downloader, string path, Uri url, string hash, bool weights)
    {
        string text = Description(path, url), shown = SafeUrl.Shown(url);
        if (weights)
            DescriptionFiles.CheckWeights(text, shown);
        // Of this very description: one that changed since the last try has other files.
        string beside = Path.Combine(folder, "files", hash);
        IReadOnlyList<NamedFile> files = DescriptionFiles.Of(text, shown);
        var names = new Dictionary<NamedFile, string>();
        for (int index = 0; index < files.Count; index++)
        {
            NamedFile file = files[index];
            (string name, Uri from) = Place(file, url, index);
            names[file] = name;
            var download = new Download(from, Path.Combine(beside, name), file.Needed ? settings.MaximumDownload : OptionalLimit,
                file.Sha256);
            Bring(downloader, file, download,
                index == 0 ? (0, Weights) : (Weights + (1 - Weights) * (index - 1) / (files.Count - 1), (1 - Weights) / (files.Count - 1)));
        }
        Disk.Write(Path.Combine(beside, "bioimageio.yaml"), Encoding.UTF8.GetBytes(Renamed(text, names)));
        return LocalPackage.Of(beside) with { Title = SafeUrl.Title(url) };
    }

    private void Bring(Downloader downloader, NamedFile file, Download download, (double Start, double Share) part)
    {
        if (IsHere(download))
            return;
        try
        {
            downloader.Fetch(download, (done, total) => meter.Report(Stage.Download, done, total,
                part.Start + (total > 0 ? part.Share * done / total : 0)));
        }
        catch (BioDLException error) when (!file.Needed && error.Status != Status.Cancelled)
        {
            Warnings.Add($"{error.Message} The model runs without it.");
        }
    }

    /// <summary>Whole from an earlier try. Its name appeared by a rename, so only what happened afterwards can have damaged it.</summary>
    private static bool IsHere(Download download)
    {
        if (!File.Exists(download.Path))
            return false;
        if (download.Sha256 is null)
            return true;
        using FileStream stream = File.OpenRead(download.Path);
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream)) == download.Sha256;
    }

    /// <summary>Where a file of the description lies, and what it will be called beside it.</summary>
    private static (string Name, Uri From) Place(NamedFile file, Uri description, int index)
    {
        if (SafeUrl.Parse(file.Source) is { } url)
        {
            SafeUrl.Check(url);
            if (description.Scheme == Uri.UriSchemeHttps && url.Scheme == Uri.UriSchemeHttp && file.Sha256 is null)
                throw new BioDLException(Status.ModelInvalid,
                    $"{SafeUrl.Shown(description)} names {SafeUrl.Shown(url)}, which is not https, and gives no SHA-256 for it.",
                    "Ask whoever offers the model.");
            return ($"{index}-{FileName(url)}", url);
        }
        if (SafeNames.Fault(file.Source) is { } fault)
            throw new BioDLException(Status.ModelInvalid,
                $"{SafeUrl.Shown(description)} names the file \"{PlainText.Line(file.Source)}\", which {fault}.", "Do not use this model.");
        return (file.Source, SafeUrl.Beside(description, file.Source));
    }

    /// <summary>
    /// The description with addresses replaced by the names beside it, from the end so that earlier places stay where they are.
    /// </summary>
    private static string Renamed(string text, Dictionary<NamedFile, string> names)
    {
        foreach (var (file, name) in names.Where(pair => pair.Value != pair.Key.Source).OrderByDescending(pair => pair.Key.Start))
            text = $"{text[..(int)file.Start]}\"{name}\"{text[(int)file.End..]}";
        return text;
    }

    private static string Description(string path, Uri url)
    {
        if (new FileInfo(path).Length > DescriptionFiles.Limit)
            throw new BioDLException(Status.ModelUnsupported,
                $"{SafeUrl.Shown(url)} is no model: neither a zip file, nor a network, nor a description.", "Check the address.");
        string text = File.ReadAllText(path);
        return !text.TrimStart().StartsWith('<') ? text
            : throw new BioDLException(Status.ModelUnsupported, $"{SafeUrl.Shown(url)} is a web page, no model.",
                "Give the address of the model's zip file or description.");
    }

    /// <summary>No control characters but those of text at its beginning.</summary>
    private static bool IsText(string path)
    {
        using FileStream stream = File.OpenRead(path);
        Span<byte> start = stackalloc byte[512];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        foreach (byte value in start)
        {
            if (value is < 32 and not (9 or 10 or 12 or 13))
                return false;
        }
        return true;
    }

    /// <summary>The last part of the path as a file name; its ending tells what it is.</summary>
    private static string FileName(Uri url)
    {
        string[] parts = [.. url.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)
            .Where(part => part != "content")];
        return Slug.Of(parts.Length > 0 ? parts[^1] : "model");
    }
}
