namespace BioDL.Models.Training.Preparing;

/// <summary>
/// How often patches are drawn from each image, so that a class that few images show is seen as often as the others: an image weighs one
/// half
/// as all do, and one half by its share in each class. Within an image the foreground is drawn around anyway
/// (<see cref="Core.Training.PatchOptions.Foreground"/>), so dense and sparse images need no weights of their own.
/// </summary>
internal static class SampleBalance
{
    private const double Least = 0.25, Most = 8;

    /// <param name="amounts">of each class (objects or pixels) in each image; images may have lists of unequal length</param>
    /// <returns>one an image, 1 for all where there are no classes to balance</returns>
    public static double[] Weights(IReadOnlyList<IReadOnlyList<long>> amounts)
    {
        int classes = amounts.Select(image => image.Count).DefaultIfEmpty().Max(), images = amounts.Count;
        double[] totals = new double[classes];
        foreach (IReadOnlyList<long> image in amounts)
            for (int c = 0; c < image.Count; c++)
                totals[c] += image[c];
        int present = totals.Count(total => total > 0);
        if (present < 2)
            return [.. Enumerable.Repeat(1.0, images)];
        return [.. amounts.Select(image => Math.Clamp(0.5 + 0.5 * images / present * Share(image, totals), Least, Most))];
    }

    private static double Share(IReadOnlyList<long> image, double[] totals)
    {
        double sum = 0;
        for (int c = 0; c < image.Count; c++)
            sum += totals[c] > 0 ? image[c] / totals[c] : 0;
        return sum;
    }
}
