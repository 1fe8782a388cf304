using System.Globalization;
using BioDL.Core.Road.Planning;
using BioDL.Core.Runs;

namespace BioDL.Core.Objects.StarConvex;

/// <summary>Whether the objects that were found have the sizes that the model was made for.</summary>
internal static class ObjectFit
{
    /// <summary>Fewer say nothing.</summary>
    private const int Least = 5;

    /// <returns>what does not fit, in words; null where all does, or nothing can be said</returns>
    public static string? Misfit(SegmentedObject[] objects, RunJob job)
    {
        if (job.Network.MadeFor?.Diameters is not { } known || objects.Length < Least)
            return null;
        double[] areas = [.. objects.Select(star => star.Area)];
        Array.Sort(areas);
        double median = 2 * Math.Sqrt(areas[areas.Length / 2] / Math.PI), pitch = job.Match.Sampling?.Pitch ?? 1;
        var here = new SizeRange(known.Low * pitch, known.High * pitch);
        return here.Holds(median) ? null
            : string.Create(CultureInfo.InvariantCulture, $"Half of the objects are {(median < here.Low ? "less" : "more")} than ")
                + string.Create(CultureInfo.InvariantCulture, $"{median:0.#} pixels across, and \"{job.Network.Name}\" was made for ")
                + $"{here} pixels. Give the diameter of the objects, so that the image is brought to the model's scale.";
    }
}
