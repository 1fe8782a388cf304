using BioDL.Core.Training;

namespace BioDL.Training.Patches;

/// <summary>
/// Hides pixels from a network that shall tell them from their neighbours: Noise2Void (Krull 2019: one pixel in each box of a grid, the
/// value of a random neighbour instead), Noise2Void 2 (Höck 2022: the median of the neighbours), structured masks (Broaddus 2020: with a
/// hidden pixel, those along an axis are hidden whose noise tells it).
/// </summary>
internal static class BlindSpots
{
    /// <summary>Hide pixels of each channel by itself.</summary>
    /// <param name="values">c, (z,) y, x: hidden ones are replaced</param>
    /// <param name="size">(z,) y, x</param>
    /// <param name="options">how many, and by what</param>
    /// <param name="random">of the step</param>
    /// <returns>1 at the pixels that are to be told, 0 elsewhere; those hidden with them along an axis are 0 too</returns>
    public static float[] Hide(float[] values, int[] size, Noise2VoidOptions options, PatchRandom random)
    {
        int[] whole = size.Length == 3 ? size : [1, .. size];
        int pixels = whole[0] * whole[1] * whole[2];
        float[] mask = new float[values.Length], seen = [.. values];
        for (int start = 0; start < values.Length; start += pixels)
        {
            Plane plane = new(seen.AsMemory(start, pixels), whole, options, random);
            // Those that are hidden along an axis count too, so that there is always enough left to tell hidden ones from.
            foreach (int[] spot in Spots(whole, size.Length, options.MaskedPercent / (2 * options.StructRadius + 1), random))
                plane.Hide(spot, values.AsSpan(start, pixels), mask.AsSpan(start, pixels));
        }
        return mask;
    }

    /// <summary>One pixel anywhere in each box of a grid, so that hidden pixels are seldom neighbours.</summary>
    private static IEnumerable<int[]> Spots(int[] whole, int axes, double percent, PatchRandom random)
    {
        int box = Math.Max(1, (int)Math.Round(Math.Pow(100 / percent, 1.0 / axes))), deep = axes == 3 ? box : 1;
        for (int z = 0; z < whole[0]; z += deep)
            for (int y = 0; y < whole[1]; y += box)
                for (int x = 0; x < whole[2]; x += box)
                {
                    int[] spot = [z + random.Below(deep), y + random.Below(box), x + random.Below(box)];
                    if (spot[0] < whole[0] && spot[1] < whole[1] && spot[2] < whole[2])
                        yield return spot;
                }
    }

    /// <summary>One channel of a patch.</summary>
    private readonly struct Plane(ReadOnlyMemory<float> seen, int[] whole, Noise2VoidOptions options, PatchRandom random)
    {
        private readonly int _axis = options.StructAxis == "y" ? 1 : 2;

        public void Hide(int[] spot, Span<float> values, Span<float> mask)
        {
            int at = At(spot);
            mask[at] = 1;
            values[at] = options.Median ? Median(spot) : Neighbour(spot);
            int[] along = [.. spot];
            for (int offset = -options.StructRadius; offset <= options.StructRadius; offset++)
            {
                along[_axis] = spot[_axis] + offset;
                if (offset != 0 && along[_axis] >= 0 && along[_axis] < whole[_axis])
                    values[At(along)] = Neighbour(spot);
            }
        }

        private int At(int[] place) => (place[0] * whole[1] + place[1]) * whole[2] + place[2];

        /// <summary>First pixel and size, along an axis, of the square around a pixel as far as it lies in the patch.</summary>
        private (int From, int Length) Side(int[] spot, int axis)
        {
            int from = Math.Max(spot[axis] - options.Radius, 0), to = Math.Min(spot[axis] + options.Radius, whole[axis] - 1);
            return (from, to - from + 1);
        }

        /// <summary>Hidden together with the pixel: itself and those beside it along the axis.</summary>
        private bool IsHidden(int[] spot, int z, int y, int x)
        {
            int across = _axis == 2 ? y - spot[1] : x - spot[2], along = _axis == 2 ? x - spot[2] : y - spot[1];
            return z == spot[0] && across == 0 && Math.Abs(along) <= options.StructRadius;
        }

        private float Neighbour(int[] spot)
        {
            var ((z, deep), (y, high), (x, wide)) = (Side(spot, 0), Side(spot, 1), Side(spot, 2));
            // A square may hold nothing but what is hidden, in a patch of one row: after so many tries the pixel keeps its value.
            for (int attempt = 0; attempt < 100; attempt++)
            {
                int[] other = [z + random.Below(deep), y + random.Below(high), x + random.Below(wide)];
                if (!IsHidden(spot, other[0], other[1], other[2]))
                    return seen.Span[At(other)];
            }
            return seen.Span[At(spot)];
        }

        private float Median(int[] spot)
        {
            var ((fromZ, deep), (fromY, high), (fromX, wide)) = (Side(spot, 0), Side(spot, 1), Side(spot, 2));
            List<float> values = new(deep * high * wide);
            for (int z = fromZ; z < fromZ + deep; z++)
                for (int y = fromY; y < fromY + high; y++)
                    for (int x = fromX; x < fromX + wide; x++)
                        if (!IsHidden(spot, z, y, x))
                            values.Add(seen.Span[At([z, y, x])]);
            values.Sort();
            int half = values.Count / 2;
            return values.Count == 0 ? seen.Span[At(spot)]
                : values.Count % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
        }
    }
}
