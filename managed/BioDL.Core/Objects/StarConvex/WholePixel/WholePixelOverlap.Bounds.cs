namespace BioDL.Core.Objects.StarConvex.WholePixel;

/// <summary>Before the sweep: a polygon becomes edges, and edges become bounds that rise from a lowest point to a highest.</summary>
internal sealed partial class WholePixelOverlap
{
    private void AddPolygon(ReadOnlySpan<GridPoint> vertices, bool first)
    {
        int last = vertices.Length - 1;
        while (last > 0 && vertices[last] == vertices[0])
            last--;
        while (last > 0 && vertices[last] == vertices[last - 1])
            last--;
        if (last < 2)
            return;
        int start = _edgeCount;
        for (int i = 0; i <= last; i++)
            _edges[start + i] = new SweepEdge
            {
                At = vertices[i], Next = start + (i == last ? 0 : i + 1), Previous = start + (i == 0 ? last : i - 1),
                OfFirst = first, Outline = None, Above = None, ActiveNext = None, ActivePrevious = None, SortedNext = None,
                SortedPrevious = None,
            };
        start = RemoveStraight(start);
        if (start == None || !SetEnds(start))
            return;
        _edgeCount += last + 1;
        FindBounds(start);
    }

    /// <summary>Leave out repeated vertices and those on a straight line, spikes too. Returns an edge to start from, or none.</summary>
    private int RemoveStraight(int start)
    {
        int e = start, stop = start;
        while (true)
        {
            ref SweepEdge edge = ref _edges[e];
            if (edge.At == _edges[edge.Next].At)
            {
                if (e == edge.Next)
                    break;
                if (e == start)
                    start = edge.Next;
                e = Unlink(e);
                stop = e;
                continue;
            }
            if (edge.Previous == edge.Next)
                break;
            GridPoint before = _edges[edge.Previous].At;
            if (SweepEdge.SameSlope(before, edge.At, edge.At, _edges[edge.Next].At))
            {
                if (e == start)
                    start = edge.Next;
                e = _edges[Unlink(e)].Previous;
                stop = e;
                continue;
            }
            e = edge.Next;
            if (e == stop)
                break;
        }
        return _edges[e].Previous == _edges[e].Next ? None : start;
    }

    private int Unlink(int e)
    {
        (int previous, int next) = (_edges[e].Previous, _edges[e].Next);
        _edges[previous].Next = next;
        _edges[next].Previous = previous;
        return next;
    }

    /// <summary>Which end of each edge is the bottom. False when the polygon is flat.</summary>
    private bool SetEnds(int start)
    {
        int e = start;
        bool flat = true;
        do
        {
            ref SweepEdge edge = ref _edges[e];
            GridPoint next = _edges[edge.Next].At;
            (edge.Bottom, edge.Top) = edge.At.Y >= next.Y ? (edge.At, next) : (next, edge.At);
            int dy = edge.Top.Y - edge.Bottom.Y;
            edge.Slope = dy == 0 ? SweepEdge.HorizontalSlope : (double)(edge.Top.X - edge.Bottom.X) / dy;
            e = edge.Next;
            flat &= _edges[e].At.Y == _edges[start].At.Y;
        }
        while (e != start);
        return !flat;
    }

    private void FindBounds(int e)
    {
        int firstMinimum = None;
        if (_edges[_edges[e].Previous].Bottom == _edges[_edges[e].Previous].Top)
            e = _edges[e].Next;
        while (true)
        {
            e = NextMinimum(e);
            if (e == firstMinimum)
                return;
            if (firstMinimum == None)
                firstMinimum = e;
            int previous = _edges[e].Previous;
            bool leftIsForward = _edges[e].Slope >= _edges[previous].Slope;
            (int left, int right) = leftIsForward ? (e, previous) : (previous, e);
            _edges[left].Turn = _edges[left].Next == right ? -1 : 1;
            _edges[right].Turn = -_edges[left].Turn;
            int y = _edges[e].Bottom.Y;
            int afterLeft = LinkBound(left, leftIsForward), afterRight = LinkBound(right, !leftIsForward);
            _lowest[_lowestCount++] = new LowestPoint(y, left, right);
            e = leftIsForward ? afterLeft : afterRight;
        }
    }

    /// <summary>The next edge that starts, with the one before it, from a lowest point; the left one of a flat bottom.</summary>
    private int NextMinimum(int e)
    {
        while (true)
        {
            while (_edges[e].Bottom != _edges[_edges[e].Previous].Bottom || _edges[e].At == _edges[e].Top)
                e = _edges[e].Next;
            if (!_edges[e].Horizontal && !_edges[_edges[e].Previous].Horizontal)
                return e;
            while (_edges[_edges[e].Previous].Horizontal)
                e = _edges[e].Previous;
            int firstFlat = e;
            while (_edges[e].Horizontal)
                e = _edges[e].Next;
            if (_edges[e].Top.Y == _edges[_edges[e].Previous].Bottom.Y)
                continue;
            return _edges[_edges[firstFlat].Previous].Bottom.X < _edges[e].Bottom.X ? firstFlat : e;
        }
    }

    /// <summary>Chain the edges of a bound from its lowest point up, and turn its horizontals the way the bound runs.</summary>
    /// <returns>the edge beyond the bound</returns>
    private int LinkBound(int e, bool forward)
    {
        int start = e;
        if (_edges[e].Horizontal)
            TurnFirst(e, Step(e, !forward));
        int top = e;
        while (_edges[top].Top.Y == _edges[Step(top, forward)].Bottom.Y)
            top = Step(top, forward);
        if (_edges[top].Horizontal)
            top = WithoutRightwardTop(top, forward);
        for (; e != top; e = Step(e, forward))
        {
            _edges[e].Above = Step(e, forward);
            TurnToward(e, start, forward);
        }
        TurnToward(e, start, forward);
        return Step(top, forward);
    }

    private int Step(int e, bool forward) => forward ? _edges[e].Next : _edges[e].Previous;

    /// <summary>A flat top belongs to the bound that reaches its left end.</summary>
    private int WithoutRightwardTop(int top, bool forward)
    {
        int flat = top;
        while (_edges[Step(flat, !forward)].Horizontal)
            flat = Step(flat, !forward);
        int below = Step(flat, !forward);
        int other = _edges[Step(top, forward)].Top.X, own = _edges[below].Top.X;
        return own > other || (!forward && own == other) ? below : top;
    }

    private void TurnFirst(int e, int neighbour)
    {
        ref SweepEdge edge = ref _edges[e], other = ref _edges[neighbour];
        bool meets = other.Bottom.X == edge.Bottom.X || (other.Horizontal && other.Top.X == edge.Bottom.X);
        if (!meets)
            Turn(ref edge);
    }

    private void TurnToward(int e, int start, bool forward)
    {
        if (e != start && _edges[e].Horizontal && _edges[e].Bottom.X != _edges[Step(e, !forward)].Top.X)
            Turn(ref _edges[e]);
    }

    private static void Turn(ref SweepEdge edge) =>
        (edge.Top, edge.Bottom) = (edge.Top with { X = edge.Bottom.X }, edge.Bottom with { X = edge.Top.X });
}
