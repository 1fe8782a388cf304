using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using BioDL.Core;

namespace BioDL.Cli.Tiff;

/// <summary>
/// Memory of one decoded plane. Up to <see cref="SpillBytes"/> it is ordinary memory; above, it is a temporary file that is mapped, so
/// that a plane of many gigabytes is bounded by the disk and the system may drop what is not being read.
/// </summary>
internal sealed unsafe class PlaneMemory : IDisposable
{
    /// <summary>Planes above this go to a temporary file.</summary>
    internal const long SpillBytes = 256L << 20;
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;

    internal PlaneMemory(long bytes)
    {
        Bytes = bytes;
        try
        {
            if (bytes <= SpillBytes)
            {
                Data = (byte*)NativeMemory.AlignedAlloc((nuint)Math.Max(bytes, 1), 64);
                return;
            }
            string path = Path.Combine(Path.GetTempPath(), $"biodl-{Guid.NewGuid():N}.plane");
            var stream = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            _file = MemoryMappedFile.CreateFromFile(stream, null, bytes, MemoryMappedFileAccess.ReadWrite,
                HandleInheritability.None, false);
            _view = _file.CreateViewAccessor(0, bytes);
        }
        catch (Exception error) when (error is OutOfMemoryException or IOException or UnauthorizedAccessException)
        {
            _file?.Dispose();
            throw new BioDLException(Status.OutOfMemory,
                $"there is no room for a decoded plane of {bytes >> 20} MiB in {Path.GetTempPath()}",
                "Free memory or disk space, set TMPDIR to a larger disk, or save the image uncompressed so that it is read in place.",
                error);
        }
        byte* data = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref data);
        Data = data;
    }

    internal byte* Data { get; private set; }

    internal long Bytes { get; }

    /// <summary>Let the system drop what lies in the temporary file from this process' memory.</summary>
    internal void Release()
    {
        if (_view is not null)
            MappedMemory.Release(Data, Bytes);
    }

    public void Dispose()
    {
        if (_view is null)
            NativeMemory.AlignedFree(Data);
        else if (Data != null)
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
        Data = null;
        _view?.Dispose();
        _file?.Dispose();
    }
}
