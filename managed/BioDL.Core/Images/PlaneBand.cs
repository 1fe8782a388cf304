namespace BioDL.Core.Images;

/// <summary>
/// A part of a plane that is worked on under one lock. A host may stop the world while a plane is locked (a Java garbage collector
/// waits for it), so that a band has at most <see cref="MaxPixels"/> pixels: a few milliseconds of work.
/// </summary>
/// <param name="Start">bytes from pixel (0, 0) of the view to the band's first pixel</param>
/// <param name="Rows">rows</param>
/// <param name="Columns">pixels a row; a plane without gaps between its rows is one long row</param>
internal readonly record struct PlaneBand(long Start, int Rows, int Columns)
{
    /// <summary>At 1 ns a pixel, the slowest pass there is, a lock takes 4 ms.</summary>
    public const int MaxPixels = 1 << 22;

    public long Pixels => (long)Rows * Columns;

    /// <summary>The bands of any plane of a view.</summary>
    public static IEnumerable<PlaneBand> Of(ImageView view)
    {
        bool gapless = view.RowStride == view.Width * view.PixelStride;
        long rows = gapless ? 1 : view.Height, columns = gapless ? view.PixelsPerPlane : view.Width;
        int bandColumns = (int)Math.Min(columns, MaxPixels), bandRows = (int)Math.Min(rows, MaxPixels / bandColumns);
        for (long y = 0; y < rows; y += bandRows)
            for (long x = 0; x < columns; x += bandColumns)
                yield return new PlaneBand(y * view.RowStride + x * view.PixelStride,
                    (int)Math.Min(bandRows, rows - y), (int)Math.Min(bandColumns, columns - x));
    }
}
