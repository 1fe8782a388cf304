namespace BioDL.Core.Objects.StarConvex.WholePixel;

/// <summary>A point of the pixel grid.</summary>
internal readonly record struct GridPoint(int X, int Y)
{
    /// <summary>Twice the signed area of the triangle (origin, this, next).</summary>
    public long Cross(GridPoint next) => (long)X * next.Y - (long)Y * next.X;
}

/// <summary>
/// One edge of a polygon in the sweep, which runs from large y (the bottom) to small y (the top). Other edges are named by their index;
/// <see cref="None"/> is no edge.
/// </summary>
internal struct SweepEdge
{
    public const int None = -1;

    /// <summary>Slope of a horizontal edge: smaller than that of any other.</summary>
    public const double HorizontalSlope = -1e40;

    /// <summary>The end with the larger y.</summary>
    public GridPoint Bottom;

    /// <summary>The end with the smaller y.</summary>
    public GridPoint Top;

    /// <summary>Where the edge is at the sweep line; X is rounded.</summary>
    public GridPoint At;

    /// <summary>dx / dy.</summary>
    public double Slope;

    /// <summary>Which of the two polygons it belongs to.</summary>
    public bool OfFirst;

    /// <summary>It bounds its outline on the left.</summary>
    public bool LeftSide;

    /// <summary>+1 or -1: how the winding number of its own polygon changes across it from left to right.</summary>
    public int Turn;

    /// <summary>Winding number of its own polygon, on the side farther from zero.</summary>
    public int OwnWinding;

    /// <summary>Winding number of the other polygon around it.</summary>
    public int OtherWinding;

    /// <summary>The outline it is writing to, or <see cref="None"/>.</summary>
    public int Outline;

    /// <summary>Neighbours in its polygon.</summary>
    public int Next;
    public int Previous;

    /// <summary>The edge that goes on where this one ends, within a bound that rises from a minimum to a maximum.</summary>
    public int Above;

    /// <summary>Neighbours among the edges that the sweep line crosses.</summary>
    public int ActiveNext;
    public int ActivePrevious;

    /// <summary>Neighbours in the order that is being sorted, or in the stack of horizontals.</summary>
    public int SortedNext;
    public int SortedPrevious;

    public readonly bool Horizontal => Slope == HorizontalSlope;

    /// <summary>X at a height, rounded to whole pixels.</summary>
    public readonly int XAt(int y) => y == Top.Y ? Top.X : Bottom.X + Rounding.Away(Slope * (y - Bottom.Y));

    /// <summary>Two segments have the same direction.</summary>
    public static bool SameSlope(GridPoint a, GridPoint b, GridPoint c, GridPoint d) =>
        (long)(a.Y - b.Y) * (c.X - d.X) == (long)(a.X - b.X) * (c.Y - d.Y);
}

/// <summary>A lowest point of a polygon, from which two bounds rise.</summary>
internal readonly record struct LowestPoint(int Y, int Left, int Right);

/// <summary>Two edges that change places within a beam, and the rounded point where they do.</summary>
internal readonly record struct EdgeCrossing(int First, int Second, GridPoint At);

internal static class Rounding
{
    /// <summary>To the nearest whole number, halves away from zero.</summary>
    public static int Away(double value) => (int)(value < 0 ? value - 0.5 : value + 0.5);
}
