using System.Runtime.Intrinsics;

namespace BioDL.Core.Objects.StarConvex;

/// <summary>
/// The area two polygons share, in single precision, as <see cref="PolygonArea.Shared"/> has it in double: the signed sum over pairs of
/// edges
/// of the integral of the lower edge over their common x. Every edge of one polygon meets eight of the other at once.
/// </summary>
internal static unsafe class SharedArea
{
    /// <summary>Keeps a quotient of two zeros at zero; far below any area that counts.</summary>
    private const float Tiny = 1e-30f;

    /// <param name="a">with its edges set</param>
    /// <param name="bx">x of the other's vertices relative to its centre, padded like those of <paramref name="a"/></param>
    /// <param name="by">y of the same</param>
    /// <param name="shiftX">the centre of <paramref name="a"/> relative to that of the other</param>
    /// <param name="shiftY">the same along y</param>
    public static float Of(StarOutline a, float* bx, float* by, float shiftX, float shiftY) =>
        Vector256.IsHardwareAccelerated ? Vectors(a, bx, by, shiftX, shiftY) : Scalars(a, bx, by, shiftX, shiftY);

    internal static float Vectors(StarOutline a, float* bx, float* by, float shiftX, float shiftY)
    {
        int rays = a.Rays;
        (nint aLeft, nint aRight, nint aSlope, nint aOffset, nint aSign) = ((nint)a.Left, (nint)a.Right, (nint)a.Slope,
            (nint)a.Offset, (nint)a.Sign);
        Vector256<float> total = default, zero = default, tiny = Vector256.Create(Tiny);
        for (int j = 0; j < rays; j += 8)
        {
            Vector256<float> x0 = Vector256.Load(bx + j) - Vector256.Create(shiftX), x1 = Vector256.Load(bx + j + 1)
                - Vector256.Create(shiftX);
            Vector256<float> y0 = Vector256.Load(by + j) - Vector256.Create(shiftY), y1 = Vector256.Load(by + j + 1)
                - Vector256.Create(shiftY);
            Vector256<float> left = Vector256.MinNative(x0, x1), right = Vector256.MaxNative(x0, x1), dx = x1 - x0;
            Vector256<float> slope = Vector256.ConditionalSelect(Vector256.Equals(dx, zero), zero, (y1 - y0) / dx);
            Vector256<float> offset = y0 - slope * x0, twiceOffset = offset + offset, sum = default;
            for (int i = 0; i < rays; i++)
            {
                Vector256<float> l = Vector256.MaxNative(left, Vector256.Create(((float*)aLeft)[i]));
                Vector256<float> r = Vector256.MinNative(right, Vector256.Create(((float*)aRight)[i]));
                Vector256<float> width = Vector256.MaxNative(r - l, zero) * Vector256.Create(((float*)aSign)[i]);
                Vector256<float> slopes = Vector256.Create(((float*)aSlope)[i]) - slope,
                    offsets = Vector256.Create(((float*)aOffset)[i]) - offset;
                Vector256<float> dl = Vector256.MultiplyAddEstimate(slopes, l, offsets),
                    dr = Vector256.MultiplyAddEstimate(slopes, r, offsets);
                Vector256<float> below = Vector256.MinNative(dl, zero) + Vector256.MinNative(dr, zero);
                Vector256<float> apart = Vector256.Abs(dl) + Vector256.Abs(dr) + tiny;
                Vector256<float> heights = Vector256.MultiplyAddEstimate(slope, l + r, twiceOffset) - below * below / apart;
                sum = Vector256.MultiplyAddEstimate(width, heights, sum);
            }
            total += Vector256.ConditionalSelect(Vector256.GreaterThan(x1, x0), sum, -sum);
        }
        return MathF.Abs(Vector256.Sum(total)) / 2;
    }

    internal static float Scalars(StarOutline a, float* bx, float* by, float shiftX, float shiftY)
    {
        float total = 0;
        for (int j = 0; j < a.Rays; j++)
        {
            (float x0, float x1, float y0, float y1) = (bx[j] - shiftX, bx[j + 1] - shiftX, by[j] - shiftY, by[j + 1] - shiftY);
            (float left, float right) = (Math.Min(x0, x1), Math.Max(x0, x1));
            float slope = x1 == x0 ? 0 : (y1 - y0) / (x1 - x0), offset = y0 - slope * x0, sum = 0;
            for (int i = 0; i < a.Rays; i++)
            {
                float l = Math.Max(left, a.Left[i]), r = Math.Min(right, a.Right[i]);
                if (r <= l)
                    continue;
                float slopes = a.Slope[i] - slope, offsets = a.Offset[i] - offset, dl = slopes * l + offsets, dr = slopes * r + offsets;
                float below = Math.Min(dl, 0) + Math.Min(dr, 0), apart = Math.Abs(dl) + Math.Abs(dr) + Tiny;
                sum += (r - l) * a.Sign[i] * (slope * (l + r) + 2 * offset - below * below / apart);
            }
            total += x1 > x0 ? sum : -sum;
        }
        return MathF.Abs(total) / 2;
    }
}
