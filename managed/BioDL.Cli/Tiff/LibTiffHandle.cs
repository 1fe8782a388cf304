using System.Globalization;
using BitMiracle.LibTiff.Classic;
using LibTiff = BitMiracle.LibTiff.Classic.Tiff;

namespace BioDL.Cli.Tiff;

/// <summary>
/// A file opened by LibTiff.NET. When something is wrong it returns null, false or -1, says why to a handler, or throws what its arrays
/// throw; here all of
/// that is one <see cref="InvalidDataException"/> with the cause. Used by one thread at a time.
/// </summary>
internal sealed class LibTiffHandle : IDisposable
{
    /// <summary>LibTiff.NET calls its one handler on the thread that called it.</summary>
    [ThreadStatic]
    private static string? t_said;

    private readonly LibTiff _tiff;

    static LibTiffHandle() => LibTiff.SetErrorHandler(new Listener());

    private LibTiffHandle(LibTiff tiff) => _tiff = tiff;

    /// <summary>Such as "LibTiff.Net, Version 2.4.660.0".</summary>
    internal static string Version => LibTiff.GetVersion().Split('\n')[0].TrimEnd();

    /// <param name="path">of the file</param>
    /// <param name="mode">"r"; "w" classic, "w8" BigTIFF, with "b" or "l" for a byte order</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    internal static LibTiffHandle Open(string path, string mode)
    {
        // Not buffered when it writes: a full disk is an error of the call that wrote, not of the closing.
        return mode[0] == 'r' ? Read(File.OpenRead(path)) : Over(File.Create(path, bufferSize: 0), mode);
    }

    /// <param name="stream">belongs to the handle from now on</param>
    /// <exception cref="InvalidDataException">It is no TIFF.</exception>
    // h: no directory is read that was not asked for; c: strips are not cut into smaller ones.
    internal static LibTiffHandle Read(Stream stream) => Over(stream, "rhc");

    private static LibTiffHandle Over(Stream stream, string mode)
    {
        try
        {
            LibTiff? tiff = Say(() => LibTiff.ClientOpen("", mode, stream, new TiffStream()), tiff => tiff is not null,
                "it is no TIFF file");
            return new LibTiffHandle(tiff!);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Call a function that returns whether it worked.</summary>
    /// <exception cref="InvalidDataException">It did not; the message says why.</exception>
    internal void Do(Func<LibTiff, bool> call, string otherwise) => Say(() => call(_tiff), worked => worked, otherwise);

    public void Dispose() => _tiff.Dispose();

    private static T Say<T>(Func<T> call, Func<T, bool> worked, string otherwise)
    {
        t_said = null;
        T result;
        try
        {
            result = call();
        }
        catch (Exception error) when (error is not InvalidDataException)
        {
            throw new InvalidDataException(t_said ?? $"{otherwise}: {error.Message}", error);
        }
        return worked(result) ? result : throw new InvalidDataException(t_said ?? otherwise);
    }

    private sealed class Listener : TiffErrorHandler
    {
        public override void ErrorHandler(LibTiff tif, string method, string format, params object[] args) => t_said ??= Text(format, args);

        public override void WarningHandler(LibTiff tif, string method, string format, params object[] args)
        {
            // what it warns of is checked here, or does not matter
        }

        private static string Text(string format, object[] args)
        {
            try
            {
                return string.Format(CultureInfo.InvariantCulture, format, args);
            }
            catch (FormatException)
            {
                return format;
            }
        }
    }
}
