using System.Buffers;
using BioDL.Core.Tensors;

namespace BioDL.Core.Objects.StarConvex;

/// <summary>
/// The part of a tile's output that belongs to the tile, in grid cells, and where it lies in the plane:
/// <code>
///   plane's grid (GridHeight x GridWidth, without padding)
///   +-----------------------------+
///   |  b cells of border          |      tile's output starts at cell (TileTop, TileLeft) of the plane's grid;
///   |   +--tile--------+          |      own cells are Top..Bottom, Left..Right of the plane's grid.
///   |   |  +--own--+   |          |
///   |   |  +-------+   |          |      A cell outside the plane's grid or within b cells of its edge is no candidate,
///   |   +--------------+          |      whoever owns it.
///   +-----------------------------+
/// </code>
/// </summary>
public sealed record CandidateWindow
{
    /// <summary>The plane's grid row that row 0 of the tensors belongs to.</summary>
    public required int TileTop { get; init; }

    /// <summary>The plane's grid column that column 0 of the tensors belongs to.</summary>
    public required int TileLeft { get; init; }

    /// <summary>First row of the plane's grid that the tile owns.</summary>
    public required int Top { get; init; }

    /// <summary>First column of the plane's grid that the tile owns.</summary>
    public required int Left { get; init; }

    /// <summary>Row after the last that the tile owns; may lie beyond the plane.</summary>
    public required int Bottom { get; init; }

    /// <summary>Column after the last that the tile owns; may lie beyond the plane.</summary>
    public required int Right { get; init; }

    /// <summary>Cells of the whole plane, <see cref="StarGeometry.GridHeight"/>.</summary>
    public required int GridHeight { get; init; }

    /// <summary>Cells of the whole plane, <see cref="StarGeometry.GridWidth"/>.</summary>
    public required int GridWidth { get; init; }

    /// <summary>A candidate is more probable than this.</summary>
    public required double Threshold { get; init; }

    /// <summary>Candidates this close to the plane's border, in grid cells, are excluded; 0 or less excludes none.</summary>
    public int Border { get; init; } = 2;

    /// <summary>The own cells of a tensor that covers the whole plane.</summary>
    public static CandidateWindow Whole(StarGeometry geometry, int height, int width, double threshold) => new()
    {
        TileTop = 0, TileLeft = 0, Top = 0, Left = 0,
        Bottom = geometry.GridHeight(height), Right = geometry.GridWidth(width),
        GridHeight = geometry.GridHeight(height), GridWidth = geometry.GridWidth(width),
        Threshold = threshold,
    };
}

/// <summary>
/// Picks the candidates out of a network's output: every grid cell whose probability is above the threshold (StarDist, Schmidt et al.
/// 2018).
/// </summary>
public static unsafe class CandidateFinder
{
    /// <summary>Distances are at least this, in pixels, so that no polygon collapses.</summary>
    public const float MinDistance = 1e-3f;

    /// <summary>
    /// Distances are at most this, in pixels, so that an infinite one does not overflow; a NaN counts as the least distance.
    /// </summary>
    public const float MaxDistance = 1e6f;

    /// <summary>Collect the candidates of one tile. Deterministic: by row, then column.</summary>
    /// <param name="probability">(1, 1, h, w), 0 to 1; NaN is no candidate</param>
    /// <param name="distance">(1, rays, h, w), in pixels</param>
    /// <param name="classes">(1, 1 + classes, h, w), the background first, probabilities or scores; null: the network knows none</param>
    /// <param name="window">which cells of the tensors belong to the tile, and where they lie</param>
    /// <param name="geometry">of the network</param>
    /// <param name="into">receives the candidates, after those that are there</param>
    public static void Collect(Tensor probability, Tensor distance, Tensor? classes, CandidateWindow window, StarGeometry geometry,
        CandidateList into)
    {
        int rows = checked((int)probability.Shape[2]), columns = checked((int)probability.Shape[3]);
        CheckShapes(probability, distance, geometry, into);
        CheckClasses(probability, classes);
        int border = Math.Max(0, window.Border);
        int top = Math.Max(Math.Max(window.Top, window.TileTop), border);
        int bottom = Math.Min(Math.Min(window.Bottom, window.TileTop + rows), window.GridHeight - border);
        int left = Math.Max(Math.Max(window.Left, window.TileLeft), border);
        int right = Math.Min(Math.Min(window.Right, window.TileLeft + columns), window.GridWidth - border);
        if (left >= right)
            return;
        int[] found = ArrayPool<int>.Shared.Rent(right - left);
        for (int i = top; i < bottom; i++)
        {
            float* row = probability.Data + (long)(i - window.TileTop) * columns - window.TileLeft;
            int count = AboveThreshold(row, left, right, (float)window.Threshold, found);
            int first = into.Count;
            for (int n = 0; n < count; n++)
                into.Add((float)i * geometry.GridY, (float)found[n] * geometry.GridX, row[found[n]]);
            float* distances = distance.Data + (long)(i - window.TileTop) * columns - window.TileLeft;
            Gather(distances, (long)rows * columns, found.AsSpan(0, count), into, first);
            if (classes is { } scores)
                Classify(scores, i - window.TileTop, window.TileLeft, found.AsSpan(0, count), into, first);
        }
        ArrayPool<int>.Shared.Return(found);
    }

    private static void CheckShapes(Tensor probability, Tensor distance, StarGeometry geometry, CandidateList into)
    {
        long[] p = probability.Shape, d = distance.Shape;
        if (p.Length != 4 || d.Length != 4 || p[0] != 1 || p[1] != 1 || d[0] != 1 || d[1] != geometry.Rays || into.Rays != geometry.Rays ||
            d[2] != p[2] || d[3] != p[3])
            throw new BioDLException(Status.ModelInvalid,
                $"the network gave probabilities of shape ({string.Join(", ", p)}) and distances of shape ({string.Join(", ", d)}), " +
                $"which do not make stars of {geometry.Rays} rays", "check the rays and the grid in the model's description");
    }

    private static void CheckClasses(Tensor probability, Tensor? classes)
    {
        if (classes is null)
            return;
        long[] p = probability.Shape, c = classes.Shape;
        if (c.Length != 4 || c[0] != 1 || c[1] is < 2 or > ushort.MaxValue || c[2] != p[2] || c[3] != p[3])
            throw new BioDLException(Status.ModelInvalid, $"the network gave classes of shape ({string.Join(", ", c)}) "
                + $"beside probabilities of shape ({string.Join(", ", p)})", "check the grid in the model's description");
    }

    /// <summary>The likeliest class where each candidate was found, as StarDist says it: the first of equals.</summary>
    private static void Classify(Tensor classes, int row, int left, ReadOnlySpan<int> columns, CandidateList into, int first)
    {
        int count = (int)classes.Shape[1];
        long width = classes.Shape[3], plane = classes.Shape[2] * width;
        for (int n = 0; n < columns.Length; n++)
        {
            float* scores = classes.Data + row * width + columns[n] - left;
            int best = 0;
            for (int number = 1; number < count; number++)
                if (scores[number * plane] > scores[best * plane])
                    best = number;
            into.SetClass(first + n, best);
        }
    }

    private static int AboveThreshold(float* row, int left, int right, float threshold, int[] found)
    {
        int count = 0;
        for (int j = left; j < right; j++)
            if (row[j] > threshold)
                found[count++] = j;
        return count;
    }

    /// <summary>
    /// Candidate by candidate: its rays lie far apart, so their loads run side by side, and its neighbour finds them in the cache.
    /// </summary>
    private static void Gather(float* row, long rayStride, ReadOnlySpan<int> columns, CandidateList into, int first)
    {
        for (int n = 0; n < columns.Length; n++)
        {
            Span<float> distances = into.DistancesToFill(first + n);
            float* from = row + columns[n];
            for (int ray = 0; ray < distances.Length; ray++, from += rayStride)
                distances[ray] = *from > MinDistance ? Math.Min(*from, MaxDistance) : MinDistance;
        }
    }
}
