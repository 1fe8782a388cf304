using BioDL.Core;

namespace BioDL.Models.Files;

/// <summary>The files of one model, wherever they are kept. Names are relative to the model's folder, with / between folders,
/// and never leave it. Safe for concurrent use.</summary>
internal interface IModelFiles
{
    /// <summary>What messages and provenance call it: a path, or "builtin:NAME".</summary>
    string Source { get; }

    /// <summary>The folder on disk, null when there is none.</summary>
    string? Folder { get; }

    /// <summary>All files, those of folders in it too, in ordinal order.</summary>
    /// <exception cref="BioDLException"><see cref="Status.Io"/></exception>
    IReadOnlyList<string> Names { get; }

    bool Exists(string name);

    /// <summary>All of a file.</summary>
    /// <param name="name">a file name</param>
    /// <param name="limit">bytes that it may have; checked before memory is taken</param>
    /// <exception cref="BioDLException">
    /// <see cref="Status.NotFound"/>, <see cref="Status.Io"/>; <see cref="Status.ModelInvalid"/>: too large, or a name that leaves the folder.
    /// </exception>
    byte[] Read(string name, long limit);

    /// <summary>A zip file among these as files of its own, such as the SavedModel that a bioimage.io package keeps zipped.</summary>
    /// <param name="name">a file name</param>
    /// <exception cref="BioDLException">
    /// As <see cref="Read"/>, and <see cref="Status.ModelInvalid"/>: no zip file, one that <see cref="SafeZip"/> refuses, or too many within each other.
    /// </exception>
    IModelFiles Inner(string name);
}
