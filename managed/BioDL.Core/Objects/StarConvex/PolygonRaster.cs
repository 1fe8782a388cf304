namespace BioDL.Core.Objects.StarConvex;

/// <summary>A run of pixels of one row; both ends belong to it.</summary>
internal readonly record struct PixelRun(int Left, int Right);

/// <summary>
/// The pixels of a polygon, row by row, by the rule of skimage.draw.polygon (O'Rourke, Computational Geometry in C, chapter 7): a pixel
/// belongs
/// to it when its centre lies inside by the even-odd rule, on an edge or on a vertex.
/// <para>
/// That rule shoots a ray from the pixel to the right, which meets edges with one end strictly below, and one to the left, which meets
/// edges with one end strictly above; either count being odd makes the pixel painted. A row here finds for every edge the last pixel whose
/// right ray meets it and the first whose left ray does, in the rule's own arithmetic where a crossing lies on a pixel's centre.
/// </para>
/// Reused from polygon to polygon; not for concurrent use.
/// </summary>
internal sealed class PolygonRaster(int rays)
{
    /// <summary>The rule's tolerance for a vertex on a pixel's centre, in pixels.</summary>
    private const double VertexTolerance = 1e-12;

    /// <summary>Farther from a pixel's centre than this, rounding cannot move a crossing to its other side.</summary>
    private const double ClearOfCenter = 1e-6;

    private readonly double[] _y = new double[rays];
    private readonly double[] _x = new double[rays];
    private readonly int[] _right = new int[rays];
    private readonly int[] _left = new int[rays];
    private readonly PixelRun[] _runs = new PixelRun[3 * rays];
    private int _width;

    /// <summary>First row with pixels inside the image, or one near it.</summary>
    public int Top { get; private set; }

    /// <summary>Row after the last.</summary>
    public int Bottom { get; private set; }

    /// <summary>Take a polygon.</summary>
    /// <param name="vertices">rays x (x, y), in pixels</param>
    /// <param name="height">of the image; nothing outside is given</param>
    /// <param name="width">of the image</param>
    public void Set(ReadOnlySpan<float> vertices, int height, int width)
    {
        for (int k = 0; k < _y.Length; k++)
            (_x[k], _y[k]) = (vertices[2 * k], vertices[2 * k + 1]);
        _width = width;
        (Top, Bottom) = RowsOf(vertices, height);
    }

    /// <summary>The rows of an image in which a polygon may have pixels; bottom excluded.</summary>
    public static (int Top, int Bottom) RowsOf(ReadOnlySpan<float> vertices, int height)
    {
        float lowest = float.PositiveInfinity, highest = float.NegativeInfinity;
        for (int k = 1; k < vertices.Length; k += 2)
            (lowest, highest) = (Math.Min(lowest, vertices[k]), Math.Max(highest, vertices[k]));
        int top = (int)Math.Clamp(Math.Floor((double)lowest), 0, height);
        return (top, (int)Math.Clamp(Math.Ceiling((double)highest) + 1, top, height));
    }

    /// <summary>The polygon's pixels in a row, inside the image; runs may overlap. Valid until the next call.</summary>
    public ReadOnlySpan<PixelRun> Row(int row)
    {
        (int rights, int lefts, int runs) = (0, 0, 0);
        int last = _y.Length - 1;
        double x1 = _x[last], y1 = _y[last] - row;
        for (int k = 0; k <= last; k++)
        {
            double x0 = _x[k], y0 = _y[k] - row;
            bool above = y0 > 0 != y1 > 0, below = y0 < 0 != y1 < 0;
            if (above || below)
            {
                (int lastRight, int firstLeft) = Crossing(x0, y0, x1, y1);
                if (above)
                    Insert(_right, rights++, lastRight);
                if (below)
                    Insert(_left, lefts++, firstLeft);
            }
            if (Math.Abs(y0) < VertexTolerance)
                runs = OnVertex(x0, runs);
            (x1, y1) = (x0, y0);
        }
        // The right rays of pixels c meet the edges with c <= last, so an odd count begins after one last and ends with the next.
        for (int k = 0; k + 1 < rights; k += 2)
            runs = Add(_right[k] + 1, _right[k + 1], runs);
        for (int k = 0; k + 1 < lefts; k += 2)
            if (k + 1 >= rights || _left[k] != _right[k] + 1 || _left[k + 1] - 1 != _right[k + 1])
                runs = Add(_left[k], _left[k + 1] - 1, runs);
        return _runs.AsSpan(0, runs);
    }

    /// <summary>The last pixel whose right ray meets an edge, and the first whose left ray does.</summary>
    private (int LastRight, int FirstLeft) Crossing(double x0, double y0, double x1, double y1)
    {
        double crossing = Math.Clamp(x0 - y0 * ((x1 - x0) / (y1 - y0)), -2, _width + 1d);
        double center = Math.Round(crossing);
        if (Math.Abs(crossing - center) > ClearOfCenter)
        {
            int before = (int)Math.Floor(crossing);
            return (before, before + 1);
        }
        double side = ((x0 - center) * y1 - (x1 - center) * y0) / (y1 - y0);
        int pixel = (int)center;
        return (side > 0 ? pixel : pixel - 1, side < 0 ? pixel : pixel + 1);
    }

    private int OnVertex(double x, int runs)
    {
        double center = Math.Round(x);
        return Math.Abs(x - center) < VertexTolerance && center >= 0 && center < _width ? Add((int)center, (int)center, runs) : runs;
    }

    private int Add(int left, int right, int runs)
    {
        (left, right) = (Math.Max(left, 0), Math.Min(right, _width - 1));
        if (left <= right)
            _runs[runs++] = new PixelRun(left, right);
        return runs;
    }

    private static void Insert(int[] sorted, int count, int value)
    {
        for (; count > 0 && sorted[count - 1] > value; count--)
            sorted[count] = sorted[count - 1];
        sorted[count] = value;
    }
}
