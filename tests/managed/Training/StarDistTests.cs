using BioDL.Core.Training;
using BioDL.Training.Methods;
using BioDL.Training.Patches;
using BioDL.Training.Targets;
using TorchSharp;
using static TorchSharp.torch;

namespace BioDL.Tests.Training;

/// <summary>What StarDist is trained on, and that it learns from it.</summary>
public sealed class StarDistTests
{
    private const int Size = 32;

    [Fact]
    public void Probabilities_are_distances_to_the_border_of_their_object()
    {
        for (int seed = 1; seed <= 30; seed++)
        {
            var random = new PatchRandom(seed, 0);
            int height = 1 + random.Below(24), width = 1 + random.Below(24);
            int[] labels = [.. Enumerable.Range(0, height * width).Select(_ => 0)];
            for (int label = 1; label <= 6; label++)
                Paint(labels, height, width, label % 5 == 4 ? -1 : label, random);
            float[] found = EdgeProbabilities.Of(labels, height, width);
            float[] distances = [.. Enumerable.Range(0, labels.Length).Select(at => Distance(labels, height, width, at))];
            for (int at = 0; at < labels.Length; at++)
            {
                float most = labels[at] > 0 ? distances.Where((_, i) => labels[i] == labels[at]).Max() : 1;
                Assert.Equal(labels[at] < 0 ? -1 : labels[at] == 0 ? 0 : distances[at] / most, found[at], 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(4, 1)]
    public void Distances_on_a_grid_are_those_of_its_pixels(int gridY, int gridX)
    {
        var random = new PatchRandom(5, 0);
        int[] labels = new int[27 * 22];
        for (int label = 1; label <= 4; label++)
            Paint(labels, 27, 22, label, random);
        var distances = new StarDistances(8);
        float[] all = new float[8 * labels.Length], some = new float[8 * Length(27, gridY) * Length(22, gridX)];
        distances.Of(labels, 27, 22, (1, 1), all);
        distances.Of(labels, 27, 22, (gridY, gridX), some);
        int at = 0;
        for (int ray = 0; ray < 8; ray++)
        {
            for (int y = 0; y < 27; y += gridY)
            {
                for (int x = 0; x < 22; x += gridX)
                    Assert.Equal(all[(ray * 27 + y) * 22 + x], some[at++]);
            }
        }
    }

    [SkippableTheory]
    [InlineData(1, 0)]
    [InlineData(2, 2)]
    public void Discs_are_learned(int grid, int classes)
    {
        Libtorch.Require();
        UNetHead[] heads = [new("prob", 1, Activation.Sigmoid), new("dist", 8),
            .. classes > 1 ? [new UNetHead("class", classes + 1, Activation.Softmax)] : Array.Empty<UNetHead>()];
        TrainingJob job = ToyTraining.Job(TrainingMethod.StarDist, heads);
        job = job with
        {
            Network = job.Network with { Grid = [grid, grid] },
            StarDist = new StarDistOptions { Rays = 8, Classes = classes },
        };
        using var training = new ToyTraining(job, Discs);
        Dictionary<string, double> before = training.Check();
        training.Learn(100);
        Dictionary<string, double> after = training.Check();
        Assert.All(before.Keys, name => Assert.True(after[name] < 0.85 * before[name], $"{name}: {before[name]} to {after[name]}"));
        Assert.Equal(classes > 1, after.ContainsKey("class"));
    }

    [SkippableFact]
    public void What_is_not_annotated_does_not_count()
    {
        Libtorch.Require();
        using DisposeScope scope = NewDisposeScope();
        TrainingJob job = ToyTraining.Job(TrainingMethod.StarDist, new UNetHead("prob", 1), new UNetHead("dist", 32));
        Method method = MethodTable.Make(job);
        Patch patch = Discs(new PatchRandom(3, 0));
        for (int at = 0; at < patch.Labels!.Length / 2; at++)
            patch.Labels[at] = -1;
        using Batch batch = method.Make([patch], new PatchRandom(1, 0), true);
        Tensor scores = randn(1, 1, Size, Size), distances = randn(1, 32, Size, Size);
        double loss = method.Loss([scores, distances], batch).Total.ToDouble();
        scores.slice(2, 0, Size / 2, 1).fill_(7);
        distances.slice(2, 0, Size / 2, 1).fill_(50);
        Assert.Equal(loss, method.Loss([scores, distances], batch).Total.ToDouble(), 1e-6);
    }

    private static int Length(int size, int grid) => (size + grid - 1) / grid;

    private static void Paint(int[] labels, int height, int width, int label, PatchRandom random)
    {
        double y = random.Uniform(0, height), x = random.Uniform(0, width), radius = random.Uniform(1, 8);
        for (int at = 0; at < labels.Length; at++)
        {
            if (Math.Pow(at / width - y, 2) + Math.Pow(at % width - x, 2) < radius * radius)
                labels[at] = label;
        }
    }

    /// <summary>To the nearest pixel of another label; the plane is surrounded by them.</summary>
    private static float Distance(int[] labels, int height, int width, int at)
    {
        int y = at / width, x = at % width, least = int.MaxValue;
        for (int row = -1; row <= height; row++)
        {
            for (int column = -1; column <= width; column++)
            {
                bool isInside = row >= 0 && row < height && column >= 0 && column < width;
                if (!isInside || labels[row * width + column] != labels[at])
                    least = Math.Min(least, (row - y) * (row - y) + (column - x) * (column - x));
            }
        }
        return MathF.Sqrt(least);
    }

    /// <summary>Bright ones of class 1, dim ones of class 2.</summary>
    private static Patch Discs(PatchRandom random)
    {
        int[] labels = new int[Size * Size];
        for (int label = 1; label <= 3; label++)
            Paint(labels, Size, Size, label, random);
        int[] classes = [1, 2, 1];
        float[] input = [.. labels.Select(label => (label == 0 ? 0 : label == 2 ? 0.5f : 1) + (float)(0.1 * random.Normal()))];
        TrainingArray array = new("", "float32", [1, Size, Size]);
        return new Patch
        {
            Sample = new TrainingSample { Name = "toy", Input = array, Classes = classes }, Size = [Size, Size], Channels = 1,
            Input = input, Labels = labels,
        };
    }
}
