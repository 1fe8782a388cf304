namespace BioDL.Core.Objects.StarConvex.WholePixel;

/// <summary>The heights at which beams end, each once; the largest y comes first.</summary>
internal sealed class BeamQueue
{
    private int[] _ascending = new int[128];
    private int _count;

    public void Clear() => _count = 0;

    public void Add(int y)
    {
        int place = _count;
        while (place > 0 && _ascending[place - 1] > y)
            place--;
        if (place > 0 && _ascending[place - 1] == y)
            return;
        if (_count == _ascending.Length)
            Array.Resize(ref _ascending, 2 * _count);
        Array.Copy(_ascending, place, _ascending, place + 1, _count++ - place);
        _ascending[place] = y;
    }

    public bool Take(out int y)
    {
        if (_count == 0)
        {
            y = 0;
            return false;
        }
        y = _ascending[--_count];
        return true;
    }
}
