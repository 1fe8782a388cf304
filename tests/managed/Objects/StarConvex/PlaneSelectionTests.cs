using BioDL.Core.Images;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Runs;

namespace BioDL.Tests.Objects.StarConvex;

/// <summary>
/// A selection is one of objects: those of the whole plane whose centroid lies in it, neither cut by it nor changed by what it leaves out.
/// </summary>
public class PlaneSelectionTests
{
    private const int Height = 230, Width = 260;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Objects_of_a_selection_are_those_of_the_whole_plane(int seed)
    {
        using Specimen<ushort> image = Specimens.Nuclei(Height, Width, seed), labels = new(PixelType.UInt16, Height, Width),
            part = new(PixelType.UInt16, Height, Width);
        using Specimen<byte> mask = new(PixelType.UInt8, Height, Width);
        SegmentedObjects all = Segment(image.View, new RunOptions(), labels.View);
        Assert.True(all.Objects.Length > 40);
        var random = new Random(seed);
        for (int i = 0; i < 12; i++)
        {
            int top = random.Next(Height - 1), left = random.Next(Width - 1);
            var region = new PlaneRegion(top, left, random.Next(1, Height - top), random.Next(1, Width - left));
            Blob(mask.Pixels, random);
            RunOptions options = new()
            {
                Region = i % 3 == 0 ? null : region, Mask = i % 3 == 1 ? null : mask.View, Tile = i % 2 == 0 ? null : 96,
            };
            SegmentedObjects some = Segment(image.View, options, part.View);
            bool Wanted(SegmentedObject found) => Contains(options, mask.Pixels, found);
            SegmentedObject[] expected = [.. all.Objects.Where(Wanted)];
            Assert.Equal(expected.Select(Told), some.Objects.Select(Told));
            Assert.Equal(Enumerable.Range(1, expected.Length), some.Objects.Select(found => (int)found.Label));
            int[] renumbered = new int[all.Objects.Length + 1];
            for (int n = 0; n < expected.Length; n++)
                renumbered[expected[n].Label] = n + 1;
            Assert.Equal(labels.Pixels.ToArray().Select(label => renumbered[label]), part.Pixels.ToArray().Select(label => (int)label));
        }
    }

    [Fact]
    public void A_mask_may_lie_in_memory_as_it_likes()
    {
        // Stored upside down and mirrored, with pixel (6, 12) set.
        byte[] pixels = new byte[18 * 33];
        pixels[(18 - 1 - 6) * 33 + 33 - 1 - 12] = 7;
        SegmentedObject[] objects = [At(6, 12), At(6.4, 11.6), At(6.6, 12), At(6, 11.4), At(5.5, 12.49)];
        unsafe
        {
            fixed (byte* data = pixels)
            {
                ImageView mask = ImageView.Contiguous(data, PixelType.UInt8, 18, 33) with
                {
                    RowStride = -33,
                    PixelStride = -1,
                    Offset = pixels.Length - 1,
                };
                Assert.Equal([true, true, false, false, true], new PlaneSelection(null, mask).Of(objects));
            }
        }
    }

    private static SegmentedObject At(double y, double x) => new() { CentroidY = y, CentroidX = x };

    private static (float, float, float, long, double, double, int, int) Told(SegmentedObject found) =>
        (found.Probability, found.CenterY, found.CenterX, found.Pixels, found.CentroidY, found.CentroidX, found.Top, found.Left);

    private static bool Contains(RunOptions options, Span<byte> mask, SegmentedObject found)
    {
        int y = (int)Math.Floor(found.CentroidY + 0.5), x = (int)Math.Floor(found.CentroidX + 0.5);
        bool inRegion = options.Region is not { } region
            || y >= region.Top && y < region.Top + region.Height && x >= region.Left && x < region.Left + region.Width;
        return inRegion && (options.Mask is null || mask[y * Width + x] != 0);
    }

    private static void Blob(Span<byte> mask, Random random)
    {
        double cy = random.Next(Height), cx = random.Next(Width), radius = random.Next(5, 120);
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++)
                mask[y * Width + x] = (byte)((y - cy) * (y - cy) + (x - cx) * (x - cx) < radius * radius ? 255 : 0);
    }

    private static SegmentedObjects Segment(ImageView image, RunOptions options, ImageView labels) =>
        StarRun.Run(FakeNetwork.Network(halo: 40), FakeNetwork.Stars, FakeChain.Of(FakeNetwork.Bright), image,
            (options, new StarOptions { ProbThreshold = 0.2 }), null,
            new StarImages { Labels = labels });
}
