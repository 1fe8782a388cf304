using System.Diagnostics.CodeAnalysis;
using BioDL.Core;
using BioDL.Models.Files;
using Microsoft.Win32.SafeHandles;

namespace BioDL.Cli.Tiff;

/// <summary>
/// An open TIFF file and its pages. Used by one thread at a time. Every error names the file, and the page where there is one.
/// </summary>
internal sealed unsafe class TiffFile : IDisposable
{
    private const string DamagedHint = "The file is damaged or cut short: copy or export it again.";

    // Rows of an uncompressed run that one core reads at once.
    private const long PieceBytes = 4 << 20;
    private readonly FileStream _stream;
    private readonly TiffStructure _structure;

    private TiffFile(string path)
    {
        Path = path;
        _stream = Open(path);
        try
        {
            _structure = Try("", () => new TiffStructure(_stream));
            ReadPages();
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>What errors call it.</summary>
    internal string Path { get; }

    /// <summary>Pages in the order of the file.</summary>
    internal IReadOnlyList<TiffPage> Pages { get; private set; }

    /// <summary>The ImageDescription of the first page; "" when it has none.</summary>
    internal string Description { get; private set; } = "";

    /// <summary>Bytes of the whole file.</summary>
    internal long Length => _structure.Length;

    /// <summary>Offsets have 8 bytes.</summary>
    internal bool IsBig => _structure.IsBig;

    internal SafeFileHandle Handle => _stream.SafeFileHandle;

    /// <exception cref="BioDLException">No such file, not a TIFF, or damaged.</exception>
    internal static TiffFile Read(string path) => new(path);

    /// <summary>Decode one plane into contiguous rows in this machine's byte order.</summary>
    /// <param name="page">index into <see cref="Pages"/></param>
    /// <param name="sample">of a page in separate planes, else 0</param>
    /// <param name="into"><see cref="TiffPage.PlaneBytes"/> bytes</param>
    internal void ReadPlane(int page, int sample, byte* into)
    {
        TiffPage layout = Pages[page];
        Try($"page {page + 1} cannot be decoded: ", () =>
        {
            if (layout.Bits is not (8 or 16 or 32 or 64) || !layout.Compression.IsDecodable() || !Predictor.IsKnown(layout))
                throw new InvalidDataException($"{layout.Bits} bits, compression {layout.Compression.Name()}, predictor {layout.Predictor} "
                    + "are not supported");
            TiffDirectory directory = _structure.Directory(layout.Directory);
            TiffChunk[] chunks = TiffChunk.All(directory, layout, Length);
            new PlaneDecoder(Path, Handle, directory, layout, chunks).Decode(sample, into);
            return true;
        });
    }

    /// <summary>Read a plane that lies uncompressed in one run.</summary>
    /// <param name="page">index into <see cref="Pages"/> of a page of the same layout</param>
    /// <param name="offset">where it starts in the file</param>
    /// <param name="into"><see cref="TiffPage.PlaneBytes"/> bytes</param>
    internal void ReadRun(int page, long offset, byte* into)
    {
        long row = Pages[page].Width * Pages[page].PixelBytes, rows = Math.Max(1, PieceBytes / row);
        TiffPage layout = Pages[page] with { ChunkHeight = rows };
        var pieces = new TiffChunk[layout.ChunksPerPlane];
        for (int i = 0; i < pieces.Length; i++)
            pieces[i] = new TiffChunk(offset + i * rows * row, (long)TiffChunk.Decoded(layout, i));
        Try($"page {page + 1} cannot be read: ", () =>
        {
            new PlaneDecoder(Path, Handle, null, layout, pieces).Decode(0, into);
            return true;
        });
    }

    /// <summary>256 reds, 256 greens, 256 blues of a page's palette, 16 bits each; zeros where there are fewer.</summary>
    internal ushort[] ReadPalette(int page) => Try($"the palette of page {page + 1} cannot be read: ", () =>
    {
        int count = Pages[page].Bits <= 8 ? 1 << Pages[page].Bits : 0;
        long[] values = _structure.Directory(Pages[page].Directory).Numbers(Tag.ColorMap, 3 * count);
        if (count == 0 || values.Length < 3 * count)
            throw new InvalidDataException("it has no palette of 8 bits");
        var colours = new ushort[3 * 256];
        for (int i = 0; i < values.Length; i++)
            colours[i / count * 256 + i % count] = (ushort)values[i];
        return colours;
    });

    /// <summary>Ask the first page for what only some programs write.</summary>
    /// <param name="what">for the error</param>
    /// <param name="read">asks the page's directory</param>
    internal T Ask<T>(string what, Func<TiffDirectory, T> read) =>
        Try($"{what} cannot be read: ", () => read(_structure.Directory(Pages[0].Directory)));

    public void Dispose() => _stream.Dispose();

    private static FileStream Open(string path)
    {
        if (Directory.Exists(path))
            throw new BioDLException(Status.Io, $"{path} is a folder", "Name the images in it, such as FOLDER/*.tif.");
        FileFacts.RequireRegular(path);
        if (!File.Exists(path))
            throw new BioDLException(Status.NotFound, $"{path}: there is no such file", "Check the path.");
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BioDLException(Status.Io, $"{path}: {error.Message}", "The file could not be opened. Is it readable?", error);
        }
    }

    [MemberNotNull(nameof(Pages))]
    private void ReadPages()
    {
        var pages = new List<TiffPage>();
        int number = 0;
        using IEnumerator<TiffDirectory> directories = _structure.Directories().GetEnumerator();
        while (Try($"page {number + 1} cannot be read: ", directories.MoveNext))
        {
            number++;
            TiffPage page = Try($"page {number}: ", () => TiffPage.Of(directories.Current, Length));
            if (pages.Count == 0)
                Description = Try("the description: ", () => directories.Current.Text(Tag.Description));
            pages.Add(page);
        }
        Pages = pages;
    }

    private T Try<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is not BioDLException)
        {
            throw new BioDLException(Status.Io, $"{Path}: {what}{error.Message}", DamagedHint, error);
        }
    }
}
