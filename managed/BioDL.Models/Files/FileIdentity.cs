namespace BioDL.Models.Files;

/// <summary>
/// Tells whether two paths are one file, links and hard links included: by the file's device and inode, and where the system does not tell
/// them by its path with links followed. A file that is not there yet is known by the folder that will hold it.
/// </summary>
public static class FileIdentity
{
    private static readonly bool IgnoresCase = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS();

    /// <returns>equal for two paths that are one file</returns>
    public static string Of(string path)
    {
        string full = Path.GetFullPath(path);
        if (FileFacts.Of(full) is { Identity: { } identity })
            return identity;
        string real = Followed(full);
        if (real != full)
            return Of(real);
        string? folder = Path.GetDirectoryName(full);
        string name = IgnoresCase ? Path.GetFileName(full).ToUpperInvariant() : Path.GetFileName(full);
        return string.IsNullOrEmpty(folder) ? full : $"{Of(folder)}/{name}";
    }

    /// <summary>Where a link leads; the path itself when it is none or leads nowhere.</summary>
    private static string Followed(string path)
    {
        try
        {
            FileSystemInfo? target = File.ResolveLinkTarget(path, returnFinalTarget: true);
            return target is { Exists: true } ? target.FullName : path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return path; // it is not there, or cannot be asked: opening it will say so
        }
    }
}
