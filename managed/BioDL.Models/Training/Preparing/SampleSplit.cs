using System.Globalization;
using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Runs;
using BioDL.Core.Training;

namespace BioDL.Models.Training.Preparing;

/// <summary>
/// Cuts the images of a request into samples and keeps some for checks: whole groups of images where there are three or more, since parts
/// of
/// one photograph look alike and a network that has seen one half of it is no surprise on the other; else the last part of each image.
/// </summary>
internal static class SampleSplit
{
    /// <summary>Of the images, when nobody says how many.</summary>
    public const double DefaultShare = 0.15;

    private const int LeastGroups = 3;

    /// <summary>Images of any size are trained on, but of more than this only every k-th plane is: 4 GiB of 16-bit pixels.</summary>
    private const long MostPixels = 1L << 31;

    /// <param name="request">checked</param>
    /// <param name="notes">gets a sentence on how they were split</param>
    public static IReadOnlyList<SampleDraft> Of(TrainingRequest request, List<string> notes)
    {
        double share = request.Validation ?? DefaultShare;
        string[] groups = [.. request.Images.Select((image, i) => image.Group.Length > 0 ? $"group {image.Group}" : $"image {i}")];
        string[] distinct = [.. groups.Distinct()];
        List<SampleDraft> all = [.. request.Images.SelectMany(image => Planes(image, request.Volumes))];
        // A network that is fitted to one image sees all of it.
        if (share == 0 || request.Method == TrainingMethod.DenoiseImage)
            return Thinned(all, notes);
        if (request.Images.Any(image => image.IsValidation is not null))
            return Thinned(Given(all, notes), notes);
        if (distinct.Length < LeastGroups)
            return Thinned(ByRegion(all, share, notes), notes);
        var order = new SplitRandom(request.Seed);
        int count = Math.Clamp((int)Math.Round(share * distinct.Length), 1, distinct.Length - 1);
        HashSet<string> kept = [.. distinct.OrderBy(_ => order.Next()).Take(count)];
        HashSet<TrainingImage> images = new(ReferenceEqualityComparer.Instance);
        images.UnionWith(request.Images.Where((_, i) => kept.Contains(groups[i])));
        notes.Add($"{images.Count} of {request.Images.Count} images are kept for validation"
            + (distinct.Length < request.Images.Count ? $" ({count} of {distinct.Length} groups)." : "."));
        return Thinned([.. all.Select(sample => sample with { IsValidation = images.Contains(sample.Image) })], notes);
    }

    private static IEnumerable<SampleDraft> Planes(TrainingImage image, bool volumes)
    {
        ImageView view = image.Input;
        for (int frame = 0; frame < view.Frames; frame++)
            for (int slice = volumes ? -1 : 0; slice < (volumes ? 0 : view.Slices); slice++)
                yield return new SampleDraft(image, frame, slice, new PlaneRegion(0, 0, view.Height, view.Width), false);
    }

    private static List<SampleDraft> Given(List<SampleDraft> all, List<string> notes)
    {
        List<SampleDraft> split = [.. all.Select(sample => sample with { IsValidation = sample.Image.IsValidation == true })];
        if (split.TrueForAll(sample => sample.IsValidation))
            throw new BioDLException(Status.InvalidArgument, "all images are marked as validation images, so there is none to train on",
                "Mark fewer of them.");
        notes.Add($"{split.Count(sample => sample.IsValidation)} of {split.Count} planes are kept for validation, as was asked.");
        return split;
    }

    /// <summary>Each plane is cut across its longer side; the same part of all planes, which may show the same place.</summary>
    private static List<SampleDraft> ByRegion(List<SampleDraft> all, double share, List<string> notes)
    {
        List<SampleDraft> parts = [.. all.SelectMany(sample => Halves(sample, share))];
        notes.Add(!parts.Exists(part => part.IsValidation)
            ? "The images are too small to keep a part for validation, so the training does not end early."
            : string.Create(CultureInfo.InvariantCulture,
                $"The last {100 * share:0.#} % of each image, across its longer side, are kept for validation."));
        return parts;
    }

    private static IEnumerable<SampleDraft> Halves(SampleDraft sample, double share)
    {
        (int height, int width) = (sample.Region.Height, sample.Region.Width);
        bool along = height > width;
        int side = Math.Max(height, width), kept = Math.Min(side / 2, Math.Max(SampleDraft.LeastSide, (int)Math.Round(share * side)));
        int rest = side - kept;
        // Of an image that is too small for both parts nothing is kept: something to learn from is worth more than a check.
        if (Math.Min(kept, rest) < SampleDraft.LeastSide)
        {
            yield return sample;
            yield break;
        }
        yield return sample with { Region = along ? new PlaneRegion(0, 0, rest, width) : new PlaneRegion(0, 0, height, rest) };
        yield return sample with
        {
            Region = along ? new PlaneRegion(rest, 0, kept, width) : new PlaneRegion(0, rest, height, kept),
            IsValidation = true,
        };
    }

    private static IReadOnlyList<SampleDraft> Thinned(IReadOnlyList<SampleDraft> samples, List<string> notes)
    {
        long pixels = samples.Sum(sample => sample.Pixels);
        int step = (int)Math.Min(samples.Count, (pixels + MostPixels - 1) / MostPixels);
        if (step <= 1)
            return samples;
        notes.Add(string.Create(CultureInfo.InvariantCulture,
            $"The images have {pixels / 1e9:0.0} thousand million pixels; one plane in {step} is used."));
        return [.. samples.Where(sample => sample.IsValidation).Where((_, i) => i % step == 0),
            .. samples.Where(sample => !sample.IsValidation).Where((_, i) => i % step == 0)];
    }
}

/// <summary>SplitMix64 (Steele, Lea and Flood 2014): the same order from the same seed, in every version.</summary>
internal sealed class SplitRandom(long seed)
{
    private ulong _state = unchecked((ulong)seed);

    public ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
