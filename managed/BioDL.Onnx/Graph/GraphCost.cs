namespace BioDL.Onnx.Graph;

/// <summary>
/// What a convolutional network costs for each pixel of its input, and how far its outputs see. Taken from the graph alone, in one walk: every
/// tensor has some channels and a pitch (input pixels from one value to the next), so sizes and work follow from them for an image of any size.
/// </summary>
/// <remarks>
/// Limits: two spatial axes; an operator that is not known is taken as elementwise. A resizing whose factor the file computes at run time gets
/// its pitch from the tensor that it is joined with.
/// </remarks>
public sealed record GraphCost
{
    /// <summary>Floating-point operations, a multiplication and an addition counting as two.</summary>
    public required double FlopsPerPixel { get; init; }

    /// <summary>Bytes of all tensors that live at once at the worst moment, input and outputs included.</summary>
    public required double BytesPerPixel { get; init; }

    /// <summary>An output depends on input pixels up to this far away, the larger of Y and X.</summary>
    public required int Reach { get; init; }

    /// <summary>The coarsest pitch inside the network: sides of the input should be multiples of it.</summary>
    public required int DivisorY { get; init; }
    public required int DivisorX { get; init; }

    /// <summary>Operators that mix the whole tile, such as GroupNormalization: results then depend a little on the tile.</summary>
    public required IReadOnlyList<string> GlobalOperators { get; init; }

    /// <summary>The network's outputs by name.</summary>
    public required IReadOnlyDictionary<string, Layer> Outputs { get; init; }

    /// <summary>A tensor inside the network.</summary>
    /// <param name="Channels">0 where unknown</param>
    /// <param name="PitchY">input pixels from one value to the next along Y</param>
    /// <param name="PitchX">input pixels from one value to the next along X</param>
    /// <param name="ReachY">input pixels that it sees above and below</param>
    /// <param name="ReachX">input pixels that it sees left and right</param>
    public readonly record struct Layer(double Channels, double PitchY, double PitchX, double ReachY, double ReachX)
    {
        internal double ValuesPerPixel => Channels / (PitchY * PitchX);
    }

    /// <summary>Walk a graph from an input of (n, channels, h, w).</summary>
    public static GraphCost Of(OnnxGraph graph, string input, int channels) => new GraphWalk(graph, input, channels).Result();
}
