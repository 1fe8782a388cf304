using BioDL.Core.Runs;
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
    public AxisLink Of(char letter)
    {
        if (!output.Axes.Contains(letter))
            return AxisLink.Same;
        AxisSizes input = letter switch { 'z' => reference.Z, 'y' => reference.Y, _ => reference.X };
        AxisLink? network = FromGraph(letter);
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

    private AxisLink? FromGraph(char letter)
    {
        if (known is not { } layer || !reference.Axes.Contains(letter))
            return null;
        SideFacts side = layer.Side(letter);
        return side.Pitch > 0 && Math.Abs(side.Offset - Math.Round(side.Offset)) < Exact
            ? new AxisLink(1 / side.Pitch, (int)Math.Round(side.Offset)) : null;
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
