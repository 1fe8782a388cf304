using BioDL.Core.Runs;
using BioDL.Graphs.Walking;
using BioDL.Models.Readers;

namespace BioDL.Models.Opening;

/// <summary>How the sizes of one output follow those of an input.</summary>
/// <param name="sizing">follows descriptions</param>
/// <param name="errors">for messages</param>
/// <param name="output">the tensor</param>
/// <param name="reference">the input</param>
/// <param name="known">what the graph tells of it; null where it could not be followed</param>
internal sealed class OutputLinks(AxisSizing sizing, DescriptionErrors errors, MatchedTensor output,
    InputTensor reference, OutputFacts? known)
{
    private const double Exact = 1e-6;

    /// <param name="letter">z, y or x</param>
    public AxisLink Of(char letter) => Whole(Found(letter));

    /// <summary>
    /// A third, as a file keeps it in 32 bits or seven digits, is a third: places are counted by it, over many thousand pixels.
    /// </summary>
    private static AxisLink Whole(AxisLink link) =>
        Rational.Of(link.Scale) is var (values, pixels) ? link with { Scale = (double)values / pixels } : link;

    private AxisLink Found(char letter)
    {
        if (!output.Axes.Contains(letter))
            return AxisLink.Same;
        AxisSizes input = reference.Along(letter);
        AxisLink? network = FromGraph(letter, input);
        if (output.Draft?.Axis(letter) is not { } axis)
            return network ?? FromSize(input, output.FixedSize(letter), null) ?? AxisLink.Same;
        AxisSizing.SizeSource origin = sizing.Follow(output.Draft, axis);
        if (origin.Tensor is not null && reference.Id == origin.Tensor.Id && reference.Axes.Contains(letter))
            return Agreed(new AxisLink(origin.Scale, origin.Offset), network, letter);
        int? described = origin.Axis.Sizes is { } sizes ? (int)Math.Floor(sizes.Min * origin.Scale + origin.Offset) : null;
        if (described is { } size && output.FixedSize(letter) is { } fixedSize && size != fixedSize)
            throw errors.Invalid($"describes {output.Id} with {size} values along {letter}, but its network has {output.Network}");
        return FromSize(input, described, network) ?? network ?? AxisLink.Same;
    }

    private AxisLink? FromGraph(char letter, AxisSizes input)
    {
        if (known is not { } layer || !reference.Axes.Contains(letter))
            return null;
        SideFacts side = layer.Side(letter);
        if (side.Pitch <= 0)
            return null;
        AxisLink? link = Math.Abs(side.Offset - Math.Round(side.Offset)) < Exact
            ? new AxisLink(1 / side.Pitch, (int)Math.Round(side.Offset)) : null;
        // The graph's formula holds for multiples of the divisor; the only size may be another, and then the file knows what comes of it.
        int whole = (int)Math.Round(input.Min / side.Pitch);
        bool told = input is { Step: 0, Min: > 1 } && output.FixedSize(letter) is { } size
            && (link is not { } follows || size != whole + follows.Offset);
        return told ? new AxisLink(1 / side.Pitch, (int)(output.FixedSize(letter)!.Value - whole)) : link;
    }

    /// <summary>A number for a size: with an input of one size the two give a scale, else it does not follow the input.</summary>
    private static AxisLink? FromSize(AxisSizes input, long? size, AxisLink? network)
    {
        if (size is not { } values)
            return null;
        if (input.Step > 0 || input == AxisSizes.One)
            return new AxisLink(0, (int)values);
        if (network is { } link && Math.Abs(input.Min * link.Scale + link.Offset - values) < Exact)
            return link;
        return values % input.Min == 0 || input.Min % values == 0 ? new AxisLink((double)values / input.Min, 0)
            : new AxisLink(1, (int)(values - input.Min));
    }

    private AxisLink Agreed(AxisLink described, AxisLink? network, char letter)
    {
        if (network is { } link && Math.Abs(link.Scale / described.Scale - 1) > Exact)
        {
            throw errors.Invalid(FormattableString.Invariant(
                $"describes {output.Id} with {described.Scale} values for a pixel along {letter}, but its network gives {link.Scale}"));
        }
        // Descriptions are often wrong by an offset; the graph is what runs.
        return network ?? described;
    }
}
