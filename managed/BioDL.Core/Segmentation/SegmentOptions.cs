using BioDL.Core.Images;

namespace BioDL.Core.Segmentation;

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

/// <summary>How to segment; null means the model's own value. See native/include/biodl/segment.h.</summary>
public sealed record SegmentOptions
{
    /// <summary>False: the pixels are normalised already.</summary>
    public bool Normalize { get; init; } = true;

    /// <summary>In percent, 0 to 100.</summary>
    public double? PercentileLow { get; init; }

    /// <summary>In percent, above <see cref="PercentileLow"/>.</summary>
    public double? PercentileHigh { get; init; }

    /// <summary>A candidate is more probable than this; 0 to 1.</summary>
    public double? ProbThreshold { get; init; }

    /// <summary>An object falls when it shares more than this part of the smaller of two with a more probable one; 0 to 1.</summary>
    public double? OverlapThreshold { get; init; }

    public VertexMode Vertices { get; init; } = VertexMode.Exact;

    public LabelScope LabelScope { get; init; } = LabelScope.PerPlane;

    /// <summary>Candidates this close to the border, in grid cells, are excluded; null: the model's own.</summary>
    public int? Border { get; init; }

    /// <summary>Side of a tile in pixels, halo included; null: chosen by the cost model.</summary>
    public int? Tile { get; init; }

    /// <summary>"auto", "cpu", "cuda:0", ...</summary>
    public string Device { get; init; } = "auto";

    /// <summary>UInt8, one plane, same Y and X: only objects with their centre on a non-zero pixel; null: all.</summary>
    public ImageView? Mask { get; init; }

    /// <summary>Bytes that tiles may take; null: a part of what is free, at most 768 MiB.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>Candidates of a plane that are all kept; of further tiles only what may survive. Does not change the result.</summary>
    internal int ThinAbove { get; init; } = 500_000;
}
