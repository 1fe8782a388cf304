using BioDL.Core;

namespace BioDL.Models.Outputs;

/// <summary>
/// A file that appears only when it is whole: it is written beside its place under another name and moved there at the end. What was there
/// before stays until then, and nothing half-written is left behind by an error or a cancel. That its folder can be written shows at once,
/// before anything is computed.
/// </summary>
public sealed class SafeFile : IDisposable
{
    private readonly string _full;
    private readonly bool _overwrite;
    private bool _moved;

    /// <param name="path">to write; its folder is made where it is missing</param>
    /// <param name="overwrite">
    /// what is there may be replaced; else it stays, unless it is a result of ours that nobody has touched, and <see cref="Commit"/> fails
    /// </param>
    /// <exception cref="BioDLException"><see cref="Status.Io"/>: the folder cannot be made or written.</exception>
    public SafeFile(string path, bool overwrite)
    {
        (Path, _full, _overwrite) = (path, System.IO.Path.GetFullPath(path), overwrite);
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
    public string Path { get; }

    /// <summary>Where to write: an empty file.</summary>
    public string Temporary { get; }

    /// <summary>Write the whole file and move it to its place.</summary>
    public void Write(Action<Stream> write)
    {
        Try(() =>
        {
            using FileStream stream = File.Create(Temporary);
            write(stream);
        });
        Commit();
    }

    /// <summary>Move the file to its place; it must be closed.</summary>
    public void Commit()
    {
        Place(Temporary, Path, _overwrite);
        _moved = true;
    }

    /// <summary>Move a whole and closed file to its place by one rename, and note that it is a result.</summary>
    /// <param name="written">in the same folder, under a name of no meaning</param>
    /// <param name="path">its place</param>
    /// <param name="overwrite">as for the file</param>
    /// <exception cref="BioDLException">It cannot be moved; or something else is in its place, which stays.</exception>
    public static void Place(string written, string path, bool overwrite)
    {
        string full = System.IO.Path.GetFullPath(path);
        bool replace = overwrite || OutputLedger.Default.Holds(full);
        if (!replace && File.Exists(full))
            throw OutputGuard.IsThere(path);
        OutputLedger.Default.Announce(written, full);
        Try(path, () => File.Move(written, full, replace));
        OutputLedger.Default.Note(full);
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
    public BioDLException Failed(Exception error) => Failed(Path, error);

    private static BioDLException Failed(string path, Exception error) =>
        new(Status.Io, $"{path} cannot be written: {error.Message}", "Check that the disk is not full and the folder is writable.", error);

    private void Try(Action work) => Try(Path, work);

    private static void Try(string path, Action work)
    {
        try
        {
            work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, error);
        }
    }
}
