using BioDL.Core;

namespace BioDL.Cli.Output;

/// <summary>
/// A file that appears only when it is whole: it is written beside its place under another name and moved there at the end. What was there
/// before stays until then, and nothing half-written is left behind by an error or a cancel.
/// </summary>
internal sealed class SafeFile : IDisposable
{
    private readonly string _path;
    private bool _moved;

    /// <exception cref="BioDLException">The folder cannot be made.</exception>
    internal SafeFile(string path)
    {
        _path = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(_path)!;
        Temporary = Path.Combine(folder, $".{Path.GetFileName(_path)}.{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed(error);
        }
    }

    /// <summary>Where to write.</summary>
    internal string Temporary { get; }

    /// <summary>Write the whole file and move it to its place.</summary>
    internal static void Write(string path, Action<Stream> write)
    {
        using var file = new SafeFile(path);
        try
        {
            using (FileStream stream = File.Create(file.Temporary))
                write(stream);
            file.Commit();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw file.Failed(error);
        }
    }

    /// <summary>Move the file to its place; it must be closed.</summary>
    internal void Commit()
    {
        try
        {
            File.Move(Temporary, _path, overwrite: true);
            _moved = true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed(error);
        }
    }

    public void Dispose()
    {
        if (_moved)
            return;
        try
        {
            File.Delete(Temporary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // the error that led here matters more than a temporary file
        }
    }

    private BioDLException Failed(Exception error) =>
        new(Status.Io, $"{_path} cannot be written: {error.Message}", "Check that the disk is not full and the folder is writable.", error);
}
