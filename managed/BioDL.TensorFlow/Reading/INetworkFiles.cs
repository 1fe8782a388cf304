using BioDL.Core;

namespace BioDL.TensorFlow.Reading;

/// <summary>
/// Files that a network is kept in, wherever they lie. Names are relative, with / between folders. Untrusted. Safe for concurrent use.
/// </summary>
public interface INetworkFiles
{
    /// <summary>What messages call it: a path, or "builtin:NAME".</summary>
    string Source { get; }

    bool Exists(string name);

    /// <summary>All of a file.</summary>
    /// <param name="name">a file name</param>
    /// <param name="limit">bytes that it may have; checked before memory is taken</param>
    /// <exception cref="BioDLException">
    /// <see cref="Status.NotFound"/>, <see cref="Status.Io"/>; <see cref="Status.ModelInvalid"/>: too large, or a name that leaves the
    /// folder.
    /// </exception>
    byte[] Read(string name, long limit);
}
