using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Runs;

namespace BioDL.Conformance.StarDist;

/// <summary>Results made of objects alone, for painting.</summary>
internal static class Results
{
    public static SegmentedObjects Of(SegmentedObject[] objects, float[] vertices, int rays, int height, int width, int frames = 1,
        int slices = 1) => new()
        {
            Objects = objects, Vertices = vertices, Rays = rays, Frames = frames, Slices = slices, Height = height, Width = width,
            Candidates = objects.Length,
            Account = new Account
            {
                Tiles = 1, Tile = new Extent(1, height, width), Why = "", BytesRead = 0, BytesWritten = 0, Device = "cpu",
                DeviceName = "", FellBack = false,
                Warnings = [], Provenance = "{}", Times = new StageTimes(),
            },
        };
}
