using System.Numerics;

namespace BioDL.Training.Patches;

/// <summary>
/// Random numbers of one step: xoshiro256** (Blackman and Vigna 2018), begun anew for each step from the seed and the step's number. So a
/// step draws the same whether the steps before it were computed in this process or in one that was ended, and however far batches are
/// prepared ahead. Whatever is random in a training comes from here. Not safe for concurrent use.
/// </summary>
internal sealed class PatchRandom
{
    private ulong _a, _b, _c, _d;
    private double? _spare;

    /// <param name="seed">of the training</param>
    /// <param name="step">of it, from 1; 0 and below: for what is drawn once</param>
    public PatchRandom(long seed, long step)
    {
        ulong state = unchecked((ulong)seed * 0xD1342543DE82EF95 + (ulong)step * 0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019);
        (_a, _b, _c, _d) = (SplitMix(ref state), SplitMix(ref state), SplitMix(ref state), SplitMix(ref state));
    }

    /// <summary>All 64 bits.</summary>
    public ulong Next()
    {
        ulong result = BitOperations.RotateLeft(_b * 5, 7) * 9, shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>From 0 to below 1.</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>From one number to below another.</summary>
    public double Uniform(double from, double to) => from + (to - from) * Uniform();

    /// <summary>From 0 to below <paramref name="count"/>, which is at least 1.</summary>
    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <inheritdoc cref="Below(int)"/>
    public long Below(long count) => (long)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>True or false, alike.</summary>
    public bool Coin() => (long)Next() < 0;

    /// <summary>Normal, mean 0, deviation 1 (Marsaglia's polar method).</summary>
    public double Normal()
    {
        if (_spare is { } spare)
        {
            _spare = null;
            return spare;
        }
        double x, y, square;
        do
        {
            (x, y) = (2 * Uniform() - 1, 2 * Uniform() - 1);
            square = x * x + y * y;
        }
        while (square is >= 1 or 0);
        double scale = Math.Sqrt(-2 * Math.Log(square) / square);
        _spare = y * scale;
        return x * scale;
    }

    private static ulong SplitMix(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
