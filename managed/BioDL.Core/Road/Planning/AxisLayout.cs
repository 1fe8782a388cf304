using BioDL.Core.Tiles;

namespace BioDL.Core.Road.Planning;

/// <summary>
/// One spatial axis of a run: how it may be cut, and where what the network gives goes.
/// <code>
///   image      0 |--------------------------------| Length
///   plan         Origin |=================|              the whole axis, or the wanted region with its context
///   tile                    [Pad|  Size  |Pad]           the network reads all of it and gives results for the middle,
///                                                        beyond the image's ends the image is mirrored
/// </code>
/// Tiles are counted from Origin, a multiple of their step, so that pooling windows fall where they fall in the whole image.
/// </summary>
internal sealed record AxisLayout
{
    public required char Axis { get; init; }

    /// <summary>Pixels of the image.</summary>
    public required int Length { get; init; }

    /// <summary>The image's pixel that the plan starts at.</summary>
    public required int Origin { get; init; }
    public required AxisChoice Choice { get; init; }

    /// <summary>For each output of the network.</summary>
    public required OutputAxis[] Outputs { get; init; }

    /// <summary>The first pixel that the network reads for a tile; negative before the image.</summary>
    public int ReadStart(AxisSpan span) => Origin + span.Start - Choice.Pad;

    /// <summary>Pixels that it reads.</summary>
    public int ReadSize(AxisSpan span) => span.Size + 2 * Choice.Pad;

    /// <summary>What of the pixels that it reads the tile owns and the image has.</summary>
    public (int Start, int End) ReadOwn(AxisSpan span)
    {
        int start = Math.Max(0, Origin + span.OwnStart) - ReadStart(span), end = Math.Min(Length, Origin + span.OwnEnd) - ReadStart(span);
        return (start, Math.Max(start, end));
    }

    /// <summary>Values of an output's tensor.</summary>
    public long OutputSize(int output, AxisSpan span) => Outputs[output].TensorSize(ReadSize(span));

    /// <summary>What of an output goes where.</summary>
    public OutputSpan Span(int output, AxisSpan span) =>
        Outputs[output].Span((long)Origin + span.Start, (long)Origin + span.OwnStart, (long)Origin + span.OwnEnd);
}
