using BioDL.Core.Images;
using BioDL.Core.Objects.StarConvex;

namespace BioDL.Tests.Objects.StarConvex;

/// <summary>
/// Leaving objects out and growing labels, compared with the same done pixel by pixel to the label image of all objects, as
/// skimage.segmentation's clear_border and expand_labels and a size filter do.
/// </summary>
public class ObjectRulesTests
{
    private const int Rays = 12;

    public static TheoryData<int, int, int, int, double> Scenes => new()
    {
        // seed, height, width, objects, radius
        { 1, 60, 70, 25, 7 },
        { 2, 45, 50, 90, 6 },
        { 3, 1, 80, 8, 4 },
        { 4, 70, 3, 8, 4 },
        { 5, 300, 1100, 60, 14 },
    };

    [Theory]
    [MemberData(nameof(Scenes))]
    public void Leaving_objects_out_is_deleting_them_from_the_label_image(int seed, int height, int width, int count, double radius)
    {
        CandidateList list = Stars.Crowd(seed, count, Rays, radius, 0.4, Math.Max(height, width));
        list = Inside(list, height, width);
        SegmentedObjects all = Build(list, height, width, new ObjectRules());
        uint[] labels = Paint(all);
        double least = 0.6 * radius * radius, most = 3 * radius * radius;
        foreach (ObjectRules rules in new ObjectRules[]
        {
            new() { ExcludeEdges = true }, new() { MinArea = least }, new() { MaxArea = most },
            new() { ExcludeEdges = true, MinArea = least, MaxArea = most },
        })
        {
            SegmentedObjects some = Build(list, height, width, rules);
            bool[] stays = [false, .. all.Objects.Select(star => Stays(star, rules, labels))];
            uint[] renumbered = new uint[stays.Length];
            for (int label = 1, next = 0; label < stays.Length; label++)
                renumbered[label] = stays[label] ? (uint)++next : 0;
            Assert.Equal(labels.Select(label => renumbered[label]), Paint(some));
            Assert.Equal(all.Objects.Where(star => stays[star.Label]).Select(star => (star.Probability, star.Pixels, star.CentroidX)),
                some.Objects.Select(star => (star.Probability, star.Pixels, star.CentroidX)));
            Assert.Equal(Enumerable.Range(1, some.Objects.Length), some.Objects.Select(star => (int)star.Label));
        }
    }

    [Theory]
    [MemberData(nameof(Scenes))]
    public void Labels_grow_to_the_nearest_object(int seed, int height, int width, int count, double radius)
    {
        CandidateList list = Inside(Stars.Crowd(seed, count, Rays, radius, 0.4, Math.Max(height, width)), height, width);
        uint[] labels = Paint(Build(list, height, width, new ObjectRules()));
        foreach (double grow in height > 100 ? new[] { 4.0 } : [1, 2.5, Math.Sqrt(13), 9])
        {
            uint[] expected = PlainlyGrown(labels, height, width, grow);
            SegmentedObjects cells = Build(list, height, width, new ObjectRules { Grow = grow });
            Assert.Equal(expected, Paint(cells));
            SegmentedObjects rings = Build(list, height, width, new ObjectRules { Grow = grow, Rings = true });
            Assert.Equal(expected.Zip(labels, (grown, own) => own == 0 ? grown : 0), Paint(rings));
            foreach (SegmentedObjects grown in new[] { cells, rings })
                AssertMeasured(grown, Paint(grown), width);
        }
    }

    [Fact]
    public void Objects_that_are_left_out_hold_their_ground_while_others_grow()
    {
        CandidateList list = Inside(Stars.Crowd(7, 40, Rays, 6, 0.4, 80), 80, 80);
        uint[] all = Paint(Build(list, 80, 80, new ObjectRules { Grow = 5 }));
        SegmentedObjects found = Build(list, 80, 80, new ObjectRules()), inner = Build(list, 80, 80, new ObjectRules
        {
            Grow = 5, ExcludeEdges = true,
        });
        long[] kept = [.. found.Objects.Where(star => star.TouchesEdge == 0).Select(star => star.Label)];
        Assert.True(kept.Length > 5 && kept.Length < found.Objects.Length);
        Assert.Equal(all.Select(label => (uint)(Array.IndexOf(kept, label) + 1)), Paint(inner));
    }

    [Fact]
    public void Outlines_of_grown_objects_lie_on_the_edge_of_their_labels()
    {
        var list = new CandidateList(32);
        list.Add(40, 40, 0.9f, [.. Enumerable.Repeat(8f, 32)]);
        list.Add(40, 58, 0.8f, [.. Enumerable.Repeat(8f, 32)]);
        var builder = new ObjectBuilder(32, 80, 100, new ObjectRules { Grow = 6 });
        builder.AddPlane(list, [0, 1], 0, 0);
        (SegmentedObject[] objects, float[] vertices) = builder.Build();
        float[] first = vertices[..64];
        // Away from the neighbour 8 + 6 pixels, towards it up to the middle.
        Assert.Equal(40 - 14, first.Where((_, i) => i % 2 == 0).Min(), 0.8f);
        Assert.Equal(49, first.Where((_, i) => i % 2 == 0).Max(), 1f);
        Assert.Equal(objects[0].Pixels, objects[0].Area, 0.1 * objects[0].Pixels);
    }

    private static CandidateList Inside(CandidateList list, int height, int width)
    {
        var inside = new CandidateList(list.Rays);
        for (int i = 0; i < list.Count; i++)
            inside.Add(list.Y(i) % height, list.X(i) % width, list.Probability(i), list.Distances(i));
        return inside;
    }

    private static bool Stays(SegmentedObject star, ObjectRules rules, uint[] labels)
    {
        long pixels = labels.LongCount(label => label == star.Label);
        return !(rules.ExcludeEdges && star.TouchesEdge != 0) && pixels >= rules.MinArea && pixels <= rules.MaxArea;
    }

    private static uint[] PlainlyGrown(uint[] labels, int height, int width, double grow)
    {
        uint[] grown = [.. labels];
        int reach = (int)grow;
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                if (labels[y * width + x] != 0)
                    continue;
                (double Square, uint Label) best = (double.PositiveInfinity, 0);
                for (int v = Math.Max(0, y - reach); v <= Math.Min(height - 1, y + reach); v++)
                    for (int u = Math.Max(0, x - reach); u <= Math.Min(width - 1, x + reach); u++)
                    {
                        double square = (v - y) * (v - y) + (u - x) * (u - x);
                        uint label = labels[v * width + u];
                        if (label != 0 && square <= grow * grow + 1e-9 && (square, label).CompareTo(best) < 0)
                            best = (square, label);
                    }
                grown[y * width + x] = best.Label;
            }
        return grown;
    }

    private static void AssertMeasured(SegmentedObjects result, uint[] labels, int width)
    {
        foreach (SegmentedObject star in result.Objects)
        {
            int[] pixels = [.. Enumerable.Range(0, labels.Length).Where(pixel => labels[pixel] == star.Label)];
            Assert.Equal(pixels.Length, star.Pixels);
            if (pixels.Length == 0)
                continue;
            Assert.Equal(pixels.Average(pixel => (double)(pixel / width)), star.CentroidY, 1e-9);
            Assert.Equal(pixels.Average(pixel => (double)(pixel % width)), star.CentroidX, 1e-9);
            Assert.Equal((pixels.Min(pixel => pixel / width), pixels.Max(pixel => pixel % width) + 1), (star.Top, star.Right));
        }
    }

    private static SegmentedObjects Build(CandidateList list, int height, int width, ObjectRules rules)
    {
        var builder = new ObjectBuilder(list.Rays, height, width, rules);
        builder.AddPlane(list, CandidateOrder.Of(list), 0, 0);
        return Stars.Result(builder, list.Rays, height, width);
    }

    private static unsafe uint[] Paint(SegmentedObjects result)
    {
        uint[] labels = new uint[result.Height * result.Width];
        fixed (uint* data = labels)
            LabelPainter.Paint(result, ImageView.Contiguous(data, PixelType.UInt32, result.Height, result.Width));
        return labels;
    }
}
