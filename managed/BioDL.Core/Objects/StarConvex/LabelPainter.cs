using BioDL.Core.Images;

namespace BioDL.Core.Objects.StarConvex;

/// <summary>
/// Paints the objects of a result into a label image, from the least to the most probable, so that the most probable lies on top. Every
/// pixel
/// is written, the background as 0. A band of rows is painted in memory of our own and then copied, so a host's plane is locked only for
/// the time of a copy.
/// </summary>
public static class LabelPainter
{
    /// <summary>Pixels of a band: small enough for the cache, and for a lock of a millisecond or so.</summary>
    private const int BandPixels = 1 << 18;

    /// <summary>Paint all planes.</summary>
    /// <param name="result">what was found</param>
    /// <param name="labels">UInt16, UInt32 or Float32; T, Z, Y, X of the segmented image, C = 1; any strides</param>
    /// <param name="cancelled">asked between bands, while nothing is locked; true ends the call</param>
    /// <exception cref="BioDLException">
    /// <see cref="Status.InvalidArgument"/> for another type or shape, <see cref="Status.LabelOverflow"/> when a label does not fit into
    /// the
    /// type: then nothing has been written. <see cref="Status.Cancelled"/>
    /// </exception>
    public static void Paint(SegmentedObjects result, ImageView labels, Func<bool>? cancelled = null)
    {
        if (labels.Frames != result.Frames || labels.Slices != result.Slices || labels.Height != result.Height
            || labels.Width != result.Width)
            throw new BioDLException(Status.InvalidArgument,
                $"the label image has {labels.Frames} frames, {labels.Slices} slices, {labels.Height} rows and {labels.Width} columns, " +
                $"the segmented image {result.Frames}, {result.Slices}, {result.Height} and {result.Width}", "give both the same size");
        Check(result, labels);
        PlaneObjects[] planes = PlaneObjects.Of(result);
        using var band = new LabelBand(result.Rays, result.Height, result.Width, BandPixels);
        for (int frame = 0; frame < result.Frames; frame++)
            for (int slice = 0; slice < result.Slices; slice++)
            {
                PlaneObjects plane = planes[(long)frame * result.Slices + slice];
                var sweep = new RowSweep([.. result.Objects[plane.First..plane.End].Select(star => (star.Top, star.Bottom))]);
                for (int row = 0; row < result.Height; row += band.Rows)
                {
                    if (cancelled is not null && cancelled())
                        throw new BioDLException(Status.Cancelled, "painting the labels was cancelled");
                    band.Clear(row, Math.Min(band.Rows, result.Height - row));
                    Fill(band, result, plane, sweep.Next(row, band.Count));
                    band.Write(labels, labels.PlaneNumber(frame, slice), row);
                }
            }
    }

    /// <summary>Paint some rows of one plane, so that a writer can stream an image that never exists as a whole.</summary>
    /// <param name="result">what was found</param>
    /// <param name="frame">of the plane</param>
    /// <param name="slice">of the plane</param>
    /// <param name="band">one plane: UInt16, UInt32 or Float32, the image's width, and as many rows as are wanted</param>
    /// <param name="firstRow">the row of the image that is row 0 of the band</param>
    /// <exception cref="BioDLException">As <see cref="Paint"/>.</exception>
    public static void PaintRows(SegmentedObjects result, int frame, int slice, ImageView band, int firstRow)
    {
        if (band.Width != result.Width || firstRow < 0 || firstRow > result.Height - band.Height || band.Frames != 1 || band.Slices != 1)
            throw new BioDLException(Status.InvalidArgument,
                $"rows {firstRow} to {(long)firstRow + band.Height} of {band.Width} pixels are no band of the {result.Height} x "
                    + $"{result.Width} label image",
                "give one plane of the image's width and rows inside it");
        Check(result, band);
        PlaneObjects plane = PlaneObjects.Of(result)[(long)frame * result.Slices + slice];
        int[] here = [.. Enumerable.Range(0, plane.End - plane.First).Where(number =>
            result.Objects[plane.First + number] is var star && star.Bottom > firstRow && star.Top < firstRow + band.Height)];
        using var piece = new LabelBand(result.Rays, result.Height, result.Width, (int)Math.Min(BandPixels, band.PixelsPerPlane));
        for (int row = 0; row < band.Height; row += piece.Rows)
        {
            piece.Clear(firstRow + row, Math.Min(piece.Rows, band.Height - row));
            Fill(piece, result, plane, here);
            piece.Write(band, 0, row);
        }
    }

    /// <summary>Fill some objects of a plane, the most probable on top.</summary>
    private static void Fill(LabelBand band, SegmentedObjects result, PlaneObjects plane, ReadOnlySpan<int> numbers)
    {
        for (int i = numbers.Length - 1; i >= 0; i--)
        {
            int n = plane.First + numbers[i];
            uint label = (uint)result.Objects[n].Label;
            if (plane.Painted is { } painted)
                band.Fill(painted[numbers[i]], label);
            else
                band.Fill(result.Vertices.AsSpan(n * result.Rays * 2, result.Rays * 2), label);
        }
    }

    /// <summary>The largest label that a pixel can hold exactly.</summary>
    public static long LargestLabel(PixelType type) => type switch
    {
        PixelType.UInt16 => ushort.MaxValue,
        PixelType.UInt32 => uint.MaxValue,
        PixelType.Float32 => 1 << 24,
        _ => throw new BioDLException(Status.InvalidArgument, $"a label image cannot be of type {type}",
            "make it UInt16, UInt32 or Float32"),
    };

    private static void Check(SegmentedObjects result, ImageView labels)
    {
        long largest = LargestLabel(labels.Type), highest = 0;
        if (labels.Channels != 1)
            throw new BioDLException(Status.InvalidArgument, $"the label image has {labels.Channels} channels", "give it one channel");
        foreach (ref readonly SegmentedObject star in result.Objects.AsSpan())
            highest = Math.Max(highest, star.Label);
        if (highest > largest)
            throw new BioDLException(Status.LabelOverflow,
                $"label {highest} does not fit into a {labels.Type} image, which holds up to {largest}",
                "use a UInt32 label image, or labels that start at 1 in every plane");
    }
}
