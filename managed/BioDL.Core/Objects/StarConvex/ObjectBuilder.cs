using BioDL.Core.Images;
using BioDL.Core.Road.Planning;

namespace BioDL.Core.Objects.StarConvex;

/// <summary>
/// Turns the survivors of each plane into objects, in this order:
/// <code>
///   survivors -> polygons, here in pixels of the image -> measured as they are painted
///             -> those that stay -> linked to the plane before -> grown, and measured anew -> labels
/// </code>
/// What stays depends on the label image of all: leaving some out is deleting them from it, and changes no other object. Planes are added
/// in the order of frame and slice.
/// </summary>
public sealed class ObjectBuilder
{
    private readonly int _rays;
    private readonly int _height;
    private readonly int _width;
    private readonly ObjectRules _rules;
    private readonly LabelMeasure _measure;
    private readonly TrackLinks? _links;
    private readonly List<PlaneOfObjects> _planes = [];

    /// <param name="rays">vertices of each polygon</param>
    /// <param name="height">of the image, in pixels</param>
    /// <param name="width">of the image, in pixels</param>
    /// <param name="scope">whether labels start at 1 in every plane</param>
    public ObjectBuilder(int rays, int height, int width, LabelScope scope)
        : this(rays, height, width, new ObjectRules { LabelScope = scope })
    {
    }

    internal ObjectBuilder(int rays, int height, int width, ObjectRules rules)
    {
        (_rays, _height, _width, _rules, _measure) = (rays, height, width, rules, new LabelMeasure(rays, height, width));
        _links = rules.Link == LinkAxis.None ? null : new TrackLinks(rules.Link, rules.LinkOverlap);
    }

    /// <summary>From the pixels that the network sees to those of the image; null: they are the same.</summary>
    internal PlaneSampling? Sampling { get; set; }

    public long Count { get; private set; }

    /// <summary>All that was found; without the account, which comes when the run is over.</summary>
    /// <param name="image">that was segmented</param>
    /// <param name="candidates">before suppression</param>
    /// <exception cref="BioDLException">As <see cref="Build"/>.</exception>
    internal SegmentedObjects Result(ImageView image, long candidates)
    {
        (SegmentedObject[] objects, float[] vertices) = Build();
        return new SegmentedObjects
        {
            Objects = objects, Vertices = vertices, Rays = _rays, Painted = Painted, Candidates = candidates,
            Frames = image.Frames, Slices = image.Slices, Height = image.Height, Width = image.Width, Account = null!,
        };
    }

    /// <summary>
    /// The pixels of each plane's labels, one entry a plane; null where the labels are the polygons as they lie on each other.
    /// </summary>
    internal IReadOnlyList<LabelRuns?> Painted => [.. _planes.Select(plane => plane.Painted)];

    /// <summary>Add the objects of one plane.</summary>
    /// <param name="candidates">of the plane</param>
    /// <param name="survivors">indices into <paramref name="candidates"/>, by falling probability:
    /// <see cref="Suppression.Survivors"/></param>
    /// <param name="frame">of the plane</param>
    /// <param name="slice">of the plane</param>
    /// <param name="cancelled">asked now and then; true ends the call</param>
    /// <exception cref="BioDLException"><see cref="Status.Cancelled"/></exception>
    public void AddPlane(CandidateList candidates, ReadOnlySpan<int> survivors, int frame, int slice, Func<bool>? cancelled = null)
    {
        PlaneOfObjects plane = Find(candidates, survivors, frame, slice);
        List<(int Number, LabelRun Run)>? runs = _rules.IsNothing ? null : [];
        _measure.Take(plane.Objects, plane.Vertices, runs);
        if (runs is not null)
            plane = Refine(plane, LabelRuns.Of(plane.Objects.Length, runs), (frame, slice), cancelled);
        long before = _rules.LabelScope == LabelScope.Unique ? Count : 0;
        foreach (ref SegmentedObject star in plane.Objects.AsSpan())
            star.Label = _rules.LabelScope == LabelScope.Track ? star.Track : ++before;
        _planes.Add(plane);
        Count += plane.Objects.Length;
    }

    /// <summary>All objects, and their vertices: count x rays x (x, y), in pixels. Both arrays are pinned.</summary>
    /// <exception cref="BioDLException">There are more vertices than an array holds (<see cref="Status.OutOfMemory"/>).</exception>
    public (SegmentedObject[] Objects, float[] Vertices) Build()
    {
        if (_planes.Count == 1)
            return (_planes[0].Objects, _planes[0].Vertices);
        long values = Count * _rays * 2;
        if (values > Array.MaxLength)
            throw new BioDLException(Status.OutOfMemory, $"{Count} objects of {_rays} vertices are more than fit into one result",
                "segment fewer frames at a time, or raise the probability threshold");
        var all = PlaneOfObjects.Empty((int)Count, _rays);
        int next = 0;
        foreach (PlaneOfObjects plane in _planes)
        {
            plane.Objects.CopyTo(all.Objects, next);
            plane.Vertices.CopyTo(all.Vertices, next * _rays * 2);
            next += plane.Objects.Length;
        }
        return (all.Objects, all.Vertices);
    }

    /// <summary>
    /// Where what the network sees becomes what the image has: centres and vertices are in pixels of the image from here.
    /// </summary>
    private PlaneOfObjects Find(CandidateList candidates, ReadOnlySpan<int> survivors, int frame, int slice)
    {
        var plane = PlaneOfObjects.Empty(survivors.Length, _rays);
        float[] y = new float[_rays], x = new float[_rays];
        for (int n = 0; n < survivors.Length; n++)
        {
            int candidate = survivors[n];
            Span<float> polygon = plane.Polygon(n, _rays);
            (float centerY, float centerX) = (candidates.Y(candidate), candidates.X(candidate));
            StarVertices.Reported(candidates.Distances(candidate), (centerY, centerX), _rules.Origin, y, x);
            if (Sampling is { } sampling)
                (centerY, centerX) = InImage(sampling, (centerY, centerX), y, x);
            for (int k = 0; k < _rays; k++)
                (polygon[2 * k], polygon[2 * k + 1]) = (x[k], y[k]);
            plane.Objects[n] = new SegmentedObject
            {
                Frame = frame, Slice = slice, Probability = candidates.Probability(candidate),
                CenterY = centerY, CenterX = centerX, Area = PolygonArea.Of(polygon),
                CenterZ = slice, FirstSlice = slice, LastSlice = slice, ClassId = candidates.Class(candidate),
            };
        }
        return plane;
    }

    /// <returns>the centre; the vertices are changed in place</returns>
    private static (float Y, float X) InImage(PlaneSampling sampling, (float Y, float X) center, float[] y, float[] x)
    {
        for (int k = 0; k < y.Length; k++)
            (y[k], x[k]) = ((float)sampling.Y.ToImage(y[k]), (float)sampling.X.ToImage(x[k]));
        return ((float)sampling.Y.ToImage(center.Y), (float)sampling.X.ToImage(center.X));
    }

    /// <summary>Leave out, link and grow.</summary>
    private PlaneOfObjects Refine(PlaneOfObjects found, LabelRuns labels, (int Frame, int Slice) at, Func<bool>? cancelled)
    {
        int[] kept = _rules.Kept(found.Objects);
        LabelRuns own = labels.Only(kept);
        PlaneOfObjects plane = kept.Length == labels.Count ? found : found.Only(kept, _rays) with { Painted = own };
        long[] tracks = _links?.Add(own, at.Frame, at.Slice) ?? [];
        for (int n = 0; n < tracks.Length; n++)
            plane.Objects[n].Track = tracks[n];
        if (_rules.Grow == 0)
            return plane;
        LabelRuns added = new LabelGrowth(_height, _width, _rules.Grow).Added(labels, cancelled).Only(kept);
        LabelRuns cells = LabelRuns.Joined(own, added);
        plane = plane with { Painted = _rules.Rings ? added : cells };
        MeasureGrown(plane, cells);
        return plane;
    }

    /// <summary>Outlines of the grown objects, and box, pixels and centroid of their labels.</summary>
    private void MeasureGrown(PlaneOfObjects plane, LabelRuns cells)
    {
        var outline = new LabelOutline(_rays);
        for (int n = 0; n < plane.Objects.Length; n++)
        {
            ref SegmentedObject star = ref plane.Objects[n];
            Span<float> polygon = plane.Polygon(n, _rays);
            PixelBox.Of(cells[n]).Tell(ref star);
            outline.Take(cells[n], star, polygon);
            star.Area = PolygonArea.Of(polygon);
            var sums = new LabelSums(star);
            foreach (LabelRun run in plane.Painted![n])
                sums.Add(run);
            sums.Tell(ref star);
            PixelBox.Of(plane.Painted[n]).Tell(ref star);
        }
    }
}
