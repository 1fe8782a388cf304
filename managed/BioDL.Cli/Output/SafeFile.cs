using BioDL.Core;

namespace BioDL.Cli.Output;

/// <summary>
/// A file that appears only when it is whole: it is written beside its place under another name and moved there at the end. What was there
/// before stays until then, and nothing half-written is left behind by an error or a cancel. That its folder can be written shows at once,
/// before anything is computed.
/// </summary>
internal sealed class SafeFile : IDisposable
{
    private readonly string _full;
    private readonly bool _replace;
    private bool _moved;

    /// <param name="path">to write; its folder is made where it is missing</param>
    /// <param name="replace">what is there may be replaced; else it stays, and <see cref="Commit"/> fails</param>
    /// <exception cref="BioDLException"><see cref="Status.Io"/>: the folder cannot be made or written.</exception>
    internal SafeFile(string path, bool replace)
    {
        (Path, _full, _replace) = (path, System.IO.Path.GetFullPath(path), replace);
        string folder = System.IO.Path.GetDirectoryName(_full)!;
        // Its length does not depend on the file's name, which may be as long as names can be.
        Temporary = System.IO.Path.Combine(folder, $".biodl-{Guid.NewGuid():N}.tmp");
        Try(() =>
        {
            Directory.CreateDirectory(folder);
            File.Create(Temporary).Dispose();
        });
    }

    /// <summary>What errors call it.</summary>
    internal string Path { get; }

    /// <summary>Where to write: an empty file.</summary>
    internal string Temporary { get; }

    /// <summary>Write the whole file and move it to its place.</summary>
    internal void Write(Action<Stream> write)
    {
        Try(() =>
        {
            using FileStream stream = File.Create(Temporary);
            write(stream);
        });
        Commit();
    }

    /// <summary>Move the file to its place; it must be closed.</summary>
    internal void Commit()
    {
        Try(() => File.Move(Temporary, _full, _replace));
        _moved = true;
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

    /// <summary>The error for whatever happened to the file.</summary>
    internal BioDLException Failed(Exception error) =>
        new(Status.Io, $"{Path} cannot be written: {error.Message}", "Check that the disk is not full and the folder is writable.", error);

    private void Try(Action work)
    {
        try
        {
            work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed(error);
        }
    }
}
