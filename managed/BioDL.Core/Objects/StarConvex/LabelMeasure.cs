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
    /// <param name="runs">receives the runs of their labels by row and column, with numbers into <paramref name="objects"/>; null: not
    /// wanted</param>
    public void Take(Span<SegmentedObject> objects, ReadOnlySpan<float> vertices, List<(int Number, LabelRun Run)>? runs = null)
    {
        var sums = new LabelSums[objects.Length];
        var boxes = new PixelBox[objects.Length];
        for (int n = 0; n < objects.Length; n++)
            (sums[n], boxes[n]) = (new LabelSums(objects[n]), PixelBox.Empty);
        if (objects.Length > 0)
            TakeBands(vertices, sums, boxes, runs);
        for (int n = 0; n < objects.Length; n++)
        {
            sums[n].Tell(ref objects[n]);
            boxes[n].Tell(ref objects[n]);
            bool touches = !boxes[n].IsEmpty
                && (boxes[n].Top == 0 || boxes[n].Left == 0 || boxes[n].Bottom == height || boxes[n].Right == width);
            objects[n].TouchesEdge = touches ? 1 : 0;
        }
    }

    private void TakeBands(ReadOnlySpan<float> vertices, LabelSums[] sums, PixelBox[] boxes, List<(int Number, LabelRun Run)>? runs)
    {
        var rows = new (int Top, int Bottom)[sums.Length];
        for (int n = 0; n < rows.Length; n++)
            rows[n] = PolygonRaster.RowsOf(vertices.Slice(n * rays * 2, rays * 2), height);
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
                boxes[here[i]] = boxes[here[i]].With(band.Fill(vertices.Slice(here[i] * rays * 2, rays * 2), (uint)here[i] + 1));
            for (int y = row; y < row + count; y++)
                Count(band.Row(y), y, sums, runs);
        }
    }

    /// <summary>Add the runs of a row to the objects that they belong to.</summary>
    private static void Count(ReadOnlySpan<uint> pixels, int row, LabelSums[] sums, List<(int Number, LabelRun Run)>? runs)
    {
        for (int x = 0, left; (left = pixels[x..].IndexOfAnyExcept(0u)) >= 0;)
        {
            left += x;
            uint label = pixels[left];
            int length = pixels[left..].IndexOfAnyExcept(label), number = (int)(label - 1);
            x = length < 0 ? pixels.Length : left + length;
            var run = new LabelRun(row, left, x - 1);
            sums[number].Add(run);
            runs?.Add((number, run));
        }
    }
}

/// <summary>What is summed up for an object; coordinates from its own point, so that sums stay exact.</summary>
internal struct LabelSums(in SegmentedObject star)
{
    private readonly int _startY = (int)star.CenterY;
    private readonly int _startX = (int)star.CenterX;
    private long _pixels;
    private long _y;
    private long _x;

    public void Add(LabelRun run)
    {
        _pixels += run.Length;
        _y += ((long)run.Row - _startY) * run.Length;
        _x += ((long)run.Left + run.Right - 2L * _startX) * run.Length / 2;
    }

    public readonly void Tell(ref SegmentedObject star)
    {
        bool any = _pixels > 0;
        star.Pixels = _pixels;
        star.CentroidY = any ? _startY + (double)_y / _pixels : star.CenterY;
        star.CentroidX = any ? _startX + (double)_x / _pixels : star.CenterX;
        star.CentroidZ = star.Slice;
    }
}
