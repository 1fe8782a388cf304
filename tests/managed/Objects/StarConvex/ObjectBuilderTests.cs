using BioDL.Core.Objects.StarConvex;

namespace BioDL.Tests.Objects.StarConvex;

public class ObjectBuilderTests
{
    [Fact]
    public void AnObjectHasItsPolygonAreaAndBox()
    {
        var list = new CandidateList(4);
        list.Add(10, 20, 0.75f, [5, 3, 4, 2]);
        var builder = new ObjectBuilder(4, 100, 100, LabelScope.PerPlane);
        builder.AddPlane(list, [0], 2, 1);
        (SegmentedObject[] objects, float[] vertices) = builder.Build();
        SegmentedObject star = objects[0];
        Assert.Equal((1L, 2, 1, 0.75f, 10f, 20f), (star.Label, star.Frame, star.Slice, star.Probability, star.CenterY, star.CenterX));
        // Along +x, +y, -x, -y: a kite of diagonals 9 and 5.
        float[] expected = [25, 10, 20, 13, 16, 10, 20, 8];
        for (int k = 0; k < expected.Length; k++)
            Assert.Equal(expected[k], vertices[k], 1e-5f);
        Assert.Equal(22.5, star.Area, 1e-4);
        Assert.Equal((8, 16, 14, 26), (star.Top, star.Left, star.Bottom, star.Right));
    }

    [Fact]
    public void TheBoxIsThatOfThePaintedPixelsInsideTheImage()
    {
        CandidateList list = Stars.Crowd(4, 200, 16, 8, 0.6, 60);
        const int Height = 45, Width = 50;
        var builder = new ObjectBuilder(16, Height, Width, LabelScope.PerPlane);
        builder.AddPlane(list, [.. Enumerable.Range(0, list.Count)], 0, 0);
        (SegmentedObject[] objects, float[] vertices) = builder.Build();
        for (int n = 0; n < objects.Length; n++)
        {
            (int top, int left, int bottom, int right) = (int.MaxValue, int.MaxValue, 0, 0);
            for (int y = 0; y < Height; y++)
                for (int x = 0; x < Width; x++)
                    if (Stars.Paints(vertices.AsSpan(n * 32, 32), y, x))
                        (top, left, bottom, right) = (Math.Min(top, y), Math.Min(left, x), Math.Max(bottom, y + 1), Math.Max(right, x + 1));
            SegmentedObject star = objects[n];
            if (bottom > 0)
                Assert.Equal((top, left, bottom, right), (star.Top, star.Left, star.Bottom, star.Right));
            else
                Assert.True(star.Top == star.Bottom && star.Left == star.Right);
        }
    }

    [Fact]
    public void NoObjectsMakeEmptyArrays()
    {
        (SegmentedObject[] objects, float[] vertices) = new ObjectBuilder(32, 10, 10, LabelScope.Unique).Build();
        Assert.Empty(objects);
        Assert.Empty(vertices);
    }
}
