using System.Numerics;
using BioDL.Core.Runs;
using BioDL.Models.Readers;

namespace BioDL.Models.Opening;

/// <summary>Works out sizes that follow other axes, and joins those of the description with those of the network.</summary>
/// <param name="drafts">all described tensors, the inputs first</param>
/// <param name="errors">for messages</param>
internal sealed class AxisSizing(IReadOnlyList<TensorDraft> drafts, DescriptionErrors errors)
{
    private const int Chain = 8;

    /// <summary>Where a described size comes from in the end: a tensor's axis, or nowhere (a number).</summary>
    /// <param name="Tensor">null for a size of its own</param>
    /// <param name="Axis">the axis that has it</param>
    /// <param name="Scale">the size is that axis' size * Scale + Offset, rounded down</param>
    /// <param name="Offset">in values of the following axis</param>
    public readonly record struct SizeSource(TensorDraft? Tensor, AxisDraft Axis, double Scale, int Offset);

    /// <summary>Follow an axis to the one that has a size of its own.</summary>
    public SizeSource Follow(TensorDraft tensor, AxisDraft axis)
    {
        var (scale, offset, at) = (1.0, 0.0, axis);
        TensorDraft? origin = null;
        for (int i = 0; i < Chain; i++)
        {
            if (at.Link is not { } link)
                return new SizeSource(origin, at, scale, (int)Math.Floor(offset));
            origin = drafts.FirstOrDefault(candidate => candidate.Id == link.Tensor)
                ?? throw errors.Invalid($"says that the axis {at.Id} of {tensor.Id} follows {link.Tensor}, which is no tensor of it");
            AxisDraft next = origin.Axes.FirstOrDefault(candidate => candidate.Id == link.Axis)
                ?? throw errors.Invalid($"says that the axis {at.Id} of {tensor.Id} follows the axis {link.Axis} of {link.Tensor}, "
                + "which has none");
            offset += scale * link.Offset;
            scale *= next.Scale / at.Scale;
            if (!(scale is > 1e-6 and < 1e6 && Math.Abs(offset) < 1 << 20))
                throw errors.Invalid($"says that the axis {at.Id} of {tensor.Id} is {scale} times that of {link.Tensor}");
            at = next;
        }
        throw errors.Invalid($"says that the axis {axis.Id} of {tensor.Id} follows others in a circle");
    }

    /// <summary>The described number of channels; null where it does not say.</summary>
    public int? Channels(TensorDraft? tensor)
    {
        if (tensor?.Axis('c') is not { } axis)
            return null;
        SizeSource origin = Follow(tensor, axis);
        if (origin.Axis.Sizes is not { } sizes)
            return null;
        double channels = Math.Floor(sizes.Min * origin.Scale + origin.Offset);
        return errors.Limited($"channels in {tensor.Id}", (long)Math.Clamp(channels, long.MinValue, 1e9), 1, TensorLimits.Channels);
    }

    /// <summary>The sizes that an axis of an input may have.</summary>
    /// <param name="input">the tensor</param>
    /// <param name="letter">z, y or x</param>
    /// <param name="divisor">what the graph asks for</param>
    public AxisSizes Input(MatchedTensor input, char letter, int divisor)
    {
        if (!input.Axes.Contains(letter))
            return AxisSizes.One;
        AxisSizes? described = Described(input.Draft, letter);
        if (input.FixedSize(letter) is { } fixedSize)
        {
            int size = errors.Limited($"values along {letter} of {input.Id}", fixedSize, 1, TensorLimits.Minimum);
            if (described is { } sizes && !Allows(sizes, size))
                throw errors.Invalid($"describes {input.Id} with {sizes.Min} + n * {sizes.Step} values along {letter}, but its network has "
                    + $"{input.Network}");
            return new AxisSizes(size, 0);
        }
        return described is not { } free ? new AxisSizes(divisor, divisor) : free.Step == 0 ? free : WithDivisor(free, divisor) ?? free;
    }

    /// <summary>
    /// Sizes of the description that the graph's divisor divides too; null when none is: then the description knows better.
    /// </summary>
    public static AxisSizes? WithDivisor(AxisSizes sizes, int divisor)
    {
        int step = (int)((long)sizes.Step / (int)BigInteger.GreatestCommonDivisor(sizes.Step, divisor) * divisor);
        for (long size = sizes.Min; size < (long)sizes.Min + step; size += sizes.Step)
        {
            if (size % divisor == 0)
                return new AxisSizes((int)size, step);
        }
        return null;
    }

    private AxisSizes? Described(TensorDraft? tensor, char letter)
    {
        if (tensor?.Axis(letter) is not { } axis)
            return null;
        SizeSource origin = Follow(tensor, axis);
        if (origin.Tensor is not null && (origin.Scale != 1 || origin.Offset != 0))
            throw errors.Unsupported($"has the input {tensor.Id}, whose axis {axis.Id} has another size than the axis {origin.Axis.Id} of "
                + $"{origin.Tensor.Id}");
        if (origin.Axis.Sizes is not { } sizes)
            return null;
        errors.Limited($"pixels as smallest size along {axis.Id} of {tensor.Id}", sizes.Min, 1, TensorLimits.Minimum);
        errors.Limited($"pixels of step along {axis.Id} of {tensor.Id}", sizes.Step, 0, TensorLimits.Step);
        return sizes;
    }

    private static bool Allows(AxisSizes sizes, int size) => sizes.Step == 0 ? size == sizes.Min
        : size >= sizes.Min && (size - sizes.Min) % sizes.Step == 0;
}
