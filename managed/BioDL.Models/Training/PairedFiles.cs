using BioDL.Core;

namespace BioDL.Models.Training;

/// <summary>Files of two folders that belong together: those of one name, whatever their endings.</summary>
public static class PairedFiles
{
    private const int Named = 3;

    /// <summary>The partner of each file.</summary>
    /// <param name="files">paths</param>
    /// <param name="partners">paths; more than are needed may be there</param>
    /// <param name="what">what messages call a partner, such as "target" or "label image"</param>
    /// <returns>one a file, in their order</returns>
    /// <exception cref="BioDLException">
    /// <see cref="Status.InvalidArgument"/>: a file has no partner, or two, or is its own; names are told apart by capitals
    /// </exception>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> files, IReadOnlyList<string> partners, string what)
    {
        ILookup<string, string> byName = partners.ToLookup(Name, StringComparer.Ordinal);
        string[] alone = [.. files.Where(file => !byName.Contains(Name(file)))];
        if (alone.Length > 0)
            throw new BioDLException(Status.InvalidArgument,
                $"{List(alone)} {(alone.Length == 1 ? "has" : "have")} no {what} of the same name, and {partners.Count} "
                + $"{what}(s) are there{(partners.Count > 0 ? $", such as {Path.GetFileName(partners[0])}" : "")}",
                "Give both files of a pair the same name in two folders, or leave out what has no partner.");
        foreach (string file in files)
        {
            if (byName[Name(file)].Skip(1).FirstOrDefault() is { } second)
                throw new BioDLException(Status.InvalidArgument, $"{file} has two {what}s: {byName[Name(file)].First()} and {second}",
                    "Keep one of them.");
        }
        string[] found = [.. files.Select(file => byName[Name(file)].First())];
        if (files.Zip(found).FirstOrDefault(pair => Path.GetFullPath(pair.First) == Path.GetFullPath(pair.Second)).First is { } own)
            throw new BioDLException(Status.InvalidArgument, $"{own} is given as its own {what}", $"Give the folder of the {what}s.");
        return found;
    }

    /// <summary>By which they are paired.</summary>
    public static string Name(string path) => Path.GetFileNameWithoutExtension(path);

    private static string List(string[] paths) => string.Join(", ", paths.Take(Named).Select(Path.GetFileName))
        + (paths.Length > Named ? $" and {paths.Length - Named} more" : "");
}
