using BioDL.Models.Files;

namespace BioDL.Cli.Tiff;

/// <summary>0: the file does not say. The specification means inches then; ImageJ and what microscopes write mean none.</summary>
internal enum ResolutionUnit { Unknown = 0, None = 1, Inch = 2, Centimetre = 3 }

internal enum SampleFormat { Unsigned = 1, Signed = 2, Float = 3 }

internal enum Planar { Chunky = 1, Separate = 2 }

internal enum Photometric { MinIsWhite = 0, MinIsBlack = 1, Rgb = 2, Palette = 3, YCbCr = 6 }

/// <summary>One page of a TIFF file. The numbers of its enumerations are those of the TIFF specification.</summary>
internal readonly record struct TiffPage
{
    internal long Width { get; init; }
    internal long Height { get; init; }

    /// <summary>Bits of a sample.</summary>
    internal int Bits { get; init; }
    internal SampleFormat SampleFormat { get; init; }

    /// <summary>Samples of a pixel.</summary>
    internal int Samples { get; init; }
    internal Planar Planar { get; init; }
    internal Photometric Photometric { get; init; }
    internal Compression Compression { get; init; }

    /// <summary>1 none, 2 differences of neighbours, 3 the same of the bytes of floats.</summary>
    internal int Predictor { get; init; }

    /// <summary>Cut into tiles rather than strips.</summary>
    internal bool Tiled { get; init; }

    /// <summary>Of a tile; the width for strips.</summary>
    internal long ChunkWidth { get; init; }

    /// <summary>Of a tile; rows of a strip.</summary>
    internal long ChunkHeight { get; init; }

    /// <summary>Pixels per unit, 0 when not given.</summary>
    internal double XResolution { get; init; }
    internal double YResolution { get; init; }
    internal ResolutionUnit ResolutionUnit { get; init; }

    /// <summary>The samples in the file are in the other byte order than this machine's.</summary>
    internal bool Swapped { get; init; }

    /// <summary>The lowest bit of a byte comes first (FillOrder 2), which compressed data of some scanners has.</summary>
    internal bool LowBitFirst { get; init; }

    /// <summary>A smaller copy of another page, or what slides have besides their image: a label, an overview.</summary>
    internal bool Reduced { get; init; }

    /// <summary>Smaller copies that it has of its own (SubIFDs).</summary>
    internal long Levels { get; init; }

    /// <summary>Where the pixels lie when they are one uncompressed run of bytes, else -1; and the length of that run.</summary>
    internal long RawOffset { get; init; }
    internal long RawBytes { get; init; }

    /// <summary>Where its directory lies in the file.</summary>
    internal long Directory { get; init; }

    /// <summary>Samples of a pixel that lie side by side in one decoded plane.</summary>
    internal int SideBySide => Planar == Planar.Chunky ? Samples : 1;

    /// <summary>Planes that are decoded apart.</summary>
    internal int Planes => Planar == Planar.Chunky ? 1 : Samples;

    internal int PixelBytes => SideBySide * Bits / 8;

    /// <summary>Bytes of one decoded plane. The numbers of a file are not to be trusted, so this may be very large, never wrong.</summary>
    internal Int128 PlaneBytes => (Int128)Width * Height * SideBySide * Bits / 8;

    internal long ChunksAcross => (Width + ChunkWidth - 1) / ChunkWidth;

    internal long ChunksPerPlane => ChunksAcross * ((Height + ChunkHeight - 1) / ChunkHeight);

    /// <summary>Read what a directory says, and where the pixels lie.</summary>
    /// <exception cref="InvalidDataException">What it says cannot be.</exception>
    internal static TiffPage Of(TiffDirectory directory, long fileLength)
    {
        TiffPage page = Describe(directory);
        if (page.Width is <= 0 or > int.MaxValue || page.Height is <= 0 or > int.MaxValue)
            throw new InvalidDataException($"it has the size {page.Width} x {page.Height}");
        if (directory.Number(Tag.ImageDepth, 1) != 1)
            throw new InvalidDataException("it holds a volume of several planes (tag ImageDepth), which is not read");
        if (page.Samples <= 0 || page.Bits <= 0 || page.ChunkWidth <= 0 || page.ChunkHeight <= 0)
            throw new InvalidDataException("the layout of its pixels makes no sense");
        ReadOnlySpan<TiffChunk> chunks = TiffChunk.All(directory, page, fileLength);
        bool run = page.Compression == Compression.None && !page.Tiled && !page.LowBitFirst;
        long end = chunks[0].Offset;
        foreach (TiffChunk chunk in chunks)
        {
            run &= chunk.Offset == end;
            end = chunk.Offset + chunk.Bytes;
        }
        return run ? page with { RawOffset = chunks[0].Offset, RawBytes = end - chunks[0].Offset } : page;
    }

    private static TiffPage Describe(TiffDirectory directory)
    {
        int Number(int tag, long otherwise) => (int)Math.Clamp(directory.Number(tag, otherwise), int.MinValue, int.MaxValue);
        long width = directory.Number(Tag.Width, 0), height = directory.Number(Tag.Height, 0);
        int bits = Number(Tag.Bits, 1), samples = Math.Min(Number(Tag.Samples, 1), ushort.MaxValue), format = Number(Tag.SampleFormat, 1);
        if (directory.Numbers(Tag.Bits, samples).Any(value => value != bits))
            throw new InvalidDataException("its samples have different numbers of bits");
        bool tiled = directory.Has(Tag.TileWidth);
        return new TiffPage
        {
            Width = width, Height = height, Bits = bits, Samples = samples, Planar = (Planar)Number(Tag.Planar, 1),
            Directory = directory.Offset,
            SampleFormat = format == 4 ? SampleFormat.Unsigned
                : (SampleFormat)format, Photometric = (Photometric)Number(Tag.Photometric, 1),
            Compression = (Compression)Number(Tag.Compression, 1), Predictor = Number(Tag.Predictor, 1), Tiled = tiled,
            ChunkWidth = tiled ? directory.Number(Tag.TileWidth, 0) : width,
            ChunkHeight = tiled ? directory.Number(Tag.TileLength, 0) : Math.Min(directory.Number(Tag.RowsPerStrip, height), height),
            XResolution = directory.Real(Tag.XResolution, 0), YResolution = directory.Real(Tag.YResolution, 0),
            ResolutionUnit = (ResolutionUnit)Number(Tag.ResolutionUnit, 0), LowBitFirst = Number(Tag.FillOrder, 1) == 2,
            Swapped = bits > 8 && directory.IsBigEndian == BitConverter.IsLittleEndian,
            Reduced = (directory.Number(Tag.SubfileType, 0) & 1) != 0, Levels = directory.Count(Tag.SubDirectories),
            RawOffset = -1,
        };
    }
}

/// <summary>Tags of TIFF 6.0 and its supplements that are read here.</summary>
internal static class Tag
{
    internal const int SubfileType = 254, Width = 256, Height = 257, Bits = 258, Compression = 259, Photometric = 262,
    FillOrder = 266, Description = 270,
        StripOffsets = 273, Samples = 277, RowsPerStrip = 278, StripBytes = 279, XResolution = 282, YResolution = 283, Planar = 284,
        ResolutionUnit = 296,
        Predictor = 317, ColorMap = 320, TileWidth = 322, TileLength = 323, TileOffsets = 324, TileBytes = 325,
        SubDirectories = 330, SampleFormat = 339, ImageDepth = 32997, ImageJCounts = 50838, ImageJMetadata = 50839;
}
