using BioDL.Core.Objects.StarConvex;

namespace BioDL.Tests.Objects.StarConvex;

/// <summary>
/// Area, centroid and edge of an object are those of its label's pixels, as skimage.measure.regionprops takes them from a label image: an
/// independent plain image, pixel by pixel, is what they are compared with.
/// </summary>
public class LabelMeasureTests
{
    public static TheoryData<int, int, int, int, double, double> Scenes => new()
    {
        // seed, height, width, objects, radius, roughness
        { 1, 60, 70, 40, 8, 0.3 },
        { 2, 45, 50, 200, 8, 0.6 },
        { 3, 33, 1, 20, 6, 0.2 },
        { 4, 1, 90, 30, 5, 0.2 },
        { 5, 40, 40, 120, 0.4, 0.9 },
        { 6, 40, 40, 60, 30, 0.5 },
        { 7, 700, 430, 60, 40, 0.3 },
        { 8, 1, 1, 3, 2, 0 },
    };

    [Theory]
    [MemberData(nameof(Scenes))]
    public void AnObjectIsMeasuredAsItsLabelShowsIt(int seed, int height, int width, int count, double radius, double roughness)
    {
        const int Rays = 16;
        CandidateList list = Scattered(seed, count, Rays, radius, roughness, height, width);
        var builder = new ObjectBuilder(Rays, height, width, LabelScope.PerPlane);
        builder.AddPlane(list, CandidateOrder.Of(list), 0, 3);
        (SegmentedObject[] objects, float[] vertices) = builder.Build();
        int[] labels = PlainLabels(objects, vertices, Rays, height, width);
        foreach (SegmentedObject star in objects)
        {
            (long area, double y, double x) = RegionProps(labels, width, (int)star.Label);
            Assert.Equal(area, star.Pixels);
            Assert.Equal(area > 0 ? y : star.CenterY, star.CentroidY, 1e-9);
            Assert.Equal(area > 0 ? x : star.CenterX, star.CentroidX, 1e-9);
            Assert.Equal(3, star.CentroidZ);
            bool touches = star.Bottom > star.Top && (star.Top == 0 || star.Left == 0 || star.Bottom == height || star.Right == width);
            Assert.Equal(touches ? 1 : 0, star.TouchesEdge);
        }
        Assert.Equal(labels.Count(label => label != 0), objects.Sum(star => star.Pixels));
    }

    [Fact]
    public void AnObjectThatIsWhollyCoveredKeepsItsLabelAndHasNoPixels()
    {
        var list = new CandidateList(8);
        list.Add(20, 20, 0.9f, [10, 10, 10, 10, 10, 10, 10, 10]);
        list.Add(22, 21, 0.8f, [2, 2, 2, 2, 2, 2, 2, 2]);
        list.Add(40, 40, 0.7f, [3, 3, 3, 3, 3, 3, 3, 3]);
        var builder = new ObjectBuilder(8, 60, 60, LabelScope.PerPlane);
        builder.AddPlane(list, [0, 1, 2], 0, 0);
        (SegmentedObject[] objects, _) = builder.Build();
        Assert.Equal([1L, 2, 3], objects.Select(star => star.Label));
        Assert.Equal((0L, 22.0, 21.0), (objects[1].Pixels, objects[1].CentroidY, objects[1].CentroidX));
        Assert.True(objects[0].Pixels > 100 && objects[2].Pixels > 10);
    }

    [Fact]
    public void AnObjectCutByTheEdgeIsMeasuredInsideTheImage()
    {
        var list = new CandidateList(4);
        list.Add(0, 50, 0.9f, [6, 6, 6, 6]);
        var builder = new ObjectBuilder(4, 100, 100, LabelScope.PerPlane);
        builder.AddPlane(list, [0], 0, 0);
        SegmentedObject star = builder.Build().Objects[0];
        // Rows 0 to 6 of a diamond: 13 + 11 + ... + 1 pixels; the polygon has 72 square pixels, half of them outside.
        Assert.Equal((49L, 1), (star.Pixels, star.TouchesEdge));
        Assert.Equal(72, star.Area, 1e-3);
        Assert.Equal((0 * 13 + 1 * 11 + 2 * 9 + 3 * 7 + 4 * 5 + 5 * 3 + 6) / 49.0, star.CentroidY, 1e-12);
        Assert.Equal(50, star.CentroidX, 1e-12);
    }

    private static CandidateList Scattered(int seed, int count, int rays, double radius, double roughness, int height, int width)
    {
        var random = new Random(seed);
        var list = new CandidateList(rays);
        for (int i = 0; i < count; i++)
        {
            Span<float> distances = list.Add(random.Next(height), random.Next(width), random.Next(1, 100) / 100f);
            double size = radius * (0.3 + random.NextDouble());
            foreach (ref float distance in distances)
                distance = (float)Math.Max(CandidateFinder.MinDistance, size * (1 + roughness * (2 * random.NextDouble() - 1)));
        }
        return list;
    }

    /// <summary>A label image painted pixel by pixel: of the polygons that have a pixel the most probable one.</summary>
    private static int[] PlainLabels(SegmentedObject[] objects, float[] vertices, int rays, int height, int width)
    {
        int[] labels = new int[height * width];
        for (int n = objects.Length - 1; n >= 0; n--)
        {
            float[] polygon = vertices[(n * rays * 2)..((n + 1) * rays * 2)];
            float[] xs = [.. polygon.Where((_, i) => i % 2 == 0)], ys = [.. polygon.Where((_, i) => i % 2 == 1)];
            for (int y = Math.Max(0, (int)ys.Min() - 1); y < Math.Min(height, ys.Max() + 2); y++)
                for (int x = Math.Max(0, (int)xs.Min() - 1); x < Math.Min(width, xs.Max() + 2); x++)
                    if (Stars.Paints(polygon, y, x))
                        labels[y * width + x] = n + 1;
        }
        return labels;
    }

    private static (long Area, double Y, double X) RegionProps(int[] labels, int width, int label)
    {
        int[] pixels = [.. Enumerable.Range(0, labels.Length).Where(pixel => labels[pixel] == label)];
        return pixels.Length == 0 ? default
            : (pixels.Length, pixels.Average(pixel => (double)(pixel / width)), pixels.Average(pixel => (double)(pixel % width)));
    }
}
