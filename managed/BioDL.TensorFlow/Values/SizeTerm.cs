using BioDL.Graphs.Wire;

namespace BioDL.TensorFlow.Values;

/// <summary>
/// A size that is known only when the network runs: that of a tensor along an axis, or a quotient of such a size rounded down, or a
/// remainder.
/// </summary>
/// <param name="Tensor">name of an ONNX tensor; empty for the others</param>
/// <param name="Axis">of that tensor as it is stored</param>
/// <param name="Inner">what is rounded down or divided</param>
/// <param name="Modulus">the divisor whose remainder it is; 0 where it is none</param>
internal sealed record SizeSymbol(string Tensor, int Axis, SizeTerm? Inner = null, double Modulus = 0)
{
    private const int MaximumDepth = 32;

    private int Depth { get; } = Inner?.Symbol is { } inner ? inner.Depth + 1 : 0;

    /// <exception cref="WireFormatException">quotients of quotients of ... without end</exception>
    public static SizeTerm Of(SizeTerm inner, double modulus = 0)
    {
        var symbol = new SizeSymbol("", 0, inner, modulus);
        return symbol.Depth <= MaximumDepth ? SizeTerm.Of(symbol)
            : throw new WireFormatException("its arithmetic of sizes is nested too deeply");
    }
}

/// <summary>A size inside the network: Factor * Symbol + Offset, or the number Offset where there is no symbol.</summary>
internal readonly record struct SizeTerm(SizeSymbol? Symbol, double Factor, double Offset)
{
    public static SizeTerm Number(double value) => new(null, 0, value);

    public static SizeTerm Of(SizeSymbol symbol) => new(symbol, 1, 0);

    public bool IsNumber => Symbol is null;

    /// <summary>A whole number, or null where the size depends on the input's.</summary>
    public long? Value => Symbol is null && Math.Abs(Offset) < 1L << 53 ? (long)Offset : null;

    public bool Is(double value) => Symbol is null && Offset == value;

    public SizeTerm? Plus(SizeTerm other) => Symbol is null || other.Symbol is null || Symbol == other.Symbol
        ? Made(Symbol ?? other.Symbol, Factor + other.Factor, Offset + other.Offset) : null;

    public SizeTerm? Minus(SizeTerm other) => Plus(other.Times(-1));

    public SizeTerm Times(double number) => Made(Symbol, Factor * number, Offset * number);

    public SizeTerm? Times(SizeTerm other) => other.Symbol is null ? Times(other.Offset) : Symbol is null ? other.Times(Offset) : null;

    /// <summary>This over that, rounded down where it is not whole anyway.</summary>
    public SizeTerm? FloorOver(SizeTerm other) => other.Symbol is null && other.Offset != 0 ? Times(1 / other.Offset).Floor() : null;

    /// <summary>Rounded down: itself where it is whole for every whole symbol.</summary>
    public SizeTerm Floor()
    {
        if (Symbol is null)
            return Number(Math.Floor(Offset));
        return Factor == Math.Floor(Factor) ? this with { Offset = Math.Floor(Offset) } : SizeSymbol.Of(this);
    }

    /// <summary>The remainder with the divisor's sign: this - floor(this / other) * other.</summary>
    public SizeTerm? Modulo(SizeTerm other)
    {
        if (FloorOver(other) is not { } quotient)
            return null;
        SizeTerm whole = quotient.Times(other.Offset);
        return Symbol is null || whole.Symbol == Symbol ? Minus(whole) : SizeSymbol.Of(this, other.Offset);
    }

    /// <summary>The same size, or k times the other's without remainder; null where that cannot be said.</summary>
    public double? Over(SizeTerm other)
    {
        if (Symbol is null || other.Symbol is null)
            return Symbol is null && other.Symbol is null && other.Offset != 0 ? Offset / other.Offset : null;
        if (Symbol == other.Symbol && other.Factor != 0 && Factor * other.Offset == Offset * other.Factor)
            return Factor / other.Factor;
        return null;
    }

    private static SizeTerm Made(SizeSymbol? symbol, double factor, double offset) =>
        factor == 0 ? Number(offset) : new SizeTerm(symbol, factor, offset);
}
