using BioDL.Core.Images;

namespace BioDL.Models.Verification;

/// <summary>Two images of the same T, Z, C, Y and X, value by value.</summary>
internal static unsafe class TensorComparison
{
    /// <summary>What was found; the place is T, Z, C, Y, X.</summary>
    internal readonly record struct Found(double Largest, int[] At, long Mismatches, long Values);

    public static bool SameShape(ImageView a, ImageView b) =>
        (a.Frames, a.Slices, a.Channels, a.Height, a.Width) == (b.Frames, b.Slices, b.Channels, b.Height, b.Width);

    public static Found Of(ImageView found, ImageView reference, Tolerance tolerance)
    {
        double largest = -1;
        int[] at = [0, 0, 0, 0, 0];
        long mismatches = 0;
        for (int t = 0; t < reference.Frames; t++)
        {
            for (int z = 0; z < reference.Slices; z++)
            {
                for (int c = 0; c < reference.Channels; c++)
                {
                    long plane = reference.PlaneNumber(t, z, c);
                    var (planeLargest, y, x, planeMismatches) = Plane(found, reference, plane, tolerance);
                    mismatches += planeMismatches;
                    if (planeLargest > largest)
                        (largest, at) = (planeLargest, [t, z, c, y, x]);
                }
            }
        }
        return new Found(largest, at, mismatches, reference.PixelsPerPlane * reference.Frames * reference.Slices * reference.Channels);
    }

    private static (double Largest, int Y, int X, long Mismatches) Plane(ImageView found, ImageView reference, long plane,
        Tolerance tolerance)
    {
        double largest = -1;
        int atY = 0, atX = 0;
        long mismatches = 0;
        using PlaneLock a = found.Lock(plane), b = reference.Lock(plane);
        for (int y = 0; y < reference.Height; y++)
        {
            for (int x = 0; x < reference.Width; x++)
            {
                double value = Value(a.Pixel(y, x), found.Type), expected = Value(b.Pixel(y, x), reference.Type);
                double deviation = Deviation(value, expected);
                if (deviation > largest)
                    (largest, atY, atX) = (deviation, y, x);
                if (deviation > 0 && (!(deviation <= tolerance.Absolute + tolerance.Relative * Math.Abs(expected))
                    || double.IsInfinity(deviation)))
                    mismatches++;
            }
        }
        return (largest, atY, atX, mismatches);
    }

    private static double Value(byte* pixel, PixelType type) => type switch
    {
        PixelType.UInt8 => *pixel,
        PixelType.UInt16 => *(ushort*)pixel,
        PixelType.UInt32 => *(uint*)pixel,
        _ => *(float*)pixel,
    };

    // Equal infinities and two NaNs are the same, as numpy.testing.assert_allclose has it.
    private static double Deviation(double value, double expected) =>
        value.Equals(expected) ? 0 : double.IsFinite(value) && double.IsFinite(expected) ? Math.Abs(value - expected)
        : double.PositiveInfinity;
}
