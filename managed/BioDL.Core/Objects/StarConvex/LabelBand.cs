using System.Buffers;
using BioDL.Core.Images;

namespace BioDL.Core.Objects.StarConvex;

/// <summary>The objects of one plane: a range of <see cref="SegmentedObjects.Objects"/>, which are sorted by plane.</summary>
/// <param name="First">of the plane</param>
/// <param name="End">of the next plane</param>
/// <param name="Painted">the pixels of their labels; null: the polygons as they lie on each other</param>
internal readonly record struct PlaneObjects(int First, int End, LabelRuns? Painted)
{
    /// <summary>One entry a plane, frame by frame.</summary>
    public static PlaneObjects[] Of(SegmentedObjects result)
    {
        var planes = new PlaneObjects[checked((long)result.Frames * result.Slices)];
        int next = 0;
        for (long plane = 0; plane < planes.LongLength; plane++)
        {
            int first = next;
            while (next < result.Objects.Length && (long)result.Objects[next].Frame * result.Slices + result.Objects[next].Slice == plane)
                next++;
            planes[plane] = new PlaneObjects(first, next, result.Painted?[(int)plane]);
        }
        return planes;
    }
}

/// <summary>
/// A few rows of one plane's label image in pooled memory, reused from band to band. Polygons are filled from the least to the most
/// probable, so that the most probable lies on top.
/// </summary>
/// <param name="rays">vertices of each polygon</param>
/// <param name="height">of the image</param>
/// <param name="width">of the image</param>
/// <param name="pixels">about so many are held at once; at least a row</param>
internal sealed unsafe class LabelBand(int rays, int height, int width, int pixels) : IDisposable
{
    private readonly PolygonRaster _raster = new(rays);
    private readonly uint[] _pixels = ArrayPool<uint>.Shared.Rent(checked(RowsOf(height, width, pixels) * width));
    private int _firstRow;

    /// <summary>Rows that fit.</summary>
    public int Rows { get; } = RowsOf(height, width, pixels);

    /// <summary>Rows that are held now.</summary>
    public int Count { get; private set; }

    public void Dispose() => ArrayPool<uint>.Shared.Return(_pixels);

    /// <summary>Hold these rows of the image, all 0.</summary>
    public void Clear(int firstRow, int rows)
    {
        (_firstRow, Count) = (firstRow, rows);
        Array.Clear(_pixels, 0, rows * width);
    }

    /// <summary>A row of the image that is held.</summary>
    public ReadOnlySpan<uint> Row(int row) => _pixels.AsSpan((row - _firstRow) * width, width);

    /// <summary>Fill a polygon as far as it lies in the rows that are held.</summary>
    /// <param name="polygon">rays x (x, y), in pixels</param>
    /// <param name="value">its label</param>
    /// <returns>the box of what was filled</returns>
    public PixelBox Fill(ReadOnlySpan<float> polygon, uint value)
    {
        _raster.Set(polygon, height, width);
        PixelBox box = PixelBox.Empty;
        int end = Math.Min(_raster.Bottom, _firstRow + Count);
        for (int row = Math.Max(_raster.Top, _firstRow); row < end; row++)
            foreach (PixelRun run in _raster.Row(row))
            {
                _pixels.AsSpan((row - _firstRow) * width + run.Left, run.Right - run.Left + 1).Fill(value);
                box = box.With(row, run.Left, run.Right);
            }
        return box;
    }

    /// <summary>Fill the pixels of a label as far as they lie in the rows that are held.</summary>
    /// <param name="runs">by row</param>
    /// <param name="value">the label</param>
    public void Fill(ReadOnlySpan<LabelRun> runs, uint value)
    {
        foreach (LabelRun run in runs)
            if (run.Row >= _firstRow && run.Row < _firstRow + Count)
                _pixels.AsSpan((run.Row - _firstRow) * width + run.Left, run.Length).Fill(value);
    }

    /// <summary>Copy the rows into a plane, which is locked meanwhile.</summary>
    /// <param name="labels">UInt16, UInt32 or Float32</param>
    /// <param name="plane">of <paramref name="labels"/></param>
    /// <param name="firstRow">of the plane</param>
    public void Write(ImageView labels, long plane, int firstRow)
    {
        using PlaneLock target = labels.Lock(plane, write: true);
        fixed (uint* pixels = _pixels)
            for (int row = 0; row < Count; row++)
            {
                uint* source = pixels + (long)row * width;
                byte* to = target.Pixel(firstRow + row, 0);
                switch (labels.Type)
                {
                    case PixelType.UInt16:
                        for (int x = 0; x < width; x++, to += labels.PixelStride)
                            *(ushort*)to = (ushort)source[x];
                        break;
                    case PixelType.Float32:
                        for (int x = 0; x < width; x++, to += labels.PixelStride)
                            *(float*)to = source[x];
                        break;
                    default:
                        for (int x = 0; x < width; x++, to += labels.PixelStride)
                            *(uint*)to = source[x];
                        break;
                }
            }
    }

    private static int RowsOf(int height, int width, int pixels) => Math.Clamp(pixels / Math.Max(1, width), 1, Math.Max(1, height));
}
