using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Objects.StarConvex.WholePixel;
using FsCheck;
using FsCheck.Fluent;

namespace BioDL.Tests.Properties;

/// <summary>What holds for any two star-convex polygons; a pair that breaks it is made as small as it can be and shown.</summary>
public sealed class OverlapProperties
{
    /// <summary>A star: distances along rays around a centre, so that it never crosses itself.</summary>
    internal sealed record Star(int CenterY, int CenterX, int[] Distances)
    {
        internal double[] Y => [.. Distances.Select((d, k) => CenterY + d * Math.Sin(2 * Math.PI * k / Distances.Length))];

        internal double[] X => [.. Distances.Select((d, k) => CenterX + d * Math.Cos(2 * Math.PI * k / Distances.Length))];

        internal double Area => PolygonArea.Shared(Y, X, Y, X);

        internal double Reach => Distances.Max();

        internal double Perimeter => Enumerable.Range(0, Distances.Length)
            .Sum(k => Math.Sqrt(Square(Y[k] - Y[(k + 1) % Y.Length]) + Square(X[k] - X[(k + 1) % X.Length])));

        internal Star Moved(int y, int x) => this with { CenterY = CenterY + y, CenterX = CenterX + x };

        public override string ToString() => $"({CenterY}, {CenterX}): {string.Join(' ', Distances)}";

        private static double Square(double value) => value * value;
    }

    private static readonly Arbitrary<(Star A, Star B)> Pairs = Arb.From(
        from rays in Gen.Choose(3, 40)
        from a in Stars(rays)
        from b in Stars(rays)
        select (a, b));

    [Fact]
    public void OverlapIsSymmetric() => Holds(Pairs, (a, b) => Near(Shared(a, b), Shared(b, a), a, b));

    [Fact]
    public void OverlapIsAtMostTheSmallerAreaAndThatOfAStarWithItselfIsItsArea() => Holds(Pairs, (a, b) =>
        Shared(a, b) >= 0 && Shared(a, b) <= Math.Min(Shoelace(a), Shoelace(b)) + Tolerance(a, b) && Near(a.Area, Shoelace(a), a, a));

    [Fact]
    public void OverlapStaysWhenBothAreMoved() =>
        Holds(Pairs, (a, b) => Near(Shared(a, b), Shared(a.Moved(731, -2048), b.Moved(731, -2048)), a, b));

    [Fact]
    public void StarsThatCannotReachEachOtherShareNothing() => Holds(Pairs, (a, b) =>
    {
        Star far = b.Moved(a.CenterY - b.CenterY, a.CenterX - b.CenterX + (int)(a.Reach + b.Reach) + 1);
        return Near(Shared(a, far), 0, a, b);
    });

    [Fact]
    public void OverlapIsThatOfARasterOfPoints() => Holds(Pairs, (a, b) =>
    {
        // Points a quarter of a pixel apart: a cell that an edge crosses is wrong by at most its area, and an edge crosses few for its
        // length.
        const double Step = 0.25;
        int inside = 0;
        for (double y = a.CenterY - a.Reach; y <= a.CenterY + a.Reach; y += Step)
            for (double x = a.CenterX - a.Reach; x <= a.CenterX + a.Reach; x += Step)
                inside += Contains(a, y, x) && Contains(b, y, x) ? 1 : 0;
        double most = 2 * Step * (a.Perimeter + b.Perimeter) + 20 * Step * Step;
        return Math.Abs(inside * Step * Step - Shared(a, b)) <= most;
    }, most: 40);

    /// <summary>
    /// Clipping in whole pixels moves an edge by up to half a pixel, which OverlapTest allows for with one pixel along each side of the
    /// shared box.
    /// </summary>
    [Fact]
    public void ClippingOfWholePixelsIsSymmetricAndNearTheExactArea() => Holds(Pairs, (a, b) =>
    {
        GridPoint[] p = Points(a), q = Points(b);
        var clip = new WholePixelOverlap(p.Length);
        double first = clip.Area(p, q), second = clip.Area(q, p), exact = PolygonArea.Shared(Ys(p), Xs(p), Ys(q), Xs(q));
        double width = Span(Xs(p), Xs(q)), height = Span(Ys(p), Ys(q)), margin = width + height + 2;
        // Cut to whole pixels a star folds over itself where its rays are short, and a fold counts twice or not at all; none is larger than
        // this.
        double folded = Folds(a) + Folds(b);
        return width <= 0 || height <= 0 ? first == 0 && second == 0 : Math.Abs(first - second) <= margin + folded
            && Math.Abs(first - exact) <= margin + folded;
    });

    private static void Holds(Arbitrary<(Star A, Star B)> pairs, Func<Star, Star, bool> property, int most = 300) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(most), Prop.ForAll(pairs, pair => property(pair.A, pair.B)));

    private static Gen<Star> Stars(int rays) =>
        from y in Gen.Choose(-20, 20)
        from x in Gen.Choose(-20, 20)
        from distances in Gen.ArrayOf(Gen.Choose(1, 25), rays)
        select new Star(y, x, distances);

    private static double Shared(Star a, Star b) => PolygonArea.Shared(a.Y, a.X, b.Y, b.X);

    private static double Shoelace(Star star) => PolygonArea.Of(
        [.. star.X.Zip(star.Y).SelectMany(vertex => new[] { (float)vertex.First, (float)vertex.Second })]);

    // Vertices in single precision move an edge by a millionth of a pixel or two.
    private static double Tolerance(Star a, Star b) => 1e-5 * (a.Perimeter + b.Perimeter + 1);

    private static bool Near(double one, double other, Star a, Star b) => Math.Abs(one - other) <= Tolerance(a, b);

    private static bool Contains(Star star, double y, double x)
    {
        bool inside = false;
        double[] ys = star.Y, xs = star.X;
        for (int k = 0, last = ys.Length - 1; k < ys.Length; last = k++)
        {
            if (ys[k] > y != ys[last] > y && x < xs[k] + (y - ys[k]) / (ys[last] - ys[k]) * (xs[last] - xs[k]))
                inside = !inside;
        }
        return inside;
    }

    // The triangles between neighbouring rays that run backwards, four times their area, which OverlapTest allows for.
    private static double Folds(Star star)
    {
        double sum = 0;
        GridPoint[] points = Points(star);
        for (int k = 0; k < points.Length; k++)
        {
            GridPoint a = points[k], b = points[(k + 1) % points.Length];
            sum += Math.Max(0, -((double)(a.X - star.CenterX) * (b.Y - star.CenterY) - (double)(b.X - star.CenterX)
                * (a.Y - star.CenterY)));
        }
        return 2 * sum;
    }

    private static GridPoint[] Points(Star star) =>
        [.. star.Y.Zip(star.X, (y, x) => new GridPoint((int)Math.Truncate(x), (int)Math.Truncate(y)))];

    private static double[] Ys(GridPoint[] points) => [.. points.Select(point => (double)point.Y)];

    private static double[] Xs(GridPoint[] points) => [.. points.Select(point => (double)point.X)];

    private static double Span(double[] a, double[] b) => Math.Min(a.Max(), b.Max()) - Math.Max(a.Min(), b.Min());
}
