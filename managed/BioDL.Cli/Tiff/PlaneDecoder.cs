using System.Runtime.ExceptionServices;
using BioDL.Models.Files;
using BitMiracle.LibTiff.Classic;
using Microsoft.Win32.SafeHandles;

namespace BioDL.Cli.Tiff;

/// <summary>
/// Decodes the strips or tiles of one plane into contiguous rows, on all cores, each with memory and a reader of its own.
/// </summary>
/// <param name="path">of the file</param>
/// <param name="file">open for reading</param>
/// <param name="directory">of the page; checked before LibTiff.NET reads it. null: no strip needs LibTiff.NET</param>
/// <param name="page">the page</param>
/// <param name="chunks">of all its planes</param>
internal sealed unsafe class PlaneDecoder(string path, SafeFileHandle file, TiffDirectory? directory, TiffPage page, TiffChunk[] chunks)
{
    // Memory that all workers together take besides the plane itself.
    private const long WorkBytes = 256L << 20;

    // What LibTiff.NET decodes goes through an array.
    private const int MostArray = 1 << 29;

    private readonly SafeFileHandle _file = file;
    private readonly TiffPage _page = page;
    private readonly TiffChunk[] _chunks = chunks;

    /// <param name="plane">of a page whose samples lie apart, else 0</param>
    /// <param name="into"><see cref="TiffPage.PlaneBytes"/> bytes</param>
    /// <exception cref="InvalidDataException">Damaged data; the message has the number of the strip or tile.</exception>
    internal void Decode(int plane, byte* into)
    {
        long perWorker = Math.Max(1, 2 * (long)TiffChunk.Decoded(_page, 0));
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = (int)Math.Clamp(WorkBytes / perWorker, 1, Environment.ProcessorCount),
        };
        int first = (int)(plane * _page.ChunksPerPlane);
        try
        {
            Parallel.For(first, first + (int)_page.ChunksPerPlane, options, () => new Worker(this, into),
                static (number, _, worker) => worker.Decode(number),
                static worker => worker.Dispose());
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }
    }

    private LibTiffHandle OpenLibrary()
    {
        directory!.RequireWhole();
        var library = LibTiffHandle.Open(path, "r");
        try
        {
            library.Do(tiff => tiff.SetSubDirectory(_page.Directory), "the page cannot be read");
            if (_page.Compression == Compression.Jpeg && _page.Photometric == Photometric.YCbCr)
                library.Do(tiff => tiff.SetField(TiffTag.JPEGCOLORMODE, JpegColorMode.RGB), "its colours cannot be decoded");
            return library;
        }
        catch
        {
            library.Dispose();
            throw;
        }
    }

    private sealed class Worker(PlaneDecoder decoder, byte* into) : IDisposable
    {
        private readonly TiffPage _page = decoder._page;
        private readonly ScratchMemory _packed = new(), _tile = new();
        private LibTiffHandle? _library;
        private byte[] _array = [];

        internal Worker Decode(int number)
        {
            long place = number % _page.ChunksPerPlane, y = place / _page.ChunksAcross * _page.ChunkHeight,
            x = place % _page.ChunksAcross * _page.ChunkWidth;
            long bytes = (long)TiffChunk.Decoded(_page, number), row = _page.Width * _page.PixelBytes;
            try
            {
                if (!_page.Tiled)
                {
                    Fill(number, into + y * row, bytes);
                    return this;
                }
                byte* tile = _tile.Of(bytes);
                Fill(number, tile, bytes);
                long tileRow = _page.ChunkWidth * _page.PixelBytes, part = Math.Min(tileRow, (_page.Width - x) * _page.PixelBytes);
                for (long line = 0; line < _page.ChunkHeight && y + line < _page.Height; line++)
                    Buffer.MemoryCopy(tile + line * tileRow, into + (y + line) * row + x * _page.PixelBytes, part, part);
                return this;
            }
            catch (Exception error) when (error is not BioDL.Core.BioDLException)
            {
                throw new InvalidDataException($"{(_page.Tiled ? "tile" : "strip")} {number + 1}: {error.Message}", error);
            }
        }

        public void Dispose()
        {
            _packed.Dispose();
            _tile.Dispose();
            _library?.Dispose();
        }

        private void Fill(int number, byte* target, long bytes)
        {
            TiffChunk chunk = decoder._chunks[number];
            if (_page.Compression == Compression.None && !_page.LowBitFirst)
            {
                Read(chunk.Offset, target, bytes);
                if (_page.Swapped)
                    ByteOrder.Swap(target, bytes, _page.Bits);
                return;
            }
            // No compression makes twice as much of what it cannot make smaller.
            long length = Math.Min(chunk.Bytes, 2 * bytes + 4096);
            byte* packed = _packed.Of(length);
            Read(chunk.Offset, packed, length);
            if (ChunkCodec.TryDecode(_page, packed, length, target, bytes))
                Predictor.Undo(target, bytes, _page);
            else
                Library(number, target, bytes);
        }

        private void Library(int number, byte* target, long bytes)
        {
            if (bytes > MostArray)
                throw new InvalidDataException($"strips or tiles of {bytes >> 20} MiB are too large to decode with {_page.Compression}");
            _library ??= decoder.OpenLibrary();
            if (_array.Length < bytes)
                _array = new byte[bytes];
            _library.Do(tiff => (_page.Tiled ? tiff.ReadEncodedTile(number, _array, 0, (int)bytes)
                : tiff.ReadEncodedStrip(number, _array, 0, (int)bytes)) == bytes,
                "it holds too few bytes");
            _array.AsSpan(0, (int)bytes).CopyTo(new Span<byte>(target, (int)bytes));
        }

        private void Read(long offset, byte* target, long bytes)
        {
            const int Piece = 1 << 26;
            for (long done = 0; done < bytes;)
            {
                int read = RandomAccess.Read(decoder._file, new Span<byte>(target + done, (int)Math.Min(Piece, bytes - done)),
                    offset + done);
                if (read == 0)
                    throw new InvalidDataException("the file ends within it; was it changed while it was read?");
                done += read;
            }
        }
    }
}
