using System.Runtime.InteropServices;
using BioDL.Core;

namespace BioDL.Cli.Tiff;

/// <summary>An open TIFF file and its pages. Used by one thread at a time. Every error names the file.</summary>
internal sealed unsafe class TiffFile : IDisposable
{
    // What a byte can become: Deflate 1,032, LZW 2,730. A page that claims more than that does not lie in its file.
    private const int MaxExpansion = 4096;
    private nint _handle;

    private TiffFile(string path, nint handle) => (Path, _handle) = (path, handle);

    /// <summary>What errors call it.</summary>
    internal string Path { get; }

    /// <summary>Pages in the order of the file, without the reduced copies (thumbnails) of others.</summary>
    internal IReadOnlyList<TiffPage> Pages { get; private set; } = [];

    /// <summary>The ImageDescription of the first page; "" when it has none.</summary>
    internal string Description { get; private set; } = "";

    /// <summary>Bytes of the whole file.</summary>
    internal long Length { get; private set; }

    private int[] _numbers = [];

    /// <summary>Such as "LIBTIFF, Version 4.5.0".</summary>
    internal static string LibraryVersion
    {
        get
        {
            try
            {
                return Text(TiffLibrary.Version()).Split('\n')[0];
            }
            catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
            {
                return $"{NativeFolders.FileName("biodl_tiff")}: not found";
            }
        }
    }

    /// <exception cref="BioDLException">No such file, not a TIFF, or damaged.</exception>
    internal static TiffFile Read(string path)
    {
        if (Directory.Exists(path))
            throw new BioDLException(Status.Io, $"{path} is a folder", "Name the images in it, such as FOLDER/*.tif.");
        if (!File.Exists(path))
            throw new BioDLException(Status.NotFound, $"{path}: there is no such file", "Check the path.");
        var file = new TiffFile(path, OpenHandle(path, path, "r", "Is it a TIFF file, complete and readable?"));
        try
        {
            file.ReadPages();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Create a file, for <see cref="Begin"/>, <see cref="WriteChunk"/> and <see cref="End"/>.</summary>
    /// <param name="path">is overwritten</param>
    /// <param name="mode">"w", or "w8" for BigTIFF; with "b" or "l" for a byte order</param>
    /// <param name="name">what errors call it; null: its path</param>
    internal static TiffFile Create(string path, string mode, string? name = null) =>
        new(name ?? path, OpenHandle(path, name ?? path, mode, "Is the folder writable?"));

    /// <summary>Decode one plane into contiguous rows in this machine's byte order.</summary>
    /// <param name="page">index into <see cref="Pages"/></param>
    /// <param name="sample">of a page in separate planes, else 0</param>
    /// <param name="into"><see cref="TiffPage.PlaneBytes"/> bytes</param>
    internal void ReadPlane(int page, int sample, byte* into)
    {
        if (TiffLibrary.PageRead(_handle, _numbers[page], sample, into, (long)Pages[page].PlaneBytes) == 0)
            throw Broken($"page {page + 1} cannot be decoded");
    }

    /// <summary>256 reds, 256 greens, 256 blues of a page's palette, 16 bits each.</summary>
    internal ushort[] ReadPalette(int page)
    {
        var colours = new ushort[3 * 256];
        fixed (ushort* into = colours)
        {
            if (TiffLibrary.PagePalette(_handle, _numbers[page], into) == 0)
                throw Broken($"the palette of page {page + 1} cannot be read");
        }
        return colours;
    }

    /// <summary>Check that a page's pixels can lie in the file, before memory is asked for.</summary>
    internal void CheckSize(int page)
    {
        TiffPage layout = Pages[page];
        if (layout.Width <= 0 || layout.Height <= 0 || layout.Width > int.MaxValue || layout.Height > int.MaxValue)
            throw new BioDLException(Status.Io, $"{Path}: page {page + 1} has the size {layout.Width} x {layout.Height}", DamagedHint);
        long expansion = layout.Compression == Compression.None ? 1 : MaxExpansion;
        Int128 all = layout.PlaneBytes * (layout.Planar == Planar.Separate ? layout.Samples : 1);
        if (all <= (Int128)Length * expansion)
            return;
        throw new BioDLException(Status.Io,
            $"{Path}: page {page + 1} of {layout.Width} x {layout.Height} pixels needs {all} bytes, the file has {Length}", DamagedHint);
    }

    internal void Begin(TiffPage page, string? description)
    {
        if (TiffLibrary.PageBegin(_handle, &page, description) == 0)
            throw NotWritten();
    }

    /// <summary>Write one strip or tile, whose memory may be changed by it.</summary>
    internal void WriteChunk(long chunk, byte* pixels, long bytes)
    {
        if (TiffLibrary.ChunkWrite(_handle, chunk, pixels, bytes) == 0)
            throw NotWritten();
    }

    internal void End()
    {
        if (TiffLibrary.PageEnd(_handle) == 0)
            throw NotWritten();
    }

    public void Dispose()
    {
        TiffLibrary.Close(_handle);
        _handle = 0;
    }

    private const string DamagedHint = "The file is damaged or cut short: copy or export it again.";

    private static nint OpenHandle(string path, string name, string mode, string question)
    {
        Span<byte> message = stackalloc byte[1024];
        nint handle;
        try
        {
            fixed (byte* text = message)
                handle = TiffLibrary.Open(path, mode, text, message.Length);
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            throw new BioDLException(Status.Internal, $"{NativeFolders.FileName("biodl_tiff")} cannot be loaded: {error.Message}",
                "Reinstall biodl, or set BIODL_RUNTIME_DIR to the folder that holds it.", error);
        }
        if (handle != 0)
            return handle;
        fixed (byte* text = message)
            throw new BioDLException(Status.Io, $"{name}: {Text(text).Replace($"{path}: ", "", StringComparison.Ordinal)}", $"The file could not be opened. {question}");
    }

    private void ReadPages()
    {
        Length = new FileInfo(Path).Length;
        long count = TiffLibrary.PageCount(_handle);
        if (count <= 0)
            throw Broken("its pages cannot be read");
        var pages = new List<TiffPage>();
        var numbers = new List<int>();
        for (int number = 0; number < count; number++)
        {
            TiffPage page;
            byte* description;
            if (TiffLibrary.PageGet(_handle, number, &page, &description) == 0)
                throw Broken($"page {number + 1} cannot be read");
            if (pages.Count == 0 && description != null)
                Description = Text(description);
            if (page.Reduced != 0 && count > 1)
                continue;
            pages.Add(page);
            numbers.Add(number);
        }
        if (pages.Count == 0)
            throw new BioDLException(Status.Io, $"{Path}: it holds only thumbnails", "Export the full image.");
        (Pages, _numbers) = (pages, [.. numbers]);
    }

    private BioDLException Broken(string what) =>
        new(Status.Io, $"{Path}: {what}: {Text(TiffLibrary.Message(_handle))}", DamagedHint);

    private BioDLException NotWritten() =>
        new(Status.Io, $"{Path}: {Text(TiffLibrary.Message(_handle))}", "Check that the disk is not full and the folder is writable.");

    private static string Text(byte* utf8) => Marshal.PtrToStringUTF8((nint)utf8) ?? "";
}
