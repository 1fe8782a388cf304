using BioDL.Core.Objects.StarConvex.WholePixel;

namespace BioDL.Tests.Objects.StarConvex;

/// <summary>Its faithfulness is shown by the conformance cases; here: shapes whose answer is plain.</summary>
public class WholePixelOverlapTests
{
    private readonly WholePixelOverlap _overlap = new(16);

    [Fact]
    public void RectanglesShareTheirIntersection()
    {
        var random = new Random(1);
        for (int i = 0; i < 2000; i++)
        {
            (int x0, int y0, int w0, int h0) = (random.Next(-10, 10), random.Next(-10, 10), random.Next(1, 12), random.Next(1, 12));
            (int x1, int y1, int w1, int h1) = (random.Next(-10, 10), random.Next(-10, 10), random.Next(1, 12), random.Next(1, 12));
            long width = Math.Max(0, Math.Min(x0 + w0, x1 + w1) - Math.Max(x0, x1)),
                height = Math.Max(0, Math.Min(y0 + h0, y1 + h1) - Math.Max(y0, y1));
            Assert.Equal(width * height, _overlap.Area(Rectangle(x0, y0, w0, h0), Rectangle(x1, y1, w1, h1)));
        }
    }

    [Fact]
    public void OrientationAndFirstVertexDoNotMatter()
    {
        GridPoint[] star = [new(10, 0), new(7, 7), new(0, 12), new(-6, 6), new(-11, 0), new(-5, -5), new(0, -9), new(8, -8)];
        GridPoint[] square = Rectangle(-4, -4, 20, 20);
        double area = _overlap.Area(star, square);
        Assert.InRange(area, 150, 350);
        for (int turn = 0; turn < star.Length; turn++)
        {
            GridPoint[] turned = [.. star.Skip(turn), .. star.Take(turn)];
            Assert.Equal(area, _overlap.Area(turned, square));
            Assert.Equal(area, _overlap.Area([.. turned.Reverse()], square));
        }
    }

    [Fact]
    public void PolygonsWithoutAreaShareNothing()
    {
        GridPoint[] square = Rectangle(0, 0, 10, 10);
        Assert.Equal(0, _overlap.Area([new(5, 5), new(5, 5), new(5, 5)], square));
        Assert.Equal(0, _overlap.Area([new(1, 5), new(9, 5), new(4, 5)], square));
        Assert.Equal(0, _overlap.Area(square, [new(2, 2), new(6, 6), new(4, 4)]));
        Assert.Equal(0, _overlap.Area(square, Rectangle(10, 0, 5, 5)));
    }

    [Fact]
    public void TheNonZeroRuleFillsEitherWinding()
    {
        // A bow tie: one half turns the other way; both count.
        GridPoint[] bowTie = [new(0, 0), new(10, 10), new(10, 0), new(0, 10)];
        Assert.Equal(50, _overlap.Area(bowTie, Rectangle(-5, -5, 30, 30)));
        // A pentagram: its middle has winding number 2, and counts once.
        GridPoint[] twice = [new(0, 0), new(10, 0), new(10, 10), new(0, 10), new(0, 0), new(10, 0), new(10, 10), new(0, 10)];
        Assert.Equal(100, _overlap.Area(twice, Rectangle(-5, -5, 30, 30)));
    }

    private static GridPoint[] Rectangle(int x, int y, int width, int height) =>
        [new(x, y), new(x + width, y), new(x + width, y + height), new(x, y + height)];
}
