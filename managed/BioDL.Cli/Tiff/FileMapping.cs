using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace BioDL.Cli.Tiff;

/// <summary>A whole file as memory that is only read.</summary>
internal sealed unsafe class FileMapping : IDisposable
{
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;

    /// <param name="file">stays the caller's</param>
    internal FileMapping(SafeFileHandle file)
    {
        _map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, true);
        _view = _map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        Data = start + _view.PointerOffset;
    }

    internal byte* Data { get; private set; }

    public void Dispose()
    {
        if (Data == null)
            return;
        Data = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _map.Dispose();
    }
}
