using BioDL.Core;

namespace BioDL.Models.Files;

/// <summary>
/// NumPy's .npy files (numpy.lib.format): versions 1.0 to 3.0, C and Fortran order, either byte order, all types of numbers but complex
/// ones. Python
/// objects are never loaded.
/// </summary>
public static class Npy
{
    /// <summary>Of the values in memory, where the caller gives no limit.</summary>
    public const long MaximumBytes = 64L << 30;

    /// <summary>Read an array. uint8, bool and uint16 stay, all else becomes float32.</summary>
    /// <param name="stream">from its current position; what follows the values is not read</param>
    /// <param name="name">what messages call it</param>
    /// <param name="limit">bytes that the values may have, checked before memory is taken</param>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>, <see cref="Status.OutOfMemory"/></exception>
    public static NpyArray Read(Stream stream, string name, long limit = MaximumBytes) =>
        NpyArray.Read(stream, NpyHeader.Read(stream, name), name, limit);

    /// <summary>Read a file.</summary>
    /// <exception cref="BioDLException">As for a stream, and <see cref="Status.NotFound"/>, <see cref="Status.Io"/>.</exception>
    public static NpyArray Read(string path, long limit = MaximumBytes)
    {
        FileFacts.RequireRegular(path);
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            return Read(stream, path, limit);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BioDLException(Status.NotFound, $"There is no file {path}.", "Check the path.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BioDLException(Status.Io, $"{path} could not be read: {error.Message}",
                "Check that the file is whole and that you may read it.", error);
        }
    }

    /// <summary>Write an array as version 1.0, in this machine's byte order.</summary>
    /// <exception cref="IOException">The stream failed.</exception>
    public static void Write(Stream stream, NpyArray array)
    {
        stream.Write(array.Header.ToBytes());
        using UnmanagedMemoryStream values = array.Bytes();
        values.CopyTo(stream, 1 << 20);
        GC.KeepAlive(array);
    }
}
