using System.Runtime.InteropServices;
using BioDL.Cli.Tiff;
using BitMiracle.LibTiff.Classic;
using Compression = BioDL.Cli.Tiff.Compression;
using LibTiff = BitMiracle.LibTiff.Classic.Tiff;
using Photometric = BioDL.Cli.Tiff.Photometric;
using SampleFormat = BioDL.Cli.Tiff.SampleFormat;

namespace BioDL.Tests.Cli;

/// <summary>Writes TIFF files of every kind that the reader is to understand, by LibTiff.NET's own encoders.</summary>
internal static class TiffMaker
{
    /// <summary>A grey page: 8-bit, one strip, uncompressed.</summary>
    internal static TiffPage Grey(int width, int height) => new()
    {
        Width = width, Height = height, Bits = 8, Samples = 1, Planar = Planar.Chunky, Photometric = Photometric.MinIsBlack,
        SampleFormat = SampleFormat.Unsigned, Compression = Compression.None, Predictor = 1, ChunkWidth = width, ChunkHeight = height,
        ResolutionUnit = ResolutionUnit.None,
    };

    /// <summary>Write pages of the same layout.</summary>
    /// <param name="path">of the file</param>
    /// <param name="page">the layout; chunk sizes and Tiled say how it is cut</param>
    /// <param name="pages">for each page the samples as they are decoded, plane after plane when they are separate</param>
    /// <param name="mode">"w", or "w8" for BigTIFF; with "b" or "l" for a byte order</param>
    /// <param name="description">of the first page</param>
    internal static void Write<T>(string path, TiffPage page, T[][] pages, string mode = "w", string? description = null)
        where T : unmanaged =>
        Write(path, [.. pages.Select(samples => (page, MemoryMarshal.AsBytes<T>(samples).ToArray()))], mode, description);

    /// <summary>Write pages of any layouts.</summary>
    internal static void Write(string path, (TiffPage Layout, byte[] Samples)[] pages, string mode = "w", string? description = null)
    {
        if (mode.Contains('8') && mode.Contains('b'))
        {
            // LibTiff.NET puts the header of BigTIFF before directories of classic TIFF then.
            Write(path, pages, "wb", description);
            File.WriteAllBytes(path, RawTiff.Rewrite(File.ReadAllBytes(path), big: true));
            return;
        }
        using LibTiff file = LibTiff.Open(path, mode);
        foreach ((TiffPage layout, byte[] samples) in pages)
        {
            TiffPage page = layout.Tiled ? layout : layout with { ChunkWidth = layout.Width };
            Require(samples.LongLength == (long)page.PlaneBytes * page.Planes, $"{samples.Length} bytes are no page");
            Describe(file, page, description);
            description = null;
            WriteChunks(file, page, samples);
            Require(file.WriteDirectory(), "a directory was not written");
        }
    }

    /// <summary>0, 1, 2, ... as any type, wrapping where it is small.</summary>
    internal static T[] Ramp<T>(int count, int first = 0) where T : unmanaged, System.Numerics.INumberBase<T> =>
        [.. Enumerable.Range(first, count).Select(T.CreateTruncating)];

    private static void Describe(LibTiff file, in TiffPage page, string? description)
    {
        var tags = new List<(TiffTag Tag, object Value)>
        {
            (TiffTag.IMAGEWIDTH, (int)page.Width), (TiffTag.IMAGELENGTH, (int)page.Height), (TiffTag.BITSPERSAMPLE, page.Bits),
            (TiffTag.SAMPLEFORMAT, (int)page.SampleFormat), (TiffTag.SAMPLESPERPIXEL, page.Samples),
            (TiffTag.PLANARCONFIG, (int)page.Planar),
            (TiffTag.PHOTOMETRIC, (int)page.Photometric), (TiffTag.COMPRESSION, (int)page.Compression),
        };
        tags.AddRange(page.Tiled ? [(TiffTag.TILEWIDTH, (int)page.ChunkWidth), (TiffTag.TILELENGTH, (int)page.ChunkHeight)]
            : [(TiffTag.ROWSPERSTRIP, (int)page.ChunkHeight)]);
        if (page.Predictor > 1)
            tags.Add((TiffTag.PREDICTOR, page.Predictor));
        if (page.Photometric == Photometric.YCbCr)
            tags.Add((TiffTag.JPEGCOLORMODE, (int)JpegColorMode.RGB));
        if (page.XResolution > 0)
            tags.AddRange([(TiffTag.XRESOLUTION, page.XResolution), (TiffTag.YRESOLUTION, page.YResolution),
                (TiffTag.RESOLUTIONUNIT, (int)page.ResolutionUnit)]);
        if (description is not null)
            tags.Add((TiffTag.IMAGEDESCRIPTION, description));
        foreach ((TiffTag tag, object value) in tags)
            Require(file.SetField(tag, value), $"{tag} cannot be {value}");
    }

    private static void WriteChunks(LibTiff file, in TiffPage page, byte[] samples)
    {
        int chunk = 0;
        for (int plane = 0; plane < page.Planes; plane++)
        {
            for (long y = 0; y < page.Height; y += page.ChunkHeight)
            {
                for (long x = 0; x < page.Width; x += page.ChunkWidth)
                {
                    byte[] piece = Piece(page, samples, plane * (long)page.PlaneBytes, y, x);
                    int written = page.Tiled ? file.WriteEncodedTile(chunk++, piece, piece.Length)
                        : file.WriteEncodedStrip(chunk++, piece, piece.Length);
                    Require(written == piece.Length, "a strip or tile was not written");
                }
            }
        }
    }

    private static byte[] Piece(in TiffPage page, byte[] samples, long plane, long y, long x)
    {
        long rows = page.Tiled ? page.ChunkHeight : Math.Min(page.ChunkHeight, page.Height - y), pixel = page.PixelBytes;
        var piece = new byte[rows * page.ChunkWidth * pixel];
        for (long row = 0; row < rows && y + row < page.Height; row++)
        {
            Array.Copy(samples, plane + ((y + row) * page.Width + x) * pixel, piece, row * page.ChunkWidth * pixel,
                Math.Min(page.ChunkWidth, page.Width - x) * pixel);
        }
        return piece;
    }

    private static void Require(bool worked, string otherwise)
    {
        if (!worked)
            throw new InvalidOperationException(otherwise);
    }
}
