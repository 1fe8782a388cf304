namespace BioDL.Core.Objects.StarConvex.WholePixel;

/// <summary>The list of edges that the sweep line crosses, from left to right, and the winding numbers along it.</summary>
internal sealed partial class WholePixelOverlap
{
    private void InsertActive(int e, int after)
    {
        ref SweepEdge edge = ref _edges[e];
        if (_active == None || (after == None && Precedes(ref edge, ref _edges[_active])))
        {
            (edge.ActivePrevious, edge.ActiveNext) = (None, _active);
            if (_active != None)
                _edges[_active].ActivePrevious = e;
            _active = e;
            return;
        }
        if (after == None)
            after = _active;
        while (_edges[after].ActiveNext != None && !Precedes(ref edge, ref _edges[_edges[after].ActiveNext]))
            after = _edges[after].ActiveNext;
        (edge.ActivePrevious, edge.ActiveNext) = (after, _edges[after].ActiveNext);
        if (edge.ActiveNext != None)
            _edges[edge.ActiveNext].ActivePrevious = e;
        _edges[after].ActiveNext = e;
    }

    /// <summary>A new edge belongs to the left of one that is there.</summary>
    private static bool Precedes(ref SweepEdge added, ref SweepEdge there)
    {
        if (added.At.X != there.At.X)
            return added.At.X < there.At.X;
        return added.Top.Y > there.Top.Y ? added.Top.X < there.XAt(added.Top.Y) : there.Top.X > added.XAt(there.Top.Y);
    }

    private void RemoveActive(int e)
    {
        ref SweepEdge edge = ref _edges[e];
        (int previous, int next) = (edge.ActivePrevious, edge.ActiveNext);
        if (previous == None && next == None && e != _active)
            return;
        if (previous != None)
            _edges[previous].ActiveNext = next;
        else
            _active = next;
        if (next != None)
            _edges[next].ActivePrevious = previous;
        (edge.ActivePrevious, edge.ActiveNext) = (None, None);
    }

    private void SwapActive(int a, int b)
    {
        ref SweepEdge first = ref _edges[a], second = ref _edges[b];
        if (first.ActiveNext == first.ActivePrevious || second.ActiveNext == second.ActivePrevious)
            return;
        if (second.ActiveNext == a)
            (a, b) = (b, a);
        (int before, int after) = (_edges[a].ActivePrevious, _edges[b].ActiveNext);
        if (_edges[a].ActiveNext == b)
        {
            LinkActive(before, b);
            LinkActive(b, a);
            LinkActive(a, after);
        }
        else
        {
            (int afterA, int beforeB) = (_edges[a].ActiveNext, _edges[b].ActivePrevious);
            LinkActive(before, b);
            LinkActive(b, afterA);
            LinkActive(beforeB, a);
            LinkActive(a, after);
        }
        if (_edges[a].ActivePrevious == None)
            _active = a;
        else if (_edges[b].ActivePrevious == None)
            _active = b;
    }

    private void LinkActive(int left, int right)
    {
        if (left != None)
            _edges[left].ActiveNext = right;
        if (right != None)
            _edges[right].ActivePrevious = left;
    }

    /// <summary>The next edge of a bound takes the place of one that ends.</summary>
    private int HandOver(int e)
    {
        ref SweepEdge edge = ref _edges[e];
        int above = edge.Above;
        ref SweepEdge next = ref _edges[above];
        (next.Outline, next.LeftSide, next.Turn) = (edge.Outline, edge.LeftSide, edge.Turn);
        (next.OwnWinding, next.OtherWinding, next.At) = (edge.OwnWinding, edge.OtherWinding, next.Bottom);
        (next.ActivePrevious, next.ActiveNext) = (edge.ActivePrevious, edge.ActiveNext);
        if (edge.ActivePrevious != None)
            _edges[edge.ActivePrevious].ActiveNext = above;
        else
            _active = above;
        if (edge.ActiveNext != None)
            _edges[edge.ActiveNext].ActivePrevious = above;
        if (!next.Horizontal)
            _beams.Add(next.Top.Y);
        return above;
    }

    /// <summary>Winding numbers of a new edge, from the edges to its left.</summary>
    private void SetWinding(ref SweepEdge edge, int index)
    {
        int e = edge.ActivePrevious;
        while (e != None && _edges[e].OfFirst != edge.OfFirst)
            e = _edges[e].ActivePrevious;
        if (e == None)
        {
            (edge.OwnWinding, edge.OtherWinding) = (edge.Turn, 0);
            e = _active;
        }
        else
        {
            ref SweepEdge before = ref _edges[e];
            bool leaves = before.OwnWinding * before.Turn < 0, reverses = before.Turn * edge.Turn < 0;
            if (leaves && Math.Abs(before.OwnWinding) <= 1)
                edge.OwnWinding = edge.Turn;
            else
                edge.OwnWinding = reverses ? before.OwnWinding : before.OwnWinding + edge.Turn;
            edge.OtherWinding = before.OtherWinding;
            e = before.ActiveNext;
        }
        for (; e != index; e = _edges[e].ActiveNext)
            if (_edges[e].OfFirst != edge.OfFirst)
                edge.OtherWinding += _edges[e].Turn;
    }

    /// <summary>The edge of the other bound that ends at the same maximum.</summary>
    private int MaximumPair(int e)
    {
        (int next, int previous) = (_edges[e].Next, _edges[e].Previous);
        if (_edges[next].Top == _edges[e].Top && _edges[next].Above == None)
            return next;
        return _edges[previous].Top == _edges[e].Top && _edges[previous].Above == None ? previous : None;
    }

    /// <summary>As <see cref="MaximumPair"/>, but none when that edge is not active; a horizontal one counts as active.</summary>
    private int ActiveMaximumPair(int e)
    {
        int pair = MaximumPair(e);
        return pair != None && _edges[pair].ActiveNext == _edges[pair].ActivePrevious && !_edges[pair].Horizontal ? None : pair;
    }
}
