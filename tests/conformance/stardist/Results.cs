using BioDL.Core.Objects.StarConvex;

namespace BioDL.Conformance.StarDist;

/// <summary>Results made of objects alone, for painting.</summary>
internal static class Results
{
    public static SegmentResult Of(SegmentedObject[] objects, float[] vertices, int rays, int height, int width, int frames = 1, int slices = 1) => new()
    {
        Objects = objects, Vertices = vertices, Rays = rays, Frames = frames, Slices = slices, Height = height, Width = width,
        Candidates = objects.Length, Tiles = 1, TileHeight = height, TileWidth = width, Device = "cpu", DeviceName = "", FellBack = false,
        Warnings = [], Provenance = "{}", Times = new StageTimes(),
    };
}
