namespace BioDL.Core.Objects.StarConvex.WholePixel;

/// <summary>Horizontal edges, which lie within the sweep line: they cross whatever stands along them, one after the other.</summary>
internal sealed partial class WholePixelOverlap
{
    private void PushSorted(int e)
    {
        (_edges[e].SortedPrevious, _edges[e].SortedNext) = (None, _sorted);
        if (_sorted != None)
            _edges[_sorted].SortedPrevious = e;
        _sorted = e;
    }

    private void ProcessHorizontals()
    {
        while (_sorted != None)
        {
            int e = _sorted;
            _sorted = _edges[e].SortedNext;
            if (_sorted != None)
                _edges[_sorted].SortedPrevious = None;
            (_edges[e].SortedNext, _edges[e].SortedPrevious) = (None, None);
            ProcessHorizontal(e);
        }
    }

    private void ProcessHorizontal(int e)
    {
        int last = e;
        while (_edges[last].Above != None && _edges[_edges[last].Above].Horizontal)
            last = _edges[last].Above;
        int pair = _edges[last].Above == None ? MaximumPair(last) : None;
        while (true)
        {
            if (CrossAlong(e, e == last ? pair : None))
                return;
            int above = _edges[e].Above;
            if (above == None || !_edges[above].Horizontal)
                break;
            e = HandOver(e);
            if (_edges[e].Outline >= 0)
                AddPoint(e, _edges[e].Bottom);
        }
        if (_edges[e].Outline >= 0)
            AddPoint(e, _edges[e].Top);
        if (_edges[e].Above == None)
        {
            RemoveActive(e);
            return;
        }
        bool writes = _edges[e].Outline >= 0;
        e = HandOver(e);
        if (writes && !TouchAlong(e, _edges[e].ActivePrevious, fromSweepLine: false))
            TouchAlong(e, _edges[e].ActiveNext, fromSweepLine: false);
    }

    /// <summary>Cross the edges along a horizontal one. True when it met the other bound of its maximum, and both ended.</summary>
    private bool CrossAlong(int e, int pair)
    {
        ref SweepEdge edge = ref _edges[e];
        bool rightward = edge.Bottom.X < edge.Top.X;
        (int left, int right) = rightward ? (edge.Bottom.X, edge.Top.X) : (edge.Top.X, edge.Bottom.X);
        int other = rightward ? edge.ActiveNext : edge.ActivePrevious;
        while (other != None)
        {
            ref SweepEdge crossed = ref _edges[other];
            if (rightward ? crossed.At.X > right : crossed.At.X < left)
                break;
            // At the end of an edge that goes on upwards: those that leave to the right of it are not crossed.
            if (crossed.At.X == edge.Top.X && edge.Above != None && crossed.Slope < _edges[edge.Above].Slope)
                break;
            if (edge.Outline >= 0)
                AddPoint(e, crossed.At);
            if (other == pair)
            {
                if (edge.Outline >= 0)
                    EndOutline(e, pair, edge.Top);
                RemoveActive(e);
                RemoveActive(pair);
                return true;
            }
            GridPoint at = new(crossed.At.X, edge.At.Y);
            if (rightward)
                Intersect(e, other, at);
            else
                Intersect(other, e, at);
            int next = rightward ? crossed.ActiveNext : crossed.ActivePrevious;
            SwapActive(e, other);
            other = next;
        }
        return false;
    }
}
