using BioDL.Core.Segmentation;
using BioDL.Core.StarConvex;

namespace BioDL.Bench;

internal static class SuppressionBench
{
    private const double Threshold = 0.4;

    public static void Run()
    {
        foreach (int each in (int[])[4, 24])
        {
            CandidateList candidates = SyntheticNuclei.Make(5000, each);
            int survivors = 0;
            double seconds = Timing.Best(5, () => survivors = Suppression.Survivors(candidates, Threshold, VertexMode.Integer).Length);
            Console.WriteLine($"{candidates.Count} candidates: {survivors} survive, {seconds * 1e3:F1} ms");
        }
    }
}
