using BioDL.Core.Images;
using BioDL.Core.Normalization;
using BioDL.Tests.Images;
using FsCheck;
using FsCheck.Fluent;

namespace BioDL.Tests.Properties;

/// <summary>What holds for the percentiles of any plane.</summary>
public sealed class PercentileProperties
{
    private static readonly Gen<(ushort[] Values, double Low, double High)> Planes =
        from count in Gen.Choose(1, 400)
        from values in Gen.ArrayOf(Gen.OneOf(Gen.Choose(0, 20), Gen.Choose(0, 65535)).Select(value => (ushort)value), count)
        from low in Gen.Choose(0, 998)
        from high in Gen.Choose(low + 1, 1000)
        select (values, low / 10.0, high / 10.0);

    [Fact]
    public void TheyAreThoseOfTheSortedValues() => Holds(plane =>
    {
        (double low, double high) = Of(plane.Values, plane.Low, plane.High);
        return Near(low, BySorting(plane.Values, plane.Low)) && Near(high, BySorting(plane.Values, plane.High));
    });

    [Fact]
    public void TheyDoNotDependOnTheOrderOfPixelsAndLieBetweenTheLeastAndTheLargest() => Holds(plane =>
    {
        (double low, double high) = Of(plane.Values, plane.Low, plane.High);
        return (low, high) == Of([.. plane.Values.Reverse()], plane.Low, plane.High) && plane.Values.Min() <= low && low <= high
            && high <= plane.Values.Max();
    });

    [Fact]
    public void FloatsOfTheSameValuesHaveTheSame() => Holds(plane =>
    {
        float[] floats = [.. plane.Values.Select(value => (float)value)];
        var view = TestImage.Of<float>(floats, PixelType.Float32, 1, floats.Length);
        (double low, double high, long notFinite) = Percentiles.Of(view, 0, 0, [new InputChannel(0, PixelPart.Whole)],
            new PercentilePair(plane.Low, plane.High));
        // Between two values floats are interpolated in single precision, as NumPy does.
        return notFinite == 0 && Near(low, BySorting(plane.Values, plane.Low), 1e-2)
            && Near(high, BySorting(plane.Values, plane.High), 1e-2);
    });

    private static (double Low, double High) Of(ushort[] values, double low, double high)
    {
        var view = TestImage.Of<ushort>(values, PixelType.UInt16, 1, values.Length);
        (double l, double h, _) = Percentiles.Of(view, 0, 0, [new InputChannel(0, PixelPart.Whole)], new PercentilePair(low, high));
        return (l, h);
    }

    private static double BySorting(ushort[] values, double percent)
    {
        ushort[] sorted = [.. values.Order()];
        double rank = (sorted.Length - 1) * percent / 100;
        int below = (int)Math.Floor(rank), above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }

    private static bool Near(double one, double other, double most = 1e-6) => Math.Abs(one - other) <= most;

    private static void Holds(Func<(ushort[] Values, double Low, double High), bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Arb.From(Planes), property));
}
