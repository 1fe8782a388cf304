using BioDL.Core;

namespace BioDL.Models.Files;

/// <summary>A model in a folder on disk.</summary>
internal sealed class FolderFiles(string folder, string source) : IModelFiles
{
    private const int MaximumLinks = 8;
    private readonly Lazy<IReadOnlyList<string>> _names = new(() => FolderNames.Of(folder));

    public string Source => source;

    public string? Folder => folder;

    public IReadOnlyList<string> Names => _names.Value;

    /// <summary>Pipes and the like are no files: whoever opens one waits for ever.</summary>
    public bool Exists(string name) => SafeNames.AreSafe(name) && FileFacts.Of(Path.Combine(folder, name)) is { Kind: FileKind.Regular }
        && StaysInside(Path.Combine(folder, name));

    public byte[] Read(string name, long limit)
    {
        string path = Checked(name);
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            if (stream.Length > Math.Min(limit, Array.MaxLength))
                throw TooLarge(path, stream.Length, limit);
            byte[] bytes = GC.AllocateUninitializedArray<byte>((int)stream.Length);
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BioDLException(Status.NotFound, $"There is no file {path}.", "Check the path of the model, or download it again.",
                error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BioDLException(Status.Io, $"{path} could not be read: {error.Message}",
                "Check that the file is whole and that you may read it.", error);
        }
    }

    public IModelFiles Inner(string name)
    {
        string path = Checked(name);
        if (!File.Exists(path))
            throw new BioDLException(Status.NotFound, $"There is no file {path}.", "Check the path of the model, or download it again.");
        return StartsAsZip(path) ? ZipFiles.Of(path) : throw NoZip(path);
    }

    internal static BioDLException TooLarge(string name, long size, long limit) => new(Status.ModelInvalid,
        $"{name} has {size} bytes, more than the {limit} that such a file may have.", "Check that this is the right file.");

    internal static BioDLException NoZip(string name) => new(Status.ModelInvalid, $"{name} is no zip file.", "Download the model again.");

    /// <exception cref="BioDLException"><see cref="Status.Io"/></exception>
    internal static bool StartsAsZip(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
            Span<byte> start = stackalloc byte[4];
            return SafeZip.IsZip(start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BioDLException(Status.Io, $"{path} could not be read: {error.Message}", "Check that you may read it.", error);
        }
    }

    // A hostile description cannot point elsewhere, nor a hostile folder by a link.
    private string Checked(string name)
    {
        if (SafeNames.Fault(name) is { } fault)
            throw new BioDLException(Status.ModelInvalid,
                $"{source} names the file \"{name}\", which is not inside its folder: the name {fault}.", "Download the model again.");
        string path = Path.Combine(folder, name);
        FileFacts.RequireRegular(path);
        return StaysInside(path) ? path
            : throw new BioDLException(Status.ModelInvalid, $"{path} is a link that leads out of the model's folder.",
                "Put the file itself there.");
    }

    private bool StaysInside(string path) => StaysInside(folder, path, MaximumLinks);

    /// <summary>No link on the way from a folder to a path below it leads out of the folder.</summary>
    internal static bool StaysInside(string folder, string path, int links = MaximumLinks)
    {
        string relative = Path.GetRelativePath(folder, path);
        if (links == 0 || relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative))
            return false;
        string[] parts = relative.Split(Path.DirectorySeparatorChar);
        string at = folder;
        for (int i = 0; i < parts.Length; i++)
        {
            at = Path.Combine(at, parts[i]);
            if (new FileInfo(at).LinkTarget is { } target)
            {
                string led = Path.GetFullPath(Path.Combine([Path.GetDirectoryName(at)!, target, .. parts[(i + 1)..]]));
                return StaysInside(folder, led, links - 1);
            }
        }
        return true;
    }
}
