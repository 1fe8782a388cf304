using System.Globalization;
using System.Runtime.InteropServices;
using BioDL.Cli.Tiff;
using BioDL.Core.Images;
using BioDL.Tests.Cli;

namespace BioDL.Bench;

/// <summary>
/// A page brought into memory beside libtiff on one thread, from files that libtiff wrote; and every kind of file, whose bytes must be
/// libtiff's.
/// </summary>
internal static unsafe class TiffBench
{
    private const int Side = 4096, Runs = 7;

    public static void Run()
    {
        using NativeBaseline? libtiff = NativeBaseline.TryCreate("gcc", "libtiff_pages.c", "-ltiff", "libtiff-dev", out string why);
        if (libtiff is null)
        {
            Console.WriteLine($"Not run, for there is no libtiff to compare with: {why}");
            return;
        }
        string raw = Path.Combine(libtiff.Folder, "raw"), path = Path.Combine(libtiff.Folder, "page.tif");
        foreach (int bits in (int[])[16, 32])
        {
            File.WriteAllBytes(raw, bits == 16 ? MemoryMarshal.AsBytes<ushort>(Slope())
                : MemoryMarshal.AsBytes<float>([.. Slope().Select(value => value * 0.37f)]));
            foreach ((Compression compression, int predictor, int tile) in Cases(bits))
            {
                libtiff.Run($"write {path} {raw} {Side} {Side} {bits} {(int)compression} {predictor} {tile}");
                Compare(libtiff, path, $"{bits} bit "
                    + $"{compression}{(predictor > 1 ? $" predictor {predictor}" : "")}{(tile > 0 ? $" tiles of {tile}" : "")}");
            }
        }
        CompareKinds(libtiff, path);
    }

    private static (Compression, int, int)[] Cases(int bits) =>
        bits == 32 ? [(Compression.None, 1, 0), (Compression.Deflate, 3, 0), (Compression.Lzw, 3, 0)]
        : [(Compression.None, 1, 0), (Compression.None, 1, 256), (Compression.Deflate, 1, 0), (Compression.Deflate, 2, 0),
            (Compression.Deflate, 2, 256),
            (Compression.Lzw, 1, 0), (Compression.Lzw, 2, 0), (Compression.PackBits, 1, 0), (Compression.Zstd, 2, 0)];

    private static void Compare(NativeBaseline libtiff, string path, string what)
    {
        byte* pixels = (byte*)NativeMemory.Alloc((nuint)Side * Side * 4);
        new Span<byte>(pixels, Side * Side * 4).Fill(1);
        double best = double.PositiveInfinity, theirs = double.PositiveInfinity;
        string hash = "";
        for (int run = 0; run < Runs; run++)
        {
            string[] lines = libtiff.Run($"read {path} 1");
            theirs = Math.Min(theirs, double.Parse(lines[0], CultureInfo.InvariantCulture));
            hash = lines[1];
            using TiffImage image = TiffImage.Open(path);
            best = Math.Min(best, Timing.Best(1, () => Fetch(image.View, pixels)));
        }
        long bytes = new FileInfo(path).Length, plane = Side * (long)Side * (what[..2] == "16" ? 2 : 4);
        string same = Hash(new ReadOnlySpan<byte>(pixels, (int)plane)) == hash ? "the same bytes" : "OTHER BYTES";
        NativeMemory.Free(pixels);
        Console.WriteLine($"{what,-28} {best * 1e3,7:F1} ms, libtiff {theirs * 1e3,7:F1} ms: {theirs / best,5:F2} times its speed; {same}; "
            + $"{plane / (double)bytes:F2} : 1");
    }

    // As the engine does: lock a plane, copy what lies there.
    private static void Fetch(ImageView view, byte* into)
    {
        using PlaneLock plane = view.Lock(0);
        long row = (long)view.Width * view.Type.Size();
        nint from = (nint)plane.Pixel(0, 0), to = (nint)into;
        const int Bands = 16;
        Parallel.For(0, Bands, band =>
        {
            int first = view.Height * band / Bands, last = view.Height * (band + 1) / Bands;
            for (int y = first; y < last; y++)
                Buffer.MemoryCopy((byte*)from + y * view.RowStride, (byte*)to + y * row, row, row);
        });
    }

    private static void CompareKinds(NativeBaseline libtiff, string path)
    {
        int same = 0, jpeg = 0, other = 0;
        foreach (TiffKind kind in TiffKind.All())
        {
            kind.Write(path, kind.Samples(1));
            using TiffFile file = TiffFile.Read(path);
            TiffPage page = file.Pages[0];
            var bytes = new byte[(long)page.PlaneBytes * page.Planes];
            fixed (byte* into = bytes)
                for (int plane = 0; plane < page.Planes; plane++)
                    file.ReadPlane(0, plane, into + plane * (long)page.PlaneBytes);
            bool equal = Hash(bytes) == libtiff.Run($"read {path} 1")[1];
            if (equal)
                same++;
            else if (page.Compression == Compression.Jpeg)
                jpeg++;
            else
                Console.WriteLine($"OTHER BYTES than libtiff's ({++other}): {kind.Name}");
        }
        Console.WriteLine($"{same + jpeg + other} kinds of file: {same} have libtiff's bytes, {jpeg} are JPEG and rounded otherwise, "
            + $"{other} differ");
    }

    private static string Hash(ReadOnlySpan<byte> bytes)
    {
        ulong hash = 14695981039346656037;
        foreach (byte value in bytes)
            hash = (hash ^ value) * 1099511628211;
        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    // Bright spots on a slope, with the noise of a camera.
    private static ushort[] Slope()
    {
        var random = new Random(7);
        var pixels = new ushort[Side * Side];
        for (int y = 0; y < Side; y++)
            for (int x = 0; x < Side; x++)
                pixels[y * Side + x] = (ushort)(400 + y / 16 + random.Next(64)
                    + ((x % 90 - 45) * (x % 90 - 45) + (y % 90 - 45) * (y % 90 - 45) < 500 ? 3000 : 0));
        return pixels;
    }
}
