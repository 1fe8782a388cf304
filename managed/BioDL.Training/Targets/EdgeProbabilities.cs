namespace BioDL.Training.Targets;

/// <summary>
/// How sure a pixel should be that a star starts from it, as StarDist defines it: its distance to the border of its object, divided by the
/// largest one in the object. The edge of the plane is a border as well, other than in the published code: what is seen of an object that
/// the edge cuts has its highest probability inside, where its star is whole.
/// </summary>
internal static class EdgeProbabilities
{
    /// <param name="labels">a plane, row-major; 0 background, below 0 not annotated</param>
    /// <param name="height">of the plane</param>
    /// <param name="width">of the plane</param>
    /// <returns>of each pixel: 0 to 1, and -1 where nothing is annotated</returns>
    public static float[] Of(int[] labels, int height, int width)
    {
        float[] distances = Across(Along(labels, height, width), labels, height, width);
        var largest = new Dictionary<int, float>();
        for (int at = 0; at < labels.Length; at++)
        {
            if (labels[at] > 0)
                largest[labels[at]] = Math.Max(largest.GetValueOrDefault(labels[at]), distances[at]);
        }
        for (int at = 0; at < labels.Length; at++)
            distances[at] = labels[at] > 0 ? distances[at] / largest[labels[at]] : labels[at] < 0 ? -1 : 0;
        return distances;
    }

    /// <summary>Along its column: pixels to the next one of another label or beyond the plane.</summary>
    private static int[] Along(int[] labels, int height, int width)
    {
        int[] steps = new int[labels.Length];
        for (int at = 0; at < labels.Length; at++)
            steps[at] = at >= width && labels[at - width] == labels[at] ? steps[at - width] + 1 : 1;
        for (int at = labels.Length - 1; at >= 0; at--)
        {
            int below = at + width < labels.Length && labels[at + width] == labels[at] ? steps[at + width] + 1 : 1;
            steps[at] = Math.Min(steps[at], below);
        }
        return steps;
    }

    /// <summary>
    /// The Euclidean distance: for every pixel the lowest of the parabolas of its row that stand in the same object, or at its ends, where
    /// another begins. Objects are small, so each pixel looks to both sides no further than what it has found.
    /// </summary>
    private static float[] Across(int[] steps, int[] labels, int height, int width)
    {
        float[] distances = new float[labels.Length];
        for (int row = 0; row < height; row++)
        {
            for (int x = 0; x < width; x++)
            {
                int at = row * width + x;
                if (labels[at] <= 0)
                    continue;
                int least = steps[at] * steps[at];
                for (int side = -1; side <= 1; side += 2)
                {
                    for (int step = 1; step * step < least; step++)
                    {
                        int there = x + side * step;
                        bool isSame = there >= 0 && there < width && labels[row * width + there] == labels[at];
                        int height2 = isSame ? steps[row * width + there] : 0;
                        least = Math.Min(least, step * step + height2 * height2);
                        if (!isSame)
                            break;
                    }
                }
                distances[at] = MathF.Sqrt(least);
            }
        }
        return distances;
    }
}
