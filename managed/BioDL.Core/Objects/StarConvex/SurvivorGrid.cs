namespace BioDL.Core.Objects.StarConvex;

/// <summary>
/// The survivors so far, found by place: a grid of square cells about as large as an object, each with a list of the survivors whose boxes
/// touch it, the latest first. One thread adds while no other reads.
/// </summary>
internal sealed unsafe class SurvivorGrid
{
    private const int MaxCells = 1 << 22;
    private const int PolygonsOfChunk = 256;

    private readonly int _floats;
    private readonly float _left;
    private readonly float _top;
    private readonly float _perCell;
    private readonly int _columns;
    private readonly int _rows;
    private readonly int[] _first;
    private readonly List<float[]> _vertices = [];
    private (int Survivor, int Next)[] _entries = new (int, int)[1024];
    private int _entryCount = 1;
    private StarBounds[] _bounds = new StarBounds[256];

    /// <param name="rays">of each polygon</param>
    /// <param name="extent">the box of all centres</param>
    /// <param name="size">of a typical object, in pixels</param>
    public SurvivorGrid(int rays, (float Top, float Left, float Bottom, float Right) extent, float size)
    {
        _floats = StarOutline.PaddedLength(rays);
        (_top, _left) = (extent.Top, extent.Left);
        double height = Math.Max(1, extent.Bottom - extent.Top), width = Math.Max(1, extent.Right - extent.Left);
        double cell = Math.Max(Math.Max(size, 1), Math.Sqrt(height * width / MaxCells));
        cell = Math.Max(cell, Math.Max(height, width) / (MaxCells / 4));
        _perCell = (float)(1 / cell);
        (_rows, _columns) = (Cell(extent.Bottom - _top, int.MaxValue) + 1, Cell(extent.Right - _left, int.MaxValue) + 1);
        _first = new int[checked(_rows * _columns)];
    }

    public int Count { get; private set; }

    public ref readonly StarBounds Bounds(int survivor) => ref _bounds[survivor];

    /// <summary>The x of a survivor's vertices, padded; the y follow after as many floats. Pinned.</summary>
    public float* Vertices(int survivor) =>
        (float*)System.Runtime.CompilerServices.Unsafe.AsPointer(
            ref _vertices[survivor / PolygonsOfChunk][survivor % PolygonsOfChunk * 2 * _floats]);

    public void Add(StarOutline outline)
    {
        if (Count == _bounds.Length)
            Array.Resize(ref _bounds, 2 * Count);
        if (Count % PolygonsOfChunk == 0)
            _vertices.Add(GC.AllocateUninitializedArray<float>(PolygonsOfChunk * 2 * _floats, pinned: true));
        int survivor = Count++;
        StarBounds bounds = _bounds[survivor] = outline.Bounds;
        new ReadOnlySpan<float>(outline.X, 2 * _floats).CopyTo(new Span<float>(Vertices(survivor), 2 * _floats));
        CellRange range = Cells(bounds);
        for (int row = range.Top; row <= range.Bottom; row++)
            for (int column = range.Left; column <= range.Right; column++)
            {
                if (_entryCount == _entries.Length)
                    Array.Resize(ref _entries, 2 * _entryCount);
                ref int first = ref _first[row * _columns + column];
                _entries[_entryCount] = (survivor, first);
                first = _entryCount++;
            }
    }

    /// <summary>
    /// Whether any survivor from <paramref name="from"/> on passes a test, among those whose box touches that of a candidate. Each is asked
    /// about
    /// once: in the cell that holds the upper left corner of what the boxes share.
    /// </summary>
    public bool Any(in StarBounds candidate, int from, OverlapTest test)
    {
        CellRange range = Cells(candidate);
        for (int row = range.Top; row <= range.Bottom; row++)
            for (int column = range.Left; column <= range.Right; column++)
                for (int entry = _first[row * _columns + column]; entry != 0; entry = _entries[entry].Next)
                {
                    int survivor = _entries[entry].Survivor;
                    if (survivor < from)
                        break;
                    ref readonly StarBounds other = ref _bounds[survivor];
                    float top = Math.Max(candidate.Top, other.Top), left = Math.Max(candidate.Left, other.Left);
                    if (top > Math.Min(candidate.Bottom, other.Bottom) || left > Math.Min(candidate.Right, other.Right))
                        continue;
                    if (Cell(top - _top, _rows) == row && Cell(left - _left, _columns) == column && test.Falls(this, survivor))
                        return true;
                }
        return false;
    }

    private CellRange Cells(in StarBounds bounds) => new(
        Cell(bounds.Top - _top, _rows), Cell(bounds.Left - _left, _columns), Cell(bounds.Bottom - _top, _rows),
        Cell(bounds.Right - _left, _columns));

    private int Cell(float offset, int count) => Math.Clamp((int)(offset * _perCell), 0, count - 1);

    private readonly record struct CellRange(int Top, int Left, int Bottom, int Right);
}
