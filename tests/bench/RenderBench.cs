using BioDL.Core.Images;
using BioDL.Core.Segmentation;
using BioDL.Core.StarConvex;

namespace BioDL.Bench;

internal static unsafe class RenderBench
{
    public static void Run()
    {
        const int Size = 2400;
        CandidateList candidates = SyntheticNuclei.Make(5000, 1);
        var builder = new ObjectBuilder(candidates.Rays, Size, Size, LabelScope.PerPlane);
        builder.AddPlane(candidates, [.. Enumerable.Range(0, candidates.Count)], 0, 0);
        (SegmentedObject[] objects, float[] vertices) = builder.Build();
        var result = new SegmentResult
        {
            Objects = objects, Vertices = vertices, Rays = candidates.Rays, Frames = 1, Slices = 1, Height = Size, Width = Size,
            Candidates = candidates.Count, Tiles = 1, TileHeight = Size, TileWidth = Size, Device = "cpu", DeviceName = "", FellBack = false,
            Warnings = [], Provenance = "{}", Times = new StageTimes(),
        };
        ushort[] labels = new ushort[Size * Size];
        fixed (ushort* pixels = labels)
        {
            ImageView view = ImageView.Contiguous(pixels, PixelType.UInt16, Size, Size);
            double seconds = Timing.Best(7, () => LabelPainter.Paint(result, view));
            Console.WriteLine($"{objects.Length} labels in {Size} x {Size} pixels: {seconds * 1e3:F1} ms");
        }
    }
}
