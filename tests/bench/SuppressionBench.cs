using BioDL.Core.Objects.StarConvex;

namespace BioDL.Bench;

/// <summary>Suppression in whole-pixel mode beside Clipper in C++, which must keep the same candidates.</summary>
internal static class SuppressionBench
{
    private const float Threshold = 0.4f;
    private const int Nuclei = 5000;

    public static void Run()
    {
        using ClipperBaseline? baseline = ClipperBaseline.TryCreate(out string why);
        if (baseline is null)
            Console.WriteLine($"The C++ baseline was not run: {why}. The ratios are against one run of our own for each pair, "
                + $"without any bound.");
        foreach (int each in (int[])[4, 24])
        {
            CandidateList candidates = SyntheticNuclei.Make(Nuclei, each);
            int[] order = CandidateOrder.Of(candidates), survivors = [];
            double exact = Timing.Best(9, () => Suppression.Survivors(candidates, Threshold, VertexMode.Exact));
            double seconds = Timing.Best(9, () => survivors = Suppression.Survivors(candidates, Threshold, VertexMode.Integer));
            (double reference, int[] kept) = baseline?.Run(candidates, order, Threshold, 3)
                ?? PlainSuppression.Run(candidates, order, Threshold);
            Console.WriteLine($"{candidates.Count,7} candidates of {Nuclei} nuclei: {seconds * 1e3,6:F1} ms in whole-pixel mode, "
                + $"{exact * 1e3,6:F1} ms in exact mode, " +
                $"baseline {reference * 1e3,7:F1} ms: {reference / seconds:F1} times as fast; " +
                $"{survivors.Length} survive, {survivors.Except(kept).Count() + kept.Except(survivors).Count()} differ from the baseline");
        }
    }
}
