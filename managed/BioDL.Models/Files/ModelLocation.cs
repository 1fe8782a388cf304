using BioDL.Core;

namespace BioDL.Models.Files;

/// <summary>Where a model's files are, and which of them was named; null when the folder was.</summary>
internal sealed record ModelLocation(IModelFiles Files, string? Chosen)
{
    /// <summary>Understand what a user gave as a model.</summary>
    /// <param name="path">"builtin:NAME", a folder, a file in one, or a zip file, whatever its name ends in</param>
    /// <returns>null when there is no such file or folder</returns>
    /// <exception cref="BioDLException"><see cref="Status.Io"/>; <see cref="Status.ModelInvalid"/>: a zip file that is refused.</exception>
    public static ModelLocation? Of(string path)
    {
        if (path.StartsWith(EmbeddedFiles.Prefix, StringComparison.OrdinalIgnoreCase))
            return new ModelLocation(new EmbeddedFiles(path[EmbeddedFiles.Prefix.Length..]), null);
        if (path.Contains('\0'))
            return null;
        string full = Path.GetFullPath(path);
        FileFacts.RequireFileOrFolder(full);
        if (Directory.Exists(full))
            return new ModelLocation(new FolderFiles(full, full), null);
        if (File.Exists(full) && FolderFiles.StartsAsZip(full) && ZipFiles.Of(full) is var zip && !IsNetwork(zip))
            return new ModelLocation(zip, null);
        return File.Exists(full) ? new ModelLocation(new FolderFiles(Path.GetDirectoryName(full)!, full), Path.GetFileName(full)) : null;
    }

    /// <summary>PyTorch's files are zip files too: weights, and no package.</summary>
    private static bool IsNetwork(ZipFiles zip) => (zip.Exists("data.pkl") || zip.Exists("model.json")) && zip.Exists("version");
}
