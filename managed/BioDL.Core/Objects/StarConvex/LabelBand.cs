using System.Buffers;
using BioDL.Core.Images;

namespace BioDL.Core.Objects.StarConvex;

/// <summary>The objects of one plane: a range of <see cref="SegmentedObjects.Objects"/>, which are sorted by plane.</summary>
internal readonly record struct PlaneObjects(int First, int End)
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
            planes[plane] = new PlaneObjects(first, next);
        }
        return planes;
    }
}

/// <summary>A few rows of a label image in pooled memory. Reused from band to band.</summary>
internal sealed unsafe class LabelBand : IDisposable
{
    private readonly SegmentedObjects _result;
    private readonly PolygonRaster _raster;
    private readonly uint[] _pixels;

    public LabelBand(SegmentedObjects result, int pixels)
    {
        _result = result;
        _raster = new PolygonRaster(result.Rays);
        Rows = Math.Clamp(pixels / Math.Max(1, result.Width), 1, Math.Max(1, result.Height));
        _pixels = ArrayPool<uint>.Shared.Rent(checked(Rows * result.Width));
    }

    public void Dispose() => ArrayPool<uint>.Shared.Return(_pixels);

    /// <summary>Rows that fit.</summary>
    public int Rows { get; }

    /// <summary>Paint the objects of a plane as far as they lie in these rows.</summary>
    public void Draw(PlaneObjects plane, int firstRow, int rows)
    {
        int width = _result.Width, rays = _result.Rays;
        Array.Clear(_pixels, 0, rows * width);
        for (int n = plane.End - 1; n >= plane.First; n--)
        {
            ref readonly SegmentedObject star = ref _result.Objects[n];
            if (star.Bottom <= firstRow || star.Top >= firstRow + rows)
                continue;
            _raster.Set(_result.Vertices.AsSpan(n * rays * 2, rays * 2), _result.Height, width);
            int end = Math.Min(star.Bottom, firstRow + rows);
            for (int row = Math.Max(star.Top, firstRow); row < end; row++)
                foreach (PixelRun run in _raster.Row(row))
                    _pixels.AsSpan((row - firstRow) * width + run.Left, run.Right - run.Left + 1).Fill((uint)star.Label);
        }
    }

    /// <summary>Copy the rows into a plane, which is locked meanwhile.</summary>
    public void Write(ImageView labels, long plane, int firstRow, int rows)
    {
        using PlaneLock target = labels.Lock(plane, write: true);
        fixed (uint* pixels = _pixels)
            for (int row = 0; row < rows; row++)
            {
                uint* source = pixels + (long)row * _result.Width;
                byte* to = target.Pixel(firstRow + row, 0);
                switch (labels.Type)
                {
                    case PixelType.UInt16:
                        for (int x = 0; x < _result.Width; x++, to += labels.PixelStride)
                            *(ushort*)to = (ushort)source[x];
                        break;
                    case PixelType.Float32:
                        for (int x = 0; x < _result.Width; x++, to += labels.PixelStride)
                            *(float*)to = source[x];
                        break;
                    default:
                        for (int x = 0; x < _result.Width; x++, to += labels.PixelStride)
                            *(uint*)to = source[x];
                        break;
                }
            }
    }
}
