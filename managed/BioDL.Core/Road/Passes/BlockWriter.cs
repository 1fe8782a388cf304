using BioDL.Core.Images;
using BioDL.Core.Road.Accounting;
using BioDL.Core.Road.Planning;
using BioDL.Core.Runs;
using BioDL.Core.Steps;

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
    public WriteCounts Write(ValueBlock values, Sample sample, (OutputSpan Z, OutputSpan Y, OutputSpan X) spans, Func<int, int, Rescale> rescale)
    {
        var counts = default(WriteCounts);
        bool packed = view.Type == PixelType.Argb32, together = packed && values.Channels == 3;
        int rows = Math.Max(1, PlaneBand.MaxPixels / spans.X.Count);
        for (int z = 0; z < spans.Z.Count; z++)
        {
            int slice = volumes || output.Axes.Z.Count > 1 ? spans.Z.To + z : sample.Slice;
            for (int c = 0; c < (together ? 1 : values.Channels); c++)
            {
                long plane = view.PlaneNumber(sample.Frame, slice, packed ? 0 : sample.Group * values.Channels + c);
                for (int row = 0; row < spans.Y.Count; row += rows)
                {
                    using PlaneLock locked = view.Lock(plane, write: true);
                    int end = Math.Min(spans.Y.Count, row + rows);
                    counts.Add(together ? WriteRgb(values, locked, (z, row, end), spans, (rescale(0, slice), rescale(1, slice), rescale(2, slice)))
                        : packed ? WriteColor(values, locked, (z, row, end), spans, (sample.Group, rescale(0, slice)))
                        : WriteRows(values, locked, (c, z, row, end), spans, rescale(c, slice)));
                }
            }
        }
        return counts;
    }

    private WriteCounts WriteRows(ValueBlock values, PlaneLock plane, (int C, int Z, int Row, int End) at,
        (OutputSpan Z, OutputSpan Y, OutputSpan X) spans, Rescale rescale)
    {
        var counts = default(WriteCounts);
        var pass = WritePasses.For(view.Type);
        for (int y = at.Row; y < at.End; y++)
            counts.Add(pass(values.At(at.C, at.Z, y), plane.Pixel(spans.Y.To + y, spans.X.To), view.PixelStride, spans.X.Count, rescale));
        return counts;
    }

    private WriteCounts WriteRgb(ValueBlock values, PlaneLock plane, (int Z, int Row, int End) at, (OutputSpan Z, OutputSpan Y, OutputSpan X) spans,
        (Rescale Red, Rescale Green, Rescale Blue) rescale)
    {
        var counts = default(WriteCounts);
        for (int y = at.Row; y < at.End; y++)
        {
            byte* pixel = plane.Pixel(spans.Y.To + y, spans.X.To);
            counts.Add(RgbWritePass.Run(values.At(0, at.Z, y), values.Channel, pixel, view.PixelStride, spans.X.Count, rescale));
        }
        return counts;
    }

    /// <summary>One colour of packed RGB, where each colour is a run of its own; the first one makes the pixels opaque.</summary>
    private WriteCounts WriteColor(ValueBlock values, PlaneLock plane, (int Z, int Row, int End) at,
        (OutputSpan Z, OutputSpan Y, OutputSpan X) spans, (int Index, Rescale Rescale) color)
    {
        var counts = default(WriteCounts);
        for (int y = at.Row; y < at.End; y++)
        {
            byte* pixel = plane.Pixel(spans.Y.To + y, spans.X.To);
            if (color.Index == 0)
                for (int x = 0; x < spans.X.Count; x++)
                    *(uint*)(pixel + x * view.PixelStride) |= 0xff000000u;
            // 0xAARRGGBB lies as B, G, R, A in memory on all processors that this runs on.
            counts.Add(WritePass<ByteStore>.Run(values.At(0, at.Z, y), pixel + 2 - color.Index, view.PixelStride, spans.X.Count, color.Rescale));
        }
        return counts;
    }
}
