using System.Runtime.InteropServices;
using BioDL.Core.Training;
using BioDL.Training.Patches;
using FsCheck;
using FsCheck.Fluent;

namespace BioDL.Tests.Training;

/// <summary>Where patches come from.</summary>
public sealed class PatchTests : IDisposable
{
    private readonly TrainingFolders _folders = new();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public void A_cut_is_what_lies_there_mirrored_beyond_the_border_and_normalised()
    {
        int number = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            int axes = random.Next(2, 4), channels = random.Next(1, 4);
            int[] whole = Sizes(random, axes, 1, 9), size = Sizes(random, axes, 1, 14);
            int[] corner = [.. whole.Select(length => random.Next(-12, length + 3))];
            ushort[] values = [.. Enumerable.Range(0, channels * Product(whole)).Select(_ => (ushort)random.Next(65536))];
            string file = $"{number++}.array";
            File.WriteAllBytes(Path.Combine(_folders.Root, file), MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
            double[] offset = [.. Enumerable.Range(0, channels).Select(_ => random.NextDouble() * 1000)];
            using var array = new SampleArray(_folders.Root, new TrainingArray(file, "uint16", [channels, .. whole])
            {
                Offset = offset, Gain = [.. offset.Select(value => 1 / (value + 1))],
            });
            float[] found = array.Cut(corner, size);
            for (int i = 0; i < found.Length; i++)
            {
                int rest = i, at = 0, step = 1;
                for (int axis = axes - 1; axis >= 0; axis--)
                {
                    at += step * Mirrored(corner[axis] + rest % size[axis], whole[axis]);
                    (rest, step) = (rest / size[axis], step * whole[axis]);
                }
                float low = (float)offset[rest], gain = (float)(1 / (offset[rest] + 1));
                Assert.Equal((values[rest * step + at] - low) * gain, found[i]);
            }
        }));
    }

    [Fact]
    public void Images_are_drawn_from_by_their_weights_and_patches_lie_in_them()
    {
        float[][] images = [.. Enumerable.Range(0, 3).Select(i => Enumerable.Repeat((float)i, 20 * TrainingFolders.Side).ToArray())];
        TrainingJob job = TrainingFolders.Job with
        {
            Samples = [.. images.Select((image, i) => new TrainingSample
            {
                Name = $"{i}", Weight = i + 1, Input = TrainingFolders.Write(_folders.Root, $"{i}.input", image),
            })],
        };
        using var source = new PatchSource(_folders.Root, job);
        IReadOnlyList<Patch> patches = source.Draw(6000, new PatchRandom(1, 1));
        Assert.All(patches, patch => Assert.All(patch.Input, value => Assert.Equal(int.Parse(patch.Sample.Name), value)));
        // Shares of 1/6, 2/6, 3/6; five standard deviations of 6000 draws are 0.032.
        Assert.All(Enumerable.Range(0, 3),
            i => Assert.Equal((i + 1) / 6.0, patches.Count(patch => patch.Sample.Name == $"{i}") / 6000.0, 0.032));
    }

    [Fact]
    public void Patches_are_drawn_around_objects_as_often_as_asked()
    {
        int[] labels = new int[TrainingFolders.Side * TrainingFolders.Side];
        labels[100] = labels[101] = 7;
        File.WriteAllBytes(Path.Combine(_folders.Root, "labels"), MemoryMarshal.AsBytes(labels.AsSpan()).ToArray());
        int side = TrainingFolders.Side;
        TrainingJob job = TrainingFolders.Job with
        {
            Method = TrainingMethod.StarDist,
            Patches = new PatchOptions([8, 8], 1) { Foreground = 0.9 },
            Samples = [new TrainingSample
            {
                Name = "spot", Input = TrainingFolders.Write(_folders.Root, "input", new float[side * side]),
                Labels = new TrainingArray("labels", "int32", [1, side, side]),
            }],
        };
        using var source = new PatchSource(_folders.Root, job);
        IReadOnlyList<Patch> patches = source.Draw(3000, new PatchRandom(1, 1));
        // A tenth is drawn anywhere, of which few meet the object; five standard deviations are 0.027.
        Assert.InRange(patches.Count(patch => patch.Labels!.Contains(7)) / 3000.0, 0.87, 0.94);
    }

    [Fact]
    public void Validation_sees_every_pixel_and_always_the_same()
    {
        float[] ramp = [.. Enumerable.Range(0, 37 * TrainingFolders.Side).Select(i => (float)i)];
        TrainingSample sample = new() { Name = "v", Input = TrainingFolders.Write(_folders.Root, "v", ramp) };
        sample = sample with { Input = sample.Input with { Shape = [1, 37, TrainingFolders.Side] } };
        TrainingJob job = TrainingFolders.Job with { Samples = [sample with { IsValidation = true }, sample] };
        using var source = new PatchSource(_folders.Root, job);
        IReadOnlyList<Patch> all = source.Validation(100);
        Assert.Equal(9, all.Count);
        Assert.Equal(ramp, all.SelectMany(patch => patch.Input).Distinct().Order());
        Assert.Equal(4, source.Validation(4).Count);
        Assert.Equal(source.Validation(4).Select(patch => patch.Input[0]), source.Validation(4).Select(patch => patch.Input[0]));
    }

    [Fact]
    public void More_images_than_files_may_be_open_are_trained_on()
    {
        TrainingArray one = TrainingFolders.Write(_folders.Root, "one", new float[TrainingFolders.Side * 16]);
        TrainingJob job = TrainingFolders.Job with
        {
            Samples = [.. Enumerable.Range(0, 3000).Select(i => new TrainingSample { Name = $"{i}", Input = one })],
        };
        int before = Directory.GetFiles("/proc/self/fd").Length;
        using var source = new PatchSource(_folders.Root, job);
        Assert.InRange(Directory.GetFiles("/proc/self/fd").Length, 1, before + 100);
        Assert.Equal(2, source.Draw(2, new PatchRandom(1, 1)).Count);
    }

    [Fact]
    public void Numbers_come_from_seed_and_step_alone_and_are_even()
    {
        Assert.Equal(Numbers(5, 9), Numbers(5, 9));
        Assert.NotEqual(Numbers(5, 9), Numbers(5, 10));
        Assert.NotEqual(Numbers(5, 9), Numbers(6, 9));
        // The first number of steps that follow each other is as even as those of one step: 2000 in each of 10 boxes, sigma 42.
        int[] boxes = new int[10], firsts = new int[10];
        var one = new PatchRandom(1, 1);
        for (int i = 0; i < 20_000; i++)
        {
            boxes[one.Below(10)]++;
            firsts[new PatchRandom(1, i).Below(10)]++;
        }
        Assert.All(boxes.Concat(firsts), count => Assert.InRange(count, 1790, 2210));
        double[] normal = [.. Enumerable.Range(0, 20_000).Select(_ => one.Normal())];
        Assert.Equal(0, normal.Average(), 0.04);
        Assert.Equal(1, normal.Average(value => value * value), 0.05);
    }

    private static ulong[] Numbers(long seed, long step)
    {
        var random = new PatchRandom(seed, step);
        return [.. Enumerable.Range(0, 8).Select(_ => random.Next())];
    }

    private static int[] Sizes(Random random, int axes, int from, int to) =>
        [.. Enumerable.Range(0, axes).Select(_ => random.Next(from, to))];

    private static int Product(int[] sizes) => sizes.Aggregate(1, (product, size) => product * size);

    private static int Mirrored(int at, int length)
    {
        while (length > 1 && (at < 0 || at >= length))
            at = at < 0 ? -at : 2 * (length - 1) - at;
        return length == 1 ? 0 : at;
    }
}
