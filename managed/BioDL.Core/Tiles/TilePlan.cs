using System.Collections;

namespace BioDL.Core.Tiles;

/// <summary>The tiles of a plane: nothing is stored but two axes, so a plan of a million tiles costs as much as one of four.</summary>
public sealed class TilePlan : IEnumerable<Tile>
{
    private readonly TileAxis _y;
    private readonly TileAxis _x;

    internal TilePlan(TileAxis y, TileAxis x, int height, int width, TileRules rules, string why)
    {
        (_y, _x, Height, Width, Rules, Why) = (y, x, height, width, rules, why);
        TileBytes = (long)Math.Min(TileCost.Bytes(y, x, rules), long.MaxValue / 2);
        Count = y.Count * x.Count;
    }

    /// <summary>Tiles of the plane.</summary>
    public long Count { get; }

    /// <summary>Pixels of every tile along Y, halo included.</summary>
    public int TileHeight => _y.Size;

    /// <summary>Pixels of every tile along X, halo included.</summary>
    public int TileWidth => _x.Size;

    /// <summary>Cells of the plane's output grid along Y.</summary>
    public int GridHeight => _y.Cells;

    /// <summary>Cells of the plane's output grid along X.</summary>
    public int GridWidth => _x.Cells;

    /// <summary>Pixels of the plane along Y.</summary>
    public int Height { get; }

    /// <summary>Pixels of the plane along X.</summary>
    public int Width { get; }

    /// <summary>What the network asks.</summary>
    public TileRules Rules { get; }

    /// <summary>Bytes that the network takes for one tile.</summary>
    public long TileBytes { get; }

    /// <summary>Pixels that the network computes for each pixel of the plane; 1: no halo and no padding.</summary>
    public double Computed => (double)Count * _y.Size * _x.Size / ((double)Height * Width);

    /// <summary>The choice and its reasons in one line, for the log.</summary>
    public string Why { get; }

    /// <summary>Tiles row by row, from 0 to <see cref="Count"/> - 1.</summary>
    public Tile this[long index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)index, (ulong)Count, nameof(index));
            var (row, column) = Math.DivRem(index, _x.Count);
            return new Tile(_y.Start(row), _x.Start(column), _y.Size, _x.Size)
            {
                OwnTop = _y.OwnStart(row), OwnBottom = _y.OwnStart(row + 1), OwnLeft = _x.OwnStart(column), OwnRight = _x.OwnStart(column + 1),
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
