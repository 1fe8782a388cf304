using System.Runtime.InteropServices;
using BioDL.Cli.Tiff;

namespace BioDL.Tests.Cli;

/// <summary>Writes TIFF files of every kind that the reader is to understand.</summary>
internal static unsafe class TiffMaker
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
    /// <param name="mode">as for <see cref="TiffFile.Create"/></param>
    /// <param name="description">of the first page</param>
    internal static void Write<T>(string path, TiffPage page, T[][] pages, string mode = "w", string? description = null) where T : unmanaged
    {
        using TiffFile file = TiffFile.Create(path, mode);
        for (int number = 0; number < pages.Length; number++)
        {
            file.Begin(page, number == 0 ? description : null);
            byte[] bytes = MemoryMarshal.AsBytes<T>(pages[number]).ToArray();
            Assert.Equal((long)page.PlaneBytes * (page.Planar == Planar.Separate ? page.Samples : 1), bytes.LongLength);
            WritePage(file, page, bytes);
            file.End();
        }
    }

    /// <summary>0, 1, 2, ... as any type, wrapping where it is small.</summary>
    internal static T[] Ramp<T>(int count, int first = 0) where T : unmanaged, System.Numerics.INumberBase<T> =>
        [.. Enumerable.Range(first, count).Select(T.CreateTruncating)];

    private static void WritePage(TiffFile file, TiffPage page, byte[] bytes)
    {
        int planes = page.Planar == Planar.Separate ? page.Samples : 1, chunk = 0;
        long planeBytes = (long)page.PlaneBytes, pixelBytes = page.SideBySide * page.Bits / 8;
        long chunkWidth = page.Tiled != 0 ? page.ChunkWidth : page.Width;
        for (int plane = 0; plane < planes; plane++)
        {
            for (long y = 0; y < page.Height; y += page.ChunkHeight)
            {
                for (long x = 0; x < page.Width; x += chunkWidth)
                {
                    long rows = page.Tiled != 0 ? page.ChunkHeight : Math.Min(page.ChunkHeight, page.Height - y);
                    var piece = new byte[rows * chunkWidth * pixelBytes];
                    for (long row = 0; row < rows && y + row < page.Height; row++)
                    {
                        Array.Copy(bytes, plane * planeBytes + ((y + row) * page.Width + x) * pixelBytes, piece, row * chunkWidth * pixelBytes,
                            Math.Min(chunkWidth, page.Width - x) * pixelBytes);
                    }
                    fixed (byte* start = piece)
                        file.WriteChunk(chunk++, start, piece.Length);
                }
            }
        }
    }
}
