using System.IO.Compression;
using BioDL.Cli.Tiff;
using BioDL.Core.Images;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Runs;
using BioDL.Models;
using Xunit.Abstractions;

namespace BioDL.Conformance;

/// <summary>Nuclei four times larger than those that the built-in model knows: with a scale they are those of the original.</summary>
public sealed unsafe class EnlargedNucleiTests(ITestOutputHelper output)
{
    private const int Factor = 4;

    [SkippableTheory]
    [InlineData(null)]
    [InlineData(256)]
    public void With_a_scale_they_are_the_originals(int? tile)
    {
        using Model model = Model.Open(null);
        using ZipArchive zip = ZipFile.OpenRead(SharedData.File("images", "dsb2018", "test.zip"));
        foreach (ZipArchiveEntry entry in zip.Entries.Where(entry => entry.FullName.StartsWith("test/images/", StringComparison.Ordinal)
            && entry.Name.EndsWith(".tif", StringComparison.Ordinal)).Take(6))
            Compare(model, entry, tile);
    }

    private void Compare(Model model, ZipArchiveEntry entry, int? tile)
    {
        string path = Path.GetTempFileName();
        entry.ExtractToFile(path, overwrite: true);
        try
        {
            using TiffImage image = TiffImage.Open(path);
            ImageView view = image.View;
            long pixelsOfLarge = view.PixelsPerPlane * Factor * Factor;
            var (large, labels, original) = (new ushort[pixelsOfLarge], new ushort[pixelsOfLarge], new ushort[view.PixelsPerPlane]);
            fixed (ushort* pixels = large, painted = labels, small = original)
            {
                Enlarge(view, pixels);
                var options = new RunOptions { Device = "cpu", Tile = tile };
                SegmentedObjects expected = model.Segment(view, options, new StarOptions(), null,
                    new StarImages { Labels = Plane(small, view.Height, view.Width) });
                SegmentedObjects found = model.Segment(Plane(pixels, view.Height * Factor, view.Width * Factor),
                    options with { Scale = 1.0 / Factor }, new StarOptions(), null,
                    new StarImages { Labels = Plane(painted, view.Height * Factor, view.Width * Factor) });
                output.WriteLine($"{entry.Name}: {expected.Objects.Length} objects, {found.Objects.Length} when enlarged");
                Assert.Equal(expected.Objects.Length, found.Objects.Length);
                Assert.True(Alike(original, labels, view.Height, view.Width) >= 0.9, entry.Name);
                Assert.DoesNotContain(found.Account.Warnings, warning => warning.Contains("across", StringComparison.Ordinal));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The least IoU of an object with its enlarged self, small ones left out: a pixel is a large part of them.</summary>
    private static double Alike(ushort[] original, ushort[] labels, int height, int width)
    {
        var both = new Dictionary<(int, int), long>();
        long[] one = new long[65536], other = new long[65536];
        for (int y = 0; y < height * Factor; y++)
            for (int x = 0; x < width * Factor; x++)
            {
                int a = original[y / Factor * width + x / Factor], b = labels[y * width * Factor + x];
                both[(a, b)] = both.GetValueOrDefault((a, b)) + 1;
                (one[a], other[b]) = (one[a] + 1, other[b] + 1);
            }
        return Enumerable.Range(1, original.Max()).Where(label => one[label] > 200 * Factor * Factor).Select(label =>
            both.Where(pair => pair.Key.Item1 == label && pair.Key.Item2 > 0)
                .Max(pair => pair.Value / (double)(one[label] + other[pair.Key.Item2] - pair.Value))).DefaultIfEmpty(1).Min();
    }

    private static void Enlarge(ImageView view, ushort* to)
    {
        using PlaneLock plane = view.Lock(0);
        for (int y = 0; y < view.Height * Factor; y++)
            for (int x = 0; x < view.Width * Factor; x++)
            {
                byte* pixel = plane.Pixel(y / Factor, x / Factor);
                to[(long)y * view.Width * Factor + x] = view.Type == PixelType.UInt8 ? *pixel : *(ushort*)pixel;
            }
    }

    private static ImageView Plane(ushort* pixels, int height, int width) => ImageView.Contiguous(pixels, PixelType.UInt16, height, width);
}
