using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BioDL.Core.Objects.StarConvex;

/// <summary>
/// The polygon of one candidate as suppression sees it: vertices relative to its centre, their box, the area. Reused from candidate to
/// candidate by one thread.
/// </summary>
internal sealed unsafe class StarOutline : IDisposable
{
    private const double PixelDiagonal = 1.4143;

    private readonly RayTable _table;
    private readonly float* _memory;
    private bool _edgesSet;

    public StarOutline(int rays)
    {
        Rays = rays;
        Padded = PaddedLength(rays);
        _table = RayTable.Of(rays);
        _memory = (float*)NativeMemory.AlignedAlloc((nuint)(7 * Padded) * sizeof(float), 64);
        X = _memory;
        Y = X + Padded;
        Left = Y + Padded;
        Right = Left + Padded;
        Slope = Right + Padded;
        Offset = Slope + Padded;
        Sign = Offset + Padded;
    }

    public int Rays { get; }

    /// <summary>
    /// Floats of each array below: the rays, then the first again and again, so that any eight edges may be read at once.
    /// </summary>
    public int Padded { get; }

    /// <summary>Vertices relative to the centre.</summary>
    public float* X { get; }
    public float* Y { get; }

    /// <summary>Of edge k, from vertex k to k + 1: its least and its greatest x.</summary>
    public float* Left { get; }
    public float* Right { get; }

    /// <summary>Of edge k: y = Offset + Slope * x.</summary>
    public float* Slope { get; }
    public float* Offset { get; }

    /// <summary>Of edge k: +1 when it runs to the right, else -1.</summary>
    public float* Sign { get; }

    public StarBounds Bounds { get; private set; }

    public static int PaddedLength(int rays) => ((rays + 7) & ~7) + 8;

    /// <summary>Take a candidate.</summary>
    public void Set(CandidateList candidates, int index, VertexMode mode)
    {
        ReadOnlySpan<float> distances = candidates.Distances(index);
        (float centerY, float centerX) = (candidates.Y(index), candidates.X(index));
        if (mode == VertexMode.Integer)
        {
            CutVertices(distances, _table.SinSingle, centerY, Y);
            CutVertices(distances, _table.CosSingle, centerX, X);
        }
        else
        {
            PlaceVertices(distances, _table.SinRounded, Y);
            PlaceVertices(distances, _table.CosRounded, X);
        }
        for (int k = Rays; k < Padded; k++)
            (X[k], Y[k]) = (X[0], Y[0]);
        Bounds = Measure(centerY, centerX) with { Inner = Inner(distances, mode) };
        _edgesSet = false;
    }

    /// <summary>Fill in <see cref="Left"/> to <see cref="Sign"/>, unless this was done since <see cref="Set"/>.</summary>
    public void SetEdges()
    {
        if (_edgesSet)
            return;
        _edgesSet = true;
        int k = 0;
        if (Vector256.IsHardwareAccelerated)
            for (Vector256<float> zero = default, one = Vector256.Create(1f); k < Rays; k += 8)
            {
                Vector256<float> x0 = Vector256.Load(X + k), x1 = Vector256.Load(X + k + 1), dx = x1 - x0;
                Vector256<float> y0 = Vector256.Load(Y + k), dy = Vector256.Load(Y + k + 1) - y0;
                Vector256<float> slope = Vector256.ConditionalSelect(Vector256.Equals(dx, zero), zero, dy / dx);
                Vector256.MinNative(x0, x1).Store(Left + k);
                Vector256.MaxNative(x0, x1).Store(Right + k);
                slope.Store(Slope + k);
                (y0 - slope * x0).Store(Offset + k);
                Vector256.ConditionalSelect(Vector256.GreaterThan(dx, zero), one, -one).Store(Sign + k);
            }
        for (; k < Rays; k++)
        {
            (float x0, float x1, float y0, float y1) = (X[k], X[k + 1], Y[k], Y[k + 1]);
            (Left[k], Right[k], Sign[k]) = (Math.Min(x0, x1), Math.Max(x0, x1), x1 > x0 ? 1 : -1);
            float dx = x1 - x0;
            Slope[k] = dx == 0 ? 0 : (y1 - y0) / dx;
            Offset[k] = y0 - Slope[k] * x0;
        }
    }

    /// <summary>
    /// Whether a circle lies in the polygon and its centre sees the whole outline; false may also mean that this is not known. Every edge
    /// then
    /// passes the centre on the same side, at the circle's radius or further.
    /// </summary>
    /// <param name="y">of the circle's centre, relative to the polygon's</param>
    /// <param name="x">the same along X</param>
    /// <param name="radius">in pixels</param>
    public bool Holds(float y, float x, float radius)
    {
        if (!Vector256.IsHardwareAccelerated)
            return false;
        Vector256<float> centerX = Vector256.Create(x), centerY = Vector256.Create(y), square = Vector256.Create(radius * radius);
        for (int k = 0; k < Rays; k += 8)
        {
            Vector256<float> x0 = Vector256.Load(X + k), y0 = Vector256.Load(Y + k);
            Vector256<float> dx = Vector256.Load(X + k + 1) - x0, dy = Vector256.Load(Y + k + 1) - y0;
            Vector256<float> cross = (x0 - centerX) * dy - (y0 - centerY) * dx, length = dx * dx + dy * dy;
            Vector256<float> least = Vector256.MinNative(cross, cross * cross - square * length);
            if (!Vector256.GreaterThanOrEqualAll(least, Vector256<float>.Zero))
                return false;
        }
        return true;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        GC.SuppressFinalize(this);
    }

    ~StarOutline() => NativeMemory.AlignedFree(_memory);

    /// <summary>
    /// A star whose rays are at least so long contains the regular polygon of rays that long. Cutting a vertex to whole pixels moves it,
    /// and
    /// with it its two edges, by less than the diagonal of a pixel.
    /// </summary>
    private float Inner(ReadOnlySpan<float> distances, VertexMode mode)
    {
        float least = distances[0];
        int k = 0;
        if (Vector256.IsHardwareAccelerated && distances.Length >= 8)
        {
            Vector256<float> shortest = Vector256.Create(least);
            for (; k + 8 <= distances.Length; k += 8)
                shortest = Vector256.MinNative(shortest, Vector256.Create(distances.Slice(k, 8)));
            least = Least(shortest);
        }
        for (; k < distances.Length; k++)
            least = Math.Min(least, distances[k]);
        return (float)(least * _table.Inscribed - (mode == VertexMode.Integer ? PixelDiagonal : 0));
    }

    /// <summary>As the reference cuts them: centre plus distance times direction in single precision, then towards zero.</summary>
    private static void CutVertices(ReadOnlySpan<float> distances, float[] directions, float center, float* vertices)
    {
        int k = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<float> centers = Vector256.Create(center);
            fixed (float* distance = distances, direction = directions)
                for (; k + 8 <= distances.Length; k += 8)
                {
                    Vector256<float> along = Vector256.Load(distance + k) * Vector256.Load(direction + k);
                    (Vector256.Truncate(centers + along) - centers).Store(vertices + k);
                }
        }
        for (; k < distances.Length; k++)
            vertices[k] = MathF.Truncate(center + distances[k] * directions[k]) - center;
    }

    private static void PlaceVertices(ReadOnlySpan<float> distances, float[] directions, float* vertices)
    {
        int k = 0;
        if (Vector256.IsHardwareAccelerated)
            fixed (float* distance = distances, direction = directions)
                for (; k + 8 <= distances.Length; k += 8)
                    (Vector256.Load(distance + k) * Vector256.Load(direction + k)).Store(vertices + k);
        for (; k < distances.Length; k++)
            vertices[k] = distances[k] * directions[k];
    }

    private StarBounds Measure(float centerY, float centerX)
    {
        (float left, float right, float top, float bottom) = (X[0], X[0], Y[0], Y[0]);
        (double twice, double folded) = (0, 0);
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<float> lefts = Vector256.Create(left), rights = lefts, tops = Vector256.Create(top), bottoms = tops;
            Vector256<double> sums = default, folds = default;
            for (int k = 0; k < Rays; k += 8)
            {
                Vector256<float> x0 = Vector256.Load(X + k), y0 = Vector256.Load(Y + k);
                (lefts, rights) = (Vector256.MinNative(lefts, x0), Vector256.MaxNative(rights, x0));
                (tops, bottoms) = (Vector256.MinNative(tops, y0), Vector256.MaxNative(bottoms, y0));
                Cross(x0, y0, Vector256.Load(X + k + 1), Vector256.Load(Y + k + 1), ref sums, ref folds);
            }
            (left, right, top, bottom) = (Least(lefts), -Least(-rights), Least(tops), -Least(-bottoms));
            (twice, folded) = (Vector256.Sum(sums), Vector256.Sum(folds));
        }
        else
            for (int k = 0; k < Rays; k++)
            {
                (left, right) = (Math.Min(left, X[k]), Math.Max(right, X[k]));
                (top, bottom) = (Math.Min(top, Y[k]), Math.Max(bottom, Y[k]));
                double cross = (double)X[k] * Y[k + 1] - (double)X[k + 1] * Y[k];
                (twice, folded) = (twice + cross, folded + Math.Min(cross, 0));
            }
        return new StarBounds(centerY, centerX, top + centerY, left + centerX, bottom + centerY, right + centerX,
            Math.Abs(twice) / 2, -folded / 2);
    }

    private static float Least(Vector256<float> values)
    {
        Vector128<float> least = Vector128.MinNative(values.GetLower(), values.GetUpper());
        least = Vector128.MinNative(least, Vector128.Shuffle(least, Vector128.Create(2, 3, 0, 1)));
        return Vector128.MinNative(least, Vector128.Shuffle(least, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    /// <summary>Twice the areas of eight sectors, in double precision: their sum, and that of the negative ones.</summary>
    private static void Cross(Vector256<float> x0, Vector256<float> y0, Vector256<float> x1, Vector256<float> y1,
        ref Vector256<double> sums, ref Vector256<double> folds)
    {
        (Vector256<double> xa, Vector256<double> xb) = Vector256.Widen(x0);
        (Vector256<double> ya, Vector256<double> yb) = Vector256.Widen(y0);
        (Vector256<double> xc, Vector256<double> xd) = Vector256.Widen(x1);
        (Vector256<double> yc, Vector256<double> yd) = Vector256.Widen(y1);
        Vector256<double> first = xa * yc - xc * ya, second = xb * yd - xd * yb;
        sums += first + second;
        folds += Vector256.MinNative(first, Vector256<double>.Zero) + Vector256.MinNative(second, Vector256<double>.Zero);
    }
}

/// <summary>Where a polygon lies and how large it is, in pixels and square pixels. Both ends of the box belong to it.</summary>
/// <param name="CenterY">the point it was predicted from</param>
/// <param name="CenterX">the same along X</param>
/// <param name="Top">least y</param>
/// <param name="Left">least x</param>
/// <param name="Bottom">greatest y</param>
/// <param name="Right">greatest x</param>
/// <param name="Area">by the shoelace formula</param>
/// <param name="Folded">area of the sectors that cutting to whole pixels turned over: winding numbers count it with the wrong sign</param>
internal readonly record struct StarBounds(
    float CenterY, float CenterX, float Top, float Left, float Bottom, float Right, double Area, double Folded)
{
    /// <summary>Radius of a circle around the centre that lies in the polygon; 0 or less: of none.</summary>
    public float Inner { get; init; }
}
