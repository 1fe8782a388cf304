using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Runs;

namespace BioDL.Tests.Objects.StarConvex;

/// <summary>Seeded shapes, and slow, plain answers to compare with.</summary>
internal static class Stars
{
    /// <summary>Candidates crowded into a square, with distances that vary by a part of the radius.</summary>
    public static CandidateList Crowd(int seed, int count, int rays, double radius, double roughness, double side)
    {
        var random = new Random(seed);
        var list = new CandidateList(rays);
        for (int i = 0; i < count; i++)
        {
            // Few different probabilities, so that there are ties.
            Span<float> distances = list.Add(random.Next((int)side), random.Next((int)side), random.Next(200) / 200f);
            double size = radius * (0.5 + random.NextDouble());
            foreach (ref float distance in distances)
                distance = (float)Math.Max(CandidateFinder.MinDistance, size * (1 + roughness * (2 * random.NextDouble() - 1)));
        }
        return list;
    }

    /// <summary>Suppression without blocks, grids or bounds.</summary>
    public static int[] PlainSurvivors(CandidateList candidates, Func<int, int, bool> firstFellsSecond)
    {
        var kept = new List<int>();
        foreach (int candidate in Enumerable.Range(0, candidates.Count)
            .OrderByDescending(candidates.Probability).ThenBy(candidates.Y).ThenBy(candidates.X))
            if (!kept.Any(survivor => firstFellsSecond(survivor, candidate)))
                kept.Add(candidate);
        return [.. kept];
    }

    /// <summary>A candidate's vertices, exact or cut to whole pixels.</summary>
    public static (double X, double Y)[] Vertices(CandidateList candidates, int index, VertexMode mode)
    {
        using var outline = new StarOutline(candidates.Rays);
        outline.Set(candidates, index, mode);
        var vertices = new (double X, double Y)[candidates.Rays];
        unsafe
        {
            for (int k = 0; k < vertices.Length; k++)
                vertices[k] = ((double)outline.X[k] + candidates.X(index), (double)outline.Y[k] + candidates.Y(index));
        }
        return vertices;
    }

    /// <summary>
    /// The area where both polygons have a winding number other than zero: cut into slabs at every vertex and every crossing, so that
    /// within
    /// a slab edges do not cross, and summed trapezoid by trapezoid.
    /// </summary>
    public static double SharedBySlabs((double X, double Y)[] first, (double X, double Y)[] second)
    {
        List<((double X, double Y) A, (double X, double Y) B, bool First)> edges = [.. Edges(first, true), .. Edges(second, false)];
        var cuts = new SortedSet<double>(first.Concat(second).Select(vertex => vertex.Y));
        for (int i = 0; i < edges.Count; i++)
            for (int j = 0; j < i; j++)
                if (CrossingY(edges[i].A, edges[i].B, edges[j].A, edges[j].B) is double y)
                    cuts.Add(y);
        double area = 0, top = double.NaN;
        foreach (double bottom in cuts)
        {
            if (bottom > top)
                area += Slab(edges, top, bottom);
            top = bottom;
        }
        return area;
    }

    private static IEnumerable<((double X, double Y) A, (double X, double Y) B, bool First)> Edges((double X, double Y)[] polygon,
        bool first) =>
        polygon.Select((vertex, k) => (vertex, polygon[(k + 1) % polygon.Length], first));

    private static double? CrossingY((double X, double Y) a, (double X, double Y) b, (double X, double Y) c, (double X, double Y) d)
    {
        double denominator = (b.X - a.X) * (d.Y - c.Y) - (b.Y - a.Y) * (d.X - c.X);
        double t = ((c.X - a.X) * (d.Y - c.Y) - (c.Y - a.Y) * (d.X - c.X)) / denominator;
        double u = ((c.X - a.X) * (b.Y - a.Y) - (c.Y - a.Y) * (b.X - a.X)) / denominator;
        return t is >= 0 and <= 1 && u is >= 0 and <= 1 ? a.Y + t * (b.Y - a.Y) : null;
    }

    private static double Slab(List<((double X, double Y) A, (double X, double Y) B, bool First)> edges, double top, double bottom)
    {
        double middle = (top + bottom) / 2, area = 0, left = 0;
        (int windingFirst, int windingSecond) = (0, 0);
        foreach ((double x, int turn, bool first) in edges
            .Where(edge => Math.Min(edge.A.Y, edge.B.Y) < middle && Math.Max(edge.A.Y, edge.B.Y) > middle)
            .Select(edge => (edge.A.X + (middle - edge.A.Y) / (edge.B.Y - edge.A.Y) * (edge.B.X - edge.A.X),
                Math.Sign(edge.B.Y - edge.A.Y), edge.First))
            .OrderBy(crossing => crossing.Item1))
        {
            if (windingFirst != 0 && windingSecond != 0)
                area += (x - left) * (bottom - top);
            left = x;
            if (first)
                windingFirst += turn;
            else
                windingSecond += turn;
        }
        return area;
    }

    /// <summary>Whether skimage.draw.polygon paints a pixel, as its point-in-polygon test decides.</summary>
    public static bool Paints(ReadOnlySpan<float> vertices, int row, int column)
    {
        int count = vertices.Length / 2;
        (bool right, bool left) = (false, false);
        double x1 = (double)vertices[2 * count - 2] - column, y1 = (double)vertices[2 * count - 1] - row;
        for (int k = 0; k < count; k++)
        {
            double x0 = (double)vertices[2 * k] - column, y0 = (double)vertices[2 * k + 1] - row;
            if (Math.Abs(x0) < 1e-12 && Math.Abs(y0) < 1e-12)
                return true;
            double crossing = (x0 * y1 - x1 * y0) / (y1 - y0);
            right ^= y0 > 0 != y1 > 0 && crossing > 0;
            left ^= y0 < 0 != y1 < 0 && crossing < 0;
            (x1, y1) = (x0, y0);
        }
        return right || left;
    }

    /// <summary>A result made of objects alone, for painting.</summary>
    public static SegmentedObjects Result(ObjectBuilder builder, int rays, int height, int width, int frames = 1, int slices = 1)
    {
        (SegmentedObject[] objects, float[] vertices) = builder.Build();
        return new SegmentedObjects
        {
            Objects = objects, Vertices = vertices, Rays = rays, Frames = frames, Slices = slices, Height = height, Width = width,
            Candidates = objects.Length, Painted = builder.Painted,
            Account = new Account
            {
                Tiles = 1, Tile = new Extent(1, height, width), Why = "", BytesRead = 0, BytesWritten = 0, Device = "cpu",
                DeviceName = "", FellBack = false,
                Warnings = [], Provenance = "{}", Times = new StageTimes(),
            },
        };
    }
}
