using BioDL.Core;

namespace BioDL.Models.Files;

/// <summary>The files of one model, wherever they are kept. Names are relative to the model's folder, with / between folders,
/// and never leave it.</summary>
internal interface IModelFiles
{
    /// <summary>What messages and provenance call it: a path, or "builtin:NAME".</summary>
    string Source { get; }

    /// <summary>The folder on disk, null when there is none.</summary>
    string? Folder { get; }

    bool Exists(string name);

    /// <summary>All of a file.</summary>
    /// <param name="name">a file name</param>
    /// <param name="limit">bytes that it may have; checked before memory is taken</param>
    /// <exception cref="BioDLException">
    /// <see cref="Status.NotFound"/>, <see cref="Status.Io"/>; <see cref="Status.ModelInvalid"/>: too large, or a name that leaves the folder.
    /// </exception>
    byte[] Read(string name, long limit);
}
