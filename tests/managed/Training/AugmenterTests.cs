using BioDL.Core.Training;
using BioDL.Training.Patches;

namespace BioDL.Tests.Training;

/// <summary>What augmentation may do to a patch and what it may not, over many generated patches.</summary>
public class AugmenterTests
{
    private const int Rounds = 60;

    private static readonly AugmentationOptions Nothing = new() { Flips = false, Turns = false };

    [Fact]
    public void Without_options_a_patch_stays_as_it_is()
    {
        foreach (int seed in Enumerable.Range(1, Rounds))
        {
            Patch patch = Made(seed, [24, 20]);
            float[] before = [.. patch.Input];
            Applied(Nothing, patch, seed);
            Assert.Equal(before, patch.Input);
        }
    }

    [Fact]
    public void Flips_and_turns_keep_every_value_and_move_labels_and_targets_with_the_input()
    {
        var seen = new HashSet<string>();
        foreach (int seed in Enumerable.Range(1, Rounds))
        {
            Patch patch = Made(seed, [9, 9]);
            float[] before = [.. patch.Input];
            Applied(Nothing with { Flips = true, Turns = true }, patch, seed);
            Assert.Equal(before.Order(), patch.Input.Order());
            Together(patch);
            seen.Add(string.Join(' ', Corners(before, patch.Input, 9)));
        }
        // All eight ways to lay a square on itself.
        Assert.Equal(8, seen.Count);
    }

    [Fact]
    public void Turns_without_flips_give_no_mirror_image()
    {
        var seen = new HashSet<string>();
        foreach (int seed in Enumerable.Range(1, Rounds))
        {
            Patch patch = Made(seed, [9, 9]);
            float[] before = [.. patch.Input];
            Applied(Nothing with { Turns = true }, patch, seed);
            seen.Add(string.Join(' ', Corners(before, patch.Input, 9)));
        }
        // Corners stay in their order around the square.
        Assert.Equal(["0 1 3 2", "1 3 2 0", "2 0 1 3", "3 2 0 1"], seen.Select(Around).Order());
    }

    [Theory]
    [InlineData(24, 40)]
    [InlineData(40, 24)]
    public void What_is_no_square_keeps_its_shape(int height, int width)
    {
        foreach (int seed in Enumerable.Range(1, Rounds))
        {
            Patch patch = Made(seed, [height, width]);
            Applied(new AugmentationOptions { Elastic = 3, Scale = 0.2 }, patch, seed, [height, width]);
            Assert.Equal([height, width], patch.Size);
            Assert.Equal(height * width, patch.Input.Length);
            Together(patch);
        }
    }

    [Fact]
    public void Scale_and_elastic_take_nothing_from_beyond_the_margin()
    {
        AugmentationOptions options = Nothing with { Elastic = 6, Scale = 0.5 };
        foreach (int seed in Enumerable.Range(1, Rounds))
        {
            int[] size = [32, 48];
            int[] margin = new Augmenter(Job(options, size)).Margin;
            // A ramp: each value is its own place, so what is taken from the border shows.
            Patch patch = Ramp([size[0] + 2 * margin[0], size[1] + 2 * margin[1]]);
            Applied(options, patch, seed, size, addMargin: false);
            (int rows, int columns) = (size[0] + 2 * margin[0], size[1] + 2 * margin[1]);
            Assert.All(patch.Input.Take(32 * 48), value => Assert.InRange(value, 0.01, rows - 1.01));
            Assert.All(patch.Input.Skip(32 * 48), value => Assert.InRange(value, 0.01, columns - 1.01));
        }
    }

    [Fact]
    public void Elastic_moves_no_pixel_further_than_it_may()
    {
        AugmentationOptions options = Nothing with { Elastic = 4 };
        double most = 0;
        foreach (int seed in Enumerable.Range(1, Rounds))
        {
            int[] size = [40, 40], margin = new Augmenter(Job(options, size)).Margin;
            Patch patch = Ramp([40 + 2 * margin[0], 40 + 2 * margin[1]]);
            Applied(options, patch, seed, size, addMargin: false);
            for (int i = 0; i < 1600; i++)
                most = Math.Max(most, Math.Abs(patch.Input[i] - (i / 40 + margin[0])));
        }
        Assert.InRange(most, 1, 4.001);
    }

    [Fact]
    public void Gain_goes_to_the_target_of_a_restoration_and_not_to_that_of_a_stain()
    {
        foreach (TrainingMethod method in new[] { TrainingMethod.Restoration, TrainingMethod.Stain })
        {
            Patch patch = Made(5, [16, 16]);
            float[] input = [.. patch.Input], target = [.. patch.Target!];
            new Augmenter(Job(Nothing with { Gain = 0.5, Offset = 0.2 }, [16, 16], method)).Apply([patch], new PatchRandom(1, 7));
            Assert.NotEqual(input, patch.Input);
            Assert.Equal(method == TrainingMethod.Stain, target.SequenceEqual(patch.Target!));
        }
    }

    [Fact]
    public void Class_numbers_stay_class_numbers()
    {
        foreach (int seed in Enumerable.Range(1, Rounds))
        {
            Patch patch = Made(seed, [32, 32]);
            patch.Target = [.. patch.Labels!.Select(label => (float)(label % 3))];
            new Augmenter(Job(Nothing, [32, 32], TrainingMethod.Semantic)).Apply([patch], new PatchRandom(seed, 1));
            AugmentationOptions options = Nothing with { Elastic = 3, Scale = 0.3 };
            Patch large = Margined(patch, new Augmenter(Job(options, [32, 32])).Margin);
            new Augmenter(Job(options, [32, 32], TrainingMethod.Semantic)).Apply([large], new PatchRandom(seed, 2));
            Assert.All(large.Target!, value => Assert.Contains(value, new[] { 0f, 1f, 2f }));
        }
    }

    [Fact]
    public void Blur_keeps_the_mean_of_what_is_flat_and_lowers_what_stands_out()
    {
        float[] flat = [.. Enumerable.Repeat(0.7f, 400)], spike = new float[400];
        spike[210] = 1;
        Intensities.Blur(flat, 20, 20, 1.7);
        Intensities.Blur(spike, 20, 20, 1.7);
        Assert.All(flat, value => Assert.Equal(0.7, value, 5));
        Assert.Equal(1, spike.Sum(), 4);
        // The peak of a Gaussian of that width in two dimensions, sampled.
        Assert.Equal(1 / (2 * Math.PI * 1.7 * 1.7), spike.Max(), 3);
    }

    [Fact]
    public void Stains_keep_the_range_of_a_patch_and_change_its_colours()
    {
        int changed = 0;
        foreach (int seed in Enumerable.Range(1, Rounds))
        {
            Patch patch = Colours(seed);
            float[] before = [.. patch.Input];
            StainMixer.Draw(1, new PatchRandom(seed, 1)).Apply(patch);
            Assert.All(patch.Input, value => Assert.True(float.IsFinite(value)));
            float[] sorted = [.. patch.Input.Order()], was = [.. before.Order()];
            Assert.Equal(was[(int)(0.01 * (was.Length - 1))], sorted[(int)(0.01 * (was.Length - 1))], 3);
            Assert.Equal(was[(int)(0.998 * (was.Length - 1))], sorted[(int)(0.998 * (was.Length - 1))], 3);
            changed += before.Zip(patch.Input).Max(pair => Math.Abs(pair.First - pair.Second)) > 0.05 ? 1 : 0;
        }
        Assert.InRange(changed, Rounds * 9 / 10, Rounds);
    }

    [Fact]
    public void Simulated_noise_makes_inputs_of_targets_for_training_and_for_validation_alike()
    {
        var augmenter = new Augmenter(Job(Nothing with { SimulatedNoise = 1 }, [48, 48], TrainingMethod.Restoration));
        int noisy = 0;
        foreach (int seed in Enumerable.Range(1, Rounds))
        {
            Patch one = Scaled(seed), other = Scaled(seed);
            augmenter.Apply([one], new PatchRandom(seed, 1));
            augmenter.ApplyToValidation([other], new PatchRandom(seed, 1));
            noisy += one.Input.SequenceEqual(one.Target!) ? 0 : 1;
            Assert.NotEqual(other.Input, Scaled(seed).Input);
        }
        // A few stay clean on purpose.
        Assert.InRange(noisy, Rounds * 3 / 4, Rounds);
    }

    private static Patch Scaled(int seed)
    {
        Patch patch = Made(seed, [48, 48]);
        patch.Input = [.. patch.Input.Select(value => value / 1000)];
        patch.Target = [.. patch.Input];
        return patch;
    }

    [Fact]
    public void The_same_numbers_give_the_same_patch()
    {
        AugmentationOptions options = new() { Elastic = 3, Scale = 0.2, Gain = 0.3, Offset = 0.1, Blur = 1, Noise = 0.1 };
        float[] Once()
        {
            Patch patch = Margined(Made(3, [32, 32]), new Augmenter(Job(options, [32, 32])).Margin);
            new Augmenter(Job(options, [32, 32])).Apply([patch], new PatchRandom(9, 4));
            return patch.Input;
        }
        Assert.Equal(Once(), Once());
    }

    private static TrainingJob Job(AugmentationOptions options, int[] size, TrainingMethod method = TrainingMethod.StarDist) => new()
    {
        Method = method, Network = new UNet(), Samples = [], Patches = new PatchOptions(size, 1), Augmentation = options,
        Schedule = new ScheduleOptions { Steps = 1 },
    };

    private static void Applied(AugmentationOptions options, Patch patch, int seed, int[]? size = null, bool addMargin = true)
    {
        var augmenter = new Augmenter(Job(options, size ?? patch.Size));
        Patch given = addMargin ? Margined(patch, augmenter.Margin) : patch;
        augmenter.Apply([given], new PatchRandom(seed, 3));
        (patch.Input, patch.Target, patch.Labels, patch.Size) = (given.Input, given.Target, given.Labels, given.Size);
    }

    private static TrainingSample Sample(string type) => new() { Name = "made", Input = new TrainingArray("made", type, [1, 1, 1]) };

    /// <summary>Labels, target and input say the same, so that it shows when one of them is moved otherwise.</summary>
    private static Patch Made(int seed, int[] size)
    {
        // All different in the first thousand pixels.
        int[] labels = [.. Enumerable.Range(0, size[0] * size[1]).Select(i => (seed + i * 7919) % 1000 + 1)];
        return new Patch
        {
            Sample = Sample("float32"), Size = size, Channels = 1, TargetChannels = 1, Labels = labels,
            Input = [.. labels.Select(label => (float)label)], Target = [.. labels.Select(label => (float)label)],
        };
    }

    private static Patch Ramp(int[] size)
    {
        int[] all = [.. Enumerable.Range(0, size[0] * size[1])];
        return new Patch
        {
            Sample = Sample("float32"), Size = size, Channels = 2,
            Input = [.. all.Select(i => (float)(i / size[1])), .. all.Select(i => (float)(i % size[1]))],
        };
    }

    private static Patch Colours(int seed)
    {
        var random = new PatchRandom(seed, 200);
        const int Pixels = 24 * 24;
        double low = 40, high = 240;
        float[] values = new float[3 * Pixels];
        for (int i = 0; i < Pixels; i++)
        {
            (double h, double e) = (1.5 * random.Uniform(), random.Uniform());
            double[] density = [0.65 * h + 0.07 * e, 0.70 * h + 0.99 * e, 0.29 * h + 0.11 * e];
            for (int c = 0; c < 3; c++)
                values[c * Pixels + i] = (float)((245 * Math.Exp(-density[c]) - low) / (high - low));
        }
        TrainingArray array = new("made", "uint8", [3, 24, 24])
        {
            Offset = [low, low, low],
            Gain = [1 / (high - low), 1 / (high - low), 1 / (high - low)],
        };
        return new Patch { Sample = new TrainingSample { Name = "made", Input = array }, Size = [24, 24], Channels = 3, Input = values };
    }

    private static Patch Margined(Patch patch, int[] margin)
    {
        (int height, int width) = (patch.Size[0], patch.Size[1]);
        int[] size = [height + 2 * margin[0], width + 2 * margin[1]];
        T[] Wide<T>(T[] values) => [.. Enumerable.Range(0, size[0] * size[1]).Select(i =>
            values[Math.Clamp(i / size[1] - margin[0], 0, height - 1) * width + Math.Clamp(i % size[1] - margin[1], 0, width - 1)])];
        return new Patch
        {
            Sample = patch.Sample, Size = size, Channels = 1, TargetChannels = patch.TargetChannels, Input = Wide(patch.Input),
            Target = patch.Target is { } target ? Wide(target) : null, Labels = patch.Labels is { } labels ? Wide(labels) : null,
        };
    }

    /// <summary>Input and target are interpolated alike, and a label is the nearest pixel's.</summary>
    private static void Together(Patch patch)
    {
        Assert.Equal(patch.Input, patch.Target!);
        Assert.All(patch.Labels!, label => Assert.InRange(label, 1, 1000));
    }

    /// <summary>Which corner each corner of the result was; values are all but certainly different.</summary>
    private static int[] Corners(float[] before, float[] after, int side)
    {
        int[] at = [0, side - 1, side * (side - 1), side * side - 1];
        return [.. at.Select(corner => Array.FindIndex(at, other => before[other] == after[corner]))];
    }

    // The corners in the order in which they were found: upper left, upper right, lower left, lower right.
    private static string Around(string corners) => corners.Split(' ') is [var a, var b, var c, var d] ? $"{a} {b} {d} {c}" : corners;
}
