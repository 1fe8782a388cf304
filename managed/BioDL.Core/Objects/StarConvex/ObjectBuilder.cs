namespace BioDL.Core.Objects.StarConvex;

/// <summary>
/// Turns the survivors of each plane into objects with labels and polygons, measured as they are painted. Planes are added in the order of
/// frame and slice.
/// </summary>
/// <param name="rays">vertices of each polygon</param>
/// <param name="height">of the image, in pixels</param>
/// <param name="width">of the image, in pixels</param>
/// <param name="scope">whether labels start at 1 in every plane</param>
public sealed class ObjectBuilder(int rays, int height, int width, LabelScope scope)
{
    private readonly List<SegmentedObject[]> _objects = [];
    private readonly List<float[]> _vertices = [];
    private readonly LabelMeasure _measure = new(rays, height, width);

    public long Count { get; private set; }

    /// <summary>Add the objects of one plane.</summary>
    /// <param name="candidates">of the plane</param>
    /// <param name="survivors">indices into <paramref name="candidates"/>, by falling probability:
    /// <see cref="Suppression.Survivors"/></param>
    /// <param name="frame">of the plane</param>
    /// <param name="slice">of the plane</param>
    public void AddPlane(CandidateList candidates, ReadOnlySpan<int> survivors, int frame, int slice)
    {
        long label = scope == LabelScope.Unique ? Count : 0;
        SegmentedObject[] objects = GC.AllocateUninitializedArray<SegmentedObject>(survivors.Length, pinned: true);
        float[] vertices = GC.AllocateUninitializedArray<float>(checked(survivors.Length * rays * 2), pinned: true);
        float[] y = new float[rays], x = new float[rays];
        for (int n = 0; n < objects.Length; n++)
        {
            int candidate = survivors[n];
            Span<float> polygon = vertices.AsSpan(n * rays * 2, rays * 2);
            StarVertices.Reported(candidates.Distances(candidate), candidates.Y(candidate), candidates.X(candidate), y, x);
            for (int k = 0; k < rays; k++)
                (polygon[2 * k], polygon[2 * k + 1]) = (x[k], y[k]);
            objects[n] = new SegmentedObject
            {
                Label = ++label, Frame = frame, Slice = slice, Probability = candidates.Probability(candidate),
                CenterY = candidates.Y(candidate), CenterX = candidates.X(candidate), Area = PolygonArea.Of(y, x),
                CenterZ = slice, FirstSlice = slice, LastSlice = slice,
            };
        }
        _measure.Take(objects, vertices);
        _objects.Add(objects);
        _vertices.Add(vertices);
        Count += objects.Length;
    }

    /// <summary>All objects, and their vertices: count x rays x (x, y), in pixels. Both arrays are pinned.</summary>
    /// <exception cref="BioDLException">There are more vertices than an array holds (<see cref="Status.OutOfMemory"/>).</exception>
    public (SegmentedObject[] Objects, float[] Vertices) Build()
    {
        if (_objects.Count == 1)
            return (_objects[0], _vertices[0]);
        long values = Count * rays * 2;
        if (values > Array.MaxLength)
            throw new BioDLException(Status.OutOfMemory, $"{Count} objects of {rays} vertices are more than fit into one result",
                "segment fewer frames at a time, or raise the probability threshold");
        SegmentedObject[] objects = GC.AllocateUninitializedArray<SegmentedObject>((int)Count, pinned: true);
        float[] vertices = GC.AllocateUninitializedArray<float>((int)values, pinned: true);
        int next = 0;
        for (int plane = 0; plane < _objects.Count; plane++)
        {
            _objects[plane].CopyTo(objects, next);
            _vertices[plane].CopyTo(vertices, next * rays * 2);
            next += _objects[plane].Length;
        }
        return (objects, vertices);
    }
}
