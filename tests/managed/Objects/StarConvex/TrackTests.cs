using BioDL.Core.Images;
using BioDL.Core.Objects.StarConvex;

namespace BioDL.Tests.Objects.StarConvex;

/// <summary>Linking through frames and slices, compared with a twin that looks at label images pixel by pixel.</summary>
public class TrackTests
{
    private const int Rays = 16, Side = 90;

    [Theory]
    [InlineData(LinkAxis.Frames, 6, 1, 0.25)]
    [InlineData(LinkAxis.Frames, 4, 3, 0.1)]
    [InlineData(LinkAxis.Slices, 1, 6, 0.6)]
    [InlineData(LinkAxis.Slices, 3, 4, 0.25)]
    public void Tracks_are_those_of_a_plain_twin(LinkAxis axis, int frames, int slices, double least)
    {
        for (int seed = 0; seed < 8; seed++)
        {
            SegmentedObjects result = Moving(seed, frames, slices, new ObjectRules { Link = axis, LinkOverlap = least });
            Assert.Equal(PlainTracks(result, axis, least), result.Objects.Select(star => star.Track));
            Assert.Contains(result.Objects.GroupBy(star => star.Track), track => track.Count() > 2);
        }
    }

    [Fact]
    public void A_nucleus_keeps_its_number_when_labels_are_tracks()
    {
        var rules = new ObjectRules { Link = LinkAxis.Frames, LabelScope = LabelScope.Track };
        SegmentedObjects result = Moving(3, 5, 1, rules);
        Assert.All(result.Objects, star => Assert.Equal(star.Track, star.Label));
        foreach (IGrouping<int, SegmentedObject> frame in result.Objects.GroupBy(star => star.Frame))
            Assert.Equal(frame.Count(), frame.Select(star => star.Label).Distinct().Count());
        uint[] labels = Paint(result);
        foreach (SegmentedObject star in result.Objects)
            Assert.Equal(star.Pixels, labels.Skip(star.Frame * Side * Side).Take(Side * Side).Count(label => label == star.Track));
    }

    [Fact]
    public void A_track_ends_where_a_plane_is_empty_and_one_half_of_a_division_goes_on()
    {
        var builder = new ObjectBuilder(Rays, Side, Side, new ObjectRules { Link = LinkAxis.Frames });
        Add(builder, 0, (30, 30, 8), (60, 60, 8));
        Add(builder, 1, (30, 33, 6), (30, 22, 5), (61, 60, 8));
        Add(builder, 2);
        Add(builder, 3, (61, 60, 8));
        SegmentedObject[] objects = builder.Build().Objects;
        Assert.Equal([1L, 2, 1, 3, 2, 4], objects.Select(star => star.Track));
    }

    [Fact]
    public void What_is_not_linked_has_no_track() =>
        Assert.All(Moving(1, 3, 1, new ObjectRules()).Objects, star => Assert.Equal(0, star.Track));

    private static void Add(ObjectBuilder builder, int frame, params (float Y, float X, float Radius)[] discs)
    {
        var list = new CandidateList(Rays);
        float probability = 1;
        foreach ((float y, float x, float radius) in discs)
            list.Add(y, x, probability -= 0.1f, [.. Enumerable.Repeat(radius, Rays)]);
        builder.AddPlane(list, CandidateOrder.Of(list), frame, 0);
    }

    /// <summary>Discs that drift, swell, come and go.</summary>
    private static SegmentedObjects Moving(int seed, int frames, int slices, ObjectRules rules)
    {
        var random = new Random(seed);
        var discs = Enumerable.Range(0, 14).Select(_ => (Y: random.NextDouble() * Side, X: random.NextDouble() * Side,
            Radius: 4 + 6 * random.NextDouble(), Dy: 3 * random.NextDouble() - 1.5, Dx: 5 * random.NextDouble() - 2.5)).ToArray();
        var builder = new ObjectBuilder(Rays, Side, Side, rules);
        for (int plane = 0; plane < frames * slices; plane++)
        {
            var list = new CandidateList(Rays);
            foreach (var (y, x, radius, dy, dx) in discs)
            {
                double cy = y + plane * dy, cx = x + plane * dx;
                if (random.Next(10) == 0 || cy is < 0 or >= Side || cx is < 0 or >= Side)
                    continue;
                float size = (float)(radius * (0.9 + 0.2 * random.NextDouble()));
                list.Add((float)Math.Floor(cy), (float)Math.Floor(cx), random.Next(20) / 20f, [.. Enumerable.Repeat(size, Rays)]);
            }
            builder.AddPlane(list, CandidateOrder.Of(list), plane / slices, plane % slices);
        }
        return Stars.Result(builder, Rays, Side, Side, frames, slices);
    }

    private static long[] PlainTracks(SegmentedObjects result, LinkAxis axis, double least)
    {
        uint[] labels = Paint(result);
        long[] tracks = new long[result.Objects.Length];
        long last = 0;
        for (int plane = 0; plane < result.Frames * result.Slices; plane++)
        {
            int before = axis == LinkAxis.Frames ? plane - result.Slices : plane % result.Slices == 0 ? -1 : plane - 1;
            int[] here = In(result, plane), there = before < 0 ? [] : In(result, before);
            var pairs = new List<(int A, int B)>();
            while (true)
            {
                // The best pair of all that are left, again and again.
                (double Iou, int A, int B) best = (0, -1, -1);
                foreach (int a in there.Where(a => pairs.All(pair => pair.A != a)))
                    foreach (int b in here.Where(b => pairs.All(pair => pair.B != b)))
                        if (Iou(result, labels, a, b) is var iou && iou > best.Iou)
                            best = (iou, a, b);
                if (best.A < 0 || best.Iou < least)
                    break;
                pairs.Add((best.A, best.B));
            }
            foreach (int b in here)
                tracks[b] = pairs.Any(pair => pair.B == b) ? tracks[pairs.First(pair => pair.B == b).A] : ++last;
        }
        return tracks;
    }

    private static int[] In(SegmentedObjects result, int plane) =>
        [.. Enumerable.Range(0, result.Objects.Length)
            .Where(n => result.Objects[n].Frame * result.Slices + result.Objects[n].Slice == plane)];

    private static double Iou(SegmentedObjects result, uint[] labels, int a, int b)
    {
        (SegmentedObject one, SegmentedObject other) = (result.Objects[a], result.Objects[b]);
        ReadOnlySpan<uint> first = Plane(result, labels, one), second = Plane(result, labels, other);
        int shared = 0, either = 0;
        for (int i = 0; i < first.Length; i++)
        {
            shared += first[i] == one.Label && second[i] == other.Label ? 1 : 0;
            either += first[i] == one.Label || second[i] == other.Label ? 1 : 0;
        }
        return either == 0 ? 0 : (double)shared / either;
    }

    private static ReadOnlySpan<uint> Plane(SegmentedObjects result, uint[] labels, SegmentedObject star) =>
        labels.AsSpan((star.Frame * result.Slices + star.Slice) * Side * Side, Side * Side);

    private static unsafe uint[] Paint(SegmentedObjects result)
    {
        uint[] labels = new uint[result.Frames * result.Slices * Side * Side];
        fixed (uint* data = labels)
            LabelPainter.Paint(result, ImageView.Contiguous(data, PixelType.UInt32, Side, Side, result.Frames, result.Slices));
        return labels;
    }
}
