using System.Text;

namespace BioDL.Models.Cache;

/// <summary>
/// A lock between processes, and between threads. It is the operating system's lock on an open file, so it ends with the process that holds
/// it:
/// that a lock file is there means nothing, and none is ever deleted.
/// </summary>
public sealed class FileLock : IDisposable
{
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <returns>null when another holds it</returns>
    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor may it be.</exception>
    public static FileLock? TryTake(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1));
        }
        catch (IOException error) when (IsHeld(error))
        {
            return null;
        }
    }

    /// <summary>Wait for it.</summary>
    /// <param name="path">a file</param>
    /// <param name="timeout">how long at most</param>
    /// <param name="waiting">called while waiting, ten times a second; may throw to give up</param>
    /// <returns>null when the time is over</returns>
    public static FileLock? Take(string path, TimeSpan timeout, Action? waiting = null)
    {
        long start = Environment.TickCount64;
        for (int pause = 5; ; pause = Math.Min(2 * pause, 100))
        {
            if (TryTake(path) is { } taken)
                return taken;
            if (Environment.TickCount64 - start >= timeout.TotalMilliseconds)
                return null;
            waiting?.Invoke();
            Thread.Sleep(pause);
        }
    }

    /// <summary>
    /// Add a line of UTF-8 at the end of the file that is locked: whole, or, where the program is ended meanwhile, cut off on a line of its
    /// own.
    /// </summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public void AppendLine(string line)
    {
        bool cutOff = _file.Length > 0 && _file.Seek(-1, SeekOrigin.End) >= 0 && _file.ReadByte() != '\n';
        _file.Seek(0, SeekOrigin.End);
        _file.Write(Encoding.UTF8.GetBytes($"{(cutOff ? "\n" : "")}{line}\n"));
        _file.Flush();
    }

    public void Dispose() => _file.Dispose();

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of Windows.
    private static bool IsHeld(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);
}
