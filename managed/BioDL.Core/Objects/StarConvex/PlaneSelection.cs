using BioDL.Core.Images;
using BioDL.Core.Runs;

namespace BioDL.Core.Objects.StarConvex;

/// <summary>
/// The part of each plane that objects are wanted of: those whose centroid lies in the region and on the mask, whole as they are found in
/// the plane. A centroid belongs to the pixel that it lies in.
/// </summary>
/// <param name="Region">null: all</param>
/// <param name="Mask">UInt8, one plane, Y and X of the image; null: all</param>
internal sealed record PlaneSelection(PlaneRegion? Region, ImageView? Mask)
{
    public static PlaneSelection All { get; } = new(null, null);

    public bool IsAll => Region is null && Mask is null;

    /// <summary>For each object whether it is wanted.</summary>
    public unsafe bool[] Of(ReadOnlySpan<SegmentedObject> objects)
    {
        bool[] wanted = new bool[objects.Length];
        for (int n = 0; n < objects.Length; n++)
            wanted[n] = Region is not { } region || Contains(region, Pixel(objects[n]));
        if (Mask is null || objects.IsEmpty)
            return wanted;
        using PlaneLock plane = Mask.Lock(0);
        for (int n = 0; n < objects.Length; n++)
        {
            (int y, int x) = Pixel(objects[n]);
            wanted[n] = wanted[n] && *plane.Pixel(Math.Clamp(y, 0, Mask.Height - 1), Math.Clamp(x, 0, Mask.Width - 1)) != 0;
        }
        return wanted;
    }

    private static bool Contains(PlaneRegion region, (int Y, int X) pixel) =>
        pixel.Y >= region.Top && pixel.Y - region.Top < region.Height && pixel.X >= region.Left && pixel.X - region.Left < region.Width;

    private static (int Y, int X) Pixel(in SegmentedObject star) =>
        ((int)Math.Floor(star.CentroidY + 0.5), (int)Math.Floor(star.CentroidX + 0.5));
}
