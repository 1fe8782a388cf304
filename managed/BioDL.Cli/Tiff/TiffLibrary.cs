using System.Reflection;
using System.Runtime.InteropServices;

namespace BioDL.Cli.Tiff;

/// <summary>One page of a TIFF file; the layout of <c>biodl_tiff_page</c> in native/tiff/biodl_tiff.h, where the fields are described.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TiffPage
{
    public long Width;
    public long Height;
    public long RawOffset;
    public long RawBytes;
    public long ChunkWidth;
    public long ChunkHeight;
    public double XResolution;
    public double YResolution;
    public ResolutionUnit ResolutionUnit;
    public int Bits;
    public SampleFormat SampleFormat;
    public int Samples;
    public Planar Planar;
    public Photometric Photometric;
    public Compression Compression;
    public int Predictor;
    public int Tiled;
    public int Swapped;
    public int Reduced;
    public int Decodable;

    /// <summary>Samples of a pixel that lie side by side in one decoded plane.</summary>
    public readonly int SideBySide => Planar == Planar.Chunky ? Samples : 1;

    /// <summary>Bytes of one decoded plane. The numbers of a file are not to be trusted, so this may be very large, never wrong.</summary>
    public readonly Int128 PlaneBytes => (Int128)Width * Height * SideBySide * Bits / 8;
}

internal enum ResolutionUnit { None = 1, Inch = 2, Centimetre = 3 }

internal enum SampleFormat { Unsigned = 1, Signed = 2, Float = 3 }

internal enum Planar { Chunky = 1, Separate = 2 }

internal enum Photometric { MinIsWhite = 0, MinIsBlack = 1, Rgb = 2, Palette = 3, YCbCr = 6 }

internal enum Compression { None = 1, Lzw = 5, Jpeg = 7, Deflate = 8, PackBits = 32773, OldDeflate = 32946 }

/// <summary>The functions of native/tiff/biodl_tiff.h. They return 0 on failure.</summary>
internal static unsafe partial class TiffLibrary
{
    private const string Name = "biodl_tiff";

    static TiffLibrary() => NativeLibrary.SetDllImportResolver(typeof(TiffLibrary).Assembly, Resolve);

    [LibraryImport(Name, EntryPoint = "biodl_tiff_open", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint Open(string path, string mode, byte* message, long messageSize);

    [LibraryImport(Name, EntryPoint = "biodl_tiff_close")]
    internal static partial void Close(nint file);

    [LibraryImport(Name, EntryPoint = "biodl_tiff_message")]
    internal static partial byte* Message(nint file);

    [LibraryImport(Name, EntryPoint = "biodl_tiff_page_count")]
    internal static partial long PageCount(nint file);

    [LibraryImport(Name, EntryPoint = "biodl_tiff_page_get")]
    internal static partial int PageGet(nint file, long page, TiffPage* into, byte** description);

    [LibraryImport(Name, EntryPoint = "biodl_tiff_page_palette")]
    internal static partial int PagePalette(nint file, long page, ushort* colours);

    [LibraryImport(Name, EntryPoint = "biodl_tiff_page_read")]
    internal static partial int PageRead(nint file, long page, int sample, void* into, long bytes);

    [LibraryImport(Name, EntryPoint = "biodl_tiff_page_begin", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int PageBegin(nint file, TiffPage* page, string? description);

    [LibraryImport(Name, EntryPoint = "biodl_tiff_chunk_write")]
    internal static partial int ChunkWrite(nint file, long chunk, void* pixels, long bytes);

    [LibraryImport(Name, EntryPoint = "biodl_tiff_page_end")]
    internal static partial int PageEnd(nint file);

    [LibraryImport(Name, EntryPoint = "biodl_tiff_version")]
    internal static partial byte* Version();

    [LibraryImport(Name, EntryPoint = "biodl_tiff_release_pages")]
    internal static partial void ReleasePages(void* start, long bytes);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? paths)
    {
        if (name != Name)
            return 0;
        foreach (string folder in NativeFolders.All())
        {
            if (NativeLibrary.TryLoad(Path.Combine(folder, NativeFolders.FileName(Name)), out nint library))
                return library;
        }
        return 0; // the default search follows, and its error names the library
    }
}
