using System.IO.MemoryMappedFiles;
using BioDL.Cli.Tiff;
using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Models.Outputs;

namespace BioDL.Cli.Output;

/// <summary>
/// An image on its way into a TIFF file, written beside its place and moved there when it is whole. Its pixels are the file's, mapped into
/// memory: what the engine writes is written once, in any order, and the result never exists a second time. Uncompressed, BigTIFF above 4
/// GB, with ImageJ's description and metadata, which follow the pixels.
/// </summary>
internal sealed unsafe class HyperstackFile : IDisposable
{
    /// <summary>Classic TIFF has 32-bit offsets; the rest is for what follows the pixels.</summary>
    internal const long ClassicBytes = 4000L << 20;
    private readonly long _classicBytes;
    private readonly Hyperstack _image;
    private readonly SafeFile _file;
    private readonly FileStream _stream;
    private MemoryMappedFile? _map;
    private MemoryMappedViewAccessor? _accessor;

    /// <param name="file">to write; belongs to this from now on</param>
    /// <param name="image">what it is to hold</param>
    /// <param name="classicBytes">above so many bytes it becomes BigTIFF</param>
    /// <exception cref="BioDLException"><see cref="Status.Io"/>: the disk has no room.</exception>
    internal HyperstackFile(SafeFile file, Hyperstack image, long classicBytes = ClassicBytes)
    {
        (_file, _image, _classicBytes) = (file, image, classicBytes);
        Int128 pixels = image.PageBytes * image.Pages;
        if (pixels > long.MaxValue / 2)
        {
            file.Dispose();
            throw new BioDLException(Status.InvalidArgument, $"{file.Path} would have {pixels} bytes", "Run a part of the image.");
        }
        try
        {
            long length = TiffTail.PixelsStart + (long)pixels;
            // Room is taken now: a disk that fills up later would end the program at a write into the mapping.
            _stream = new FileStream(_file.Temporary, new FileStreamOptions
            {
                Mode = FileMode.Create, Access = FileAccess.ReadWrite, Share = FileShare.None, PreallocationSize = length,
                BufferSize = 1 << 16,
            });
            _stream.SetLength(length);
            _map = MemoryMappedFile.CreateFromFile(_stream, null, length, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None,
                leaveOpen: true);
            _accessor = _map.CreateViewAccessor(0, length);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            _stream?.Dispose();
            _file.Dispose();
            throw _file.Failed(error);
        }
        byte* start = null;
        _accessor.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        View = ViewOf(image, start + _accessor.PointerOffset + TiffTail.PixelsStart);
    }

    /// <summary>The pixels, zero until they are written; valid until <see cref="Commit"/> or <see cref="Dispose"/>.</summary>
    internal ImageView View { get; }

    internal bool IsBig => TiffTail.PixelsStart + (long)(_image.PageBytes * _image.Pages) > _classicBytes;

    /// <summary>Add what says how the pixels are to be read, and move the file to its place.</summary>
    /// <param name="info">what ImageJ shows as the image's info</param>
    internal void Commit(string info)
    {
        (double Low, double High)[] ranges = DisplayRange.Of(View, _image.Looks);
        Unmap();
        try
        {
            TiffTail.Write(_stream, _image, IsBig, ranges, info);
            _stream.Flush();
            _stream.Dispose();
        }
        catch (IOException error)
        {
            throw _file.Failed(error);
        }
        _file.Commit();
    }

    public void Dispose()
    {
        Unmap();
        _stream.Dispose();
        _file.Dispose();
    }

    private void Unmap()
    {
        _accessor?.SafeMemoryMappedViewHandle.ReleasePointer();
        _accessor?.Dispose();
        _map?.Dispose();
        (_accessor, _map) = (null, null);
    }

    private static ImageView ViewOf(Hyperstack image, byte* pixels)
    {
        long pixel = (long)image.Type.Size() * image.Samples;
        return new ImageView
        {
            Type = image.Type, Frames = image.Frames, Slices = image.Slices, Channels = image.Channels, Height = image.Height,
            Width = image.Width,
            RowStride = pixel * image.Width, PixelStride = pixel,
            ValueScale = image.Values.Transform.Scale, ValueOffset = image.Values.Transform.Offset,
            Planes = new MappedPlanes(pixels, (long)image.PageBytes, image.Samples, image.Type.Size()),
        };
    }

    /// <summary>Pages one after the other, with channels side by side in a page or not.</summary>
    private sealed class MappedPlanes(byte* pixels, long pageBytes, int samples, int sampleBytes) : IPlanes
    {
        // Larger pages are given back to the system after each tile, so that memory in use does not grow with the image.
        private const long ReleaseBytes = 64L << 20;

        public byte* Lock(long plane) => pixels + plane / samples * pageBytes + plane % samples * sampleBytes;

        public void Unlock(long plane, byte* start, bool written)
        {
            if (pageBytes > ReleaseBytes)
                MappedMemory.Release(pixels + plane / samples * pageBytes, pageBytes);
        }
    }
}
