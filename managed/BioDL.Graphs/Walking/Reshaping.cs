namespace BioDL.Graphs.Walking;

/// <summary>
/// Follows a Reshape by factors: the factors of all dimensions, outermost first, are dealt out anew. Channels may be split and joined; a
/// spatial axis
/// may be split by a block at its inner end, or be joined with a block, as pixel shuffles without DepthToSpace do.
/// </summary>
internal sealed class Reshaping
{
    private readonly List<Factor> _rest;
    private readonly ReceptiveField?[] _spans;
    private readonly double?[] _fixed;

    public Reshaping(TensorTrack input, double?[] fixedSizes)
    {
        _rest = [.. input.Dimensions!.SelectMany(factors => factors).Where(factor => !factor.Size.Is(1))];
        _spans = [.. input.Spans];
        _fixed = fixedSizes;
    }

    /// <summary>The tensor in its new shape; null where that cannot be followed.</summary>
    /// <param name="sizes">of the dimensions; -1 for the one that takes what is left, null for one that is not known, at most one of
    /// both</param>
    public TensorTrack? To(SymbolicSize?[] sizes)
    {
        int open = Array.FindIndex(sizes, size => size is not { } known || known.Is(-1));
        if (open >= 0 && Array.FindIndex(sizes, open + 1, size => size is not { } known || known.Is(-1)) >= 0)
            return null;
        var dimensions = new Factor[sizes.Length][];
        int ahead = open < 0 ? sizes.Length : open;
        for (int i = 0; i < ahead; i++)
        {
            if (Take(sizes[i]!.Value, fromEnd: false) is not { } factors)
                return null;
            dimensions[i] = factors;
        }
        for (int i = sizes.Length - 1; i > ahead; i--)
        {
            if (Take(sizes[i]!.Value, fromEnd: true) is not { } factors)
                return null;
            dimensions[i] = factors;
        }
        if (open >= 0)
            dimensions[open] = _rest.Count > 0 ? [.. _rest] : [Factor.Plain(1)];
        else if (_rest.Count > 0)
            return null;
        for (int i = 0; i < dimensions.Length; i++)
            dimensions[i] = Joined(dimensions[i]);
        return new TensorTrack(dimensions, _spans);
    }

    /// <summary>Factors whose product is a size, from the outer or the inner end of what is left.</summary>
    private Factor[]? Take(SymbolicSize size, bool fromEnd)
    {
        var taken = new List<Factor>();
        for (SymbolicSize left = size; !left.Is(1);)
        {
            if (_rest.Count == 0)
                return null;
            int at = fromEnd ? _rest.Count - 1 : 0;
            Factor factor = _rest[at];
            _rest.RemoveAt(at);
            if (Quotient(left, factor.Size) is { } quotient)
            {
                taken.Insert(fromEnd ? 0 : taken.Count, factor);
                left = quotient;
            }
            else if (Divided(factor, left, fromEnd) is var (part, remainder))
            {
                taken.Insert(fromEnd ? 0 : taken.Count, part);
                _rest.Insert(at, remainder);
                break;
            }
            else
                return null;
        }
        return taken.Count > 0 ? [.. taken] : [Factor.Plain(1)];
    }

    /// <summary>What a size still needs after a factor; null where the factor is no part of it.</summary>
    private SymbolicSize? Quotient(SymbolicSize size, SymbolicSize factor)
    {
        SymbolicSize known = size.IsNumber ? Known(factor) : factor;
        return !known.Is(0) && size.Over(known) is { IsNumber: true } quotient && quotient.Offset >= 1 - 1e-9
            && quotient.Offset == Math.Floor(quotient.Offset)
            ? quotient : size.Over(known) is { IsNumber: false, Axis: >= 0 } rest && factor.IsNumber ? rest : null;
    }

    /// <summary>As a number, where the file fixes the size.</summary>
    private SymbolicSize Known(SymbolicSize size) => !size.IsNumber && _fixed[size.Axis] is { } known
        ? SymbolicSize.Number(size.Scale * known + size.Offset) : size;

    /// <summary>Split a factor into the part that a size takes and the remainder.</summary>
    private (Factor Part, Factor Remainder)? Divided(Factor factor, SymbolicSize size, bool fromEnd)
    {
        if (!factor.IsSpatial)
        {
            double rest = size.IsNumber ? factor.Size.Offset / size.Offset : 0;
            return rest >= 1 && rest == Math.Floor(rest) ? (Factor.Plain(size.Offset), Factor.Plain(rest)) : null;
        }
        // The outer part of a spatial axis is the coarser axis, the inner part a block: place = outer * block + inner.
        SymbolicSize? outer = fromEnd ? factor.Size.Over(size) : size;
        double? block = fromEnd ? size.Value : factor.Size.Over(size)?.Value;
        if (outer is not { IsNumber: false } coarse || block is not (>= 1 and var inner) || inner != Math.Floor(inner)
            || _spans[factor.Axis] is not { } span)
            return null;
        _spans[factor.Axis] = span.Window(inner, 0, inner - 1);
        Factor space = factor with { Size = coarse }, plain = Factor.Plain(inner);
        return fromEnd ? (plain, space) : (space, plain);
    }

    /// <summary>A spatial factor followed by plain ones is a finer spatial axis.</summary>
    private Factor[] Joined(Factor[] factors)
    {
        if (factors.All(factor => !factor.IsSpatial))
            return [Factor.Plain(factors.Aggregate(1.0, (product, factor) => product * factor.Size.Offset))];
        if (!factors[0].IsSpatial || factors.Skip(1).Any(factor => factor.IsSpatial))
            return factors;
        double block = factors.Skip(1).Aggregate(1.0, (product, factor) => product * factor.Size.Offset);
        if (block == 1)
            return [factors[0]];
        if (block == 0 || _spans[factors[0].Axis] is not { } span)
            return factors;
        _spans[factors[0].Axis] = span.Window(1 / block, -(block - 1) / block, 0);
        return [factors[0] with { Size = factors[0].Size.Times(SymbolicSize.Number(block))!.Value }];
    }
}
