namespace BioDL.Core.Objects.Matching;

/// <summary>Objects matched at one IoU threshold.</summary>
/// <param name="TruePositives">pairs of a reference object and a label</param>
/// <param name="FalsePositives">labels without a reference object</param>
/// <param name="FalseNegatives">reference objects without a label</param>
public readonly record struct MatchCounts(long TruePositives, long FalsePositives, long FalseNegatives)
{
    /// <summary>
    /// TP / (TP + FP + FN), the paper's average precision at one threshold; 0 when nothing matches, even if both are empty.
    /// </summary>
    public double AveragePrecision => Ratio(TruePositives, TruePositives + FalsePositives + FalseNegatives);

    public double Precision => Ratio(TruePositives, TruePositives + FalsePositives);

    public double Recall => Ratio(TruePositives, TruePositives + FalseNegatives);

    public double F1 => Ratio(2 * TruePositives, 2 * TruePositives + FalsePositives + FalseNegatives);

    public static MatchCounts operator +(MatchCounts a, MatchCounts b) =>
        new(a.TruePositives + b.TruePositives, a.FalsePositives + b.FalsePositives, a.FalseNegatives + b.FalseNegatives);

    private static double Ratio(long part, long whole) => part > 0 ? (double)part / whole : 0;
}

/// <summary>
/// How well labels agree with a reference: intersection over union of every pair that overlaps, and the largest one-to-one matching of
/// pairs whose IoU reaches a threshold. This is what the optimal assignment of the StarDist paper's measure counts (Schmidt et al., MICCAI
/// 2018); above 0.5 no object has two such partners, at 0.5 and below one may, and an augmenting-path matching decides.
/// </summary>
public sealed class LabelMatching
{
    private readonly int _references;
    private readonly int _labels;
    private readonly List<(int Label, double Iou)>[] _partners;

    private LabelMatching(int references, int labels)
    {
        (_references, _labels) = (references, labels);
        _partners = new List<(int, double)>[references + 1];
        for (int i = 0; i <= references; i++)
            _partners[i] = [];
    }

    /// <param name="reference">the truth</param>
    /// <param name="labels">of the same size</param>
    public static LabelMatching Of(LabelPlane reference, LabelPlane labels)
    {
        var matching = new LabelMatching(reference.Count, labels.Count);
        var referenceAreas = new long[reference.Count + 1];
        var labelAreas = new long[labels.Count + 1];
        var overlaps = new Dictionary<(int Reference, int Label), long>();
        int[] a = reference.Pixels, b = labels.Pixels;
        for (int start = 0, end; start < a.Length; start = end)
        {
            // Objects are runs of equal pixels: one look-up a run.
            for (end = start + 1; end < a.Length && a[end] == a[start] && b[end] == b[start]; end++)
            {
            }
            referenceAreas[a[start]] += end - start;
            labelAreas[b[start]] += end - start;
            if (a[start] != 0 && b[start] != 0)
                overlaps[(a[start], b[start])] = overlaps.GetValueOrDefault((a[start], b[start])) + end - start;
        }
        foreach (((int first, int second), long shared) in overlaps)
            matching._partners[first].Add((second, (double)shared / (referenceAreas[first] + labelAreas[second] - shared)));
        return matching;
    }

    /// <summary>Count matches whose IoU is at least the threshold.</summary>
    public MatchCounts At(double threshold)
    {
        var referenceOf = new int[_labels + 1];
        long matched = 0;
        for (int reference = 1; reference <= _references; reference++)
        {
            if (Augment(reference, threshold, referenceOf, []))
                matched++;
        }
        return new MatchCounts(matched, _labels - matched, _references - matched);
    }

    // Kuhn's algorithm: give the reference object a label, moving others to a second choice where needed.
    private bool Augment(int reference, double threshold, int[] referenceOf, HashSet<int> tried)
    {
        foreach ((int label, double iou) in _partners[reference])
        {
            if (iou < threshold || !tried.Add(label))
                continue;
            if (referenceOf[label] == 0 || Augment(referenceOf[label], threshold, referenceOf, tried))
            {
                referenceOf[label] = reference;
                return true;
            }
        }
        return false;
    }
}
