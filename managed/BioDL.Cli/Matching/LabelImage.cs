using System.Globalization;
using BioDL.Cli.Tiff;
using BioDL.Core;
using BioDL.Core.Objects.Matching;

namespace BioDL.Cli.Matching;

/// <summary>Label images from TIFF: integers of 8 to 32 bits, or floats that are whole numbers. A palette is ignored.</summary>
internal static unsafe class LabelImage
{
    /// <returns>one plane a page</returns>
    /// <exception cref="BioDLException">Not readable, or not a label image; the message names the file.</exception>
    internal static List<LabelPlane> Read(string path)
    {
        using TiffFile file = TiffFile.Read(path);
        var planes = new List<LabelPlane>();
        foreach (int number in Enumerable.Range(0, file.Pages.Count).Where(page => !file.Pages[page].Reduced || file.Pages.Count == 1))
        {
            TiffPage page = file.Pages[number];
            if (page.Samples != 1)
                throw NotLabels(path, $"has {page.Samples} samples a pixel");
            long count = page.Width * page.Height;
            if (count > int.MaxValue / 8)
                throw NotLabels(path, $"has {count} pixels a page, more than can be compared");
            using var memory = new PlaneMemory((long)page.PlaneBytes);
            file.ReadPlane(number, 0, memory.Data);
            planes.Add(LabelPlane.Of((int)page.Height, (int)page.Width, Values(path, page, memory.Data, (int)count)));
        }
        return planes;
    }

    private static long[] Values(string path, in TiffPage page, byte* pixels, int count) => (page.SampleFormat, page.Bits) switch
    {
        (SampleFormat.Unsigned, 8) => Widen(new ReadOnlySpan<byte>(pixels, count)),
        (SampleFormat.Unsigned, 16) => Widen(new ReadOnlySpan<ushort>(pixels, count)),
        (SampleFormat.Unsigned, 32) => Widen(new ReadOnlySpan<uint>(pixels, count)),
        (SampleFormat.Signed, 8) => Widen(new ReadOnlySpan<sbyte>(pixels, count)),
        (SampleFormat.Signed, 16) => Widen(new ReadOnlySpan<short>(pixels, count)),
        (SampleFormat.Signed, 32) => Widen(new ReadOnlySpan<int>(pixels, count)),
        (SampleFormat.Float, 32) => Whole(path, new ReadOnlySpan<float>(pixels, count)),
        _ => throw NotLabels(path, $"has pixels of {page.Bits} bits of sample format {(int)page.SampleFormat}"),
    };

    private static long[] Widen<T>(ReadOnlySpan<T> values) where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        var wide = new long[values.Length];
        for (int i = 0; i < wide.Length; i++)
            wide[i] = long.CreateTruncating(values[i]);
        return wide;
    }

    private static long[] Whole(string path, ReadOnlySpan<float> values)
    {
        var wide = new long[values.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = (long)values[i];
            if (wide[i] != values[i])
                throw NotLabels(path, string.Create(CultureInfo.InvariantCulture, $"has the value {values[i]}"));
        }
        return wide;
    }

    private static BioDLException NotLabels(string path, string why) =>
        new(Status.InvalidArgument, $"{path} is not a label image: it {why}",
            "Give a grey TIFF in which every object has a whole number of its own.");
}
