using BioDL.Core.Runs;

namespace BioDL.Engines;

/// <summary>What runs of a network showed of it, where no graph says so.</summary>
public sealed record MeasuredNetwork
{
    /// <summary>
    /// Input pixels to each side that an output depends on by more than a millionth of its range, with a margin; null where an output
    /// followed a change
    /// anywhere in the largest image that was tried. <see cref="RunNetwork.ReachBeyond"/> along an axis of one size whose reach goes beyond
    /// it.
    /// </summary>
    public Extent? Reach { get; init; }

    /// <summary>
    /// Sides that the network takes are multiples of these, and moving the image by them moves the outputs; 1 along an axis that it has
    /// not.
    /// </summary>
    public required Extent Divisor { get; init; }

    /// <summary>Bytes that a run takes for each pixel (voxel), inputs included.</summary>
    public required double BytesPerPixel { get; init; }

    /// <summary>In the order in which the network gives them.</summary>
    public required IReadOnlyList<MeasuredOutput> Outputs { get; init; }
}

/// <summary>An output as runs of several sizes showed it.</summary>
/// <param name="Axes">one letter a dimension, such as "bcyx"; "" where dimensions could not be told</param>
/// <param name="Channels">1 where there is no c</param>
/// <param name="Z">along z</param>
/// <param name="Y">along y</param>
/// <param name="X">along x</param>
public sealed record MeasuredOutput(string Axes, int Channels, MeasuredSide Z, MeasuredSide Y, MeasuredSide X);

/// <summary>An output's size along an axis is the input's * Scale + Offset; a scale of 0: it does not follow it.</summary>
public readonly record struct MeasuredSide(double Scale, double Offset);
