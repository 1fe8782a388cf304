using System.Runtime.Intrinsics;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Objects.StarConvex.WholePixel;

namespace BioDL.Tests.Objects.StarConvex;

public unsafe class SharedAreaTests
{
    [Theory]
    [InlineData(3, 0.2)]
    [InlineData(7, 0.9)]
    [InlineData(8, 0.5)]
    [InlineData(32, 0.3)]
    [InlineData(33, 0.9)]
    public void FastAreasAgreeWithDoublePrecision(int rays, double roughness)
    {
        CandidateList stars = Stars.Crowd(rays, 200, rays, 12, roughness, 40);
        using var a = new StarOutline(rays);
        using var b = new StarOutline(rays);
        for (int i = 0; i + 1 < stars.Count; i++)
        {
            a.Set(stars, i, VertexMode.Exact);
            a.SetEdges();
            b.Set(stars, i + 1, VertexMode.Exact);
            (float dx, float dy) = (stars.X(i) - stars.X(i + 1), stars.Y(i) - stars.Y(i + 1));
            double exact = Shared(a, b, dx, dy);
            // The error that OverlapTest allows for: 1e-5 of both boxes.
            double tolerance = 1e-5 * (Box(a.Bounds) + Box(b.Bounds));
            Assert.InRange(SharedArea.Scalars(a, b.X, b.Y, dx, dy), exact - tolerance, exact + tolerance);
            if (Vector256.IsHardwareAccelerated)
                Assert.InRange(SharedArea.Vectors(a, b.X, b.Y, dx, dy), exact - tolerance, exact + tolerance);
        }
    }

    [Theory]
    [InlineData(3, 12, 0.95)]
    [InlineData(5, 12, 0.6)]
    [InlineData(16, 4, 0.95)]
    [InlineData(32, 10, 0.3)]
    [InlineData(96, 120, 0.95)]
    public void WholePixelAreasStayWithinTheMargin(int rays, double radius, double roughness)
    {
        CandidateList stars = Stars.Crowd(rays, 3000, rays, radius, roughness, 2.5 * radius);
        using var a = new StarOutline(rays);
        using var b = new StarOutline(rays);
        var overlap = new WholePixelOverlap(rays);
        double worst = 0;
        for (int i = 0; i + 1 < stars.Count; i++)
        {
            a.Set(stars, i, VertexMode.Integer);
            b.Set(stars, i + 1, VertexMode.Integer);
            StarBounds p = a.Bounds, q = b.Bounds;
            double width = Math.Min(p.Right, q.Right) - Math.Max(p.Left, q.Left), height = Math.Min(p.Bottom, q.Bottom)
                - Math.Max(p.Top, q.Top);
            if (width < 0 || height < 0)
                continue;
            double apart = Math.Abs(overlap.Area(Points(stars, i), Points(stars, i + 1)) - Shared(a, b, p.CenterX - q.CenterX,
                p.CenterY - q.CenterY));
            worst = Math.Max(worst, (apart - 4 * (p.Folded + q.Folded)) / (width + height + 1));
        }
        // OverlapTest allows for 1.
        Assert.InRange(worst, 0, 0.5);
    }

    [Theory]
    [InlineData(3, 0.1, VertexMode.Exact)]
    [InlineData(8, 0.5, VertexMode.Exact)]
    [InlineData(32, 0.15, VertexMode.Exact)]
    [InlineData(33, 0.15, VertexMode.Integer)]
    [InlineData(32, 0.05, VertexMode.Integer)]
    public void A_circle_that_settles_a_pair_is_no_larger_than_what_the_pair_shares(int rays, double roughness, VertexMode mode)
    {
        CandidateList stars = Stars.Crowd(rays, 2000, rays, 12, roughness, 12);
        using var a = new StarOutline(rays);
        using var b = new StarOutline(rays);
        int held = 0;
        for (int i = 0; i + 1 < stars.Count; i++)
        {
            a.Set(stars, i, mode);
            b.Set(stars, i + 1, mode);
            StarBounds p = a.Bounds, q = b.Bounds;
            float y = q.CenterY - p.CenterY, x = q.CenterX - p.CenterX;
            Assert.False(a.Holds(y, x, 100));
            if (q.Inner <= 0 || !a.Holds(y, x, q.Inner))
                continue;
            held++;
            Assert.InRange(Math.PI * q.Inner * q.Inner, 0, Shared(a, b, -x, -y) + 1e-5 * (Box(p) + Box(q)));
        }
        Assert.True(held > 0 || !Vector256.IsHardwareAccelerated, "no pair was settled");
    }

    private static double Shared(StarOutline a, StarOutline b, float dx, float dy)
    {
        double[] Values(float* from, int count, float shift) => [.. Enumerable.Range(0, count).Select(k => (double)from[k] + shift)];
        return PolygonArea.Shared(Values(a.Y, a.Rays, dy), Values(a.X, a.Rays, dx), Values(b.Y, b.Rays, 0), Values(b.X, b.Rays, 0));
    }

    private static double Box(in StarBounds bounds) => (double)(bounds.Right - bounds.Left) * (bounds.Bottom - bounds.Top);

    private static GridPoint[] Points(CandidateList stars, int index) =>
        [.. Stars.Vertices(stars, index, VertexMode.Integer).Select(v => new GridPoint((int)v.X, (int)v.Y))];
}
