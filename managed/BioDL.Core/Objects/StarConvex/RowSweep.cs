using System.Runtime.InteropServices;

namespace BioDL.Core.Objects.StarConvex;

/// <summary>
/// The objects that lie in a band of rows, for bands from the top to the bottom of a plane: each object is looked at when its rows come and
/// when they have passed, however many bands there are.
/// </summary>
internal sealed class RowSweep
{
    private readonly (int Top, int Bottom)[] _rows;
    private readonly int[] _byTop;
    private readonly List<int> _here = [];
    private int _next;

    /// <param name="rows">of each object; bottom excluded, and not above top where it has none</param>
    public RowSweep((int Top, int Bottom)[] rows)
    {
        _rows = rows;
        _byTop = [.. Enumerable.Range(0, rows.Length)];
        Array.Sort(Array.ConvertAll(rows, row => row.Top), _byTop);
    }

    /// <summary>The numbers of the objects that have rows in a band, ascending. Bands come in order.</summary>
    public ReadOnlySpan<int> Next(int firstRow, int rows)
    {
        _here.RemoveAll(number => _rows[number].Bottom <= firstRow);
        for (; _next < _byTop.Length && _rows[_byTop[_next]].Top < firstRow + rows; _next++)
            if (_rows[_byTop[_next]].Bottom > firstRow)
                _here.Add(_byTop[_next]);
        _here.Sort();
        return CollectionsMarshal.AsSpan(_here);
    }
}
