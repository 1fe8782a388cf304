using System.Collections;

namespace BioDL.Core.Tiles;

/// <summary>The tiles of a plane: nothing is stored but two axes, so a plan of a million tiles costs as much as one of four.</summary>
public sealed class TilePlan : IEnumerable<Tile>
{
    private readonly TileAxis _y;
    private readonly TileAxis _x;

    internal TilePlan(TileAxis y, TileAxis x, TileRules rules, TileBudget budget, int height, int width, string why)
    {
        (_y, _x, Rules, Budget, Height, Width, Why) = (y, x, rules, budget, height, width, why);
    }

    /// <summary>Tiles of the plane.</summary>
    public long Count => checked(_y.Count * _x.Count);

    /// <summary>Every tile has this height and width, in pixels, halo included.</summary>
    public int TileHeight => _y.Size;
    public int TileWidth => _x.Size;

    /// <summary>Cells of the plane's output grid.</summary>
    public int GridHeight => (int)(_y.GridEnd / Rules.GridY);
    public int GridWidth => (int)(_x.GridEnd / Rules.GridX);

    /// <summary>The plane, in pixels.</summary>
    public int Height { get; }
    public int Width { get; }

    public TileRules Rules { get; }
    public TileBudget Budget { get; }

    /// <summary>Bytes that one tile takes.</summary>
    public long TileBytes => (long)(Rules.BytesPerPixel * _y.Size * _x.Size);

    /// <summary>Pixels that the network computes for each pixel of the plane; 1 would be no recomputation and no padding.</summary>
    public double Computed => (double)_y.Count * _y.Size * _x.Count * _x.Size / ((double)Height * Width);

    /// <summary>The choice and its reasons, for the log.</summary>
    public string Why { get; }

    /// <summary>Tiles in rows, from 0 to <see cref="Count"/> - 1.</summary>
    public Tile this[long index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)index, (ulong)Count, nameof(index));
            var (row, column) = Math.DivRem(index, _x.Count);
            return new Tile(_y.Start(row), _x.Start(column), _y.Size, _x.Size)
            {
                OwnTop = _y.OwnStart(row), OwnBottom = _y.OwnEnd(row), OwnLeft = _x.OwnStart(column), OwnRight = _x.OwnEnd(column),
            };
        }
    }

    public IEnumerator<Tile> GetEnumerator()
    {
        for (long i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
