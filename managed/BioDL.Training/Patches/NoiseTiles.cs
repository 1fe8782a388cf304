namespace BioDL.Training.Patches;

/// <summary>Parts of an image from which its noise is estimated, so that an image of any size costs the same.</summary>
internal static class NoiseTiles
{
    /// <summary>Pixels along y and x.</summary>
    public const int Side = 128;

    private const int Most = 16;

    /// <summary>Squares evenly over an image, in planes evenly over a stack; one where it is smaller, mirrored at the border.</summary>
    public static IEnumerable<float[]> Of(SampleArray array, int channel)
    {
        int[] whole = array.Size;
        int planes = whole.Length == 3 ? whole[0] : 1, deep = Math.Min(planes, Most);
        int down = Count(whole[^2], Most / deep), across = Count(whole[^1], Most / deep);
        int[] size = whole.Length == 3 ? [1, Side, Side] : [Side, Side];
        for (int z = 0; z < deep; z++)
            for (int y = 0; y < down; y++)
                for (int x = 0; x < across; x++)
                {
                    int[] corner = [Corner(y, down, whole[^2]), Corner(x, across, whole[^1])];
                    float[] cut = array.Cut(whole.Length == 3 ? [(int)((long)z * planes / deep), .. corner] : corner, size);
                    yield return cut[(channel * Side * Side)..((channel + 1) * Side * Side)];
                }
    }

    private static int Count(int length, int tiles) => Math.Clamp((int)Math.Sqrt(tiles), 1, Math.Max(1, length / Side));

    private static int Corner(int number, int count, int length) =>
        count == 1 ? Math.Max(0, (length - Side) / 2) : (int)((long)number * (length - Side) / (count - 1));
}
