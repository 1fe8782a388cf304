namespace BioDL.Core.Objects.StarConvex.WholePixel;

/// <summary>
/// The outlines of the shared area, as far as the sweep has come. Only the ends of an outline and the area so far are kept: points are only
/// ever added at either end, so the rest is never looked at again.
/// </summary>
internal sealed class OutlineList
{
    private Outline[] _outlines = new Outline[16];
    private int _count;

    public void Clear() => _count = 0;

    /// <summary>A new outline of one point.</summary>
    public int Start(GridPoint at)
    {
        if (_count == _outlines.Length)
            Array.Resize(ref _outlines, 2 * _count);
        _outlines[_count] = new Outline(at, at, 0);
        return _count++;
    }

    /// <summary>Add a point to the left end (the front) or the right end; a repeated one is left out.</summary>
    public void Add(int outline, GridPoint point, bool left)
    {
        ref Outline o = ref _outlines[outline];
        if (left)
        {
            o.Twice += point.Cross(o.Front);
            o.Front = point;
        }
        else
        {
            o.Twice += o.Back.Cross(point);
            o.Back = point;
        }
    }

    /// <summary>Join a second outline onto a first, each by the end it was being written at.</summary>
    public void Append(int first, bool firstLeft, int second, bool secondLeft)
    {
        ref Outline a = ref _outlines[first], b = ref _outlines[second];
        Outline added = firstLeft == secondLeft ? new Outline(b.Back, b.Front, -b.Twice) : b;
        if (firstLeft)
            a = new Outline(added.Front, a.Back, added.Twice + added.Back.Cross(a.Front) + a.Twice);
        else
            a = new Outline(a.Front, added.Back, a.Twice + a.Back.Cross(added.Front) + added.Twice);
        b = default;
    }

    /// <summary>The sum of the areas of all outlines, each taken as positive.</summary>
    public double Area()
    {
        long twice = 0;
        for (int i = 0; i < _count; i++)
            twice += Math.Abs(_outlines[i].Twice + _outlines[i].Back.Cross(_outlines[i].Front));
        return twice / 2d;
    }

    private struct Outline(GridPoint front, GridPoint back, long twice)
    {
        public GridPoint Front = front;
        public GridPoint Back = back;

        /// <summary>Twice the signed area swept from front to back, seen from the origin.</summary>
        public long Twice = twice;
    }
}
