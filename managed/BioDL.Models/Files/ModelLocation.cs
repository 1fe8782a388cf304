using BioDL.Core;

namespace BioDL.Models.Files;

/// <summary>Where a model's files are, and which of them was named; null when the folder was.</summary>
internal sealed record ModelLocation(IModelFiles Files, string? Chosen)
{
    /// <summary>Understand what a user gave as a model.</summary>
    /// <param name="path">null, "", "builtin:NAME", a folder, a file in one, or a zip file, whatever its name ends in, or the id of an installed model</param>
    /// <exception cref="BioDLException"><see cref="Status.NotFound"/>, <see cref="Status.Io"/>; <see cref="Status.ModelInvalid"/>: a zip file that is refused.</exception>
    public static ModelLocation Of(string? path)
    {
        if (string.IsNullOrEmpty(path))
            return new ModelLocation(new EmbeddedFiles(EmbeddedFiles.Default), null);
        if (path.StartsWith(EmbeddedFiles.Prefix, StringComparison.OrdinalIgnoreCase))
            return new ModelLocation(new EmbeddedFiles(path[EmbeddedFiles.Prefix.Length..]), null);
        if (path.Contains('\0'))
            throw Missing(path.Replace('\0', '?'));
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
            return new ModelLocation(new FolderFiles(full, full), null);
        if (File.Exists(full) && FolderFiles.StartsAsZip(full) && ZipFiles.Of(full) is var zip && !IsTorchScript(zip))
            return new ModelLocation(zip, null);
        if (File.Exists(full))
            return new ModelLocation(new FolderFiles(Path.GetDirectoryName(full)!, full), Path.GetFileName(full));
        return Catalogue.Default.Find(path) is { } installed ? Of(installed) : throw Missing(full);
    }

    /// <summary>PyTorch's files are zip files too: weights, and no package.</summary>
    private static bool IsTorchScript(ZipFiles zip) => zip.Exists("data.pkl") && zip.Exists("version");

    private static BioDLException Missing(string path) => new(Status.NotFound, $"There is no file or folder {path}.",
        $"Give a model's folder or file, the id of an installed model, or {EmbeddedFiles.Prefix}{EmbeddedFiles.Default}.");
}
