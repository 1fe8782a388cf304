using BioDL.Core.Images;
using BioDL.Core.Training;
using BioDL.Models.Training;
using BioDL.Models.Training.Preparing;

namespace BioDL.Tests.Training;

/// <summary>Which pixels a network is trained on and which it is checked on: never the same ones.</summary>
public class SplitTests
{
    [Fact]
    public void A_group_is_never_on_both_sides_whatever_the_groups_and_the_seed()
    {
        var random = new Random(1);
        for (int round = 0; round < 200; round++)
        {
            int groups = random.Next(3, 9), images = random.Next(groups, 40);
            TrainingRequest request = Request([.. Enumerable.Range(0, images).Select(i => Image(64, 64, group: $"g{i % groups}"))]) with
            {
                Seed = round,
                Validation = random.Next(1, 50) / 100.0,
            };
            ILookup<string, bool> sides = SampleSplit.Of(request, []).ToLookup(sample => sample.Image.Group, sample => sample.IsValidation);
            Assert.All(sides, side => Assert.Single(side.Distinct()));
            Assert.Contains(sides, side => side.First());
            Assert.Contains(sides, side => !side.First());
        }
    }

    [Fact]
    public void Images_without_a_group_are_groups_of_their_own_and_the_seed_draws_them()
    {
        TrainingRequest request = Request([.. Enumerable.Range(0, 20).Select(_ => Image(64, 64))]);
        Assert.Equal(3, SampleSplit.Of(request, []).Count(sample => sample.IsValidation));
        bool[] Drawn(long seed) => [.. SampleSplit.Of(request with { Seed = seed }, []).Select(sample => sample.IsValidation)];
        Assert.Equal(Drawn(4), Drawn(4));
        Assert.NotEqual(Drawn(4), Drawn(5));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Few_images_are_cut_into_parts_that_hold_every_pixel_once(int images)
    {
        var random = new Random(2);
        for (int round = 0; round < 100; round++)
        {
            TrainingImage[] drawn = [.. Enumerable.Range(0, images).Select(_ => Image(random.Next(40, 300), random.Next(40, 300)))];
            IReadOnlyList<SampleDraft> samples = SampleSplit.Of(Request(drawn) with { Validation = random.Next(5, 50) / 100.0 }, []);
            foreach (TrainingImage image in drawn)
            {
                SampleDraft[] parts = [.. samples.Where(sample => ReferenceEquals(sample.Image, image))];
                Assert.Equal([false, true], parts.Select(part => part.IsValidation));
                Assert.Equal((long)image.Input.Height * image.Input.Width, parts.Sum(part => part.Pixels));
                Assert.True(parts[1].Region.Top == parts[0].Region.Height || parts[1].Region.Left == parts[0].Region.Width);
            }
        }
    }

    [Fact]
    public void Frames_of_one_image_are_cut_at_the_same_place_since_they_may_show_the_same_field()
    {
        IReadOnlyList<SampleDraft> samples = SampleSplit.Of(Request([Image(64, 96, frames: 5, slices: 2)]), []);
        Assert.Equal(20, samples.Count);
        Assert.Single(samples.Where(sample => sample.IsValidation).Select(sample => sample.Region).Distinct());
    }

    [Fact]
    public void What_the_user_marks_is_what_is_kept()
    {
        TrainingImage[] images = [.. Enumerable.Range(0, 6).Select(i => Image(64, 64) with { IsValidation = i is 2 or 5 ? true : null })];
        Assert.Equal([false, false, true, false, false, true], SampleSplit.Of(Request(images), []).Select(sample => sample.IsValidation));
    }

    [Fact]
    public void A_denoiser_of_one_image_sees_all_of_it_and_a_share_of_0_keeps_nothing()
    {
        TrainingRequest request = Request([Image(64, 64)]);
        Assert.DoesNotContain(SampleSplit.Of(request with { Method = TrainingMethod.DenoiseImage }, []), sample => sample.IsValidation);
        Assert.DoesNotContain(SampleSplit.Of(request with { Validation = 0 }, []), sample => sample.IsValidation);
    }

    [Fact]
    public void Volumes_stay_whole_in_z()
    {
        SampleDraft[] samples = [.. SampleSplit.Of(Request([Image(64, 96, frames: 2, slices: 7)]) with { Volumes = true }, [])];
        Assert.Equal(4, samples.Length);
        Assert.All(samples, sample => Assert.Equal(7, sample.Slices));
    }

    [Fact]
    public void More_pixels_than_a_disk_should_take_are_thinned_on_both_sides_and_it_is_said()
    {
        List<string> notes = [];
        // 6.5 thousand million pixels that nobody reads.
        IReadOnlyList<SampleDraft> samples = SampleSplit.Of(Request([Image(8000, 8000, frames: 100)]), notes);
        Assert.InRange(samples.Sum(sample => sample.Pixels), 1L << 30, (1L << 31) + 8000L * 8000);
        Assert.Contains(samples, sample => sample.IsValidation);
        Assert.Contains(notes, note => note.Contains("one plane in 3 is used", StringComparison.Ordinal));
    }

    [Fact]
    public void Rare_classes_are_drawn_more_often_and_without_classes_all_images_alike()
    {
        Assert.Equal([1, 1, 1], SampleBalance.Weights([[], [], []]));
        Assert.Equal([1, 1], SampleBalance.Weights([[5], [9]]));
        double[] weights = SampleBalance.Weights([[100, 0], [100, 0], [100, 0], [100, 5]]);
        Assert.Equal(weights[0], weights[1]);
        Assert.True(weights[3] > 2 * weights[0], $"{weights[3]} against {weights[0]}");
        Assert.Equal(4, weights.Sum(), 6);
    }

    [Theory]
    [InlineData(16, false)]
    [InlineData(31, false)]
    [InlineData(32, true)]
    public void An_image_too_small_for_two_parts_is_learned_from_whole(int side, bool isCut)
    {
        List<string> notes = [];
        IReadOnlyList<SampleDraft> samples = SampleSplit.Of(Request([Image(side, side)]), notes);
        Assert.Equal(isCut ? 2 : 1, samples.Count);
        Assert.Equal((long)side * side, samples.Sum(sample => sample.Pixels));
        Assert.Contains(isCut ? "are kept for validation" : "too small to keep a part", Assert.Single(notes));
    }

    [Fact]
    public void Files_are_paired_by_name_whatever_their_endings_and_folders()
    {
        Assert.Equal(["b/2.png", "b/1.tif"], PairedFiles.Of(["a/2.tif", "a/1.jpg"], ["b/1.tif", "b/2.png", "b/3.png"], "target"));
        var none = Assert.Throws<Core.BioDLException>(() => PairedFiles.Of(["a/1.tif", "a/x.tif", "a/y.tif"], ["b/1.tif"], "target"));
        Assert.Contains("x.tif, y.tif have no target of the same name", none.Message);
        var own = Assert.Throws<Core.BioDLException>(() => PairedFiles.Of(["a/2.tif", "a/1.tif"], ["b/2.tif", "./a/1.tif"], "target"));
        Assert.Contains("a/1.tif is given as its own target", own.Message);
        var two = Assert.Throws<Core.BioDLException>(() => PairedFiles.Of(["a/1.tif"], ["b/1.tif", "b/1.png"], "label image"));
        Assert.Contains("two label images", two.Message);
    }

    internal static unsafe TrainingImage Image(int height, int width, int frames = 1, int slices = 1, string group = "") => new()
    {
        Name = "made", Group = group,
        Input = ImageView.Contiguous(null, PixelType.UInt16, height, width, frames, slices) with { Planes = new NoPlanes() },
    };

    private static TrainingRequest Request(IReadOnlyList<TrainingImage> images) =>
        new() { Method = TrainingMethod.Noise2Void, Images = images };

    private sealed unsafe class NoPlanes : IPlanes
    {
        public byte* Lock(long plane) => throw new InvalidOperationException("no pixel is read to split images");

        public void Unlock(long plane, byte* start, bool written) =>
            throw new InvalidOperationException("no pixel is read to split images");
    }
}
