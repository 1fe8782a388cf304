using System.IO.Compression;
using BioDL.Core;
using BitMiracle.LibTiff.Classic;

namespace BioDL.Cli.Tiff;

/// <summary>Writes a TIFF file through LibTiff.NET: page by page, in strips that are compressed with Deflate on all cores.</summary>
internal sealed unsafe class TiffWriter : IDisposable
{
    private readonly string _name;
    private readonly LibTiffHandle _file;
    private TiffPage _page;

    /// <param name="path">is overwritten</param>
    /// <param name="big">BigTIFF, for files above 4 GB</param>
    /// <param name="name">what errors call it</param>
    /// <exception cref="BioDLException"><see cref="Status.Io"/>: it cannot be written.</exception>
    internal TiffWriter(string path, bool big, string name)
    {
        _name = name;
        _file = Try(() => LibTiffHandle.Open(path, big ? "w8" : "w"));
    }

    /// <summary>Start a page, in strips of its chunk height.</summary>
    internal void Begin(in TiffPage page, string? description)
    {
        _page = page;
        Set(TiffTag.IMAGEWIDTH, (int)page.Width);
        Set(TiffTag.IMAGELENGTH, (int)page.Height);
        Set(TiffTag.ROWSPERSTRIP, (int)page.ChunkHeight);
        Set(TiffTag.BITSPERSAMPLE, page.Bits);
        Set(TiffTag.SAMPLEFORMAT, (int)page.SampleFormat);
        Set(TiffTag.SAMPLESPERPIXEL, page.Samples);
        Set(TiffTag.PLANARCONFIG, (int)Planar.Chunky);
        Set(TiffTag.PHOTOMETRIC, (int)page.Photometric);
        Set(TiffTag.COMPRESSION, (int)Compression.Deflate);
        if (page.XResolution > 0 && page.YResolution > 0)
        {
            Set(TiffTag.XRESOLUTION, page.XResolution);
            Set(TiffTag.YRESOLUTION, page.YResolution);
            Set(TiffTag.RESOLUTIONUNIT, (int)page.ResolutionUnit);
        }
        if (description is not null)
            Set(TiffTag.IMAGEDESCRIPTION, description);
    }

    /// <summary>Write rows of the page that start at a strip's first row.</summary>
    internal void WriteRows(byte* rows, long firstRow, long count)
    {
        long height = _page.ChunkHeight, rowBytes = _page.Width * _page.PixelBytes;
        var packed = new MemoryStream[(count + height - 1) / height];
        Parallel.For(0, packed.Length, strip =>
            packed[strip] = Deflate(rows + strip * height * rowBytes, Math.Min(height, count - strip * height) * rowBytes));
        for (int strip = 0; strip < packed.Length; strip++)
        {
            (int number, int length) = ((int)(firstRow / height) + strip, (int)packed[strip].Length);
            Do(tiff => tiff.WriteRawStrip(number, packed[number - (int)(firstRow / height)].GetBuffer(), length) == length,
                "the pixels cannot be written");
        }
    }

    /// <summary>Finish the page.</summary>
    internal void End() => Do(tiff => tiff.WriteDirectory(), "the page cannot be written");

    public void Dispose() => _file.Dispose();

    private static MemoryStream Deflate(byte* data, long bytes)
    {
        var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        using (var from = new UnmanagedMemoryStream(data, bytes))
            from.CopyTo(stream);
        return packed;
    }

    private void Set(TiffTag tag, object value) => Do(tiff => tiff.SetField(tag, value), $"{tag} cannot be {value}");

    private void Do(Func<BitMiracle.LibTiff.Classic.Tiff, bool> call, string otherwise) => Try(() =>
    {
        _file.Do(call, otherwise);
        return true;
    });

    private T Try<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new BioDLException(Status.Io, $"{_name}: {error.Message}", "Check that the disk is not full and the folder is writable.",
                error);
        }
    }
}
