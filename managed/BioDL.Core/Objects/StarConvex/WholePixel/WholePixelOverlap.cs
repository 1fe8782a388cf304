namespace BioDL.Core.Objects.StarConvex.WholePixel;

/// <summary>
/// The area two polygons with whole-pixel vertices share, by the non-zero rule, as the reference's clipping library finds it (Clipper
/// 6.4.2).
/// <para>
/// It is a sweep over beams between heights where a vertex lies (B. R. Vatti, A generic solution to polygon clipping, CACM 35, 1992), and
/// it
/// rounds wherever two edges cross and wherever an edge meets a beam's boundary. So its areas are not exact, and near the threshold the
/// difference decides who survives. This class follows it through every rounding and every tie, but keeps no outline, only its area, and
/// allocates nothing from pair to pair.
/// </para>
/// <para>
/// Limits: the library also joins outlines that share an edge afterwards, which only matters to the sum of areas when the shared area has
/// holes; that is left out. The reference sums areas in single precision, which is exact as long as coordinate x diameter stays below 2^23.
/// </para>
/// Not for concurrent use.
/// </summary>
/// <param name="maxVertices">of each polygon</param>
internal sealed partial class WholePixelOverlap(int maxVertices)
{
    private const int None = SweepEdge.None;

    private readonly SweepEdge[] _edges = new SweepEdge[2 * maxVertices];
    private readonly LowestPoint[] _lowest = new LowestPoint[2 * maxVertices];
    private readonly OutlineList _outlines = new();
    private readonly BeamQueue _beams = new();
    private int _edgeCount;
    private int _lowestCount;
    private int _nextLowest;
    private int _active;
    private int _sorted;

    /// <summary>The shared area in square pixels.</summary>
    /// <param name="first">x, y of each vertex: the more probable polygon, which the reference adds first</param>
    /// <param name="second">x, y of each vertex</param>
    public double Area(ReadOnlySpan<GridPoint> first, ReadOnlySpan<GridPoint> second)
    {
        (_edgeCount, _lowestCount, _nextLowest, _active, _sorted) = (0, 0, 0, None, None);
        _outlines.Clear();
        _beams.Clear();
        AddPolygon(first, true);
        AddPolygon(second, false);
        Sweep();
        return _outlines.Area();
    }

    private void Sweep()
    {
        Introsort.Sort(_lowest.AsSpan(0, _lowestCount), static (a, b) => a.Y > b.Y);
        for (int i = 0; i < _lowestCount; i++)
            _beams.Add(_lowest[i].Y);
        if (!_beams.Take(out int y))
            return;
        InsertLowestPoints(y);
        while (_beams.Take(out y))
        {
            ProcessHorizontals();
            if (!ProcessCrossings(y))
                return;
            FinishBeam(y);
            InsertLowestPoints(y);
        }
    }

    /// <summary>Bounds that begin at this height join the active edges.</summary>
    private void InsertLowestPoints(int y)
    {
        for (; _nextLowest < _lowestCount && _lowest[_nextLowest].Y == y; _nextLowest++)
        {
            (int left, int right) = (_lowest[_nextLowest].Left, _lowest[_nextLowest].Right);
            ref SweepEdge l = ref _edges[left], r = ref _edges[right];
            (l.At, l.LeftSide, l.Outline) = (l.Bottom, true, None);
            (r.At, r.LeftSide, r.Outline) = (r.Bottom, false, None);
            InsertActive(left, None);
            InsertActive(right, left);
            SetWinding(ref l, left);
            (r.OwnWinding, r.OtherWinding) = (l.OwnWinding, l.OtherWinding);
            if (Math.Abs(l.OwnWinding) == 1 && l.OtherWinding != 0)
                StartOutline(left, right, l.Bottom);
            _beams.Add(l.Top.Y);
            if (!r.Horizontal)
                _beams.Add(r.Top.Y);
            else
            {
                PushSorted(right);
                if (r.Above != None)
                    _beams.Add(_edges[r.Above].Top.Y);
            }
            TouchNeighbours(left, right);
            if (l.ActiveNext != right)
                for (int e = l.ActiveNext; e != right && e != None; e = _edges[e].ActiveNext)
                    Intersect(right, e, l.At);
        }
    }

    /// <summary>An outline whose edge runs along a new one gets a vertex where the new one begins.</summary>
    private void TouchNeighbours(int left, int right)
    {
        ref SweepEdge l = ref _edges[left], r = ref _edges[right];
        if (l.Outline >= 0 && l.ActivePrevious != None)
        {
            ref SweepEdge before = ref _edges[l.ActivePrevious];
            if (before.At.X == l.Bottom.X && before.Outline >= 0 && SweepEdge.SameSlope(before.Bottom, before.Top, l.At, l.Top))
                AddPoint(l.ActivePrevious, l.Bottom);
        }
        if (l.ActiveNext != right && r.Outline >= 0)
        {
            ref SweepEdge before = ref _edges[r.ActivePrevious];
            if (before.Outline >= 0 && SweepEdge.SameSlope(before.At, before.Top, r.At, r.Top))
                AddPoint(r.ActivePrevious, r.Bottom);
        }
    }

    /// <summary>At the top of a beam: maxima end, edges hand over to the next of their bound.</summary>
    private void FinishBeam(int y)
    {
        int e = _active;
        while (e != None)
        {
            if (EndsHere(e, y))
            {
                int before = _edges[e].ActivePrevious;
                EndBounds(e);
                e = before == None ? _active : _edges[before].ActiveNext;
                continue;
            }
            ref SweepEdge edge = ref _edges[e];
            if (edge.Top.Y == y && edge.Above != None && _edges[edge.Above].Horizontal)
            {
                e = HandOver(e);
                if (_edges[e].Outline >= 0)
                    AddPoint(e, _edges[e].Bottom);
                PushSorted(e);
            }
            else
                edge.At = new GridPoint(edge.XAt(y), y);
            e = _edges[e].ActiveNext;
        }
        ProcessHorizontals();
        for (e = _active; e != None; e = _edges[e].ActiveNext)
            if (_edges[e].Top.Y == y && _edges[e].Above != None)
                e = PassVertex(e);
    }

    /// <summary>A maximum whose other bound does not come in by a horizontal edge.</summary>
    private bool EndsHere(int e, int y)
    {
        if (_edges[e].Top.Y != y || _edges[e].Above != None)
            return false;
        int pair = ActiveMaximumPair(e);
        return pair == None || !_edges[pair].Horizontal;
    }

    /// <summary>
    /// An edge in the middle of a bound ends: the outline gets its vertex, and so does one that runs along the next edge.
    /// </summary>
    private int PassVertex(int e)
    {
        bool writes = _edges[e].Outline >= 0;
        if (writes)
            AddPoint(e, _edges[e].Top);
        e = HandOver(e);
        if (writes && !TouchAlong(e, _edges[e].ActivePrevious, fromSweepLine: true))
            TouchAlong(e, _edges[e].ActiveNext, fromSweepLine: true);
        return e;
    }

    /// <summary>If another edge passes through the start of an edge and runs along it, its outline gets a vertex there.</summary>
    /// <param name="e">the edge that starts</param>
    /// <param name="other">a neighbour, or none</param>
    /// <param name="fromSweepLine">the neighbour's direction is that of its rest above the sweep line, rounded; else of the whole of
    /// it</param>
    private bool TouchAlong(int e, int other, bool fromSweepLine)
    {
        if (other == None)
            return false;
        ref SweepEdge edge = ref _edges[e], neighbour = ref _edges[other];
        if (neighbour.At != edge.Bottom || neighbour.Outline < 0 || neighbour.At.Y <= neighbour.Top.Y ||
            !SweepEdge.SameSlope(edge.Bottom, edge.Top, fromSweepLine ? neighbour.At : neighbour.Bottom, neighbour.Top))
            return false;
        AddPoint(other, edge.Bottom);
        return true;
    }

    /// <summary>Two bounds meet at their maximum; the edges between them are crossed first.</summary>
    private void EndBounds(int e)
    {
        int pair = ActiveMaximumPair(e);
        GridPoint top = _edges[e].Top;
        if (pair == None)
        {
            if (_edges[e].Outline >= 0)
                AddPoint(e, top);
            RemoveActive(e);
            return;
        }
        for (int next = _edges[e].ActiveNext; next != None && next != pair; next = _edges[e].ActiveNext)
        {
            Intersect(e, next, top);
            SwapActive(e, next);
        }
        if (_edges[e].Outline >= 0 && _edges[pair].Outline >= 0)
            EndOutline(e, pair, top);
        RemoveActive(e);
        RemoveActive(pair);
    }
}
