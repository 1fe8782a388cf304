using System.Security.Cryptography;
using System.Text;
using BioDL.Core;

namespace BioDL.Models.Cache;

/// <summary>Files of the cache: written beside and renamed, and errors in words.</summary>
internal static class Disk
{
    /// <summary>
    /// Write a file that appears only when it is whole. Whoever writes the same at the same time does no harm: the last rename stays.
    /// </summary>
    /// <exception cref="IOException">As the system says.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string beside = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllBytes(beside, content);
            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            TryDelete(beside);
            throw;
        }
    }

    /// <summary>Delete a file or a folder with all that is in it, if that can be done.</summary>
    public static bool TryDelete(string path)
    {
        try
        {
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
            else
                File.Delete(path);
            return true;
        }
        catch (Exception error) when (IsDisk(error))
        {
            return false;
        }
    }

    /// <summary>Bytes of a file, or of all files in a folder; 0 where there is nothing, or another process just deletes it.</summary>
    public static long Size(string path)
    {
        try
        {
            return File.Exists(path) ? new FileInfo(path).Length
                : Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)
                : 0;
        }
        catch (Exception error) when (IsDisk(error))
        {
            return 0;
        }
    }

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static string Hash(string text) => Hash(Encoding.UTF8.GetBytes(text));

    public static bool IsHash(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);

    public static bool IsDisk(Exception error) => error is IOException or UnauthorizedAccessException;

    /// <summary>What a person can do about an error of the disk.</summary>
    public static BioDLException Failed(string path, Exception error) => IsFull(error)
        ? new BioDLException(Status.Io, $"The disk is full: {path} could not be written.",
            "Free some space, remove models that are not needed, or set BIODL_CACHE to a folder on another disk.", error)
        : new BioDLException(Status.Io, $"{path} cannot be written: {error.Message}",
            "Check that the folder is there and that you may write to it, or set BIODL_CACHE to another.", error);

    // ENOSPC, EDQUOT of Linux and of macOS; ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL of Windows.
    private static bool IsFull(Exception error) =>
        error.HResult is 28 or 122 or 69 or unchecked((int)0x80070070) or unchecked((int)0x80070027);

    /// <summary>Refuse at once what cannot fit.</summary>
    /// <exception cref="BioDLException"><see cref="Status.Io"/></exception>
    public static void CheckRoom(string folder, long bytes)
    {
        long? free = null;
        try
        {
            free = new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception error) when (IsDisk(error) || error is ArgumentException)
        {
            // not told: the writing itself will say
        }
        if (free < bytes)
        {
            throw new BioDLException(Status.Io, $"The disk of {folder} has {free >> 20} MiB left, and {bytes >> 20} MiB are to be written.",
                "Free some space, remove models that are not needed, or set BIODL_CACHE to a folder on another disk.");
        }
    }
}
