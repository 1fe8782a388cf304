namespace BioDL.Core.Tensors;

/// <summary>
/// What each of some targets along one axis takes of the sources: target t covers [t * step + offset, (t + 1) * step + offset) of them.
/// Where that is more than one source, their mean over it (area averaging, so that nothing is skipped); else a line between the two
/// nearest centres (bilinear); or the nearest source alone, for labels. Beyond the ends the outermost source counts on.
/// </summary>
internal sealed class AxisKernel
{
    private readonly int[] _first;
    private readonly int[] _start;
    private readonly float[] _weights;

    private AxisKernel(int[] first, int[] start, float[] weights)
    {
        (_first, _start, _weights) = (first, start, weights);
        (Start, End) = (first.Min(), first.Select((source, i) => source + start[i + 1] - start[i]).Max());
    }

    /// <summary>Sources that any target takes: from the first to, not including, the last.</summary>
    public int Start { get; }
    public int End { get; }

    /// <summary>The first source of target number i, in the order given.</summary>
    public int First(int i) => _first[i];

    /// <summary>Of that source and those after it; together 1.</summary>
    public ReadOnlySpan<float> Weights(int i) => _weights.AsSpan(_start[i], _start[i + 1] - _start[i]);

    /// <param name="targets">at least one</param>
    /// <param name="step">sources to a target</param>
    /// <param name="offset">where target 0 begins, in sources</param>
    /// <param name="length">sources there are</param>
    /// <param name="nearest">take one source each</param>
    public static AxisKernel Of(IEnumerable<int> targets, double step, double offset, int length, bool nearest = false)
    {
        var first = new List<int>();
        List<int> start = [0];
        var weights = new List<float>();
        foreach (int target in targets)
        {
            double from = target * step + offset;
            first.Add(nearest ? Nearest(from + step / 2, length, weights) : step > 1 ? Area(from, step, length, weights)
                : Line(from + step / 2 - 0.5, length, weights));
            start.Add(weights.Count);
        }
        return new AxisKernel([.. first], [.. start], [.. weights]);
    }

    private static int Nearest(double place, int length, List<float> weights)
    {
        weights.Add(1);
        return (int)Math.Clamp(Math.Floor(place + 1e-9), 0, length - 1);
    }

    private static int Line(double centre, int length, List<float> weights)
    {
        double below = Math.Floor(centre), part = centre - below;
        int source = (int)Math.Clamp(below, 0, length - 1);
        if (below < 0 || source == length - 1 || part < 1e-7)
        {
            weights.Add(1);
            return source;
        }
        weights.Add((float)(1 - part));
        weights.Add((float)part);
        return source;
    }

    private static int Area(double from, double step, int length, List<float> weights)
    {
        double to = Math.Min(from + step, length);
        from = Math.Min(Math.Max(from, 0), length - 1);
        int source = (int)Math.Floor(from + 1e-9), end = Math.Max(source + 1, (int)Math.Ceiling(to - 1e-9));
        double all = Math.Max(to - from, 1e-9);
        for (int i = source; i < end; i++)
            weights.Add(end == source + 1 ? 1 : (float)((Math.Min(to, i + 1) - Math.Max(from, i)) / all));
        return source;
    }
}
