using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Runs;

namespace BioDL.Tests.Objects.StarConvex;

/// <summary>Leaving candidates out tile by tile does not change what survives.</summary>
public sealed class CandidateThinningTests
{
    private const int Side = 900, TileSide = 300;

    private const double Threshold = 0.3;

    [Theory]
    [InlineData(1, VertexMode.Exact)]
    [InlineData(2, VertexMode.Exact)]
    [InlineData(3, VertexMode.Integer)]
    public void TheSurvivorsAreThoseOfAllCandidates(int seed, VertexMode mode)
    {
        CandidateList all = Stars.Crowd(seed, 30000, 32, 8, 0.2, Side), kept = new(32);
        var thinning = new CandidateThinning(Threshold, mode);
        foreach (PlaneRegion tile in Tiles())
            thinning.Add(Part(all, tile), tile, (Side, Side), kept, null);
        int[] survivors = Suppression.Survivors(kept, Threshold, mode);
        Assert.InRange(kept.Count, survivors.Length, all.Count * 6 / 10);
        Assert.True(thinning.Holds(survivors));
        Assert.Equal(Points(all, Suppression.Survivors(all, Threshold, mode)), Points(kept, survivors));
    }

    [Fact]
    public void AWitnessThatFallsInTheWholePlaneIsFoundOut()
    {
        CandidateList kept = new(32), found = new(32), giant = new(32);
        Add(found, 100, 100, 0.8f, 10);
        Add(found, 101, 100, 0.7f, 10);
        Add(giant, 100, 350, 0.9f, 270);
        var thinning = new CandidateThinning(Threshold, VertexMode.Exact);
        PlaneRegion[] tiles = [.. Tiles()];
        thinning.Add(found, tiles[0], (Side, Side), kept, null);
        Assert.Equal(1, kept.Count);
        thinning.Add(giant, tiles[1], (Side, Side), kept, null);
        Assert.False(thinning.Holds(Suppression.Survivors(kept, Threshold, VertexMode.Exact)));
    }

    [Fact]
    public void NearANeighbouringTileEverythingIsKept()
    {
        CandidateList kept = new(32), found = new(32);
        Add(found, 100, TileSide - 5, 0.8f, 10);
        Add(found, 101, TileSide - 5, 0.7f, 10);
        var thinning = new CandidateThinning(Threshold, VertexMode.Exact);
        thinning.Add(found, Tiles().First(), (Side, Side), kept, null);
        Assert.Equal(2, kept.Count);
    }

    private static IEnumerable<PlaneRegion> Tiles()
    {
        for (int y = 0; y < Side; y += TileSide)
            for (int x = 0; x < Side; x += TileSide)
                yield return new PlaneRegion(y, x, TileSide, TileSide);
    }

    private static CandidateList Part(CandidateList all, PlaneRegion tile)
    {
        var part = new CandidateList(all.Rays);
        for (int i = 0; i < all.Count; i++)
        {
            if (all.Y(i) >= tile.Top && all.Y(i) < tile.Top + tile.Height && all.X(i) >= tile.Left && all.X(i) < tile.Left + tile.Width)
                part.Add(all.Y(i), all.X(i), all.Probability(i), all.Distances(i));
        }

        return part;
    }

    private static void Add(CandidateList list, float y, float x, float probability, float radius) =>
        list.Add(y, x, probability).Fill(radius);

    private static List<(float, float, float, float)> Points(CandidateList list, int[] indices) =>
        [.. indices.Select(i => (list.Y(i), list.X(i), list.Probability(i), list.Distances(i)[0]))];
}
