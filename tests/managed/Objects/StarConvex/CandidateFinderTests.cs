using BioDL.Core;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Tensors;

namespace BioDL.Tests.Objects.StarConvex;

public unsafe class CandidateFinderTests : IDisposable
{
    private const int Rows = 9;
    private const int Columns = 11;

    private readonly StarGeometry _geometry = new(4, 2, 3);
    private readonly Tensor _probability = new();
    private readonly Tensor _distance = new();

    public CandidateFinderTests()
    {
        _probability.Reshape(1, 1, Rows, Columns);
        _distance.Reshape(1, 4, Rows, Columns);
        for (int i = 0; i < Rows * Columns; i++)
            _probability.Data[i] = 0.9f;
        for (int i = 0; i < 4 * Rows * Columns; i++)
            _distance.Data[i] = i;
    }

    public void Dispose()
    {
        _probability.Dispose();
        _distance.Dispose();
    }

    [Fact]
    public void PointsAreCellsTimesGridAndDistancesFollowTheirRay()
    {
        CandidateList found = Collect(Whole() with { Border = 0 });
        Assert.Equal(Rows * Columns, found.Count);
        int index = 4 * Columns + 7;
        Assert.Equal((8f, 21f, 0.9f), (found.Y(index), found.X(index), found.Probability(index)));
        Assert.Equal([index, index + 99, index + 198, index + 297], found.Distances(index).ToArray().Select(d => (int)d));
    }

    [Fact]
    public void ACandidateIsAboveTheThreshold()
    {
        new Span<float>(_probability.Data, Rows * Columns).Clear();
        (_probability.Data[3 * Columns + 3], _probability.Data[3 * Columns + 4], _probability.Data[3 * Columns + 5]) = (0.4f,
            MathF.BitIncrement(0.4f), float.NaN);
        CandidateList found = Collect(Whole());
        Assert.Equal(1, found.Count);
        Assert.Equal((6f, 12f), (found.Y(0), found.X(0)));
    }

    [Theory]
    [InlineData(2, 5 * 7)]
    [InlineData(4, 1 * 3)]
    [InlineData(5, 0)]
    [InlineData(0, 99)]
    [InlineData(-1, 99)]
    public void TheBorderIsExcluded(int border, int expected) => Assert.Equal(expected, Collect(Whole() with { Border = border }).Count);

    /// <summary>Whatever the tile's place; the first of equals, and the background is 0.</summary>
    [Fact]
    public void TheLikeliestClassIsTheCandidates()
    {
        var random = new Random(5);
        using var classes = new Tensor();
        classes.Reshape(1, 4, Rows, Columns);
        for (int i = 0; i < classes.Count; i++)
            classes.Data[i] = random.Next(3);
        var list = new CandidateList(4);
        CandidateWindow moved = Whole() with { TileTop = 3, TileLeft = 7, Bottom = 40, Right = 40, GridHeight = 50, GridWidth = 50 };
        CandidateFinder.Collect(_probability, _distance, classes, moved, _geometry, list);
        Assert.NotEqual(0, list.Count);
        for (int n = 0; n < list.Count; n++)
        {
            int cell = ((int)list.Y(n) / 2 - 3) * Columns + (int)list.X(n) / 3 - 7;
            float[] scores = [.. Enumerable.Range(0, 4).Select(number => classes.Data[number * Rows * Columns + cell])];
            Assert.Equal(Array.IndexOf(scores, scores.Max()), list.Class(n));
        }
        Assert.Equal(list.Class(0), list.Where(n => n == 0).Class(0));
        classes.Reshape(1, 4, Rows, Columns - 1);
        Assert.Contains("classes of shape", Assert.Throws<BioDLException>(() =>
            CandidateFinder.Collect(_probability, _distance, classes, moved, _geometry, list)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PaddingIsNoPartOfThePlane()
    {
        // 13 x 20 pixels are 7 x 7 cells; the network saw 9 x 11.
        CandidateList found = Collect(CandidateWindow.Whole(_geometry, 13, 20, 0.4));
        Assert.Equal(3 * 3, found.Count);
        Assert.Equal((8f, 12f), (found.Y(8), found.X(8)));
    }

    [Fact]
    public void TilesGiveTheCandidatesOfTheWhole()
    {
        var random = new Random(3);
        for (int i = 0; i < Rows * Columns; i++)
            _probability.Data[i] = random.NextSingle();
        CandidateList whole = Collect(Whole()), tiled = new(4);
        foreach ((int top, int bottom) in ((int, int)[])[(0, 4), (4, 20)])
            foreach ((int left, int right) in ((int, int)[])[(0, 5), (5, 30)])
                CandidateFinder.Collect(_probability, _distance, null,
                    Whole() with { Top = top, Bottom = bottom, Left = left, Right = right },
                    _geometry, tiled);
        Assert.Equal(Places(whole), Places(tiled));
    }

    [Fact]
    public void ATilesPlaceInThePlaneMovesItsPoints()
    {
        CandidateWindow window = Whole() with
        {
            TileTop = 10,
            TileLeft = 20,
            Top = 12,
            Bottom = 14,
            Left = 25,
            Right = 26,
            GridHeight = 100,
            GridWidth = 100,
        };
        CandidateList found = Collect(window);
        Assert.Equal([(24f, 75f), (26f, 75f)], Places(found));
        Assert.Equal(2 * Columns + 5, found.Distances(0)[0]);
    }

    [Fact]
    public void DistancesAreKeptBetweenAThousandthAndAMillionPixels()
    {
        float[] given = [-1, float.NaN, float.PositiveInfinity, 5], expected = [1e-3f, 1e-3f, 1e6f, 5];
        for (int ray = 0; ray < 4; ray++)
            _distance.Data[ray * Rows * Columns + 3 * Columns + 3] = given[ray];
        CandidateList found = Collect(Whole() with { Top = 3, Bottom = 4, Left = 3, Right = 4 });
        Assert.Equal(expected, found.Distances(0).ToArray());
    }

    [Fact]
    public void TensorsOfAnotherShapeAreTheModelsFault()
    {
        _distance.Reshape(1, 5, Rows, Columns);
        BioDLException error = Assert.Throws<BioDLException>(() => Collect(Whole()));
        Assert.Equal(Status.ModelInvalid, error.Status);
        Assert.Contains("4 rays", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AListGrowsOverChunksAndTakesInAnother()
    {
        CandidateList list = Stars.Crowd(1, 5000, 7, 10, 0.3, 1000), copy = new(7);
        copy.AddRange(list);
        copy.AddRange(list);
        Assert.Equal(10000, copy.Count);
        Assert.Equal((list.Y(4321), list.X(4321), list.Probability(4321)), (copy.Y(9321), copy.X(9321), copy.Probability(9321)));
        Assert.Equal(list.Distances(4321).ToArray(), copy.Distances(9321).ToArray());
    }

    private CandidateWindow Whole() => CandidateWindow.Whole(_geometry, Rows * 2, Columns * 3, 0.4);

    private CandidateList Collect(CandidateWindow window)
    {
        var list = new CandidateList(4);
        CandidateFinder.Collect(_probability, _distance, null, window, _geometry, list);
        return list;
    }

    private static List<(float Y, float X)> Places(CandidateList list) =>
        [.. Enumerable.Range(0, list.Count).Select(i => (list.Y(i), list.X(i))).Order()];
}
