using BioDL.Cli.Specimen;
using BioDL.Core.Images;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Runs;
using BioDL.Core.Training;
using BioDL.Models;
using BioDL.Models.Cache;
using BioDL.Models.Files;
using BioDL.Models.Training;
using BioDL.Models.Training.Finishing;
using BioDL.Tests.Cli;

namespace BioDL.Tests.Training;

/// <summary>Thresholds are found by which a network gives what is true.</summary>
public sealed class ThresholdSearchTests
{
    private const int Size = 256;

    /// <summary>What the network gives by some thresholds is taken to be true, and the search has to come to as much.</summary>
    [Theory]
    [InlineData(0.3, 0.3)]
    [InlineData(0.62, 0.4)]
    [InlineData(0.77, 0.2)]
    public void Thresholds_by_which_the_truth_was_made_are_found(double prob, double overlap)
    {
        using Model model = Model.Open(null);
        using var folder = new TestFolder();
        using TrainingStore store = TrainingStore.Create(new CacheFolder(folder.Root), TrainingMethod.StarDist);
        SpecimenImage specimen = SpecimenImage.Make(new SpecimenOptions(Size, 60, 3), () => { });
        uint[] labels = Labels(model, specimen, new StarOptions { ProbThreshold = prob, OverlapThreshold = overlap });
        Assert.InRange(labels.Max(), 10u, 60u);
        store.Write("image", System.Runtime.InteropServices.MemoryMarshal.AsBytes<ushort>(specimen.Pixels));
        store.Write("labels", System.Runtime.InteropServices.MemoryMarshal.AsBytes<uint>(labels));
        var search = new ThresholdSearch(model, store, Job(validation: true), CancellationToken.None);
        ThresholdChoice best = search.Best()!;
        Assert.InRange(best.Score, 0.97, 1);
        Assert.InRange(best.Prob, 0.1, 0.99);
    }

    /// <summary>However the scores of a plateau lie, its middle is taken, not an edge that happens to be highest.</summary>
    [Fact]
    public void The_middle_of_what_is_as_good_is_taken()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            int before = random.Next(1, 6), plateau = random.Next(1, 9), after = random.Next(1, 6);
            double[] scores = [.. Enumerable.Range(0, before + plateau + after).Select(i =>
                i >= before && i < before + plateau ? 0.8 + 0.003 * random.NextDouble() : 0.7 * random.NextDouble())];
            double[] numbers = [.. scores.Select((_, i) => (double)i)];
            Assert.Equal(before + (plateau - 1) / 2, ThresholdSearch.Highest(numbers, number => scores[(int)number]));
        }
    }

    [Fact]
    public void Without_validation_there_is_nothing_to_choose_by()
    {
        using Model model = Model.Open(null);
        using var folder = new TestFolder();
        using TrainingStore store = TrainingStore.Create(new CacheFolder(folder.Root), TrainingMethod.StarDist);
        var search = new ThresholdSearch(model, store, Job(validation: false), CancellationToken.None);
        Assert.Null(search.Best());
    }

    private static TrainingJob Job(bool validation) => new()
    {
        Method = TrainingMethod.StarDist, Network = new UNet(), Patches = new PatchOptions([64, 64], 1),
        Schedule = new ScheduleOptions { Steps = 1 },
        Samples =
        [
            new TrainingSample
            {
                Name = "made", IsValidation = validation, Input = new TrainingArray("image", "uint16", [1, Size, Size]),
                Labels = new TrainingArray("labels", "int32", [1, Size, Size]),
            },
        ],
    };

    private static unsafe uint[] Labels(Model model, SpecimenImage specimen, StarOptions stars)
    {
        using NpyArray labels = NpyArray.Create("uint32", [1, 1, Size, Size]);
        ImageView view = labels.View("bcyx", "labels");
        model.Keep(MemoryImage.Of(specimen.Pixels, Size, Size), new RunOptions { Device = "cpu" }, new KeepOptions())
            .Select(stars, null, view);
        using PlaneLock locked = view.Lock(0);
        return [.. new ReadOnlySpan<uint>(locked.Pixel(0, 0), Size * Size)];
    }
}
