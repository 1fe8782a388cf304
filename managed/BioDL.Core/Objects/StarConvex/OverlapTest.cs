using BioDL.Core.Objects.StarConvex.WholePixel;

namespace BioDL.Core.Objects.StarConvex;

/// <summary>
/// Whether a candidate shares too much with a survivor. Bounds that cost little come first; the fast area decides where it is far enough
/// from
/// the threshold; only the rest is measured again, exactly or as the reference does. Used by one thread.
/// </summary>
internal sealed unsafe class OverlapTest : IDisposable
{
    /// <summary>Added to the smaller area by the reference, in square pixels.</summary>
    private const double AreaGuard = 1e-10;

    /// <summary>
    /// Relative to the area of both boxes: more than the fast area's rounding. A column of pixels adds the heights of at most a few edges,
    /// and
    /// each carries a relative error near 1e-7.
    /// </summary>
    private const double SinglePrecision = 1e-5;

    private readonly VertexMode _mode;
    private readonly double _threshold;
    private readonly WholePixelOverlap? _wholePixel;
    private readonly GridPoint[] _first;
    private readonly GridPoint[] _second;

    public OverlapTest(int rays, double threshold, VertexMode mode)
    {
        Candidate = new StarOutline(rays);
        _mode = mode;
        _threshold = mode == VertexMode.Integer ? (float)threshold : threshold;
        _wholePixel = mode == VertexMode.Integer ? new WholePixelOverlap(rays) : null;
        (_first, _second) = (new GridPoint[rays], new GridPoint[rays]);
    }

    /// <summary>The candidate that is being judged; set it first.</summary>
    public StarOutline Candidate { get; }

    public bool Falls(SurvivorGrid survivors, int survivor)
    {
        StarBounds a = Candidate.Bounds;
        ref readonly StarBounds b = ref survivors.Bounds(survivor);
        double width = Math.Min(a.Right, b.Right) - Math.Max(a.Left, b.Left), height = Math.Min(a.Bottom, b.Bottom)
            - Math.Max(a.Top, b.Top);
        double limit = _threshold * (Math.Min(a.Area, b.Area) + AreaGuard), margin = Margin(a, b, width, height);
        if (width * height + margin < limit)
            return false;
        if (SharesCircle(a, b, limit + margin))
            return true;
        Candidate.SetEdges();
        float* vertices = survivors.Vertices(survivor);
        double shared = SharedArea.Of(Candidate, vertices, vertices + Candidate.Padded, a.CenterX - b.CenterX, a.CenterY - b.CenterY);
        if (Math.Abs(shared - limit) > margin)
            return shared > limit;
        return _mode == VertexMode.Integer ? FallsByWholePixels(vertices, b) : FallsExactly(vertices, b);
    }

    public void Dispose() => Candidate.Dispose();

    /// <summary>
    /// How far the fast area may be from the true measure. Whole pixels: the reference moves each crossing and each edge by up to half a
    /// pixel, which over millions of random pairs changed the area by at most 0.43 per pixel of the shared box's width and height (test
    /// SharedAreaTests), and folded sectors count with the wrong winding number; twice that is allowed here.
    /// </summary>
    private double Margin(in StarBounds a, in StarBounds b, double width, double height)
    {
        double rounding = SinglePrecision
            * ((double)(a.Right - a.Left) * (a.Bottom - a.Top) + (double)(b.Right - b.Left) * (b.Bottom - b.Top));
        return _mode == VertexMode.Integer ? rounding + width + height + 2 + 4 * (a.Folded + b.Folded) : rounding;
    }

    /// <summary>
    /// Whether a circle around the survivor's centre lies in both polygons and is large enough by itself: most candidates see the same
    /// object as a
    /// survivor does, and fall by this alone.
    /// </summary>
    private bool SharesCircle(in StarBounds a, in StarBounds b, double area)
    {
        double radius = Math.Sqrt(area / Math.PI);
        return radius <= b.Inner && Candidate.Holds(b.CenterY - a.CenterY, b.CenterX - a.CenterX, (float)radius);
    }

    /// <summary>In the arithmetic of the reference: areas and their quotient in single precision.</summary>
    private bool FallsByWholePixels(float* vertices, in StarBounds other)
    {
        StarBounds own = Candidate.Bounds;
        Place(vertices, vertices + Candidate.Padded, other, _first);
        Place(Candidate.X, Candidate.Y, own, _second);
        float shared = (float)_wholePixel!.Area(_first, _second);
        return (float)(shared / (Math.Min((float)own.Area, (float)other.Area) + AreaGuard)) > (float)_threshold;
    }

    private static void Place(float* x, float* y, in StarBounds bounds, GridPoint[] into)
    {
        for (int k = 0; k < into.Length; k++)
            into[k] = new GridPoint((int)(x[k] + bounds.CenterX), (int)(y[k] + bounds.CenterY));
    }

    private bool FallsExactly(float* vertices, in StarBounds other)
    {
        StarBounds own = Candidate.Bounds;
        int rays = Candidate.Rays;
        Span<double> ax = stackalloc double[rays], ay = stackalloc double[rays], bx = stackalloc double[rays], by = stackalloc double[rays];
        for (int k = 0; k < rays; k++)
        {
            (ax[k], ay[k]) = ((double)Candidate.X[k] + own.CenterX - other.CenterX, (double)Candidate.Y[k] + own.CenterY - other.CenterY);
            (bx[k], by[k]) = (vertices[k], vertices[Candidate.Padded + k]);
        }
        return PolygonArea.Shared(ay, ax, by, bx) / (Math.Min(own.Area, other.Area) + AreaGuard) > _threshold;
    }
}
