namespace BioDL.Core.Objects.StarConvex.WholePixel;

/// <summary>Outlines of the shared area: they start where two edges part, grow with every vertex and end where two edges meet.</summary>
internal sealed partial class WholePixelOverlap
{
    private void AddPoint(int e, GridPoint at)
    {
        ref SweepEdge edge = ref _edges[e];
        if (edge.Outline < 0)
            edge.Outline = _outlines.Start(at);
        else
            _outlines.Add(edge.Outline, at, edge.LeftSide);
    }

    private void StartOutline(int first, int second, GridPoint at)
    {
        bool firstIsLeft = _edges[second].Horizontal || _edges[first].Slope > _edges[second].Slope;
        (int left, int right) = firstIsLeft ? (first, second) : (second, first);
        AddPoint(left, at);
        _edges[right].Outline = _edges[left].Outline;
        (_edges[left].LeftSide, _edges[right].LeftSide) = (true, false);
        ref SweepEdge edge = ref _edges[left];
        int before = edge.ActivePrevious == right ? _edges[right].ActivePrevious : edge.ActivePrevious;
        if (before == None)
            return;
        ref SweepEdge neighbour = ref _edges[before];
        if (neighbour.Outline < 0 || neighbour.Top.Y >= at.Y || edge.Top.Y >= at.Y)
            return;
        GridPoint x = new(edge.XAt(at.Y), at.Y);
        if (neighbour.XAt(at.Y) == x.X && SweepEdge.SameSlope(x, neighbour.Top, x, edge.Top))
            AddPoint(before, at);
    }

    private void EndOutline(int first, int second, GridPoint at)
    {
        AddPoint(first, at);
        ref SweepEdge a = ref _edges[first], b = ref _edges[second];
        if (a.Outline == b.Outline)
            (a.Outline, b.Outline) = (None, None);
        else if (a.Outline < b.Outline)
            Append(ref a, ref b);
        else
            Append(ref b, ref a);
    }

    private void Append(ref SweepEdge kept, ref SweepEdge gone)
    {
        (int outline, int obsolete) = (kept.Outline, gone.Outline);
        _outlines.Append(outline, kept.LeftSide, obsolete, gone.LeftSide);
        (kept.Outline, gone.Outline) = (None, None);
        for (int e = _active; e != None; e = _edges[e].ActiveNext)
            if (_edges[e].Outline == obsolete)
            {
                (_edges[e].Outline, _edges[e].LeftSide) = (outline, kept.LeftSide);
                break;
            }
    }
}
