namespace BioDL.Core.Objects.StarConvex;

/// <summary>Areas of polygons given by their vertices, in square pixels.</summary>
internal static class PolygonArea
{
    /// <summary>By the shoelace formula around the first vertex, so that large coordinates cost no precision. Never negative.</summary>
    /// <param name="vertices">count x (x, y)</param>
    public static double Of(ReadOnlySpan<float> vertices)
    {
        double twice = 0;
        for (int i = 2; i + 3 < vertices.Length; i += 2)
            twice += (double)(vertices[i] - vertices[0]) * (vertices[i + 3] - vertices[1])
                - (double)(vertices[i + 2] - vertices[0]) * (vertices[i + 1] - vertices[1]);
        return Math.Abs(twice) / 2;
    }

    /// <summary>
    /// The area two polygons share, each counted with its winding number: exact for polygons that do not cross themselves.
    /// <para>
    /// By Green's theorem a polygon is the signed sum of the strips between its edges and a base line, so the shared area is the signed
    /// sum,
    /// over pairs of edges, of the area below both: over their common x the integral of the lower edge. Where the base line lies does not
    /// matter, as the signs of the edges above any x add up to nothing; near the polygons it costs the least precision.
    /// </para>
    /// </summary>
    public static double Shared(ReadOnlySpan<double> ay, ReadOnlySpan<double> ax, ReadOnlySpan<double> by, ReadOnlySpan<double> bx)
    {
        double sum = 0;
        for (int i = 0; i < ay.Length; i++)
        {
            int i1 = i + 1 == ay.Length ? 0 : i + 1;
            var a = new Edge(ax[i], ay[i], ax[i1], ay[i1]);
            for (int j = 0; j < by.Length; j++)
            {
                int j1 = j + 1 == by.Length ? 0 : j + 1;
                sum += BelowBoth(a, new Edge(bx[j], by[j], bx[j1], by[j1]));
            }
        }
        return Math.Abs(sum);
    }

    private static double BelowBoth(Edge a, Edge b)
    {
        double left = Math.Max(Math.Min(a.X0, a.X1), Math.Min(b.X0, b.X1));
        double right = Math.Min(Math.Max(a.X0, a.X1), Math.Max(b.X0, b.X1));
        if (left >= right)
            return 0;
        double a0 = a.At(left), a1 = a.At(right), b0 = b.At(left), b1 = b.At(right);
        double d0 = a0 - b0, d1 = a1 - b1;
        // The integral of min(a, b) is that of b plus that of the negative part of a - b.
        double negative = d0 >= 0 && d1 >= 0 ? 0 : d0 <= 0 && d1 <= 0 ? d0 + d1 : -Square(Math.Min(d0, d1)) / Math.Abs(d0 - d1);
        double area = (right - left) * (b0 + b1 + negative) / 2;
        return a.X0 < a.X1 == b.X0 < b.X1 ? area : -area;
    }

    private static double Square(double value) => value * value;

    private readonly record struct Edge(double X0, double Y0, double X1, double Y1)
    {
        public double At(double x) => Y0 + (x - X0) * ((Y1 - Y0) / (X1 - X0));
    }
}
