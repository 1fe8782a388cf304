namespace BioDL.Core.Objects.StarConvex;

/// <summary>
/// Measures the objects of a plane as they are painted: a band of rows of the label image is filled in pooled memory, its runs of equal
/// labels are counted, and the next band follows. What is measured is so what a label image shows, whether one is made or not.
/// </summary>
/// <param name="rays">vertices of each polygon</param>
/// <param name="height">of the image, in pixels</param>
/// <param name="width">of the image, in pixels</param>
internal sealed class LabelMeasure(int rays, int height, int width)
{
    /// <summary>A band stays in a core's cache.</summary>
    private const int BandPixels = 1 << 17;

    /// <summary>Fill in box, pixels, centroid, and whether the edge is touched.</summary>
    /// <param name="objects">of one plane, the most probable first, with centre and slice</param>
    /// <param name="vertices">count x rays x (x, y), in pixels</param>
    public void Take(Span<SegmentedObject> objects, ReadOnlySpan<float> vertices)
    {
        var sums = new Sums[objects.Length];
        var rows = new (int Top, int Bottom)[objects.Length];
        for (int n = 0; n < objects.Length; n++)
        {
            rows[n] = PolygonRaster.RowsOf(vertices.Slice(n * rays * 2, rays * 2), height);
            sums[n] = new Sums((int)objects[n].CenterY, (int)objects[n].CenterX);
        }
        if (objects.Length > 0)
            TakeBands(rows, vertices, sums);
        for (int n = 0; n < objects.Length; n++)
            sums[n].Tell(ref objects[n], height, width);
    }

    private void TakeBands((int Top, int Bottom)[] rows, ReadOnlySpan<float> vertices, Sums[] sums)
    {
        var sweep = new RowSweep(rows);
        using var band = new LabelBand(rays, height, width, BandPixels);
        for (int row = 0; row < height; row += band.Rows)
        {
            int count = Math.Min(band.Rows, height - row);
            ReadOnlySpan<int> here = sweep.Next(row, count);
            if (here.IsEmpty)
                continue;
            band.Clear(row, count);
            for (int i = here.Length - 1; i >= 0; i--)
                sums[here[i]].Box = sums[here[i]].Box.With(band.Fill(vertices.Slice(here[i] * rays * 2, rays * 2), (uint)here[i] + 1));
            for (int y = row; y < row + count; y++)
                Count(band.Row(y), y, sums);
        }
    }

    /// <summary>Add the runs of a row to the objects that they belong to.</summary>
    private static void Count(ReadOnlySpan<uint> pixels, int row, Sums[] sums)
    {
        for (int x = 0, left; (left = pixels[x..].IndexOfAnyExcept(0u)) >= 0;)
        {
            left += x;
            uint number = pixels[left];
            int length = pixels[left..].IndexOfAnyExcept(number);
            x = length < 0 ? pixels.Length : left + length;
            sums[number - 1].Add(row, left, x - 1);
        }
    }

    /// <summary>What is summed up for an object; coordinates from its own point, so that sums stay exact.</summary>
    private struct Sums(int y, int x)
    {
        private long _pixels;
        private long _y;
        private long _x;

        public PixelBox Box { get; set; } = PixelBox.Empty;

        public void Add(int row, int left, int right)
        {
            long length = right - left + 1;
            _pixels += length;
            _y += (row - y) * length;
            _x += ((long)left + right - 2L * x) * length / 2;
        }

        public readonly void Tell(ref SegmentedObject star, int height, int width)
        {
            bool any = _pixels > 0;
            star.Pixels = _pixels;
            star.CentroidY = any ? y + (double)_y / _pixels : star.CenterY;
            star.CentroidX = any ? x + (double)_x / _pixels : star.CenterX;
            star.CentroidZ = star.Slice;
            (star.Top, star.Left, star.Bottom, star.Right) = Box.IsEmpty
                ? ((int)star.CenterY, (int)star.CenterX, (int)star.CenterY, (int)star.CenterX) : (Box.Top, Box.Left, Box.Bottom, Box.Right);
            bool touches = !Box.IsEmpty && (Box.Top == 0 || Box.Left == 0 || Box.Bottom == height || Box.Right == width);
            star.TouchesEdge = touches ? 1 : 0;
        }
    }
}
