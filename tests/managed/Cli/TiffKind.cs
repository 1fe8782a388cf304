using System.IO.Compression;
using System.Runtime.InteropServices;
using BioDL.Cli.Tiff;
using BioDL.Models.Files;

namespace BioDL.Tests.Cli;

/// <summary>A way of storing pixels, with pixels to store: what a camera gives, a slope with noise.</summary>
/// <param name="Page">of which all pages are</param>
/// <param name="Mode">"w" or "w8" with the byte order</param>
internal sealed record TiffKind(TiffPage Page, string Mode)
{
    /// <summary>Such as "16 bit unsigned, Lzw with predictor 2, tiles, w8b".</summary>
    internal string Name => $"{Page.Bits} bit {Page.SampleFormat}{(Page.Samples > 1 ? $" x {Page.Samples} {Page.Planar}" : "")}, "
        + $"{Page.Compression}"
        + $"{(Page.Predictor > 1 ? $" with predictor {Page.Predictor}" : "")}, {(Page.Tiled ? "tiles" : "strips")}, {Mode}";

    /// <summary>
    /// Element types, compressions and their predictors, strips and tiles, byte orders, classic and big; colours side by side and apart;
    /// JPEG.
    /// </summary>
    internal static IEnumerable<TiffKind> All(int width = 37, int height = 23)
    {
        (int Bits, SampleFormat Format)[] types = [(8, SampleFormat.Unsigned), (16, SampleFormat.Unsigned), (16, SampleFormat.Signed),
            (32, SampleFormat.Unsigned),
            (32, SampleFormat.Float), (64, SampleFormat.Float)];
        foreach ((int bits, SampleFormat format) in types)
            foreach ((Compression compression, int predictor) in Packings(bits, format))
                foreach (bool tiled in new[] { false, true })
                    foreach (string mode in new[] { "wl", "wb", "w8l", "w8b" })
                        yield return new TiffKind(Cut(TiffMaker.Grey(width, height) with
                        {
                            Bits = bits,
                            SampleFormat = format,
                            Compression = compression,
                            Predictor = predictor
                        }, tiled), mode);
        foreach (int bits in new[] { 8, 16 })
            foreach (Planar planar in Enum.GetValues<Planar>())
                foreach ((Compression compression, int predictor) in Packings(bits, SampleFormat.Unsigned))
                    foreach (string mode in new[] { "wl", "wb" })
                        yield return new TiffKind(Cut(TiffMaker.Grey(width, height) with
                        {
                            Bits = bits,
                            Samples = 3,
                            Planar = planar,
                            Photometric = Photometric.Rgb,
                            Compression = compression,
                            Predictor = predictor,
                        }, tiled: mode == "wb"), mode);
        foreach (bool tiled in new[] { false, true })
            foreach ((Photometric photometric, int samples) in new[] { (Photometric.MinIsBlack, 1), (Photometric.YCbCr, 3) })
                yield return new TiffKind(Cut(TiffMaker.Grey(width, height) with
                {
                    Photometric = photometric,
                    Samples = samples,
                    Compression = Compression.Jpeg
                }, tiled), "wl");
    }

    /// <summary>The samples of a page as they are decoded.</summary>
    internal byte[] Samples(int seed)
    {
        var random = new Random(seed);
        long count = (long)Page.PlaneBytes * Page.Planes / (Page.Bits / 8);
        double[] values = [.. Enumerable.Range(0, (int)count).Select(i => 40 + i / Page.Samples % Page.Width * 3 + random.Next(8))];
        return (Page.SampleFormat, Page.Bits) switch
        {
            (SampleFormat.Float, 32) => Bytes([.. values.Select(value => (float)(value * 0.37))]),
            (SampleFormat.Float, 64) => Bytes([.. values.Select(value => value * 0.37)]),
            (SampleFormat.Signed, 16) => Bytes([.. values.Select(value => (short)(value - 100))]),
            (_, 8) => Bytes([.. values.Select(value => (byte)value)]),
            (_, 16) => Bytes([.. values.Select(value => (ushort)(value * 100))]),
            _ => Bytes([.. values.Select(value => (uint)(value * 1e6))]),
        };
    }

    /// <summary>
    /// Write it. LibTiff.NET has no Zstd, and predicts after it has swapped the bytes, where the specification wants it before: such files
    /// are written as
    /// it can, and described and packed anew. Floats with a predictor lie in the same order in either kind of file.
    /// </summary>
    internal void Write(string path, params byte[][] pages)
    {
        bool zstd = Page.Compression == Compression.Zstd, swapped = Page.Predictor == 2 && Mode.Contains('b');
        TiffPage page = Page with { Compression = zstd ? Compression.Deflate : Page.Compression, Predictor = swapped ? 1 : Page.Predictor };
        string mode = Page.Predictor == 3 ? Mode.Replace('b', 'l') : Mode;
        TiffMaker.Write(path, [.. pages.Select(samples => (page, swapped ? Differences(samples) : samples))], mode);
        if (page == Page && mode == Mode)
            return;
        byte[] file = File.ReadAllBytes(path);
        var structure = new TiffStructure(new MemoryStream(file));
        File.WriteAllBytes(path, new RawTiff(Mode.Contains('b'), structure.IsBig).Write(structure.Directories().Select(directory =>
        {
            TiffPage read = TiffPage.Of(directory, file.Length);
            byte[][] chunks = [.. TiffChunk.All(directory, read,
                file.Length).Select(chunk => file[(int)chunk.Offset..(int)(chunk.Offset + chunk.Bytes)])];
            return (read with { Compression = Page.Compression, Predictor = Page.Predictor }, zstd ? [.. chunks.Select(Repack)] : chunks);
        })));
    }

    // Of samples to those of the pixel before in their tile or strip, as predictor 2 has them.
    private byte[] Differences(byte[] samples)
    {
        int bytes = Page.Bits / 8, pixel = Page.PixelBytes, row = (int)Page.Width * pixel,
        cut = (Page.Tiled ? (int)Page.ChunkWidth : (int)Page.Width) * pixel;
        byte[] result = [.. samples];
        for (int at = 0; at < samples.Length; at += bytes)
        {
            if (at % row % cut < pixel)
                continue;
            ulong before = Value(samples.AsSpan(at - pixel, bytes)), here = Value(samples.AsSpan(at, bytes));
            BitConverter.GetBytes(here - before).AsSpan(0, bytes).CopyTo(result.AsSpan(at));
        }
        return result;
    }

    private static ulong Value(ReadOnlySpan<byte> littleEndian)
    {
        Span<byte> eight = stackalloc byte[8];
        eight.Clear();
        littleEndian.CopyTo(eight);
        return BitConverter.ToUInt64(eight);
    }

    private static (Compression, int)[] Packings(int bits, SampleFormat format)
    {
        int[] predictors = format == SampleFormat.Float ? [1, 3] : [1, 2];
        Compression[] predicted = [Compression.Lzw, Compression.Deflate, Compression.Zstd];
        return [(Compression.None, 1), (Compression.PackBits, 1), (Compression.OldDeflate, 1),
            .. predicted.SelectMany(one => predictors.Select(predictor => (one, predictor)))];
    }

    // Neither strips of 16 rows nor tiles of 16 x 16 fit the image.
    private static TiffPage Cut(TiffPage page, bool tiled) =>
        tiled ? page with { Tiled = true, ChunkWidth = 16, ChunkHeight = 16 } : page with { ChunkHeight = Math.Min(16, page.Height) };

    private static byte[] Repack(byte[] deflated)
    {
        var plain = new MemoryStream();
        using (var stream = new ZLibStream(new MemoryStream(deflated), CompressionMode.Decompress))
            stream.CopyTo(plain);
        using var codec = new ZstdSharp.Compressor(3);
        return codec.Wrap(plain.ToArray()).ToArray();
    }

    private static byte[] Bytes<T>(T[] values) where T : unmanaged => MemoryMarshal.AsBytes<T>(values).ToArray();
}
