using BioDL.Core;

namespace BioDL.Models.Files;

/// <summary>What a path leads to.</summary>
public enum FileKind
{
    /// <summary>A file whose bytes can be read again and again, from anywhere.</summary>
    Regular,
    Folder,
    Pipe,
    Socket,
    Device,

    /// <summary>A link that leads to nothing, or in a circle.</summary>
    DeadLink,
}

/// <summary>What the system knows of a file, links followed. Times are in nanoseconds, of an origin of the system's own.</summary>
/// <param name="Kind">what it is</param>
/// <param name="Identity">equal for all names of one file; null where the system does not tell</param>
/// <param name="Size">bytes</param>
/// <param name="Written">when its content was last written</param>
/// <param name="Changed">when anything about it was last changed, which no program can set; on Windows when it was made</param>
public readonly record struct FileFacts(FileKind Kind, string? Identity, long Size, long Written, long Changed)
{
    /// <returns>null when nothing is there, or it cannot be asked</returns>
    public static FileFacts? Of(string path)
    {
        try
        {
            if (FileSystemCall.Facts(path) is { } told)
                return told;
            if (Directory.Exists(path))
                return new FileFacts(FileKind.Folder, null, 0, 0, 0);
            var file = new FileInfo(path);
            if (file.LinkTarget is not null && !Leads(file))
                return new FileFacts(FileKind.DeadLink, null, 0, 0, 0);
            if (file.Exists)
                return new FileFacts(FileKind.Regular, null, file.Length, Nanoseconds(file.LastWriteTimeUtc),
                    Nanoseconds(file.CreationTimeUtc));
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // opening it will say so
        }
    }

    /// <summary>Refuse what opening would wait on for ever, or what has no bytes of its own. Nothing at all passes.</summary>
    /// <exception cref="BioDLException"><see cref="Status.Io"/></exception>
    public static void RequireRegular(string path)
    {
        if (Of(path) is { Kind: not FileKind.Regular } facts)
            throw Refused(path, facts.Kind);
    }

    /// <summary>As <see cref="RequireRegular"/>, for what may be a folder as well.</summary>
    /// <exception cref="BioDLException"><see cref="Status.Io"/></exception>
    public static void RequireFileOrFolder(string path)
    {
        if (Of(path) is { Kind: not (FileKind.Regular or FileKind.Folder) } facts)
            throw Refused(path, facts.Kind);
    }

    /// <summary>Whether a link leads to anything.</summary>
    private static bool Leads(FileInfo link)
    {
        try
        {
            return link.ResolveLinkTarget(returnFinalTarget: true) is { Exists: true };
        }
        catch (IOException)
        {
            return false; // in a circle
        }
    }

    private static BioDLException Refused(string path, FileKind kind) => kind switch
    {
        FileKind.Folder => new(Status.Io, $"{path} is a folder, and a file is needed.", "Name a file in it."),
        FileKind.Pipe => NoFile(path, "a pipe"),
        FileKind.Socket => NoFile(path, "a socket"),
        FileKind.Device => NoFile(path, "a device"),
        _ => new(Status.NotFound, $"{path} is a link that leads to nothing, or in a circle.", "Mend the link, or name the file itself."),
    };

    private static BioDLException NoFile(string path, string what) =>
        new(Status.Io, $"{path} is {what}, which cannot be read as a file.", $"Save what comes from it as a file, and name that.");

    private static long Nanoseconds(DateTime time) => (time - DateTime.UnixEpoch).Ticks * 100;
}
