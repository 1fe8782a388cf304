namespace BioDL.Models.Descriptions;

/// <summary>
/// What a StarDist model is, whichever format described it. Sizes in pixels of the input, percentiles in percent, thresholds 0 to 1.
/// </summary>
public sealed record StarDistDescription
{
    /// <summary>1 for grey, 3 for RGB.</summary>
    public int Channels { get; init; } = 1;
    public int Rays { get; init; }
    public int GridY { get; init; } = 1;
    public int GridX { get; init; } = 1;

    /// <summary>Tile sides are <see cref="MinY"/> + n * DivisorY.</summary>
    public int DivisorY { get; init; } = 1;
    public int DivisorX { get; init; } = 1;
    public int MinY { get; init; }
    public int MinX { get; init; }

    /// <summary>Pixels around a tile that its inner part depends on.</summary>
    public int Halo { get; init; }

    public double PercentileLow { get; init; } = 1;
    public double PercentileHigh { get; init; } = 99.8;

    /// <summary>Added to the range before dividing by it.</summary>
    public double Epsilon { get; init; } = 1e-20;

    /// <summary>One percentile pair for all channels together, rather than one for each.</summary>
    public bool JointChannels { get; init; } = true;

    public double ProbThreshold { get; init; } = 0.5;
    public double OverlapThreshold { get; init; } = 0.4;

    /// <summary>
    /// Candidates this close to the border, in grid cells, are excluded: StarDist's 2 unless the description says otherwise.
    /// </summary>
    public int Border { get; init; } = 2;

    /// <summary>Tensor names.</summary>
    public string InputName { get; init; } = "";
    public string ProbName { get; init; } = "";
    public string DistName { get; init; } = "";

    /// <summary>Of the classes of objects, the background first; "": the network knows none.</summary>
    public string ClassName { get; init; } = "";
}
