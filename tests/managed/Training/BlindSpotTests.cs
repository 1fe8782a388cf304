using BioDL.Core.Training;
using BioDL.Training.Patches;

namespace BioDL.Tests.Training;

/// <summary>Pixels that are hidden from a network, over many kinds of patches.</summary>
public sealed class BlindSpotTests
{
    private static readonly int[][] Sizes = [[64, 64], [16, 40], [1, 30], [8, 24, 24], [1, 16, 16], [3, 3]];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    /// <summary>All but the hidden pixels stay; each gets the value of another pixel of its square that is not hidden with it.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Hidden_pixels_get_values_of_their_square(int seed)
    {
        PatchRandom random = new(seed, 0);
        int[] size = Sizes[seed % Sizes.Length];
        Noise2VoidOptions options = new()
        {
            MaskedPercent = random.Uniform(0.2, 5), Radius = 1 + random.Below(5), Median = random.Coin(),
            StructRadius = random.Coin() ? random.Below(4) : 0, StructAxis = random.Coin() ? "x" : "y",
        };
        int pixels = size.Aggregate(1, (product, length) => product * length);
        // Every value occurs once: where a replaced one comes from can be told.
        float[] before = [.. Enumerable.Range(0, 2 * pixels).Select(i => (float)i)], after = [.. before];
        float[] mask = BlindSpots.Hide(after, size, options, new PatchRandom(seed, 1));

        bool odd = false;
        for (int i = 0; i < after.Length; i++)
        {
            int[]? hiddenBy = HiddenBy(i, mask, pixels, size, options);
            if (hiddenBy is null)
                Assert.Equal(before[i], after[i]);
            else if (!options.Median || mask[i] == 0)
                Assert.True(after[i] == before[i] || hiddenBy.Any(spot => IsInSquare(spot, (int)after[i], pixels, size, options)));
            odd |= mask[i] is not (0 or 1);
        }
        Assert.False(odd);
    }

    [Fact]
    public void As_many_pixels_are_hidden_as_asked()
    {
        foreach (double percent in (double[])[0.198, 1, 3])
        {
            Noise2VoidOptions options = new() { MaskedPercent = percent };
            float[] mask = BlindSpots.Hide(new float[512 * 512], [512, 512], options, new PatchRandom(1, 1));
            // One a box of a whole number of pixels, which is never far from the share.
            Assert.InRange(mask.Sum() / mask.Length * 100, percent * 0.8, percent * 1.25);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(5)]
    public void Structured_masks_hide_as_many_pixels_as_others(int radius)
    {
        float[] drawn = [.. Enumerable.Range(0, 256 * 256).Select(i => i + 0.5f)];
        float[] values = [.. drawn];
        float[] mask = BlindSpots.Hide(values, [256, 256], new Noise2VoidOptions { StructRadius = radius }, new PatchRandom(3, 1));
        double hidden = values.Where((value, i) => value != drawn[i]).Count() / (double)values.Length;
        // Some lie beyond the edge, and hidden lines may cross.
        Assert.InRange(hidden, 0.012, 0.019);
        Assert.InRange(mask.Sum() * (2 * radius + 1) / values.Length, 0.013, 0.019);
    }

    [Fact]
    public void A_median_is_that_of_the_square_without_its_centre()
    {
        float[] values = [.. Enumerable.Range(0, 25).Select(i => (float)i)];
        values[12] = 1000;
        // One box as large as the patch: one pixel; draw until it is the centre.
        for (int step = 1; ; step++)
        {
            float[] hidden = [.. values];
            Noise2VoidOptions options = new() { MaskedPercent = 4, Radius = 1, Median = true };
            float[] mask = BlindSpots.Hide(hidden, [5, 5], options, new PatchRandom(1, step));
            Assert.Equal(1, mask.Sum());
            if (mask[12] != 1)
                continue;
            // 6 7 8 11 13 16 17 18
            Assert.Equal(12, hidden[12]);
            return;
        }
    }

    [Fact]
    public void Every_pixel_is_hidden_at_times_and_alike()
    {
        int[] times = new int[400];
        for (int step = 0; step < 4000; step++)
        {
            float[] mask = BlindSpots.Hide(new float[400], [20, 20], new Noise2VoidOptions { MaskedPercent = 1 }, new PatchRandom(9, step));
            for (int i = 0; i < mask.Length; i++)
                times[i] += (int)mask[i];
        }
        // Each one in a hundred: 40 times, within six deviations.
        Assert.All(times, count => Assert.InRange(count, 5, 80));
    }

    /// <summary>Pixels told that hide this one: itself, or those beside it along the axis; null: none.</summary>
    private static int[]? HiddenBy(int index, float[] mask, int pixels, int[] size, Noise2VoidOptions options)
    {
        int start = index / pixels * pixels, stride = options.StructAxis == "y" ? size[^1] : 1;
        int length = options.StructAxis == "y" ? size[^2] : size[^1], along = (index - start) / stride % length;
        int[] spots = [.. Enumerable.Range(-options.StructRadius, 2 * options.StructRadius + 1)
            .Where(offset => along + offset >= 0 && along + offset < length).Select(offset => index + offset * stride)
            .Where(spot => mask[spot] == 1)];
        return spots.Length == 0 ? null : spots;
    }

    private static bool IsInSquare(int spot, int from, int pixels, int[] size, Noise2VoidOptions options)
    {
        if (from / pixels != spot / pixels)
            return false;
        int[] one = Place(spot % pixels, size), other = Place(from % pixels, size);
        bool near = one.Zip(other).All(pair => Math.Abs(pair.First - pair.Second) <= options.Radius);
        int axis = options.StructAxis == "y" ? size.Length - 2 : size.Length - 1;
        bool onLine = Enumerable.Range(0, size.Length)
            .All(i => Math.Abs(one[i] - other[i]) <= (i == axis ? options.StructRadius : 0));
        return near && !onLine;
    }

    private static int[] Place(int index, int[] size)
    {
        int[] place = new int[size.Length];
        for (int axis = size.Length - 1; axis >= 0; axis--)
            (place[axis], index) = (index % size[axis], index / size[axis]);
        return place;
    }
}
