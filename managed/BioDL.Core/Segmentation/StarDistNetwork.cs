using BioDL.Core.Normalization;
using BioDL.Core.StarConvex;
using BioDL.Core.Tiles;

namespace BioDL.Core.Segmentation;

/// <summary>What the road needs to know of a StarDist model, whichever file it came from.</summary>
public sealed record StarDistNetwork
{
    /// <summary>For the provenance.</summary>
    public required string Name { get; init; }
    public required string Sha256 { get; init; }
    public required string Source { get; init; }

    /// <summary>Of this library and what it stands on, such as ("onnxruntime", "1.29.0"); for the provenance.</summary>
    public IReadOnlyList<(string Name, string Version)> Versions { get; init; } = [];

    public required StarGeometry Geometry { get; init; }
    public required TileRules Tiles { get; init; }

    /// <summary>Input channels.</summary>
    public required int Channels { get; init; }

    /// <summary>One percentile pair for all channels together, rather than one for each.</summary>
    public required bool JointChannels { get; init; }
    public required PercentilePair Percentiles { get; init; }

    /// <summary>Added to the range of values before dividing by it.</summary>
    public double Epsilon { get; init; } = Scaling.CsbDeepEpsilon;

    /// <summary>The model's own thresholds.</summary>
    public required double ProbThreshold { get; init; }
    public required double OverlapThreshold { get; init; }

    /// <summary>Candidates this close to the border, in grid cells, are excluded.</summary>
    public int Border { get; init; } = 2;

    /// <summary>Operators that mix the whole tile, so that results depend a little on the tiles; empty for a local network.</summary>
    public IReadOnlyList<string> GlobalOperators { get; init; } = [];
}
