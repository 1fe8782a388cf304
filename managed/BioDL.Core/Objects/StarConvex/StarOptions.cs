namespace BioDL.Core.Objects.StarConvex;

/// <summary>How polygons are compared when the less probable of two overlapping objects is suppressed.</summary>
public enum VertexMode
{
    /// <summary>The exact overlap of the predicted polygons.</summary>
    Exact = 0,

    /// <summary>Vertices cut to whole pixels first, as the reference implementation does.</summary>
    Integer = 1,
}

public enum LabelScope
{
    /// <summary>Labels start at 1 in every plane.</summary>
    PerPlane = 0,

    /// <summary>No label is used twice in the whole series: unique over time.</summary>
    Unique = 1,

    /// <summary>An object has the number of its track, so that a nucleus keeps its label through frames or slices.</summary>
    Track = 2,
}

/// <summary>Along what objects that show the same nucleus are linked to tracks. The numbers are those of <c>BIODL_LINK_*</c>.</summary>
public enum LinkAxis
{
    None = 0,

    /// <summary>Through time, each slice by itself.</summary>
    Frames = 1,

    /// <summary>Through the stack, each frame by itself.</summary>
    Slices = 2,
}

/// <summary>How to find star-convex objects; null means the model's own value. See native/include/biodl/segment.h.</summary>
public sealed record StarOptions
{
    /// <summary>A candidate is more probable than this; 0 to 1.</summary>
    public double? ProbThreshold { get; init; }

    /// <summary>An object falls when it shares more than this part of the smaller of two with a more probable one; 0 to 1.</summary>
    public double? OverlapThreshold { get; init; }

    public VertexMode Vertices { get; init; } = VertexMode.Exact;

    public LabelScope LabelScope { get; init; } = LabelScope.PerPlane;

    /// <summary>Candidates this close to the border, in grid cells, are excluded; negative: none are; null: the model's own.</summary>
    public int? Border { get; init; }

    /// <summary>
    /// Leave out objects with a pixel in the first or last row or column of the image: as if they were deleted from the label image, so
    /// that all others stay as they are. Labels are consecutive after that.
    /// </summary>
    public bool ExcludeEdges { get; init; }

    /// <summary>The pixels that an object's label has at least and at most, before it grows; smaller and larger ones are deleted.</summary>
    public double MinArea { get; init; }
    public double MaxArea { get; init; } = double.PositiveInfinity;

    /// <summary>
    /// Pixels by which labels grow into the background, 0 to 1000, nuclei to cells: by Euclidean distance, the nearest object wins, of two
    /// as near the more probable. Objects that are left out grow before they are deleted, so that no cell reaches into them. Polygons are
    /// then the outlines of the grown labels along the rays.
    /// </summary>
    public double Grow { get; init; }

    /// <summary>Labels are what they grew by, without the object inside; polygons stay outlines of both.</summary>
    public bool Rings { get; init; }

    /// <summary>Link objects that show the same nucleus in consecutive planes, by the IoU of their labels before they grow.</summary>
    public LinkAxis Link { get; init; } = LinkAxis.None;

    /// <summary>The IoU that a link needs, above 0 to 1; null: 0.25.</summary>
    public double? LinkOverlap { get; init; }

    /// <summary>
    /// Where the image's first pixel is in a whole of which it is a block, in whole pixels: vertices are rounded to single precision as in
    /// the whole, so that blocks computed apart show the same pixels. All coordinates stay the image's own.
    /// </summary>
    public (long Y, long X) Origin { get; init; }

    /// <summary>Candidates of a plane that are all kept; of further tiles only what may survive. Does not change the result.</summary>
    internal int ThinAbove { get; init; } = 500_000;
}
