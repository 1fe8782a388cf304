using BioDL.Core;

namespace BioDL.Models.Files;

/// <summary>
/// The files of a folder and of the folders in it. Somebody may name a file in a folder of a thousand others, so the search has limits.
/// </summary>
internal static class FolderNames
{
    private const int MaximumEntries = 8192, MaximumDepth = 6;
    private static readonly EnumerationOptions Options = new() { IgnoreInaccessible = true, AttributesToSkip = 0 };

    /// <returns>
    /// names with /, in ordinal order; links to folders and links that lead out of the folder are left out, and so is what comes after the
    /// first
    /// <see cref="MaximumEntries"/>, those of deeper folders last
    /// </returns>
    /// <exception cref="BioDLException"><see cref="Status.Io"/>: the folder itself cannot be read.</exception>
    public static IReadOnlyList<string> Of(string folder)
    {
        var found = new List<string>();
        var folders = new Queue<(string Prefix, int Depth)>([("", 1)]);
        int entries = 0;
        try
        {
            while (folders.TryDequeue(out (string Prefix, int Depth) next))
            {
                foreach (FileSystemInfo entry in new DirectoryInfo(Path.Combine(folder, next.Prefix)).EnumerateFileSystemInfos("*",
                    Options))
                {
                    string name = next.Prefix + entry.Name;
                    if (++entries > MaximumEntries)
                        break;
                    if (!SafeNames.AreSafe(name) || (entry.LinkTarget is not null
                        && (entry is not FileInfo || !FolderFiles.StaysInside(folder, entry.FullName))))
                        continue;
                    if (entry is FileInfo)
                        found.Add(name);
                    else if (next.Depth < MaximumDepth)
                        folders.Enqueue((name + "/", next.Depth + 1));
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BioDLException(Status.Io, $"{folder} could not be read: {error.Message}", "Check that you may read it.", error);
        }
        found.Sort(StringComparer.Ordinal);
        return found;
    }
}
