using System.Runtime.InteropServices;

namespace BioDL.Core.Objects.StarConvex;

/// <summary>
/// Links the objects of consecutive planes that show the same nucleus: those whose labels overlap. Pairs are taken by falling IoU (shared
/// pixels by pixels of both), of equal ones the more probable before and then the more probable now; a pair is taken when neither was taken
/// before. What finds no partner begins a track of its own, so that of a nucleus that divides one half goes on with its track. Tracks end
/// where a nucleus is missing for a plane. The result depends on nothing but the labels.
/// </summary>
/// <param name="axis">frames: each slice by itself through time; slices: each frame by itself through its slices</param>
/// <param name="least">IoU that a link needs, above 0 to 1</param>
internal sealed class TrackLinks(LinkAxis axis, double least)
{
    private readonly Dictionary<int, Plane> _before = [];
    private long _tracks;

    /// <summary>The track of each object of a plane, from 1, by order of appearance. Planes come in the order of frame and slice.</summary>
    public long[] Add(LabelRuns labels, int frame, int slice)
    {
        long[] tracks = new long[labels.Count];
        int key = axis == LinkAxis.Frames ? slice : 0;
        (int, int) before = axis == LinkAxis.Frames ? (frame - 1, slice) : (frame, slice - 1);
        if (_before.TryGetValue(key, out Plane? last) && (last.Frame, last.Slice) == before)
            foreach ((int from, int to) in Pairs(last.Labels, labels, least))
                tracks[to] = last.Tracks[from];
        for (int number = 0; number < tracks.Length; number++)
            if (tracks[number] == 0)
                tracks[number] = ++_tracks;
        _before[key] = new Plane(frame, slice, labels, tracks);
        return tracks;
    }

    /// <summary>The objects of two planes that belong together.</summary>
    public static IEnumerable<(int Before, int Now)> Pairs(LabelRuns before, LabelRuns now, double least)
    {
        bool[] linkedBefore = new bool[before.Count], linkedNow = new bool[now.Count];
        foreach ((int a, int b, double iou) in Overlaps(before, now).OrderByDescending(pair => pair.Iou).ThenBy(pair => pair.A)
            .ThenBy(pair => pair.B))
        {
            if (iou < least || linkedBefore[a] || linkedNow[b])
                continue;
            linkedBefore[a] = linkedNow[b] = true;
            yield return (a, b);
        }
    }

    private static IEnumerable<(int A, int B, double Iou)> Overlaps(LabelRuns before, LabelRuns now)
    {
        var shared = new Dictionary<(int A, int B), long>();
        List<(int Number, LabelRun Run)> first = before.ByRow(), second = now.ByRow();
        for (int i = 0, j = 0; i < first.Count && j < second.Count;)
        {
            (LabelRun a, LabelRun b) = (first[i].Run, second[j].Run);
            int left = Math.Max(a.Left, b.Left), right = Math.Min(a.Right, b.Right);
            if (a.Row == b.Row && left <= right)
                CollectionsMarshal.GetValueRefOrAddDefault(shared, (first[i].Number, second[j].Number), out _) += right - left + 1;
            bool firstEnds = a.Row < b.Row || a.Row == b.Row && a.Right < b.Right;
            if (firstEnds)
                i++;
            else
                j++;
        }
        return shared.Select(pair => (pair.Key.A, pair.Key.B,
            (double)pair.Value / (before.Pixels(pair.Key.A) + now.Pixels(pair.Key.B) - pair.Value)));
    }

    private sealed record Plane(int Frame, int Slice, LabelRuns Labels, long[] Tracks);
}
