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

    /// <summary>No label is used twice in the whole series.</summary>
    Unique = 1,
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

    /// <summary>Candidates of a plane that are all kept; of further tiles only what may survive. Does not change the result.</summary>
    internal int ThinAbove { get; init; } = 500_000;
}
