using BioDL.Core;

namespace BioDL.Models.Files;

/// <summary>
/// A model in a zip file, read where it is and never unpacked to disk. A single folder that holds all its files is left out of their names.
/// The zip file is opened anew for each file, so that nothing is kept open between them.
/// </summary>
internal sealed class ZipFiles : IModelFiles
{
    private const int MaximumNesting = 3;
    private readonly Func<Stream> _open;
    private readonly int _nesting;
    private readonly SortedDictionary<string, ZipItem> _items = new(StringComparer.Ordinal);

    private ZipFiles(Func<Stream> open, string source, int nesting)
    {
        (_open, Source, _nesting) = (open, source, nesting);
        using Stream zip = open();
        IEnumerable<ZipItem> items = SafeZip.List(zip, source).Where(item => !IsClutter(item.Name));
        string top = Top(items);
        foreach (ZipItem item in items)
            _items.Add(item.Name[top.Length..], item);
        Names = [.. _items.Keys];
    }

    /// <summary>A zip file on disk.</summary>
    /// <exception cref="BioDLException"><see cref="Status.Io"/>, <see cref="Status.ModelInvalid"/></exception>
    public static ZipFiles Of(string path) => new(() => Opened(path), path, 1);

    /// <summary>A zip file in memory.</summary>
    /// <param name="zip">kept as long as this</param>
    /// <param name="source">what messages call it</param>
    /// <param name="nesting">1 for a zip file that is in no other</param>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/></exception>
    public static ZipFiles Of(byte[] zip, string source, int nesting = 1) => nesting <= MaximumNesting
        ? new ZipFiles(() => new MemoryStream(zip, writable: false), source, nesting)
        : throw new BioDLException(Status.ModelInvalid, $"{source} is a zip file in a zip file, {nesting} deep.",
            $"Unpack it: {MaximumNesting} are read.");

    public string Source { get; }

    public string? Folder => null;

    public IReadOnlyList<string> Names { get; }

    public bool Exists(string name) => _items.ContainsKey(name);

    public byte[] Read(string name, long limit)
    {
        if (!_items.TryGetValue(name, out ZipItem? item))
        {
            throw SafeNames.Fault(name) is { } fault
                ? new BioDLException(Status.ModelInvalid, $"{Source} names the file \"{name}\", which {fault}.",
                    "Download the model again.")
                : new BioDLException(Status.NotFound, $"There is no file {name} in {Source}.", "Download the model again.");
        }
        if (item.Length > limit)
            throw FolderFiles.TooLarge($"{name} in {Source}", item.Length, limit);
        using Stream zip = _open();
        return SafeZip.Unpack(zip, item, Source);
    }

    public IModelFiles Inner(string name)
    {
        string source = $"{name} in {Source}";
        byte[] zip = Read(name, SafeZip.MaximumLength);
        return SafeZip.IsZip(zip) ? Of(zip, source, _nesting + 1) : throw FolderFiles.NoZip(source);
    }

    private static FileStream Opened(string path)
    {
        FileFacts.RequireRegular(path);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.RandomAccess);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BioDLException(Status.Io, $"{path} could not be read: {error.Message}",
                "Check that the file is there and that you may read it.", error);
        }
    }

    private static string Top(IEnumerable<ZipItem> items)
    {
        string[] tops = [.. items.Select(item => item.Name[..(item.Name.IndexOf('/') + 1)]).Distinct().Take(2)];
        return tops is [{ Length: > 0 } top] ? top : "";
    }

    /// <summary>What macOS adds to zip files.</summary>
    private static bool IsClutter(string name) =>
        name.StartsWith("__MACOSX/", StringComparison.Ordinal) || name == ".DS_Store"
        || name.EndsWith("/.DS_Store", StringComparison.Ordinal);
}
