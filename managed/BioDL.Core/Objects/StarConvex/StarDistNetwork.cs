namespace BioDL.Core.Objects.StarConvex;

/// <summary>What the star sink needs to know of a StarDist network, beside what the road does.</summary>
public sealed record StarDistNetwork
{
    public required StarGeometry Geometry { get; init; }

    /// <summary>The output's number: (1, 1, h / grid, w / grid), 0 to 1.</summary>
    public required int Prob { get; init; }

    /// <summary>The output's number: (1, rays, h / grid, w / grid), in pixels of the input.</summary>
    public required int Dist { get; init; }

    /// <summary>
    /// The output's number: (1, 1 + classes, h / grid, w / grid), the background first, probabilities or scores; null: no classes.
    /// </summary>
    public int? Class { get; init; }

    /// <summary>The model's own thresholds, 0 to 1.</summary>
    public required double ProbThreshold { get; init; }
    public required double OverlapThreshold { get; init; }

    /// <summary>Candidates this close to the border, in grid cells, are excluded.</summary>
    public int Border { get; init; } = 2;
}
