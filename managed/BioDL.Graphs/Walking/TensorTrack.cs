namespace BioDL.Graphs.Walking;

/// <summary>One part of a dimension: a spatial axis, or a plain number such as channels (0 where unknown).</summary>
internal readonly record struct Factor(int Axis, SymbolicSize Size)
{
    public bool IsSpatial => Axis >= 0;

    public static Factor Plain(double size) => new(-1, SymbolicSize.Number(size));
}

/// <summary>What is known of a tensor inside a network that depends on an input.</summary>
/// <param name="Dimensions">
/// outermost first, each a product of factors, outermost first, for reshaping may fold axes into one dimension; null where the layout is
/// not known
/// </param>
/// <param name="Spans">for z, y and x; null along an axis that the tensor has not</param>
/// <param name="UnknownChannels">channels of a tensor without <paramref name="Dimensions"/></param>
internal sealed record TensorTrack(Factor[][]? Dimensions, ReceptiveField?[] Spans, double UnknownChannels = 0)
{
    /// <summary>The product of all that is not spatial; 0 where unknown.</summary>
    public double Channels => Dimensions is null ? UnknownChannels
        : Dimensions.SelectMany(factors => factors).Where(factor => !factor.IsSpatial)
        .Aggregate(1.0, (product, factor) => product * factor.Size.Offset);

    /// <summary>Values for each pixel of the input.</summary>
    public double ValuesPerPixel => Spans.All(span => span is null) ? 0
        : Spans.Aggregate(Channels, (values, span) => span is { } along ? values / along.Pitch : values);

    public static TensorTrack Input(GraphInput input)
    {
        var spans = new ReceptiveField?[3];
        var dimensions = new Factor[input.Axes.Length][];
        for (int i = 0; i < dimensions.Length; i++)
        {
            int axis = "zyx".IndexOf(input.Axes[i]);
            if (axis >= 0)
                spans[axis] = ReceptiveField.Pixel;
            dimensions[i] = [axis >= 0 ? new Factor(axis, SymbolicSize.Along(axis))
                : Factor.Plain(input.Axes[i] == 'c' ? input.Channels : 1)];
        }
        return new TensorTrack(dimensions, spans);
    }

    /// <summary>
    /// Of dimension <paramref name="index"/>: its axis when it is one spatial axis, -1 when it is none, null when axes are folded into it.
    /// </summary>
    public int? AxisOf(int index)
    {
        Factor[] factors = Dimensions![index];
        if (factors.All(factor => !factor.IsSpatial))
            return -1;
        return factors.Length == 1 ? factors[0].Axis : null;
    }

    /// <summary>The size of a dimension; null where it is a product that has no simple form.</summary>
    public SymbolicSize? SizeOf(int index)
    {
        SymbolicSize? size = SymbolicSize.Number(1);
        foreach (Factor factor in Dimensions![index])
            size = factor.Size.Is(0) ? null : size?.Times(factor.Size);
        return size;
    }

    /// <summary>The same tensor with another dimension, and another span where it is a spatial one.</summary>
    public TensorTrack With(int index, Factor factor, ReceptiveField? span = null)
    {
        Factor[][] dimensions = [.. Dimensions!];
        dimensions[index] = [factor];
        ReceptiveField?[] spans = [.. Spans];
        if (factor.IsSpatial && span is not null)
            spans[factor.Axis] = span;
        return new TensorTrack(dimensions, spans);
    }

    /// <summary>Forget the spans of axes that no dimension has any more.</summary>
    public TensorTrack Trimmed()
    {
        ReceptiveField?[] spans = [.. Spans];
        for (int axis = 0; axis < 3; axis++)
        {
            if (!Dimensions!.Any(factors => factors.Any(factor => factor.Axis == axis)))
                spans[axis] = null;
        }
        return new TensorTrack(Dimensions, spans);
    }
}
