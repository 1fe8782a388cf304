using System.Numerics;
using System.Runtime.CompilerServices;

namespace BioDL.Core.Steps;

/// <summary>A function of one value: the definition, and the same for as many values as the processor takes at once.</summary>
internal interface IElementwise
{
    float One(float x);

    Vector<float> Many(Vector<float> x);
}

internal static unsafe class Elementwise
{
    /// <summary>In place.</summary>
    public static void Run<T>(T function, float* values, int count)
        where T : struct, IElementwise
    {
        int i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
            function.Many(Vector.Load(values + i)).Store(values + i);
        Scalar(function, values + i, count - i);
    }

    /// <summary>In place, one by one.</summary>
    internal static void Scalar<T>(T function, float* values, int count)
        where T : struct, IElementwise
    {
        for (int i = 0; i < count; i++)
            values[i] = function.One(values[i]);
    }
}

/// <summary>(x - offset) / divisor, as <see cref="Normalization.Scaling"/>.</summary>
internal readonly struct Divide(float offset, float divisor) : IElementwise
{
    private readonly Vector<float> _offset = new(offset), _divisor = new(divisor);

    public float One(float x) => (x - offset) / divisor;

    public Vector<float> Many(Vector<float> x) => (x - _offset) / _divisor;
}

/// <summary>x * gain + offset, rounded twice.</summary>
internal readonly struct Multiply(float gain, float offset) : IElementwise
{
    private readonly Vector<float> _gain = new(gain), _offset = new(offset);

    public float One(float x) => x * gain + offset;

    public Vector<float> Many(Vector<float> x) => x * _gain + _offset;
}

/// <summary>NaN stays NaN.</summary>
internal readonly struct Clamp(float low, float high) : IElementwise
{
    private readonly Vector<float> _low = new(low), _high = new(high);

    public float One(float x) => x < low ? low : x > high ? high : x;

    public Vector<float> Many(Vector<float> x)
    {
        var raised = Vector.ConditionalSelect(Vector.LessThan(x, _low), _low, x);
        return Vector.ConditionalSelect(Vector.GreaterThan(raised, _high), _high, raised);
    }
}

/// <summary>1 above the threshold, else 0, NaN too.</summary>
internal readonly struct Above(float threshold) : IElementwise
{
    private readonly Vector<float> _threshold = new(threshold);

    public float One(float x) => x > threshold ? 1 : 0;

    public Vector<float> Many(Vector<float> x) =>
        Vector.ConditionalSelect(Vector.GreaterThan(x, _threshold), Vector<float>.One, Vector<float>.Zero);
}

/// <summary>NumPy's bool: 0 is false, all else true.</summary>
internal readonly struct NotZero : IElementwise
{
    public float One(float x) => x != 0 ? 1 : 0;

    public Vector<float> Many(Vector<float> x) =>
        Vector.ConditionalSelect(Vector.Equals(x, Vector<float>.Zero), Vector<float>.Zero, Vector<float>.One);
}

/// <summary>Towards zero. NaN stays NaN.</summary>
internal readonly struct Truncate : IElementwise
{
    public float One(float x) => MathF.Truncate(x);

    public Vector<float> Many(Vector<float> x) => Vector.Truncate(x);
}

/// <summary>1 / (1 + e^-x).</summary>
internal readonly struct Logistic : IElementwise
{
    public float One(float x) => 1 / (1 + MathF.Exp(-x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> Many(Vector<float> x) => Vector<float>.One / (Vector<float>.One + Vector.Exp(-x));
}
