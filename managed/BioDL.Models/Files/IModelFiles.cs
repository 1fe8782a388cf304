using BioDL.Core;
using BioDL.TensorFlow.Reading;

namespace BioDL.Models.Files;

/// <summary>The files of one model, wherever they are kept. Names never leave the model's folder. Safe for concurrent use.</summary>
internal interface IModelFiles : INetworkFiles
{
    /// <summary>The folder on disk, null when there is none.</summary>
    string? Folder { get; }

    /// <summary>All files, those of folders in it too, in ordinal order.</summary>
    /// <exception cref="BioDLException"><see cref="Status.Io"/></exception>
    IReadOnlyList<string> Names { get; }

    /// <summary>A zip file among these as files of its own, such as the SavedModel that a bioimage.io package keeps zipped.</summary>
    /// <param name="name">a file name</param>
    /// <exception cref="BioDLException">
    /// As <see cref="INetworkFiles.Read"/>, and <see cref="Status.ModelInvalid"/>: no zip file, one that <see cref="SafeZip"/> refuses, or
    /// too many within
    /// each other.
    /// </exception>
    IModelFiles Inner(string name);
}
