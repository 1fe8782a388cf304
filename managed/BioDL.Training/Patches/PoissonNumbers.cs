namespace BioDL.Training.Patches;

/// <summary>Numbers of photons.</summary>
internal static class PoissonNumbers
{
    /// <summary>One number of a Poisson distribution.</summary>
    /// <param name="mean">of it; 0 and below give 0</param>
    /// <param name="random">numbers are drawn from it</param>
    public static double Draw(double mean, PatchRandom random) =>
        mean <= 0 ? 0 : mean < 10 ? Search(mean, random) : Reject(mean, random);

    /// <summary>Adds probabilities up until they exceed a uniform number.</summary>
    private static double Search(double mean, PatchRandom random)
    {
        double uniform = random.Uniform(), probability = Math.Exp(-mean), sum = probability;
        int count = 0;
        // 200: probabilities of a mean below 10 have long vanished, so rounding cannot keep the sum below the number for ever.
        while (uniform > sum && count < 200)
        {
            probability *= mean / ++count;
            sum += probability;
        }
        return count;
    }

    /// <summary>Transformed rejection with squeeze (PTRS; Hörmann 1993, Insurance: Mathematics and Economics 12).</summary>
    private static double Reject(double mean, PatchRandom random)
    {
        double b = 0.931 + 2.53 * Math.Sqrt(mean), a = -0.059 + 0.02483 * b;
        double alpha = 1.1239 + 1.1328 / (b - 3.4), squeeze = 0.9277 - 3.6224 / (b - 2), logMean = Math.Log(mean);
        while (true)
        {
            double u = random.Uniform() - 0.5, v = random.Uniform(), edge = 0.5 - Math.Abs(u);
            double count = Math.Floor((2 * a / edge + b) * u + mean + 0.43);
            if (edge >= 0.07 && v <= squeeze)
                return count;
            if (count < 0 || (edge < 0.013 && v > edge))
                continue;
            if (Math.Log(v * alpha / (a / (edge * edge) + b)) <= count * logMean - mean - LogFactorial(count))
                return count;
        }
    }

    /// <summary>log(n!) by Stirling's series, which six factors before it make exact to 1e-10.</summary>
    private static double LogFactorial(double n)
    {
        double product = 1, x = n + 1;
        for (int i = 0; i < 6; i++)
            product *= x++;
        double inverse = 1 / x, square = inverse * inverse, series = inverse * (1.0 / 12 - square * (1.0 / 360 - square / 1260));
        return (x - 0.5) * Math.Log(x) - x + Math.Log(2 * Math.PI) / 2 + series - Math.Log(product);
    }
}
