using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Runs;

namespace BioDL.Tests.Objects.StarConvex;

/// <summary>The maps of a segmentation are what the network gives for whole planes, and leave the objects as they are.</summary>
public class StarMapsTests
{
    private const int Height = 110, Width = 130;

    public static TheoryData<int, bool, bool> Kinds =>
        new() { { 0, false, false }, { 104, true, false }, { 104, false, true }, { 0, true, true } };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Maps_are_whole_whatever_the_selection(int tile, bool region, bool masked)
    {
        using Specimen<ushort> image = Specimens.Nuclei(Height, Width, frames: 2);
        using Specimen<byte> mask = new(PixelType.UInt8, Height, Width);
        mask.Pixels[^3000..].Fill(1);
        using Specimen<float> prob = new(PixelType.Float32, Height, Width, 2), dist = new(PixelType.Float32, Height, Width, 2, 1, 8);
        var options = new RunOptions
        {
            Tile = tile == 0 ? null : tile, Region = region ? new PlaneRegion(30, 40, 75, 80) : null, Mask = masked ? mask.View : null,
        };
        SegmentedObjects plain = Segment(image.View, options, null);
        SegmentedObjects with = Segment(image.View, options, new StarImages { Probability = prob.View, Distances = dist.View });
        Assert.NotEmpty(with.Objects);
        Assert.Equal(plain.Objects, with.Objects);
        Assert.Equal(2, with.Account.Provenance.Split("\"scaled_back\"").Length - 1);
        Assert.Equal(-1, dist.Pixels.IndexOfAnyExcept(4f));
        for (int frame = 0; frame < 2; frame++)
        {
            // The fake network gives the normalised image back.
            double least = double.MaxValue, most = 0;
            foreach (ushort pixel in image.Plane(frame))
                (least, most) = (Math.Min(least, pixel), Math.Max(most, pixel));
            for (int i = 0; i < Height * Width; i++)
                Assert.Equal((image.Plane(frame)[i] - least) / (most - least), prob.Plane(frame)[i], 1e-5);
        }
    }

    [Fact]
    public void A_map_of_another_size_is_refused_with_both_sizes()
    {
        using Specimen<ushort> image = Specimens.Nuclei(Height, Width);
        using Specimen<float> small = new(PixelType.Float32, Height, Width - 1);
        var error = Assert.Throws<BioDLException>(() => Segment(image.View, new RunOptions(), new StarImages { Probability = small.View }));
        Assert.Equal(Status.InvalidArgument, error.Status);
        Assert.Contains("129", error.Message, StringComparison.Ordinal);
        Assert.Contains("130", error.Message, StringComparison.Ordinal);
    }

    private static SegmentedObjects Segment(ImageView image, RunOptions options, StarImages? images) =>
        StarRun.Run(FakeNetwork.Network(halo: 40), FakeNetwork.Stars, FakeChain.Of(FakeNetwork.Bright), image,
            (options, new StarOptions()), null, images);
}
