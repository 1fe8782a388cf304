using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Training;
using BioDL.Models.Cache;
using BioDL.Models.Training;
using BioDL.Models.Training.Preparing;
using BioDL.Tests.Cli;

namespace BioDL.Tests.Training;

/// <summary>
/// What cannot be trained on is refused before anything is computed, by name and with what to do; what can be mended is said.
/// </summary>
public sealed class BadTrainingTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_images_there_is_nothing_to_train_on() =>
        Assert.Contains("no image", Refused(Request(TrainingMethod.Noise2Void)).Message);

    [Fact]
    public void Channels_that_differ_are_named()
    {
        BioDLException error = Refused(Request(TrainingMethod.Noise2Void, Image("one", 64, 64), Image("two", 64, 64, channels: 3)));
        Assert.Contains("two has 3 channel(s), one has 1", error.Message);
        // Choosing one of them helps.
        TrainingImage chosen = Image("two", 64, 64, channels: 3) with { Channels = [2] };
        Assert.Equal(1, TrainingDraft.Of(Request(TrainingMethod.Noise2Void, Image("one", 64, 64), chosen)).Network.Channels);
    }

    [Fact]
    public void Mixed_sizes_and_depths_are_trained_on_with_patches_that_fit_most_of_them()
    {
        TrainingDraft draft = TrainingDraft.Of(Request(TrainingMethod.Restoration, Pair(40, 300), Pair(64, 64),
            Pair(90, 70), Pair(500, 80)));
        Assert.All(draft.Patches.Size, side => Assert.InRange(side, 32, 80));
        TrainingDraft volumes = TrainingDraft.Of(Request(TrainingMethod.Noise2Void, Image("thin", 64, 64, slices: 3),
            Image("a", 64, 64, slices: 20),
            Image("b", 64, 64, slices: 12), Image("c", 64, 64, slices: 9)) with
        { Volumes = true, Validation = 0 });
        Assert.Equal(3, volumes.Patches.Size[0]);
    }

    [Fact]
    public void Partners_of_another_size_or_none_are_named()
    {
        TrainingImage image = Image("low", 64, 64);
        Assert.Contains("low has no target", Refused(Request(TrainingMethod.Restoration, image)).Message);
        Assert.Contains("the target of low has 64 x 60 pixels, the image has 64 x 64 pixels",
            Refused(Request(TrainingMethod.Restoration, image with { Target = Image("", 60, 64).Input })).Message);
        Assert.Contains("low has no label image", Refused(Request(TrainingMethod.StarDist, image)).Message);
        Assert.Contains("makes no use", Refused(Request(TrainingMethod.Noise2Void, image with { Target = image.Input })).Message);
    }

    [Fact]
    public void Label_images_without_labels_are_refused_and_some_of_them_are_said()
    {
        TrainingImage empty = Labelled("empty", _ => 0), full = Labelled("full", i => i % 64 is > 10 and < 20 ? 1u + (uint)(i / 640) : 0);
        Assert.Contains("none of the 2 label images has a label", Refused(Request(TrainingMethod.StarDist, empty, empty) with
        {
            Validation = 0,
        }).Message);
        TrainingAbout about = Prepared(Request(TrainingMethod.StarDist, full, full, empty) with { Validation = 0 });
        Assert.Contains(about.Notes, note => note.Contains("1 of 3 annotations show background only", StringComparison.Ordinal));
    }

    [Fact]
    public void Masks_given_as_labels_are_noticed()
    {
        TrainingAbout about = Prepared(Request(TrainingMethod.StarDist, Labelled("mask", i => i % 8 < 4 ? 255u : 0))
            with
        { Validation = 0 });
        Assert.Contains(about.Notes, note => note.Contains("a single label", StringComparison.Ordinal));
    }

    [Fact]
    public void Values_that_are_no_labels_and_no_classes_are_told()
    {
        float[] half = [.. Enumerable.Repeat(1.5f, 64 * 64)];
        TrainingImage image = Image("image", 64, 64);
        Assert.Contains("the label image of image has the value 1.5",
            Refused(Request(TrainingMethod.StarDist, image with { Labels = MemoryImage.Of(half, 64, 64) })).Message);
        Assert.Contains("the class image of image has the value 4000", Refused(Request(TrainingMethod.Semantic, image with
        {
            Target = MemoryImage.Of(Enumerable.Repeat((ushort)4000, 64 * 64).ToArray(), 64, 64),
        })).Message);
        Assert.Contains("none of the", Refused(Request(TrainingMethod.Semantic, image with
        {
            Target = MemoryImage.Of(new byte[64 * 64], 64, 64),
        })).Message);
    }

    [Fact]
    public void One_tiny_image_is_refused_and_tiny_ones_among_others_are_left_out()
    {
        BioDLException error = Refused(Request(TrainingMethod.Noise2Void, Image("tiny", 12, 200)));
        Assert.Contains("too few", error.Message);
        TrainingDraft draft = TrainingDraft.Of(Request(TrainingMethod.Noise2Void, Image("a", 64, 64),
            Image("tiny", 9, 9), Image("b", 64, 64),
            Image("c", 64, 64)));
        Assert.DoesNotContain(draft.Samples, sample => sample.Image.Name == "tiny");
        Assert.Contains(draft.Notes, note => note.Contains("such as tiny", StringComparison.Ordinal));
    }

    [Fact]
    public void Pixels_that_are_no_numbers_count_as_0_after_normalisation_and_are_counted()
    {
        var random = new Random(1);
        float[] values = [.. Enumerable.Range(0, 64 * 64).Select(i => i % 100 == 0 ? float.NaN : i % 501 == 0 ? float.PositiveInfinity
            : (float)random.NextDouble() * 100)];
        using TrainingStore store = Laid(Request(TrainingMethod.Noise2Void, new TrainingImage
        {
            Name = "holes", Input = MemoryImage.Of(values, 64, 64),
        }) with
        { Validation = 0 });
        TrainingArray array = store.Job().Samples[0].Input;
        byte[] bytes = File.ReadAllBytes(store.PathOf(array.File));
        for (int i = 0; i < values.Length; i++)
            Assert.Equal(float.IsFinite(values[i]) ? values[i] : (float)array.Offset[0], BitConverter.ToSingle(bytes, 4 * i));
        Assert.Contains(store.About().Notes, note => note.StartsWith($"{values.Count(value => !float.IsFinite(value))} values are NaN",
            StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(7f)]
    [InlineData(float.NaN)]
    public void Images_without_contrast_are_left_out_and_alone_refused(float value)
    {
        TrainingImage flat = new() { Name = "flat", Input = MemoryImage.Of(Enumerable.Repeat(value, 64 * 64).ToArray(), 64, 64) };
        BioDLException error = Refused(Request(TrainingMethod.Noise2Void, flat) with { Validation = 0 });
        Assert.Contains("flat cannot be trained on", error.Message);
        TrainingAbout about = Prepared(Request(TrainingMethod.Noise2Void, flat, Image("good", 64, 64)) with { Validation = 0 });
        Assert.Contains(about.Notes, note => note.Contains("such as flat", StringComparison.Ordinal));
    }

    [Fact]
    public void A_disk_that_fills_is_said_as_such_and_nothing_is_left()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var cache = new CacheFolder(_folder.Root);
        TrainingRequest request = Request(TrainingMethod.Noise2Void, Image("image", 64, 64));
        using var store = TrainingStore.Create(cache, request.Method);
        File.CreateSymbolicLink(store.PathOf("0001.input"), "/dev/full");
        var error = Assert.Throws<BioDLException>(() => TrainingPreparation.Run(TrainingDraft.Of(request), store, null));
        Assert.Equal(Status.Io, error.Status);
        Assert.Contains("The disk is full", error.Message);
        store.Delete();
        Assert.False(Directory.Exists(store.Folder));
    }

    [Fact]
    public void With_less_memory_there_are_fewer_patches_a_step_and_with_too_little_it_says_how_much_is_needed()
    {
        TrainingRequest request = Request(TrainingMethod.Noise2Void, Image("image", 256, 256));
        TrainingPlan plenty = TrainingDraft.Of(request).Plan();
        long less = plenty.MemoryBytes * 3 / 4;
        TrainingDraft smaller = TrainingDraft.Of(request with { MemoryLimit = less });
        Assert.InRange(smaller.Patches.Batch, 1, plenty.Patches.Batch - 1);
        Assert.InRange(smaller.Plan().MemoryBytes, 1, less);
        Assert.Contains(smaller.Notes, note => note.Contains($"instead of {plenty.Patches.Batch}", StringComparison.Ordinal));
        var error = Assert.Throws<BioDLException>(() => TrainingDraft.Of(request with { MemoryLimit = 64 << 20 }));
        Assert.Equal(Status.OutOfMemory, error.Status);
        Assert.Contains("64 MiB may be taken", error.Message);
    }

    [Fact]
    public void A_folder_of_a_killed_process_is_swept_away_and_one_in_use_is_not()
    {
        var cache = new CacheFolder(_folder.Root);
        string half = Path.Combine(cache.Training, "noise2void-20000101-000000-dead");
        Directory.CreateDirectory(half);
        File.WriteAllText(Path.Combine(half, "0000.input"), "half");
        using var busy = TrainingStore.Create(cache, TrainingMethod.Stain);
        using var another = TrainingStore.Create(cache, TrainingMethod.Stain);
        Assert.False(Directory.Exists(half));
        Assert.True(Directory.Exists(busy.Folder));
    }

    [Fact]
    public void Whatever_is_asked_is_planned_or_refused_in_words()
    {
        var random = new Random(6);
        int planned = 0;
        for (int round = 0; round < 400; round++)
        {
            TrainingRequest request = Drawn(random);
            try
            {
                TrainingPlan plan = TrainingDraft.Of(request).Plan();
                planned++;
                Assert.InRange(plan.TrainingSamples, 1, int.MaxValue);
                Assert.InRange(plan.Schedule.ValidateEvery, 1, plan.Schedule.Steps);
                int unpaid = (plan.Schedule.Patience + 1) * plan.Schedule.ValidateEvery;
                Assert.True(plan.Schedule.Patience == 0 || 3 * unpaid > plan.Schedule.Steps, $"{unpaid} of {plan.Schedule.Steps} steps");
                Assert.True(plan.Minutes > 0 && double.IsFinite(plan.Minutes) && plan.MemoryBytes > 0 && plan.DiskBytes > 0);
                Assert.Equal(plan.Network.Dimensions, plan.Patches.Size.Count);
            }
            catch (BioDLException error)
            {
                Assert.Contains(error.Status, new[] { Status.InvalidArgument, Status.OutOfMemory });
                Assert.NotEmpty(error.Hint);
            }
        }
        Assert.InRange(planned, 40, 360);
    }

    private static TrainingRequest Drawn(Random random)
    {
        T One<T>(params T[] values) => values[random.Next(values.Length)];
        T Rarely<T>(T usual, params T[] rare) => random.Next(25) == 0 ? One(rare) : usual;
        TrainingMethod method = One(Enum.GetValues<TrainingMethod>());
        int channels = One(1, 1, 2), slices = One(1, 1, 3);
        TrainingImage Drawn(int i)
        {
            TrainingImage image = Image($"i{i}", One(8, 40, 64, 200), One(33, 64, 300), Rarely(channels, 3), slices, One(1, 1, 1, 2));
            ImageView partner = Rarely(image.Input.Channel(0), Image("", 50, 50).Input);
            return image with
            {
                Target = Rarely(method.NeedsTarget() ? partner : null, null, partner),
                Labels = Rarely(method.NeedsLabels() ? partner : null, null, partner),
                Group = One("", "", "a", "b"),
                Weight = Rarely(1.0, 2, 2, -1),
                IsValidation = Rarely<bool?>(null, true),
                Channels = Rarely<int[]?>(null, [0], [5]),
            };
        }
        return new TrainingRequest
        {
            Method = method, Images = [.. Enumerable.Range(0, One(1, 1, 2, 5, 9)).Select(Drawn)],
            Steps = Rarely(One(0, 1, 7, 100_000), -3), Minutes = Rarely(One(0, 0.5), -1, double.NaN),
            Validation = Rarely(One<double?>(null, 0, 0.3), 0.9), Patch = Rarely(One(0, 16, 50), 5), Batch = One(0, 0, 1, 64),
            Volumes = Rarely(slices > 1, true), MemoryLimit = Rarely(One(0L, 1L << 30), -5),
        };
    }

    private static TrainingRequest Request(TrainingMethod method, params TrainingImage[] images) => new()
    {
        Method = method,
        Images = images,
    };

    private static TrainingImage Image(string name, int height, int width, int channels = 1, int slices = 1, int frames = 1)
    {
        var random = new Random(height);
        return new TrainingImage
        {
            Name = name, Input = MemoryImage.Of(Enumerable.Range(0, frames * slices * channels * height * width)
                .Select(_ => (float)random.NextDouble()).ToArray(), frames, slices, channels, height, width),
        };
    }

    private static TrainingImage Pair(int height, int width)
    {
        TrainingImage image = Image($"{width}", height, width);
        return image with { Target = image.Input };
    }

    private static TrainingImage Labelled(string name, Func<int, uint> label) => Image(name, 64, 64) with
    {
        Labels = MemoryImage.Of(Enumerable.Range(0, 64 * 64).Select(label).ToArray(), 64, 64),
    };

    private BioDLException Refused(TrainingRequest request)
    {
        var error = Assert.Throws<BioDLException>(() => Laid(request).Dispose());
        Assert.Equal(Status.InvalidArgument, error.Status);
        Assert.NotEmpty(error.Hint);
        return error;
    }

    private TrainingAbout Prepared(TrainingRequest request)
    {
        using TrainingStore store = Laid(request);
        return store.About();
    }

    private TrainingStore Laid(TrainingRequest request)
    {
        TrainingDraft draft = TrainingDraft.Of(request);
        var store = TrainingStore.Create(new CacheFolder(_folder.Root), request.Method);
        try
        {
            TrainingPreparation.Run(draft, store, null);
            return store;
        }
        catch
        {
            store.Delete();
            store.Dispose();
            throw;
        }
    }
}
