
namespace BioDL.Graphs.Walking;

/// <summary>
/// A size inside a network as it follows from the input's: Scale * S + Offset, where S is the input's size along one spatial axis; a plain
/// number
/// where Scale is 0. S is taken to be a multiple of the network's divisor, so that Scale * S is whole.
/// </summary>
/// <param name="Axis">0, 1, 2: z, y, x; -1 for a plain number</param>
/// <param name="Scale">0 for a plain number</param>
/// <param name="Offset">what is added, or the number</param>
internal readonly record struct SymbolicSize(int Axis, double Scale, double Offset)
{
    private const double Tolerance = 1e-6;

    public static SymbolicSize Number(double value) => new(-1, 0, value);

    public static SymbolicSize Along(int axis) => new(axis, 1, 0);

    public bool IsNumber => Axis < 0;

    /// <summary>The number, or null where it depends on the input's size.</summary>
    public double? Value => IsNumber ? Offset : null;

    public bool Is(double value) => IsNumber && Close(Offset, value);

    public bool Same(SymbolicSize other) => Axis == other.Axis && Close(Scale, other.Scale) && Close(Offset, other.Offset);

    public SymbolicSize Floor() => this with { Offset = Math.Floor(Offset + Tolerance) };

    public SymbolicSize Ceiling() => this with { Offset = Math.Ceiling(Offset - Tolerance) };

    public SymbolicSize? Plus(SymbolicSize other)
    {
        if (!IsNumber && !other.IsNumber && Axis != other.Axis)
            return null;
        return Made(Math.Max(Axis, other.Axis), Scale + other.Scale, Offset + other.Offset);
    }

    public SymbolicSize? Minus(SymbolicSize other) => Plus(new SymbolicSize(other.Axis, -other.Scale, -other.Offset));

    public SymbolicSize? Times(SymbolicSize other) => other.IsNumber ? Made(Axis, Scale * other.Offset, Offset * other.Offset)
        : IsNumber ? other.Times(this) : null;

    /// <summary>The quotient, where it does not depend on the input's size in another way than this record can say.</summary>
    public SymbolicSize? Over(SymbolicSize other)
    {
        if (other.IsNumber)
            return other.Offset == 0 ? null : Made(Axis, Scale / other.Offset, Offset / other.Offset);
        return Axis == other.Axis && Close(Scale * other.Offset, Offset * other.Scale) ? Number(Scale / other.Scale) : null;
    }

    private static SymbolicSize Made(int axis, double scale, double offset) => Close(scale, 0) ? Number(offset)
        : new SymbolicSize(axis, scale, offset);

    private static bool Close(double a, double b) => Math.Abs(a - b) <= Tolerance * Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(b)));
}
