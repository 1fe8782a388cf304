using System.Runtime.InteropServices;

namespace BioDL.Core.Objects.StarConvex;

/// <summary>Pixels side by side in a row of a label image; right belongs to them.</summary>
internal readonly record struct LabelRun(int Row, int Left, int Right)
{
    public int Length => Right - Left + 1;
}

/// <summary>
/// The pixels of the labels of one plane: for each object its runs, by row and from left to right. No pixel belongs to two objects.
/// </summary>
internal sealed class LabelRuns
{
    private readonly int[] _first;
    private readonly LabelRun[] _runs;

    private LabelRuns(int[] first, LabelRun[] runs) => (_first, _runs) = (first, runs);

    /// <summary>Objects.</summary>
    public int Count => _first.Length - 1;

    public ReadOnlySpan<LabelRun> this[int number] => _runs.AsSpan(_first[number], _first[number + 1] - _first[number]);

    /// <summary>Pixels of an object.</summary>
    public long Pixels(int number)
    {
        long pixels = 0;
        foreach (LabelRun run in this[number])
            pixels += run.Length;
        return pixels;
    }

    /// <summary>From runs of all objects in the order of rows and columns.</summary>
    /// <param name="count">objects</param>
    /// <param name="runs">each with the number of its object</param>
    public static LabelRuns Of(int count, List<(int Number, LabelRun Run)> runs)
    {
        int[] first = new int[count + 1];
        foreach ((int number, _) in CollectionsMarshal.AsSpan(runs))
            first[number + 1]++;
        for (int number = 0; number < count; number++)
            first[number + 1] += first[number];
        int[] next = first[..count];
        var sorted = new LabelRun[runs.Count];
        foreach ((int number, LabelRun run) in CollectionsMarshal.AsSpan(runs))
            sorted[next[number]++] = run;
        return new LabelRuns(first, sorted);
    }

    /// <summary>Some of the objects, in the order given.</summary>
    public LabelRuns Only(IReadOnlyList<int> numbers)
    {
        int[] first = new int[numbers.Count + 1];
        var runs = new List<LabelRun>();
        for (int i = 0; i < numbers.Count; i++)
        {
            runs.AddRange(this[numbers[i]]);
            first[i + 1] = runs.Count;
        }
        return new LabelRuns(first, [.. runs]);
    }

    /// <summary>The pixels of both for each object.</summary>
    public static LabelRuns Joined(LabelRuns one, LabelRuns other)
    {
        List<(int Number, LabelRun Run)> all = [.. one.ByRow(), .. other.ByRow()];
        SortByRow(all);
        return Of(one.Count, all);
    }

    /// <summary>All runs of all objects, by row and from left to right.</summary>
    public List<(int Number, LabelRun Run)> ByRow()
    {
        var all = new List<(int Number, LabelRun Run)>(_runs.Length);
        for (int number = 0; number < Count; number++)
            foreach (LabelRun run in this[number])
                all.Add((number, run));
        SortByRow(all);
        return all;
    }

    private static void SortByRow(List<(int Number, LabelRun Run)> runs) =>
        runs.Sort((a, b) => a.Run.Row != b.Run.Row ? a.Run.Row.CompareTo(b.Run.Row) : a.Run.Left.CompareTo(b.Run.Left));
}
