using BioDL.Core;

namespace BioDL.Models.Files;

/// <summary>A model in a folder on disk.</summary>
internal sealed class FolderFiles(string folder, string source) : IModelFiles
{
    public string Source => source;

    public string? Folder => folder;

    public bool Exists(string name) => IsInside(name) && File.Exists(Path.Combine(folder, name));

    public byte[] Read(string name, long limit)
    {
        if (!IsInside(name))
            throw new BioDLException(Status.ModelInvalid, $"{source} names the file \"{name}\", which is not inside its folder.", "Download the model again.");
        string path = Path.Combine(folder, name);
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            if (stream.Length > limit)
                throw TooLarge(path, stream.Length, limit);
            byte[] bytes = GC.AllocateUninitializedArray<byte>((int)stream.Length);
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BioDLException(Status.NotFound, $"There is no file {path}.", "Check the path of the model, or download it again.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BioDLException(Status.Io, $"{path} could not be read: {error.Message}", "Check that the file is whole and that you may read it.", error);
        }
    }

    internal static BioDLException TooLarge(string name, long size, long limit) => new(Status.ModelInvalid,
        $"{name} has {size} bytes, more than the {limit} that such a file may have.", "Check that this is the right file.");

    /// <summary>A name of the folder or of a folder in it, so that a hostile description cannot point elsewhere.</summary>
    private static bool IsInside(string name) =>
        name.IndexOfAny(['\\', ':', '\0']) < 0 && name.Split('/').All(part => part is not ("" or "." or ".."));
}
