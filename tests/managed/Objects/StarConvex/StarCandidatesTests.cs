using System.Text.Json;
using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Runs;

namespace BioDL.Tests.Objects.StarConvex;

/// <summary>What is kept of one run answers every threshold as a run with it.</summary>
public class StarCandidatesTests
{
    private const int Height = 150, Width = 170;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_answer_equals_a_run_with_its_options(int seed)
    {
        using Specimen<ushort> image = Specimens.Nuclei(Height, Width, seed, frames: 2, slices: 2), fresh = Labels(), answered = Labels();
        using Specimen<byte> mask = new(PixelType.UInt8, Height, Width);
        mask.Pixels[(Height * Width / 4)..].Fill(1);
        var random = new Random(seed);
        foreach (RunOptions run in new[]
        {
            new RunOptions { Tile = 64 }, new RunOptions { Mask = mask.View }, new RunOptions { Region = new PlaneRegion(20, 30, 80, 90) },
        })
        {
            StarCandidates kept = Keep(image.View, run, new KeepOptions());
            for (int i = 0; i < 5; i++)
            {
                StarOptions options = Any(random);
                SegmentedObjects expected = Segment(image.View, run, options, fresh.View);
                SegmentedObjects answer = kept.Select(options, null, answered.View);
                Assert.Equal(expected.Objects, answer.Objects);
                Assert.Equal(expected.Vertices, answer.Vertices);
                Assert.Equal(expected.Candidates, answer.Candidates);
                Assert.Equal(fresh.Pixels, answered.Pixels);
                Assert.Equal(Told(expected), Told(answer));
            }
        }
    }

    [Fact]
    public void A_mask_is_not_read_after_the_call()
    {
        using Specimen<ushort> image = Specimens.Nuclei(Height, Width);
        StarCandidates kept;
        using (Specimen<byte> mask = new(PixelType.UInt8, Height, Width))
        {
            mask.Pixels[..(Height * Width / 2)].Fill(1);
            kept = Keep(image.View, new RunOptions { Mask = mask.View }, new KeepOptions());
            mask.Pixels.Fill(1);
        }
        SegmentedObjects some = kept.Select(new StarOptions());
        Assert.NotEmpty(some.Objects);
        Assert.All(some.Objects, found => Assert.True(found.CentroidY < Height / 2));
    }

    [Fact]
    public void Of_too_many_the_more_probable_are_kept_and_what_is_gone_is_refused()
    {
        using Specimen<ushort> image = Specimens.Nuclei(Height, Width, 4, frames: 3);
        StarCandidates all = Keep(image.View, new RunOptions { Tile = 64 }, new KeepOptions { Threshold = 0 });
        int limit = (int)(all.Count / 3);
        StarCandidates kept = Keep(image.View, new RunOptions { Tile = 64 }, new KeepOptions { Threshold = 0, Limit = limit });
        Assert.True(kept.Count <= limit && kept.Count > limit / 4, $"{kept.Count} of {limit}");
        Assert.True(kept.Threshold > 0);
        var options = new StarOptions { ProbThreshold = kept.Threshold };
        Assert.Equal(all.Select(options).Objects, kept.Select(options).Objects);
        var error = Assert.Throws<BioDLException>(() => kept.Select(new StarOptions { ProbThreshold = kept.Threshold * 0.99 }));
        Assert.Equal(Status.InvalidArgument, error.Status);
        Assert.Contains("kept above", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_calls_can_be_cancelled_and_leave_nothing()
    {
        using Specimen<ushort> image = Specimens.Nuclei(Height, Width);
        Assert.Equal(Status.Cancelled, Assert.Throws<BioDLException>(() => StarRun.Keep(FakeNetwork.Network(), FakeNetwork.Stars,
            FakeChain.Of(FakeNetwork.Bright), image.View, (new RunOptions(), new KeepOptions()), Never)).Status);
        StarCandidates kept = Keep(image.View, new RunOptions(), new KeepOptions());
        Assert.Equal(Status.Cancelled, Assert.Throws<BioDLException>(() => kept.Select(new StarOptions(), Never)).Status);
        Assert.NotEmpty(kept.Select(new StarOptions()).Objects);
        static bool Never(in Core.Running.Progress progress) => false;
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void A_threshold_out_of_range_is_refused(double threshold)
    {
        using Specimen<ushort> image = Specimens.Nuclei(32, 32);
        Assert.Equal(Status.InvalidArgument, Assert.Throws<BioDLException>(() =>
            Keep(image.View, new RunOptions(), new KeepOptions { Threshold = threshold })).Status);
    }

    private static Specimen<ushort> Labels() => new(PixelType.UInt16, Height, Width, 2, 2);

    private static StarOptions Any(Random random) => new()
    {
        ProbThreshold = 0.05 + 0.9 * random.NextDouble(), OverlapThreshold = random.NextDouble(),
        Vertices = (VertexMode)random.Next(2), Border = random.Next(-1, 9), ExcludeEdges = random.Next(2) == 0,
        MinArea = random.Next(40), Grow = random.Next(2) * 2.5, Link = (LinkAxis)random.Next(3), LabelScope = (LabelScope)random.Next(2),
        ThinAbove = random.Next(2) == 0 ? 100 : 500_000,
    };

    private static (string, string) Told(SegmentedObjects result)
    {
        using JsonDocument account = JsonDocument.Parse(result.Account.Provenance);
        return (account.RootElement.GetProperty("options").GetRawText(), account.RootElement.GetProperty("objects").GetRawText());
    }

    private static StarCandidates Keep(ImageView image, RunOptions run, KeepOptions keep) =>
        StarRun.Keep(FakeNetwork.Network(), FakeNetwork.Stars, FakeChain.Of(FakeNetwork.Bright), image, (run, keep));

    private static SegmentedObjects Segment(ImageView image, RunOptions run, StarOptions stars, ImageView labels) =>
        StarRun.Run(FakeNetwork.Network(), FakeNetwork.Stars, FakeChain.Of(FakeNetwork.Bright), image, (run, stars), null,
            new StarImages { Labels = labels });
}
