using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Runs;

namespace BioDL.Tests.Objects.StarConvex;

public class OptionTests
{
    public static TheoryData<Asked, string> Wrong => new()
    {
        { new StarOptions { ProbThreshold = 1.5 }, "probability threshold" },
        { new StarOptions { ProbThreshold = double.NaN }, "probability threshold" },
        { new StarOptions { OverlapThreshold = -0.1 }, "overlap threshold" },
        { new RunOptions { PercentileLow = 99, PercentileHigh = 2 }, "percentile" },
        { new RunOptions { PercentileHigh = 101 }, "percentile" },
        { new RunOptions { Tile = -5 }, "tile" },
        { new RunOptions { MemoryLimit = 0 }, "memory limit" },
        { new StarOptions { Vertices = (VertexMode)7 }, "vertices" },
        { new StarOptions { LabelScope = (LabelScope)7 }, "label scope" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void An_option_out_of_range_is_named_with_its_range(Asked options, string named)
    {
        using Specimen<ushort> image = Specimens.Nuclei(300, 300);
        var error = Assert.Throws<BioDLException>(() => Run(image.View, options));
        Assert.Equal(Status.InvalidArgument, error.Status);
        Assert.Contains(named, error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.NotEmpty(error.Hint);
    }

    [Fact]
    public void Images_masks_and_labels_of_other_shapes_are_refused_with_both_shapes()
    {
        using Specimen<ushort> image = Specimens.Nuclei(64, 64), twoChannels = new(PixelType.UInt16, 64, 64, channels: 2),
        labels = new(PixelType.UInt16, 64, 65);
        using Specimen<byte> bytes = new(PixelType.UInt8, 64, 64), small = new(PixelType.UInt8, 32, 64);
        Assert.Contains("2 channel", Refused(() => Run(twoChannels.View, new())));
        Assert.Contains("65", Refused(() => Run(image.View, new(), labels.View)));
        Assert.Contains("UInt8", Refused(() => Run(image.View, new(), bytes.View)));
        Assert.Contains("32", Refused(() => Run(image.View, new RunOptions { Mask = small.View })));
        Assert.Contains("UInt16", Refused(() => Run(image.View, new RunOptions { Mask = image.View })));
    }

    [Fact]
    public void A_mask_keeps_objects_by_their_centre()
    {
        using Specimen<ushort> image = Specimens.Nuclei(200, 200);
        using Specimen<byte> mask = new(PixelType.UInt8, 200, 200);
        for (int y = 0; y < 200; y++)
            mask.Pixels.Slice(y * 200, 100).Fill(255);
        SegmentedObjects all = Run(image.View, new()), left = Run(image.View, new RunOptions { Mask = mask.View });
        Assert.NotEmpty(left.Objects);
        Assert.True(left.Objects.Length < all.Objects.Length);
        Assert.All(left.Objects, found => Assert.True(found.CentroidX < 99.5));
    }

    [Fact]
    public void Unique_labels_are_used_once_in_a_series()
    {
        using Specimen<ushort> image = Specimens.Nuclei(128, 128, frames: 2, slices: 2), labels = new(PixelType.UInt16, 128, 128, 2, 2);
        SegmentedObjects unique = Run(image.View, new StarOptions { LabelScope = LabelScope.Unique }, labels.View);
        Assert.Equal(Enumerable.Range(1, unique.Objects.Length).Select(label => (long)label), unique.Objects.Select(found => found.Label));
        for (int plane = 0; plane < 4; plane++)
        {
            SegmentedObject[] here = [.. unique.Objects.Where(found => found.Frame * 2 + found.Slice == plane)];
            Assert.All(labels.Plane(plane).ToArray(),
                label => Assert.True(label == 0 || label >= here[0].Label && label <= here[^1].Label));
        }
        SegmentedObjects each = Run(image.View, new());
        Assert.Equal(4, each.Objects.Count(found => found.Label == 1));
    }

    [Fact]
    public void Too_many_labels_for_the_image_leave_it_untouched()
    {
        using Specimen<float> image = new(PixelType.Float32, 540, 520);
        using Specimen<ushort> labels = new(PixelType.UInt16, 540, 520);
        image.Pixels.Fill(0.9f);
        labels.Pixels.Fill(3);
        FakeChain points = FakeChain.Of((_, prob, dist) =>
        {
            unsafe
            {
                new Span<float>(prob.Data, (int)prob.Count).Fill(0.9f);
                new Span<float>(dist.Data, (int)dist.Count).Fill(0.3f);
            }
        });
        var error = Assert.Throws<BioDLException>(() => FakeNetwork.Segment(points, image.View, new RunOptions { Normalize = false },
            null, labels.View));
        Assert.Equal(Status.LabelOverflow, error.Status);
        Assert.Equal(-1, labels.Pixels.IndexOfAnyExcept((ushort)3));
    }

    private static string Refused(Action run)
    {
        var error = Assert.Throws<BioDLException>(run);
        Assert.Equal(Status.InvalidArgument, error.Status);
        return error.Message + error.Hint;
    }

    private static SegmentedObjects Run(ImageView image, Asked options, ImageView? labels = null) =>
        FakeNetwork.Segment(FakeChain.Of(FakeNetwork.Bright), image, options, null, labels);
}
