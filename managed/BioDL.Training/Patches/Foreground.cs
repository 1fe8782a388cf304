namespace BioDL.Training.Patches;

/// <summary>Pixels of an image that patches are drawn around: those of objects, or the brighter ones.</summary>
internal static class Foreground
{
    private const int Looked = 1 << 16, Kept = 1 << 12;

    /// <summary>
    /// Look at random pixels of the first channel and keep those of objects (labels and classes: above 0), or those that are brighter than
    /// the mean of all that were looked at.
    /// </summary>
    /// <param name="values">labels, classes or an image</param>
    /// <param name="isImage">they are an image</param>
    /// <param name="random">which pixels</param>
    /// <returns>at most 4096 positions in a channel; none where all pixels are alike</returns>
    public static long[] Find(SampleArray values, bool isImage, PatchRandom random)
    {
        long[] looked = [.. Enumerable.Range(0, Looked).Select(_ => random.Below(values.ChannelPixels))];
        float[] seen = [.. looked.Select(pixel => values.Value(0, pixel))];
        double threshold = !isImage ? 0 : seen.Where(float.IsFinite).Select(value => (double)value).DefaultIfEmpty().Average();
        return [.. looked.Where((_, i) => seen[i] > threshold).Take(Kept)];
    }
}
