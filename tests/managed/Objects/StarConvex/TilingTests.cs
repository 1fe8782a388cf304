using BioDL.Conformance;
using BioDL.Core.Images;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Runs;
using BioDL.Models;
using Xunit.Abstractions;

namespace BioDL.Tests.Objects.StarConvex;

/// <summary>The cut into tiles must not show in the result.</summary>
public class TilingTests(ITestOutputHelper output)
{
    private const int Height = 700, Width = 900;

    [Theory]
    [InlineData(256)]
    [InlineData(400)]
    public void A_local_network_gives_the_same_objects_in_tiles_as_whole(int tile)
    {
        using Model model = Model.Open(null);
        using Specimen<ushort> image = Specimens.Nuclei(Height, Width), whole = new(PixelType.UInt16, Height, Width),
            tiled = new(PixelType.UInt16, Height, Width);
        SegmentedObjects once = model.Segment(image.View, new RunOptions { Tile = 1024 }, null, whole.View);
        SegmentedObjects pieces = model.Segment(image.View, new RunOptions { Tile = tile }, null, tiled.View);
        Assert.Equal(1, once.Account.Tiles);
        Assert.True(pieces.Account.Tiles >= 6);
        Assert.InRange(once.Objects.Length, 150, 300);
        Assert.Equal(once.Candidates, pieces.Candidates);
        Assert.Equal(Places(once), Places(pieces));
        Assert.True(whole.Pixels.SequenceEqual(tiled.Pixels), "the label images differ");
        // Context beyond the halo reaches the outputs through the last bits only.
        for (int i = 0; i < once.Vertices.Length; i++)
            Assert.InRange(pieces.Vertices[i] - once.Vertices[i], -1e-3, 1e-3);
        Assert.Empty(pieces.Account.Warnings);
    }

    [Fact]
    public void Thinning_a_huge_plane_tile_by_tile_changes_nothing()
    {
        using Model model = Model.Open(null);
        using Specimen<ushort> image = Specimens.Nuclei(Height, Width);
        SegmentedObjects all = model.Segment(image.View, new RunOptions { Tile = 400 });
        SegmentedObjects thinned = model.Segment(image.View, (new RunOptions { Tile = 400 }, new StarOptions { ThinAbove = 100 }));
        Assert.Equal(all.Candidates, thinned.Candidates);
        Assert.Equal(all.Objects, thinned.Objects);
        Assert.Equal(all.Vertices, thinned.Vertices);
    }

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(104)]
    public void A_network_that_sees_no_further_than_its_halo_gives_equal_bits(int tile)
    {
        using Specimen<ushort> image = Specimens.Nuclei(300, 421);
        SegmentedObjects once = FakeNetwork.Segment(FakeChain.Of(FakeNetwork.Bright), image.View, new RunOptions { Tile = 512 });
        SegmentedObjects pieces = FakeNetwork.Segment(FakeChain.Of(FakeNetwork.Bright), image.View, new RunOptions { Tile = tile });
        Assert.Equal(1, once.Account.Tiles);
        Assert.Equal(once.Candidates, pieces.Candidates);
        Assert.Equal(once.Objects, pieces.Objects);
        Assert.Equal(once.Vertices, pieces.Vertices);
    }

    /// <summary>
    /// The shared network normalises over each whole tile (GroupNorm), so its tiles differ a little from the whole image, whoever runs it.
    /// The
    /// test states how much: the part of objects that have a partner of more than half their pixels, and it warns.
    /// </summary>
    [SkippableFact]
    public void A_network_that_mixes_whole_tiles_warns_and_differs_little()
    {
        using Model model = Model.Open(Path.GetDirectoryName(SharedData.File("models", "stardist-dsb2018", "weights.onnx")));
        using Specimen<ushort> image = Specimens.Nuclei(384, 512), whole = new(PixelType.UInt16, 384, 512),
            tiled = new(PixelType.UInt16, 384, 512);
        SegmentedObjects once = model.Segment(image.View, new RunOptions { Tile = 512 }, null, whole.View);
        SegmentedObjects pieces = model.Segment(image.View, new RunOptions { Tile = 256 }, null, tiled.View);
        Assert.True(pieces.Account.Tiles > 1);
        Assert.Contains("InstanceNormalization", Assert.Single(pieces.Account.Warnings));
        int same = once.Objects.Count(found => Partner(found.Label, whole.Pixels, tiled.Pixels));
        double part = (double)same / once.Objects.Length;
        output.WriteLine($"{once.Objects.Length} objects whole, {pieces.Objects.Length} in tiles of 256; {part:P1} of them the "
            + "same at IoU 0.5");
        Assert.InRange(part, 0.9, 1);
        Assert.InRange(pieces.Objects.Length, 0.9 * once.Objects.Length, 1.1 * once.Objects.Length);
    }

    private static IEnumerable<(float, float, int, int, int, int)> Places(SegmentedObjects result) =>
        result.Objects.Select(found => (found.CenterY, found.CenterX, found.Top, found.Left, found.Bottom, found.Right));

    /// <summary>Whether the label that covers most of an object shares more than half of the union with it.</summary>
    private static bool Partner(long label, ReadOnlySpan<ushort> one, ReadOnlySpan<ushort> other)
    {
        var shared = new Dictionary<ushort, int>();
        int size = 0;
        for (int i = 0; i < one.Length; i++)
        {
            if (one[i] != label)
                continue;
            size++;
            if (other[i] != 0)
                shared[other[i]] = shared.GetValueOrDefault(other[i]) + 1;
        }
        if (shared.Count == 0)
            return size == 0;
        var (partner, common) = shared.MaxBy(pair => pair.Value);
        return common > 0.5 * (size + other.Count(partner) - common);
    }
}
