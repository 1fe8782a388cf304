namespace BioDL.Cli.Specimen;

/// <summary>
/// Random numbers that are the same on every machine and in every version: SplitMix64 (Steele, Lea, Flood, Fast Splittable Pseudorandom
/// Number Generators, OOPSLA 2014).
/// </summary>
internal sealed class SpecimenRandom(long seed, long stream)
{
    private ulong _state = Mix((ulong)seed * 0x9E3779B97F4A7C15 + (ulong)stream);

    /// <summary>A number of [0, 1).</summary>
    internal double Uniform()
    {
        _state += 0x9E3779B97F4A7C15;
        return (Mix(_state) >> 11) * (1.0 / (1L << 53));
    }

    internal double Between(double low, double high) => low + (high - low) * Uniform();

    /// <summary>A normally distributed number (Box and Muller).</summary>
    internal double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>A count of photons: Knuth's product for few, the normal distribution for many.</summary>
    internal double Poisson(double mean)
    {
        if (mean > 40)
            return Math.Max(0, Math.Round(mean + Math.Sqrt(mean) * Normal()));
        double limit = Math.Exp(-mean), product = Uniform();
        int count = 0;
        for (; product > limit; count++)
            product *= Uniform();
        return count;
    }

    /// <summary>A number of [0, 1) that belongs to a lattice point.</summary>
    internal static double AtPoint(long seed, int octave, int y, int x) =>
        (Mix((ulong)seed ^ Mix(((ulong)(uint)y << 32 | (uint)x) + (ulong)octave * 0xD1B54A32D192ED03)) >> 11) * (1.0 / (1L << 53));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
