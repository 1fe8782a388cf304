using BioDL.Core;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Objects.StarConvex.WholePixel;

namespace BioDL.Tests.Objects.StarConvex;

public class SuppressionTests
{
    [Theory]
    [InlineData(3, 12, 0.2)]
    [InlineData(5, 30, 0.9)]
    [InlineData(8, 2, 0.5)]
    [InlineData(32, 8, 0.1)]
    [InlineData(32, 15, 0.6)]
    [InlineData(33, 1, 0.9)]
    [InlineData(64, 25, 0.3)]
    public void WholePixelModeAgreesWithComparingEveryPair(int rays, double radius, double roughness)
    {
        CandidateList candidates = Stars.Crowd(rays, 300, rays, radius, roughness, 5 * radius + 20);
        GridPoint[][] polygons = [.. Enumerable.Range(0, candidates.Count).Select(i =>
            Stars.Vertices(candidates, i, VertexMode.Integer).Select(v => new GridPoint((int)v.X, (int)v.Y)).ToArray())];
        float[] areas = [.. polygons.Select(Area)];
        var overlap = new WholePixelOverlap(rays);
        foreach (float threshold in (float[])[0, 0.1f, 0.4f, 0.8f, 1])
            Assert.Equal(
                Stars.PlainSurvivors(candidates,
                    (a, b) => (float)((float)overlap.Area(polygons[a], polygons[b]) / (Math.Min(areas[a], areas[b]) + 1e-10)) > threshold),
                Suppression.Survivors(candidates, threshold, VertexMode.Integer));
    }

    [Theory]
    [InlineData(3, 12, 0.2)]
    [InlineData(5, 30, 0.9)]
    [InlineData(32, 8, 0.1)]
    [InlineData(32, 15, 0.6)]
    [InlineData(65, 20, 0.9)]
    public void ExactModeAgreesWithAreasCutIntoSlabs(int rays, double radius, double roughness)
    {
        CandidateList candidates = Stars.Crowd(rays, 120, rays, radius, roughness, 6 * radius);
        (double X, double Y)[][] polygons =
            [.. Enumerable.Range(0, candidates.Count).Select(i => Stars.Vertices(candidates, i, VertexMode.Exact))];
        double[] areas = [.. polygons.Select(polygon => Stars.SharedBySlabs(polygon, polygon))];
        var shared = new Dictionary<(int, int), double>();
        double Overlap(int a, int b)
        {
            if (!shared.TryGetValue((a, b), out double area))
                shared[(a, b)] = area = Stars.SharedBySlabs(polygons[a], polygons[b]);
            return area / (Math.Min(areas[a], areas[b]) + 1e-10);
        }
        foreach (double threshold in (double[])[0.15, 0.4, 0.8])
            Assert.Equal(Stars.PlainSurvivors(candidates, (a, b) => Overlap(a, b) > threshold),
                Suppression.Survivors(candidates, threshold, VertexMode.Exact));
    }

    [Theory]
    [InlineData(VertexMode.Exact)]
    [InlineData(VertexMode.Integer)]
    public void TheNumberOfThreadsDoesNotMatter(VertexMode mode)
    {
        CandidateList candidates = Stars.Crowd(9, 5000, 32, 9, 0.3, 400);
        int[] order = CandidateOrder.Of(candidates);
        int[] one = Suppression.SurvivorsInOrder(candidates, order, 0.4, mode, threads: 1);
        Assert.Equal(one, Suppression.SurvivorsInOrder(candidates, order, 0.4, mode, threads: 2));
        Assert.Equal(one, Suppression.SurvivorsInOrder(candidates, order, 0.4, mode, threads: 7));
        Assert.InRange(one.Length, 100, 4000);
    }

    [Fact]
    public void EqualProbabilitiesAreTakenFromTheTopLeftWhateverTheirOrder()
    {
        (float Y, float X)[] places = [(5, 9), (5, 2), (1, 30), (40, 40), (5, 5)];
        var list = new CandidateList(4);
        foreach ((float y, float x) in places)
            list.Add(y, x, 0.5f, [1, 1, 1, 1]);
        list.Add(90, 90, 0.7f, [1, 1, 1, 1]);
        Assert.Equal([5, 2, 1, 4, 0, 3], Suppression.Survivors(list, 0.5, VertexMode.Exact));
    }

    [Theory]
    [InlineData(VertexMode.Exact, new[] { 2, 0, 3 })]
    [InlineData(VertexMode.Integer, new[] { 2, 0, 3 })]
    public void TheMoreProbableFellsTheOtherOnlyWhenTheyShareEnough(VertexMode mode, int[] survivors)
    {
        var list = new CandidateList(4);
        list.Add(20, 20, 0.8f, [10, 10, 10, 10]);
        list.Add(20, 21, 0.7f, [10, 10, 10, 10]);
        list.Add(60, 60, 0.9f, [10, 10, 10, 10]);
        list.Add(60, 75, 0.6f, [10, 10, 10, 10]);
        Assert.Equal(survivors, Suppression.Survivors(list, 0.4, mode));
    }

    [Theory]
    [InlineData(VertexMode.Exact)]
    [InlineData(VertexMode.Integer)]
    public void DegenerateShapesDoNoHarm(VertexMode mode)
    {
        var list = new CandidateList(5);
        for (int i = 0; i < 50; i++)
            list.Add(10, 10 + i % 3, 0.5f, [1e-3f, 1e-3f, 1e-3f, 1e-3f, 1e-3f]);
        list.Add(10, 10, 0.4f, [0.6f, 0.6f, 0.6f, 0.6f, 0.6f]);
        list.Add(10, 10, 0.3f, [1e6f, 1e-3f, 1e6f, 1e-3f, 1e6f]);
        list.Add(0, 0, 0.2f, [1e6f, 1e6f, 1e6f, 1e6f, 1e6f]);
        int[] survivors = Suppression.Survivors(list, 0.4, mode);
        Assert.Equal(0, survivors[0]);
        // Without area nothing is shared, so cut to whole pixels all the points survive; exactly, one at each place does.
        Assert.InRange(survivors.Length, 3, mode == VertexMode.Integer ? list.Count : 6);
    }

    [Fact]
    public void NothingGivesNothing() => Assert.Empty(Suppression.Survivors(new CandidateList(32), 0.4, VertexMode.Exact));

    [Fact]
    public void CancelEndsTheCall()
    {
        CandidateList candidates = Stars.Crowd(5, 3000, 16, 8, 0.3, 500);
        int asked = 0;
        BioDLException error = Assert.Throws<BioDLException>(() => Suppression.Survivors(candidates, 0.4, VertexMode.Integer,
            () => ++asked == 3));
        Assert.Equal(Status.Cancelled, error.Status);
        Assert.Equal(3, asked);
    }

    [Fact]
    public void AMillionCandidatesAreSuppressed()
    {
        const int Side = 1000, Spacing = 25;
        var list = new CandidateList(32);
        for (int y = 0; y < Side; y++)
            for (int x = 0; x < Side; x++)
            {
                // One nucleus every 25 pixels, most probable in its middle.
                int dy = y % Spacing - Spacing / 2, dx = x % Spacing - Spacing / 2;
                list.Add(y, x, 1f / (1 + dy * dy + dx * dx)).Fill(11);
            }
        int[] survivors = Suppression.Survivors(list, 0.4, VertexMode.Integer);
        Assert.Equal((Side / Spacing) * (Side / Spacing), survivors.Count(i => list.Probability(i) == 1));
    }

    private static float Area(GridPoint[] polygon)
    {
        long twice = 0;
        for (int k = 0; k < polygon.Length; k++)
            twice += polygon[k].Cross(polygon[(k + 1) % polygon.Length]);
        return Math.Abs(twice) / 2f;
    }
}
