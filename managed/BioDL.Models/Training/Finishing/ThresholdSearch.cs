using BioDL.Core.Images;
using BioDL.Core.Objects.Matching;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Runs;
using BioDL.Core.Training;
using BioDL.Models.Files;

namespace BioDL.Models.Training.Finishing;

/// <summary>What was found on images that were not trained on.</summary>
/// <param name="Prob">threshold of the probability</param>
/// <param name="Overlap">threshold of the suppression</param>
/// <param name="Score">TP / (TP + FP + FN), the mean over images and over IoU of 0.5, 0.6 and 0.7</param>
internal sealed record ThresholdChoice(double Prob, double Overlap, double Score);

/// <summary>
/// The two thresholds of a StarDist network by which it finds most in the images of the validation, segmented by the road that every user's
/// image takes. One after the other, as in the reference (optimize_thresholds): the score is smooth in both and they hardly hang together.
/// </summary>
internal sealed class ThresholdSearch
{
    /// <summary>Pixels along a side, and images, that are looked at: more change nothing and take minutes.</summary>
    private const int Side = 1024, MostImages = 64;

    /// <summary>Below it no network is of use.</summary>
    private const double LowestProb = 0.1, UsualOverlap = 0.4;

    /// <summary>Average precision of one more object in some hundred, a small part of what one image or another makes.</summary>
    private const double AsGood = 0.004;

    private static readonly double[] Ious = [0.5, 0.6, 0.7];

    private readonly List<(StarCandidates Found, LabelPlane Truth)> _images = [];
    private readonly CancellationToken _ends;

    /// <summary>Run the network over the images.</summary>
    /// <param name="model">of the training</param>
    /// <param name="store">of the training</param>
    /// <param name="job">of the training</param>
    /// <param name="ends">asked between images</param>
    public ThresholdSearch(Model model, TrainingStore store, TrainingJob job, CancellationToken ends)
    {
        _ends = ends;
        TrainingSample[] all = [.. job.Samples.Where(sample => sample.IsValidation && sample.Labels is not null)];
        int count = Math.Min(all.Length, MostImages);
        var options = new RunOptions { Device = "cpu" };
        for (int i = 0; i < count; i++)
        {
            ends.ThrowIfCancellationRequested();
            TrainingSample sample = all[(int)((long)i * all.Length / count)];
            int[] size = [.. sample.Input.Shape.Skip(1).Select(length => Math.Min(length, Side))];
            // Numbers below 0, of what is not annotated, are read as the largest ones there are.
            using NpyArray input = new ArrayCut(store.PathOf(sample.Input.File), sample.Input).Read(size);
            using NpyArray truth = new ArrayCut(store.PathOf(sample.Labels!.File), sample.Labels with { Type = "uint32" }).Read(size);
            StarCandidates found = model.Keep(input.View("bcyx", sample.Name), options, new KeepOptions { Threshold = LowestProb });
            _images.Add((found, Plane(truth, size)));
        }
    }

    /// <returns>null where no image was kept for validation</returns>
    public ThresholdChoice? Best()
    {
        if (_images.Count == 0)
            return null;
        double prob = Highest(Steps(0.15, 0.9, 0.05), prob => Score(prob, UsualOverlap));
        double overlap = Highest(Steps(0.1, 0.6, 0.1), overlap => Score(prob, overlap));
        prob = Highest(Steps(prob - 0.04, prob + 0.04, 0.01), finer => Score(finer, overlap));
        return new ThresholdChoice(prob, overlap, Score(prob, overlap));
    }

    /// <summary>
    /// Of the numbers around the highest score that are as good, as far as some images can tell, the middle one: a plateau has no best
    /// edge, and beyond it other images fall first.
    /// </summary>
    internal static double Highest(double[] numbers, Func<double, double> score)
    {
        double[] scores = [.. numbers.Select(score)];
        int best = Array.IndexOf(scores, scores.Max()), first = best, last = best;
        while (first > 0 && scores[first - 1] >= scores[best] - AsGood)
            first--;
        while (last < scores.Length - 1 && scores[last + 1] >= scores[best] - AsGood)
            last++;
        return numbers[(first + last) / 2];
    }

    private static double[] Steps(double from, double to, double step) =>
        [.. Enumerable.Range(0, (int)Math.Round((to - from) / step) + 1).Select(i => Math.Round(from + i * step, 4))
            .Where(value => value is >= LowestProb and < 1)];

    private static unsafe LabelPlane Plane(NpyArray labels, int[] size)
    {
        long[] values = new long[size[0] * size[1]];
        using PlaneLock locked = labels.View("bcyx", "labels").Lock(0);
        for (int i = 0; i < values.Length; i++)
            values[i] = Math.Max(0, ((int*)locked.Pixel(0, 0))[i]);
        return LabelPlane.Of(size[0], size[1], values);
    }

    private double Score(double prob, double overlap)
    {
        var stars = new StarOptions { ProbThreshold = prob, OverlapThreshold = overlap };
        double sum = 0;
        foreach ((StarCandidates found, LabelPlane truth) in _images)
        {
            _ends.ThrowIfCancellationRequested();
            using NpyArray labels = NpyArray.Create("uint32", [1, 1, truth.Height, truth.Width]);
            found.Select(stars, null, labels.View("bcyx", "labels"));
            LabelPlane plane = Plane(labels, [truth.Height, truth.Width]);
            var matching = LabelMatching.Of(truth, plane);
            // An image without objects in which none are found is right.
            sum += truth.Count + plane.Count == 0 ? 1 : Ious.Average(iou => matching.At(iou).AveragePrecision);
        }
        return sum / _images.Count;
    }
}
