using BioDL.Core.Training;
using BioDL.Training.Losses;
using BioDL.Training.Patches;
using BioDL.Training.Targets;
using static TorchSharp.torch;

namespace BioDL.Training.Methods;

/// <summary>
/// Star-convex objects in planes (Schmidt 2018): heads "prob" and "dist", and for objects of several classes "class" (Weigert 2022), on the
/// network's grid.
/// </summary>
internal sealed class StarDist(TrainingJob job) : Method(job)
{
    private readonly StarDistances _distances = new(job.StarDist.Rays);

    private (int Y, int X) Grid => (Job.Network.Grid[^2], Job.Network.Grid[^1]);

    public override Batch Make(IReadOnlyList<Patch> patches, PatchRandom random, bool training)
    {
        int height = patches[0].Size[0], width = patches[0].Size[1];
        int rows = (height + Grid.Y - 1) / Grid.Y, columns = (width + Grid.X - 1) / Grid.X, pixels = rows * columns;
        float[] probabilities = new float[patches.Count * pixels], distances = new float[patches.Count * _distances.Rays * pixels];
        for (int i = 0; i < patches.Count; i++)
        {
            int[] labels = patches[i].Labels!;
            Thin(EdgeProbabilities.Of(labels, height, width), width, probabilities.AsSpan(i * pixels, pixels));
            _distances.Of(labels, height, width, Grid, distances.AsSpan(i * _distances.Rays * pixels, _distances.Rays * pixels));
        }
        List<Tensor> targets =
            [tensor(probabilities, [patches.Count, 1, rows, columns]), tensor(distances, [patches.Count, _distances.Rays, rows, columns])];
        if (Job.StarDist.Classes > 1)
            targets.Add(Classes(patches, width, pixels).reshape(patches.Count, rows, columns));
        return new Batch(Batch.Stack(patches, patches[0].Channels, patch => patch.Input), targets, patches);
    }

    public override Loss Loss(Tensor[] heads, Batch batch)
    {
        StarDistOptions options = Job.StarDist;
        Tensor probability = StarConvexLosses.Probability(heads[0], batch.Targets[0]);
        Tensor distance = StarConvexLosses.Distances(heads[1], batch.Targets[1], batch.Targets[0], options.BackgroundWeight);
        Tensor total = probability + options.DistanceWeight * distance;
        if (options.Classes <= 1)
            return new Loss(total, ("prob", probability), ("dist", distance));
        Tensor classes = ClassLosses.CrossEntropy(heads[2], batch.Targets[2]);
        return new Loss(total + classes, ("prob", probability), ("dist", distance), ("class", classes));
    }

    private Tensor Classes(IReadOnlyList<Patch> patches, int width, int pixels)
    {
        long[] all = new long[patches.Count * pixels];
        for (int i = 0; i < patches.Count; i++)
        {
            int[] labels = patches[i].Labels!;
            IReadOnlyList<int>? classes = patches[i].Sample.Classes;
            int at = i * pixels;
            for (int y = 0; y < labels.Length / width; y += Grid.Y)
            {
                for (int x = 0; x < width; x += Grid.X)
                    all[at++] = Class(labels[y * width + x], classes);
            }
        }
        return tensor(all);
    }

    /// <summary>From 1; 0 of the background; -1 where it is not known.</summary>
    private static long Class(int label, IReadOnlyList<int>? classes) => label <= 0 ? label
        : classes is not null && label <= classes.Count && classes[label - 1] > 0 ? classes[label - 1] : -1;

    private void Thin(float[] values, int width, Span<float> into)
    {
        int at = 0;
        for (int y = 0; y < values.Length / width; y += Grid.Y)
        {
            for (int x = 0; x < width; x += Grid.X)
                into[at++] = values[y * width + x];
        }
    }
}
