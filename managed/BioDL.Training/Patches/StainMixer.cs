namespace BioDL.Training.Patches;

/// <summary>
/// Another stain, or another laboratory's: colours are taken apart into amounts of haematoxylin, eosin and a rest in optical density
/// (Ruifrok and Johnston 2001), amounts are changed (Tellez et al. 2018), and put together again with other absorption colours, sometimes
/// wholly random ones. The range of the patch's normalised values stays: a whole image in these colours would be normalised anew.
/// </summary>
/// <param name="amounts">each stain's is multiplied by it</param>
/// <param name="colours">absorption of red, green and blue by a stain, one row a stain, of length 1</param>
internal sealed class StainMixer(double[] amounts, double[,] colours)
{
    /// <summary>Chance of random colours at full strength.</summary>
    private const double Random = 0.3;

    private const double Low = 0.01, High = 0.998;

    private static readonly double[,] Usual = { { 0.650, 0.704, 0.286 }, { 0.072, 0.990, 0.105 }, { 0.268, 0.570, 0.776 } };

    private static readonly double[,] Inverse = Invert(Usual);

    /// <param name="strength">0 to 1</param>
    /// <param name="random">of the step</param>
    public static StainMixer Draw(double strength, PatchRandom random)
    {
        double[] amounts = [.. Enumerable.Range(0, 3).Select(_ => Math.Exp(0.35 * strength * random.Normal()))];
        bool anew = random.Uniform() < Random * strength;
        var colours = new double[3, 3];
        for (int stain = 0; stain < 3; stain++)
        {
            double length = 0;
            for (int c = 0; c < 3; c++)
            {
                double drawn = anew ? random.Uniform(0.05, 1) : Math.Max(0.02, Usual[stain, c] + 0.2 * strength * random.Normal());
                colours[stain, c] = drawn;
                length += drawn * drawn;
            }
            for (int c = 0; c < 3; c++)
                colours[stain, c] /= Math.Sqrt(length);
        }
        return new StainMixer(amounts, colours);
    }

    /// <param name="patch">of three colours</param>
    public void Apply(Patch patch)
    {
        int pixels = patch.Pixels;
        float[] values = patch.Input, before = [.. values];
        (double offset, double gain) = patch.Sample.Input.Gain is { Count: > 0 }
            ? (patch.Sample.Input.Offset[0], patch.Sample.Input.Gain[0]) : (0, 1);
        double white = patch.Sample.Input.Type switch { "uint8" => 255, "uint16" => 65535, _ => offset + 1 / gain };
        // One step of a camera: the darkest that can be told from black.
        double step = white / 255;
        for (int i = 0; i < pixels; i++)
        {
            var (h, e, rest) = (0.0, 0.0, 0.0);
            for (int c = 0; c < 3; c++)
            {
                double value = values[c * pixels + i] / gain + offset;
                double density = -Math.Log((Math.Clamp(value, 0, white) + step) / (white + step));
                (h, e, rest) = (h + density * Inverse[c, 0], e + density * Inverse[c, 1], rest + density * Inverse[c, 2]);
            }
            (h, e, rest) = (h * amounts[0], e * amounts[1], rest * amounts[2]);
            for (int c = 0; c < 3; c++)
            {
                double density = Math.Max(0, h * colours[0, c] + e * colours[1, c] + rest * colours[2, c]);
                values[c * pixels + i] = (float)((white + step) * Math.Exp(-density) - step);
            }
        }
        KeepRange(values, before);
    }

    /// <summary>Percentiles of all three colours together become what they were.</summary>
    private static void KeepRange(float[] values, float[] before)
    {
        (float low, float high) = Range([.. values]);
        (float wantedLow, float wantedHigh) = Range(before);
        float scale = high > low ? (wantedHigh - wantedLow) / (high - low) : 0;
        for (int i = 0; i < values.Length; i++)
            values[i] = (values[i] - low) * scale + wantedLow;
    }

    private static (float Low, float High) Range(float[] values)
    {
        Array.Sort(values);
        return (values[(int)(Low * (values.Length - 1))], values[(int)(High * (values.Length - 1))]);
    }

    private static double[,] Invert(double[,] m)
    {
        double Minor(int row, int column)
        {
            int[] r = [(row + 1) % 3, (row + 2) % 3], c = [(column + 1) % 3, (column + 2) % 3];
            return m[r[0], c[0]] * m[r[1], c[1]] - m[r[0], c[1]] * m[r[1], c[0]];
        }
        double determinant = m[0, 0] * Minor(0, 0) + m[0, 1] * Minor(0, 1) + m[0, 2] * Minor(0, 2);
        var inverse = new double[3, 3];
        for (int row = 0; row < 3; row++)
            for (int column = 0; column < 3; column++)
                inverse[row, column] = Minor(column, row) / determinant;
        return inverse;
    }
}
