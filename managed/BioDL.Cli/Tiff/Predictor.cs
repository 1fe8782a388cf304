using System.Numerics;

namespace BioDL.Cli.Tiff;

/// <summary>
/// Undoes what was done to rows of samples before they were compressed: differences (TIFF 6.0, section 14; Adobe's Technical Note 3 for
/// floats).
/// </summary>
internal static unsafe class Predictor
{
    /// <summary>Only what is compressed without knowing pixels has a predictor; elsewhere the tag means nothing.</summary>
    internal static bool IsKnown(in TiffPage page) =>
        page.Predictor is 1 or 2 || (page.Predictor == 3 && page.SampleFormat == SampleFormat.Float)
        || page.Compression is not (Compression.Lzw or Compression.Deflate or Compression.OldDeflate or Compression.Zstd);

    /// <param name="data">rows of <see cref="TiffPage.ChunkWidth"/> pixels, as they were decompressed; becomes samples in this machine's
    /// byte order</param>
    /// <param name="bytes">of all rows</param>
    /// <param name="page">its bits, samples and byte order</param>
    internal static void Undo(byte* data, long bytes, in TiffPage page)
    {
        long row = page.ChunkWidth * page.PixelBytes;
        if (page.Predictor == 3)
        {
            using var copy = new ScratchMemory(row);
            for (long at = 0; at < bytes; at += row)
                Floats(data + at, row, page.SideBySide, page.Bits / 8, copy.Data);
            return;
        }
        if (page.Swapped)
            ByteOrder.Swap(data, bytes, page.Bits);
        for (long at = 0; at < bytes && page.Predictor == 2; at += row)
        {
            switch (page.Bits)
            {
                case 8: Add(data + at, row, page.SideBySide); break;
                case 16: Add((ushort*)(data + at), row / 2, page.SideBySide); break;
                case 32: Add((uint*)(data + at), row / 4, page.SideBySide); break;
                default: Add((ulong*)(data + at), row / 8, page.SideBySide); break;
            }
        }
    }

    private static void Add<T>(T* row, long count, int samples) where T : unmanaged, IBinaryInteger<T>
    {
        if (samples == 1)
        {
            T sum = T.Zero;
            for (long i = 0; i < count; i++)
                row[i] = sum += row[i];
            return;
        }
        for (long i = samples; i < count; i++)
            row[i] += row[i - samples];
    }

    // A row holds the highest bytes of all samples, then the next ones, ...; each byte is the difference to that of the pixel before.
    private static void Floats(byte* row, long bytes, int samples, int width, byte* copy)
    {
        Add(row, bytes, samples);
        Buffer.MemoryCopy(row, copy, bytes, bytes);
        long count = bytes / width;
        for (int part = 0; part < width; part++)
        {
            byte* from = copy + (BitConverter.IsLittleEndian ? width - 1 - part : part) * count;
            for (long i = 0; i < count; i++)
                row[i * width + part] = from[i];
        }
    }
}
