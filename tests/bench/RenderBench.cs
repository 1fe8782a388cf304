using BioDL.Core.Images;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Runs;

namespace BioDL.Bench;

/// <summary>Painting labels beside the reference's way of doing it: a point-in-polygon test for every pixel of every box.</summary>
internal static unsafe class RenderBench
{
    private const int Nuclei = 5000;
    private const int Size = 2048;

    public static void Run()
    {
        SegmentedObjects result = Make();
        ushort[] labels = new ushort[Size * Size], plain = new ushort[Size * Size];
        fixed (ushort* pixels = labels)
        {
            ImageView view = ImageView.Contiguous(pixels, PixelType.UInt16, Size, Size);
            double seconds = Timing.Best(9, () => LabelPainter.Paint(result, view));
            double reference = Timing.Best(3, () => PaintPlainly(result, plain));
            int differ = labels.Zip(plain).Count(pair => pair.First != pair.Second);
            Console.WriteLine($"{Nuclei} labels in {Size} x {Size} pixels: {seconds * 1e3:F1} ms, pixel by pixel "
                + $"{reference * 1e3:F1} ms: " +
                $"{reference / seconds:F1} times as fast; {differ} pixels differ");
        }
    }

    private static SegmentedObjects Make()
    {
        CandidateList candidates = SyntheticNuclei.Make(Nuclei, 1);
        var builder = new ObjectBuilder(candidates.Rays, Size, Size, LabelScope.PerPlane);
        builder.AddPlane(candidates, CandidateOrder.Of(candidates), 0, 0);
        (SegmentedObject[] objects, float[] vertices) = builder.Build();
        return new SegmentedObjects
        {
            Objects = objects, Vertices = vertices, Rays = candidates.Rays, Frames = 1, Slices = 1, Height = Size, Width = Size,
            Candidates = candidates.Count,
            Account = new Account
            {
                Tiles = 1, Tile = new Extent(1, Size, Size), Why = "", BytesRead = 0, BytesWritten = 0, Device = "cpu",
                DeviceName = "", FellBack = false,
                Warnings = [], Provenance = "{}", Times = new StageTimes(),
            },
        };
    }

    private static void PaintPlainly(SegmentedObjects result, ushort[] labels)
    {
        Array.Clear(labels);
        for (int n = result.Objects.Length - 1; n >= 0; n--)
        {
            SegmentedObject star = result.Objects[n];
            ReadOnlySpan<float> vertices = result.Vertices.AsSpan(n * result.Rays * 2, result.Rays * 2);
            for (int row = star.Top; row < star.Bottom; row++)
                for (int column = star.Left; column < star.Right; column++)
                    if (Contains(vertices, row, column))
                        labels[row * Size + column] = (ushort)star.Label;
        }
    }

    /// <summary>O'Rourke's test, edges and vertices included.</summary>
    private static bool Contains(ReadOnlySpan<float> vertices, int row, int column)
    {
        (bool right, bool left) = (false, false);
        double x1 = (double)vertices[^2] - column, y1 = (double)vertices[^1] - row;
        for (int k = 0; k < vertices.Length; k += 2)
        {
            double x0 = (double)vertices[k] - column, y0 = (double)vertices[k + 1] - row;
            if (x0 == 0 && y0 == 0)
                return true;
            if (y0 > 0 != y1 > 0)
                right ^= (x0 * y1 - x1 * y0) / (y1 - y0) > 0;
            if (y0 < 0 != y1 < 0)
                left ^= (x0 * y1 - x1 * y0) / (y1 - y0) < 0;
            (x1, y1) = (x0, y0);
        }
        return right || left;
    }
}
