using BioDL.Core.Images;
using BioDL.Core.Road.Planning;

namespace BioDL.Core.Road.Passes;

/// <summary>Values in our order: where they lie, and what of them is wanted.</summary>
/// <param name="First">the first wanted value of the first channel</param>
/// <param name="Channel">values from a channel to the next</param>
/// <param name="Plane">values from a plane to the next</param>
/// <param name="Row">values from a row to the next</param>
/// <param name="Channels">channels</param>
internal readonly unsafe record struct ValueBlock(nint First, long Channel, long Plane, long Row, int Channels)
{
    public float* At(int c, int z, int y) => (float*)First + c * Channel + z * Plane + y * Row;
}

/// <summary>Writes results into the caller's image: scaled back, rounded, clipped, counted.</summary>
/// <param name="output">the output</param>
/// <param name="view">the caller's image</param>
/// <param name="volumes">the network sees stacks</param>
internal sealed unsafe class BlockWriter(OutputJob output, ImageView view, bool volumes)
{
    /// <param name="values">what to write, from the spans' first value on</param>
    /// <param name="sample">whose results they are</param>
    /// <param name="spans">where they go</param>
    /// <param name="rescale">for a channel of the output and a slice of the caller's image</param>
    /// <returns>values that could not be given as they were</returns>
    public WriteCounts Write(ValueBlock values, Sample sample, (OutputSpan Z, OutputSpan Y, OutputSpan X) spans,
        Func<int, int, Rescale> rescale)
    {
        var counts = default(WriteCounts);
        bool packed = view.Type == PixelType.Argb32, together = packed && values.Channels == 3;
        for (int z = 0; z < spans.Z.Count; z++)
        {
            int slice = volumes || output.Axes.Z.Count > 1 ? spans.Z.To + z : sample.Slice;
            for (int c = 0; c < (together ? 1 : values.Channels); c++)
            {
                long plane = view.PlaneNumber(sample.Frame, slice, packed ? 0 : sample.Group * values.Channels + c);
                RowWriter write = together ? Rgb(values, z, spans, (rescale(0, slice), rescale(1, slice), rescale(2, slice)))
                    : packed ? Color(values, z, spans, (sample.Group, rescale(0, slice))) : Rows(values, (c, z), spans, rescale(c, slice));
                counts.Add(WritePlane(plane, spans, write));
            }
        }
        return counts;
    }

    /// <summary>Writes a row of the spans at its first pixel.</summary>
    private delegate WriteCounts RowWriter(int row, byte* pixel);

    /// <summary>A plane, under locks of a few milliseconds, the rows shared among the cores.</summary>
    private WriteCounts WritePlane(long plane, (OutputSpan Z, OutputSpan Y, OutputSpan X) spans, RowWriter write)
    {
        long clipped = 0, notFinite = 0;
        int rows = Math.Max(1, PlaneBand.MaxPixels / spans.X.Count);
        for (int row = 0; row < spans.Y.Count; row += rows)
        {
            using PlaneLock locked = view.Lock(plane, write: true);
            byte* origin = locked.Pixel(spans.Y.To, spans.X.To);
            int top = row;
            Cores.ShareRows(Math.Min(rows, spans.Y.Count - row), spans.X.Count, (start, end) =>
            {
                var counts = default(WriteCounts);
                for (int y = top + start; y < top + end; y++)
                    counts.Add(write(y, origin + y * view.RowStride));
                Interlocked.Add(ref clipped, counts.Clipped);
                Interlocked.Add(ref notFinite, counts.NotFinite);
            });
        }
        return new WriteCounts(clipped, notFinite);
    }

    private RowWriter Rows(ValueBlock values, (int C, int Z) at, (OutputSpan Z, OutputSpan Y, OutputSpan X) spans, Rescale rescale)
    {
        var pass = WritePasses.For(view.Type);
        return (y, pixel) => pass(values.At(at.C, at.Z, y), pixel, view.PixelStride, spans.X.Count, rescale);
    }

    private RowWriter Rgb(ValueBlock values, int z, (OutputSpan Z, OutputSpan Y, OutputSpan X) spans,
        (Rescale Red, Rescale Green, Rescale Blue) rescale) =>
        (y, pixel) => RgbWritePass.Run(values.At(0, z, y), values.Channel, pixel, view.PixelStride, spans.X.Count, rescale);

    /// <summary>One colour of packed RGB, where each colour is a run of its own; the first one makes the pixels opaque.</summary>
    private RowWriter Color(ValueBlock values, int z, (OutputSpan Z, OutputSpan Y, OutputSpan X) spans,
        (int Index, Rescale Rescale) color) => (y, pixel) =>
    {
        if (color.Index == 0)
            for (int x = 0; x < spans.X.Count; x++)
                *(uint*)(pixel + x * view.PixelStride) |= 0xff000000u;
        // 0xAARRGGBB lies as B, G, R, A in memory on all processors that this runs on.
        return WritePass<ByteStore>.Run(values.At(0, z, y), pixel + 2 - color.Index, view.PixelStride, spans.X.Count, color.Rescale);
    };
}
