namespace BioDL.Training.Patches;

/// <summary>
/// Makes a noisy input from a clean target: photons counted with an unknown gain, over an unknown background, and read with normal noise;
/// the mixture of Zhang et al. (CVPR 2019) and Foi et al. (IEEE TIP 17, 2008). Values are normalised: the brightest structures
/// lie around 1.
/// </summary>
internal static class NoiseSimulator
{
    /// <summary>Deviation of the noise at a value of 1, for a strength of 1: from where it is not seen to where little else is.</summary>
    private const double Least = 0.004, Most = 1.2;

    /// <summary>Below 1: strong noise is drawn more often than weak, since it is learned more slowly.</summary>
    private const double TowardsMost = 0.8;

    /// <summary>Shares of patches that stay clean, and whose noise is correlated as interpolating cameras and scanners make it.</summary>
    private const double Clean = 0.1, Correlated = 0.2;

    /// <summary>
    /// Set the input to the clean target with noise of a random kind and strength, and move both to another range: at use a network
    /// sees values that were scaled by percentiles of a noisy image, which differ from those of the clean one.
    /// </summary>
    /// <param name="patch">its target is clean; its input becomes noisy, both change their scale</param>
    /// <param name="strength">the deviation is multiplied by it</param>
    /// <param name="random">of the step</param>
    public static void Apply(Patch patch, double strength, PatchRandom random)
    {
        float[] clean = patch.Target!, noisy = new float[clean.Length];
        double deviation = strength * Least * Math.Pow(Most / Least, Math.Pow(random.Uniform(), TowardsMost));
        double photonShare = Math.Sqrt(random.Uniform()), background = 0.3 * Math.Pow(random.Uniform(), 3);
        bool none = random.Uniform() < Clean, correlated = random.Uniform() < Correlated;
        if (!none)
        {
            Fill(noisy, clean, photonShare * deviation * deviation, Math.Sqrt(1 - photonShare) * deviation, background, random);
            if (correlated)
                NoiseBlur.Apply(noisy, patch.Size[^1], random.Uniform(0.3, 0.7));
        }
        // A noisy image's percentiles lie further apart than its clean one's.
        double spread = none ? 1 : 1 + 2 * deviation;
        double gain = 0.4 * Math.Pow(1.5 / 0.4, random.Uniform()) / spread, offset = random.Uniform(-0.2, 0.3);
        for (int i = 0; i < clean.Length; i++)
        {
            noisy[i] = (float)((clean[i] + noisy[i]) * gain + offset);
            clean[i] = (float)(clean[i] * gain + offset);
        }
        patch.Input = noisy;
    }

    /// <param name="noise">is set to what is added to the clean values</param>
    /// <param name="clean">normalised; below 0 there is no photon</param>
    /// <param name="perValue">value of one photon, which is the variance per value</param>
    /// <param name="read">deviation of the normal noise</param>
    /// <param name="background">value that was subtracted after its photons had been counted</param>
    /// <param name="random">of the step</param>
    private static void Fill(float[] noise, float[] clean, double perValue, double read, double background, PatchRandom random)
    {
        for (int i = 0; i < clean.Length; i++)
        {
            double expected = Math.Max(clean[i], 0) + background;
            double counted = perValue > 0 ? PoissonNumbers.Draw(expected / perValue, random) * perValue : expected;
            noise[i] = (float)(counted - expected + read * random.Normal());
        }
    }
}
