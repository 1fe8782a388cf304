namespace BioDL.Core.Objects.StarConvex;

/// <summary>The objects of one plane, the most probable first. Arrays are pinned, so that hosts may read them in place.</summary>
/// <param name="Objects">as many as there are</param>
/// <param name="Vertices">count x rays x (x, y), in pixels</param>
/// <param name="Painted">the pixels of their labels; null: the polygons as they lie on each other</param>
internal sealed record PlaneOfObjects(SegmentedObject[] Objects, float[] Vertices, LabelRuns? Painted)
{
    /// <summary>Room for so many.</summary>
    public static PlaneOfObjects Empty(int count, int rays) => new(
        GC.AllocateUninitializedArray<SegmentedObject>(count, pinned: true),
        GC.AllocateUninitializedArray<float>(checked(count * rays * 2), pinned: true), null);

    public Span<float> Polygon(int number, int rays) => Vertices.AsSpan(number * rays * 2, rays * 2);

    /// <summary>Some of the objects, in the order given.</summary>
    public PlaneOfObjects Only(int[] numbers, int rays)
    {
        PlaneOfObjects some = Empty(numbers.Length, rays);
        for (int i = 0; i < numbers.Length; i++)
        {
            some.Objects[i] = Objects[numbers[i]];
            Polygon(numbers[i], rays).CopyTo(some.Polygon(i, rays));
        }
        return some;
    }
}
