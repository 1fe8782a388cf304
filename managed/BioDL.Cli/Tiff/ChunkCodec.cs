using System.IO.Compression;
using ZstdSharp;

namespace BioDL.Cli.Tiff;

/// <summary>
/// The compressions of microscopes and their programs, decoded without LibTiff.NET: it has no Zstd, its Deflate and LZW take two to five
/// times libtiff's
/// time, and it reads no BigTIFF with the high byte first. Each works on memory alone, so that any number of strips may be decoded at once.
/// </summary>
internal static unsafe class ChunkCodec
{
    /// <summary>Decode a strip or tile.</summary>
    /// <returns>false: it is of a kind that is left to LibTiff.NET</returns>
    /// <exception cref="InvalidDataException">The data are damaged, or hold too few bytes.</exception>
    internal static bool TryDecode(in TiffPage page, byte* data, long dataBytes, byte* into, long bytes)
    {
        if (page.LowBitFirst || (page.Compression == Compression.Lzw && LzwCodec.IsOldStyle(data, dataBytes)))
            return false;
        long done;
        switch (page.Compression)
        {
            case Compression.Lzw: done = LzwCodec.Decode(data, dataBytes, into, bytes); break;
            case Compression.Deflate or Compression.OldDeflate: done = Inflate(data, dataBytes, into, bytes); break;
            case Compression.PackBits: done = PackBits(data, dataBytes, into, bytes); break;
            case Compression.Zstd: done = Unpack(data, dataBytes, into, bytes); break;
            default: return false;
        }
        if (done < bytes)
            throw new InvalidDataException($"it holds {done} bytes instead of {bytes}");
        return true;
    }

    private static long Inflate(byte* data, long dataBytes, byte* into, long bytes)
    {
        using var packed = new UnmanagedMemoryStream(data, dataBytes);
        using var stream = new ZLibStream(packed, CompressionMode.Decompress);
        const int Piece = 1 << 30;
        long done = 0;
        for (int read = 1; done < bytes && read > 0; done += read)
            read = stream.Read(new Span<byte>(into + done, (int)Math.Min(Piece, bytes - done)));
        return done;
    }

    // A byte n, and then n + 1 bytes as they are, or for a negative n one byte, 1 - n times (TIFF 6.0, section 9).
    private static long PackBits(byte* data, long dataBytes, byte* into, long bytes)
    {
        long at = 0, done = 0;
        while (done < bytes && at < dataBytes)
        {
            int head = (sbyte)data[at++];
            if (head == sbyte.MinValue)
                continue;
            bool repeated = head < 0;
            int run = (int)Math.Min((repeated ? -head : head) + 1, bytes - done);
            if (at + (repeated ? 1 : run) > dataBytes)
                return done;
            if (repeated)
                new Span<byte>(into + done, run).Fill(data[at]);
            else
                Buffer.MemoryCopy(data + at, into + done, run, run);
            at += repeated ? 1 : run;
            done += run;
        }
        return done;
    }

    // As a whole: a stream would take memory for the window that the data ask for.
    private static int Unpack(byte* data, long dataBytes, byte* into, long bytes)
    {
        if (Math.Max(dataBytes, bytes) > int.MaxValue)
            throw new InvalidDataException("its strips or tiles are larger than 2 GB");
        using var codec = new Decompressor();
        return codec.Unwrap(new ReadOnlySpan<byte>(data, (int)dataBytes), new Span<byte>(into, (int)bytes));
    }
}
