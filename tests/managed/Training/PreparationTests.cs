using System.Runtime.InteropServices;
using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Running;
using BioDL.Core.Training;
using BioDL.Models.Cache;
using BioDL.Models.Training;
using BioDL.Models.Training.Preparing;
using BioDL.Tests.Cli;

namespace BioDL.Tests.Training;

/// <summary>What a training's folder holds, compared with the images that were given: every value, every number of the job.</summary>
public sealed class PreparationTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("uint8")]
    [InlineData("uint16")]
    [InlineData("float32")]
    public void Arrays_hold_every_value_of_every_plane_in_the_images_own_type(string type)
    {
        var random = new Random(3);
        for (int round = 0; round < 10; round++)
        {
            int frames = random.Next(1, 3), slices = random.Next(1, 4), channels = random.Next(1, 3), height = random.Next(32, 80),
                width = random.Next(32, 80);
            float[] values = [.. Enumerable.Range(0, frames * slices * channels * height * width).Select(_ => (float)random.Next(0, 256))];
            bool volumes = slices > 1 && round % 2 == 0;
            TrainingStore store = Prepared(Request(TrainingMethod.Noise2Void, new TrainingImage
            {
                Name = "made", Input = View(type, values, frames, slices, channels, height, width),
            }) with
            { Volumes = volumes });
            TrainingJob job = store.Job();
            Assert.Equal((volumes ? frames : frames * slices) * 2, job.Samples.Count);
            Assert.All(job.Samples, sample => Assert.Equal(type, sample.Input.Type));
            float[] all = [.. job.Samples.SelectMany(sample => Read(store, sample.Input))];
            Assert.Equal(values.Order(), all.Order());
            store.Dispose();
        }
    }

    [Fact]
    public void Each_plane_is_normalised_by_its_own_mean_and_deviation_also_where_it_is_cut()
    {
        var random = new Random(4);
        float[] values = [.. Enumerable.Range(0, 2 * 60 * 40).Select(i => (float)(i / 2400 * 5 + random.NextDouble()))];
        using TrainingStore store = Prepared(Request(TrainingMethod.Noise2Void, new TrainingImage
        {
            Name = "made", Input = MemoryImage.Of(values, 2, 1, 1, 60, 40),
        }));
        foreach (TrainingSample[] frame in store.Job().Samples.Chunk(2))
        {
            // Both parts of a plane have the normalisation of the whole plane.
            Assert.Equal(frame[0].Input.Offset, frame[1].Input.Offset);
            float[] whole = [.. frame.SelectMany(part => Read(store, part.Input))];
            double mean = whole.Average(), deviation = Math.Sqrt(whole.Average(value => (value - mean) * (value - mean)));
            Assert.Equal(mean, frame[0].Input.Offset[0], 5);
            Assert.Equal(1 / deviation, frame[0].Input.Gain[0], 4);
        }
    }

    [Fact]
    public void Pairs_are_normalised_by_percentiles_each_by_its_own()
    {
        var random = new Random(5);
        ushort[] low = [.. Enumerable.Range(0, 64 * 64).Select(_ => (ushort)random.Next(90, 200))];
        ushort[] high = [.. low.Select(value => (ushort)(40 * value))];
        using TrainingStore store = Prepared(Request(TrainingMethod.Restoration, new TrainingImage
        {
            Name = "made", Input = MemoryImage.Of(low, 64, 64), Target = MemoryImage.Of(high, 64, 64),
        }));
        TrainingSample sample = store.Job().Samples[0];
        Assert.Equal(40 * sample.Input.Offset[0], sample.Target!.Offset[0], 3);
        Assert.Equal(sample.Input.Gain[0], 40 * sample.Target.Gain[0], 6);
    }

    [Fact]
    public void Calibrated_and_packed_pixels_are_stored_as_what_they_mean()
    {
        byte[] raw = [.. Enumerable.Range(0, 40 * 40).Select(i => (byte)(i * 37 % 251))];
        using (TrainingStore store = Prepared(Request(TrainingMethod.Noise2Void, new TrainingImage
        {
            Name = "signed", Input = MemoryImage.Of(raw, 40, 40) with { ValueScale = 0.5, ValueOffset = -3 },
        })))
            Assert.Equal(raw.Select(value => value * 0.5f - 3).Order(),
                store.Job().Samples.SelectMany(sample => Read(store, sample.Input)).Order());
        int[] colours = [.. Enumerable.Range(0, 40 * 40).Select(i => unchecked((int)0xff000000) | i * 7919 % 0xffffff)];
        using TrainingStore packed = Prepared(Request(TrainingMethod.Noise2Void, new TrainingImage
        {
            Name = "colours", Input = MemoryImage.Of(colours, 40, 40), Channels = [2, 0],
        }));
        float[] stored = [.. packed.Job().Samples.SelectMany(sample => Read(packed, sample.Input))];
        Assert.Equal(colours.Select(colour => (float)(colour & 0xff)).Concat(colours.Select(colour => (float)(colour >> 16 & 0xff)))
            .Order(),
            stored.Order());
    }

    [Fact]
    public void Labels_are_numbered_anew_and_keep_their_classes()
    {
        float[] image = [.. Enumerable.Range(0, 64 * 64).Select(i => (float)(i % 97))];
        uint[] labels = new uint[64 * 64];
        labels.AsSpan(64 * 10 + 5, 6).Fill(4_000_000);
        labels.AsSpan(64 * 20 + 5, 9).Fill(7);
        using TrainingStore store = Prepared(Request(TrainingMethod.StarDist, new TrainingImage
        {
            Name = "made", Input = MemoryImage.Of(image, 64, 64), Labels = MemoryImage.Of(labels, 64, 64),
            Classes = new Dictionary<int, int> { [7] = 2 },
        }) with
        { Validation = 0, StarDist = new StarDistOptions { Classes = 2 } });
        TrainingSample sample = Assert.Single(store.Job().Samples);
        int[] stored = [.. Read(store, sample.Labels!).Select(value => (int)value)];
        Assert.Equal([0, 1, 2], stored.Distinct().Order());
        Assert.Equal([0, 2], sample.Classes);
        Assert.Equal(9, stored.Count(value => value == 2));
        ObjectFacts facts = store.About().Objects!;
        Assert.Equal(2, facts.Count);
    }

    [Theory]
    [InlineData("", 16, true)]
    [InlineData("builtin:segment", 16, true)]
    [InlineData(TrainingRequest.NoStart, 32, false)]
    public void Objects_are_learned_from_a_built_in_model_unless_none_is_asked_for(string start, int filters, bool begins)
    {
        float[] image = [.. Enumerable.Range(0, 64 * 64).Select(i => (float)(i % 97))];
        uint[] labels = new uint[64 * 64];
        labels.AsSpan(64 * 10 + 5, 6).Fill(1);
        using TrainingStore store = Prepared(Request(TrainingMethod.StarDist, new TrainingImage
        {
            Name = "made", Input = MemoryImage.Of(image, 64, 64), Labels = MemoryImage.Of(labels, 64, 64),
        }) with
        { Validation = 0, Start = start });
        Assert.Equal(filters, store.Job().Network.Filters);
        Assert.Equal(begins, store.Job().StartWeights is not null);
    }

    [Fact]
    public void Classes_of_pixels_go_on_from_another_models_network()
    {
        float[] image = [.. Enumerable.Range(0, 64 * 64).Select(i => (float)(i % 97))];
        byte[] classes = [.. Enumerable.Range(0, 64 * 64).Select(i => (byte)(i % 3))];
        using TrainingStore store = Prepared(Request(TrainingMethod.Semantic, new TrainingImage
        {
            Name = "made", Input = MemoryImage.Of(image, 64, 64), Target = MemoryImage.Of(classes, 64, 64),
        }) with
        { Start = "builtin:segment" });
        Assert.Equal(16, store.Job().Network.Filters);
        Assert.Equal(3, Assert.Single(store.Job().Network.Heads).Channels);
    }

    [Fact]
    public void Classes_of_pixels_are_counted_from_the_images()
    {
        float[] image = [.. Enumerable.Range(0, 64 * 64).Select(i => (float)(i % 97))];
        byte[] classes = [.. Enumerable.Range(0, 64 * 64).Select(i => (byte)(i % 4))];
        using TrainingStore store = Prepared(Request(TrainingMethod.Semantic, new TrainingImage
        {
            Name = "made", Input = MemoryImage.Of(image, 64, 64), Target = MemoryImage.Of(classes, 64, 64),
        }));
        Assert.Equal(4, Assert.Single(store.Job().Network.Heads).Channels);
        Assert.Equal(classes.Select(value => (float)value).Order(),
            store.Job().Samples.SelectMany(sample => Read(store, sample.Target!)).Order());
    }

    [Fact]
    public void Simulated_noise_makes_the_input_the_target_and_stores_it_once()
    {
        float[] image = [.. Enumerable.Range(0, 64 * 64).Select(i => (float)(i % 97))];
        using TrainingStore store = Prepared(Request(TrainingMethod.Restoration, new TrainingImage
        {
            Name = "clean", Input = MemoryImage.Of(image, 64, 64),
        }) with
        { Augmentation = new AugmentationOptions { SimulatedNoise = 1 } });
        Assert.All(store.Job().Samples, sample => Assert.Equal(sample.Input.File, sample.Target!.File));
    }

    [Fact]
    public void A_cancel_leaves_nothing_and_the_host_is_asked_often()
    {
        float[] image = [.. Enumerable.Range(0, 20 * 64 * 64).Select(i => (float)(i % 97))];
        TrainingRequest request = Request(TrainingMethod.Noise2Void,
            new TrainingImage { Name = "made", Input = MemoryImage.Of(image, 20, 1, 1, 64, 64) });
        int asked = 0;
        var error = Assert.Throws<BioDLException>(() => Prepared(request, (in Progress _) => ++asked < 10));
        Assert.Equal((Status.Cancelled, 10), (error.Status, asked));
        double last = 0;
        using TrainingStore store = Prepared(request, (in Progress progress) =>
        {
            Assert.InRange(progress.Fraction, last, 1);
            last = progress.Fraction;
            return true;
        });
        Assert.Equal(1, last);
    }

    private static TrainingRequest Request(TrainingMethod method, params TrainingImage[] images) => new()
    {
        Method = method,
        Images = images,
    };

    private TrainingStore Prepared(TrainingRequest request, ProgressHandler? progress = null)
    {
        var store = TrainingStore.Create(new CacheFolder(_folder.Root), request.Method);
        try
        {
            TrainingPreparation.Run(TrainingDraft.Of(request), store, progress);
            return store;
        }
        catch
        {
            store.Delete();
            store.Dispose();
            Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_folder.Root, "training"), $"{store.Id}*"));
            throw;
        }
    }

    private static ImageView View(string type, float[] values, params int[] shape) => type switch
    {
        "uint8" => MemoryImage.Of(Array.ConvertAll(values, value => (byte)value), shape),
        "uint16" => MemoryImage.Of(Array.ConvertAll(values, value => (ushort)value), shape),
        _ => MemoryImage.Of(values, shape),
    };

    private static float[] Read(TrainingStore store, TrainingArray array)
    {
        byte[] bytes = File.ReadAllBytes(store.PathOf(array.File));
        float[] values = array.Type switch
        {
            "uint8" => Array.ConvertAll(bytes, value => (float)value),
            "uint16" => Array.ConvertAll(MemoryMarshal.Cast<byte, ushort>(bytes).ToArray(), value => (float)value),
            "int32" => Array.ConvertAll(MemoryMarshal.Cast<byte, int>(bytes).ToArray(), value => (float)value),
            _ => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
        };
        Assert.Equal(array.Shape.Aggregate(1, (product, size) => product * size), values.Length);
        return values;
    }
}
