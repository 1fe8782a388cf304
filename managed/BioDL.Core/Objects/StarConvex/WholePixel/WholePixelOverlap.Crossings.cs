namespace BioDL.Core.Objects.StarConvex.WholePixel;

/// <summary>Edges that change places within a beam, and what a crossing does to the outlines.</summary>
internal sealed partial class WholePixelOverlap
{
    private EdgeCrossing[] _crossings = new EdgeCrossing[64];
    private int _crossingCount;

    private bool ProcessCrossings(int topY)
    {
        if (_active == None)
            return true;
        FindCrossings(topY);
        if (_crossingCount > 1 && !OrderCrossings())
            return false;
        for (int i = 0; i < _crossingCount; i++)
        {
            Intersect(_crossings[i].First, _crossings[i].Second, _crossings[i].At);
            SwapActive(_crossings[i].First, _crossings[i].Second);
        }
        _sorted = None;
        return true;
    }

    /// <summary>Sort the edges by their rounded x at the beam's top; every exchange of neighbours is a crossing.</summary>
    private void FindCrossings(int topY)
    {
        _crossingCount = 0;
        for (int e = _active; e != None; e = _edges[e].ActiveNext)
            _edges[e].At = _edges[e].At with { X = _edges[e].XAt(topY) };
        CopyActiveToSorted();
        bool exchanged;
        do
        {
            exchanged = false;
            int e = _sorted;
            while (_edges[e].SortedNext != None)
            {
                int next = _edges[e].SortedNext;
                if (_edges[e].At.X <= _edges[next].At.X)
                {
                    e = next;
                    continue;
                }
                AddCrossing(e, next, topY);
                SwapSorted(e, next);
                exchanged = true;
            }
            if (_edges[e].SortedPrevious == None)
                break;
            _edges[_edges[e].SortedPrevious].SortedNext = None;
        }
        while (exchanged);
        _sorted = None;
    }

    private void AddCrossing(int first, int second, int topY)
    {
        GridPoint at = CrossingPoint(ref _edges[first], ref _edges[second]);
        if (at.Y < topY)
            at = new GridPoint(_edges[first].XAt(topY), topY);
        if (_crossingCount == _crossings.Length)
            Array.Resize(ref _crossings, 2 * _crossingCount);
        _crossings[_crossingCount++] = new EdgeCrossing(first, second, at);
    }

    /// <summary>Where two edges cross, rounded, and kept between their tops and the sweep line.</summary>
    private static GridPoint CrossingPoint(ref SweepEdge a, ref SweepEdge b)
    {
        if (a.Slope == b.Slope)
            return new GridPoint(a.XAt(a.At.Y), a.At.Y);
        ref SweepEdge steeper = ref a;
        if (!(Math.Abs(a.Slope) < Math.Abs(b.Slope)))
            steeper = ref b;
        GridPoint at = UnboundedCrossing(ref a, ref b);
        if (at.Y < a.Top.Y || at.Y < b.Top.Y)
        {
            int y = Math.Max(a.Top.Y, b.Top.Y);
            at = new GridPoint(steeper.XAt(y), y);
        }
        if (at.Y <= a.At.Y)
            return at;
        ref SweepEdge lower = ref a;
        if (Math.Abs(a.Slope) > Math.Abs(b.Slope))
            lower = ref b;
        return new GridPoint(lower.XAt(a.At.Y), a.At.Y);
    }

    private static GridPoint UnboundedCrossing(ref SweepEdge a, ref SweepEdge b)
    {
        if (a.Slope == 0)
            return new GridPoint(a.Bottom.X, YOf(ref b, a.Bottom.X));
        if (b.Slope == 0)
            return new GridPoint(b.Bottom.X, YOf(ref a, b.Bottom.X));
        double offsetA = a.Bottom.X - a.Bottom.Y * a.Slope, offsetB = b.Bottom.X - b.Bottom.Y * b.Slope;
        double y = (offsetB - offsetA) / (a.Slope - b.Slope);
        double x = Math.Abs(a.Slope) < Math.Abs(b.Slope) ? a.Slope * y + offsetA : b.Slope * y + offsetB;
        return new GridPoint(Rounding.Away(x), Rounding.Away(y));
    }

    private static int YOf(ref SweepEdge edge, int x) =>
        edge.Horizontal ? edge.Bottom.Y : Rounding.Away(x / edge.Slope + (edge.Bottom.Y - edge.Bottom.X / edge.Slope));

    /// <summary>Bottom-most crossings first, but only ever between neighbours. False if there is no such order.</summary>
    private bool OrderCrossings()
    {
        CopyActiveToSorted();
        Span<EdgeCrossing> crossings = _crossings.AsSpan(0, _crossingCount);
        Introsort.Sort(crossings, static (a, b) => a.At.Y > b.At.Y);
        for (int i = 0; i < crossings.Length; i++)
        {
            int next = i;
            while (next < crossings.Length && !Adjacent(crossings[next]))
                next++;
            if (next == crossings.Length)
                return false;
            (crossings[i], crossings[next]) = (crossings[next], crossings[i]);
            SwapSorted(crossings[i].First, crossings[i].Second);
        }
        return true;
    }

    private bool Adjacent(EdgeCrossing crossing) =>
        _edges[crossing.First].SortedNext == crossing.Second || _edges[crossing.First].SortedPrevious == crossing.Second;

    private void CopyActiveToSorted()
    {
        _sorted = _active;
        for (int e = _active; e != None; e = _edges[e].ActiveNext)
            (_edges[e].SortedPrevious, _edges[e].SortedNext) = (_edges[e].ActivePrevious, _edges[e].ActiveNext);
    }

    private void SwapSorted(int a, int b)
    {
        if (_edges[b].SortedNext == a)
            (a, b) = (b, a);
        (int before, int after) = (_edges[a].SortedPrevious, _edges[b].SortedNext);
        LinkSorted(before, b);
        LinkSorted(b, a);
        LinkSorted(a, after);
        if (before == None)
            _sorted = b;
    }

    private void LinkSorted(int left, int right)
    {
        if (left != None)
            _edges[left].SortedNext = right;
        if (right != None)
            _edges[right].SortedPrevious = left;
    }

    /// <summary>
    /// Edge <paramref name="first"/> passes to the right of <paramref name="second"/>: new winding numbers, and the outlines follow.
    /// </summary>
    private void Intersect(int first, int second, GridPoint at)
    {
        ref SweepEdge a = ref _edges[first], b = ref _edges[second];
        if (a.OfFirst == b.OfFirst)
        {
            a.OwnWinding = a.OwnWinding + b.Turn == 0 ? -a.OwnWinding : a.OwnWinding + b.Turn;
            b.OwnWinding = b.OwnWinding - a.Turn == 0 ? -b.OwnWinding : b.OwnWinding - a.Turn;
        }
        else
        {
            a.OtherWinding += b.Turn;
            b.OtherWinding -= a.Turn;
        }
        bool aOuter = Math.Abs(a.OwnWinding) <= 1, bOuter = Math.Abs(b.OwnWinding) <= 1;
        if (a.Outline >= 0 && b.Outline >= 0)
        {
            if (!aOuter || !bOuter || a.OfFirst != b.OfFirst)
                EndOutline(first, second, at);
            else
            {
                AddPoint(first, at);
                AddPoint(second, at);
                SwapOutlines(ref a, ref b);
            }
        }
        else if (a.Outline >= 0)
            PassOutline(first, at, bOuter, ref a, ref b);
        else if (b.Outline >= 0)
            PassOutline(second, at, aOuter, ref a, ref b);
        else if (aOuter && bOuter)
            StartAtCrossing(first, second, at);
    }

    private void PassOutline(int writer, GridPoint at, bool otherIsOuter, ref SweepEdge a, ref SweepEdge b)
    {
        if (!otherIsOuter)
            return;
        AddPoint(writer, at);
        SwapOutlines(ref a, ref b);
    }

    /// <summary>Neither edge writes to an outline.</summary>
    private void StartAtCrossing(int first, int second, GridPoint at)
    {
        ref SweepEdge a = ref _edges[first], b = ref _edges[second];
        if (a.OfFirst != b.OfFirst)
            StartOutline(first, second, at);
        else if (Math.Abs(a.OwnWinding) == 1 && Math.Abs(b.OwnWinding) == 1)
        {
            if (a.OtherWinding != 0 && b.OtherWinding != 0)
                StartOutline(first, second, at);
        }
        else
            (a.LeftSide, b.LeftSide) = (b.LeftSide, a.LeftSide);
    }

    private static void SwapOutlines(ref SweepEdge a, ref SweepEdge b) =>
        (a.LeftSide, b.LeftSide, a.Outline, b.Outline) = (b.LeftSide, a.LeftSide, b.Outline, a.Outline);
}
