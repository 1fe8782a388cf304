namespace BioDL.Graphs.Walking;

/// <summary>An input of a network, as its description says.</summary>
/// <param name="Name">the tensor's name in the file</param>
/// <param name="Axes">one letter an axis, outermost first, out of b, c, z, y and x, such as "bcyx" or "bzyxc"</param>
/// <param name="Channels">1 where there is no c</param>
public sealed record GraphInput(string Name, string Axes, int Channels);

/// <summary>
/// What a convolutional network costs for each pixel of its input, and how far its outputs see. Taken from the graph alone, in one walk:
/// every
/// tensor has some channels and along each axis a pitch (input pixels from one value to the next) and the range of input pixels that a
/// value
/// depends on, so sizes, work and the halo of a tile follow for an image of any size.
/// </summary>
/// <remarks>
/// The reach is a bound: no output depends on a pixel further away, unless <see cref="GlobalOperators"/> names an operator. Limits: all
/// inputs have
/// the same size along a spatial axis, and sides are multiples of the divisor. The range of a chain of operators is the sum of their
/// ranges, which
/// may be a little wider than what the network really sees.
/// </remarks>
public sealed record GraphCost
{
    /// <summary>Floating-point operations, a multiplication and an addition counting as two.</summary>
    public required double FlopsPerPixel { get; init; }

    /// <summary>Bytes of all tensors that live at once at the worst moment, inputs and outputs included.</summary>
    public required double BytesPerPixel { get; init; }

    /// <summary>Outputs depend on input pixels up to this far away along an axis, to the worse side of the worst output.</summary>
    public required int ReachZ { get; init; }
    public required int ReachY { get; init; }
    public required int ReachX { get; init; }

    /// <summary>The larger of Y and X.</summary>
    public int Reach => Math.Max(ReachY, ReachX);

    /// <summary>
    /// The least common multiple of the pitches inside the network: sides of the input should be multiples of it. At most 2^20.
    /// </summary>
    public required int DivisorZ { get; init; }
    public required int DivisorY { get; init; }
    public required int DivisorX { get; init; }

    /// <summary>
    /// Operators that let an output depend on the whole tile, such as GroupNormalization, or that the walk cannot follow; a note in
    /// brackets says
    /// why where the name does not. Empty: a tiled run equals that of the whole image.
    /// </summary>
    public required IReadOnlyList<string> GlobalOperators { get; init; }

    /// <summary>The network's outputs by name; those that do not depend on an input are left out.</summary>
    public required IReadOnlyDictionary<string, Layer> Outputs { get; init; }

    /// <summary>A tensor along one axis.</summary>
    /// <param name="Pitch">input pixels from one value to the next; 0 along an axis that the tensor has not</param>
    /// <param name="Reach">input pixels that a value sees beyond those that it stands for, to the worse side</param>
    /// <param name="Offset">its size is the input's size / Pitch + Offset; negative where convolutions without padding cut its
    /// border</param>
    public readonly record struct Side(double Pitch, double Reach, double Offset);

    /// <summary>An output of a network.</summary>
    /// <param name="Channels">0 where unknown</param>
    /// <param name="Axes">such as "bcyx"; "" where operators were met that the walk cannot follow</param>
    /// <param name="Z">along z</param>
    /// <param name="Y">along y</param>
    /// <param name="X">along x</param>
    public readonly record struct Layer(double Channels, string Axes, Side Z, Side Y, Side X)
    {
        public double PitchY => Y.Pitch;
        public double PitchX => X.Pitch;
    }

    /// <summary>Walk a graph from its inputs. Inputs of the graph that are not named here count as constants.</summary>
    public static GraphCost Of(OnnxGraph graph, IReadOnlyList<GraphInput> inputs) => new GraphWalk(graph, inputs).Result();

    /// <summary>Walk a graph from an input of (n, channels, h, w).</summary>
    public static GraphCost Of(OnnxGraph graph, string input, int channels) => Of(graph, [new GraphInput(input, "bcyx", channels)]);
}
