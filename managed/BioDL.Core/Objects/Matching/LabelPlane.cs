namespace BioDL.Core.Objects.Matching;

/// <summary>
/// One plane of a label image, its labels renumbered 1 to <see cref="Count"/> in the order of their values; 0 is background.
/// </summary>
/// <param name="Height">pixels along Y</param>
/// <param name="Width">pixels along X</param>
/// <param name="Pixels">row by row</param>
/// <param name="Count">objects</param>
public sealed record LabelPlane(int Height, int Width, int[] Pixels, int Count)
{
    /// <summary>Renumber labels of any values. 0 is background; negative values are labels like any others.</summary>
    public static LabelPlane Of(int height, int width, ReadOnlySpan<long> values)
    {
        var numbers = new Dictionary<long, int> { [0] = 0 };
        foreach (long value in values)
            numbers.TryAdd(value, numbers.Count);
        var pixels = new int[values.Length];
        (long last, int lastNumber) = (0, 0);
        for (int i = 0; i < pixels.Length; i++)
        {
            if (values[i] != last)
                (last, lastNumber) = (values[i], numbers[values[i]]);
            pixels[i] = lastNumber;
        }
        return new LabelPlane(height, width, pixels, numbers.Count - 1);
    }
}
