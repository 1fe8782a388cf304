using BioDL.Core.Objects.StarConvex;

namespace BioDL.Bench;

/// <summary>
/// Seeded candidates as a network gives them: nuclei on a jittered grid, each seen from several points around its centre.
/// </summary>
internal static class SyntheticNuclei
{
    private const double Spacing = 26;
    private const double Radius = 11;

    /// <summary>Candidates of so many nuclei, the same number for each, on a grid of 2 pixels.</summary>
    public static CandidateList Make(int nuclei, int candidatesOfEach, int rays = 32, int seed = 1)
    {
        var random = new Random(seed);
        var list = new CandidateList(rays);
        int columns = (int)Math.Ceiling(Math.Sqrt(nuclei));
        double[] outline = new double[3];
        for (int n = 0; n < nuclei; n++)
        {
            double y = (n / columns + 1 + 0.5 * (random.NextDouble() - 0.5)) * Spacing;
            double x = (n % columns + 1 + 0.5 * (random.NextDouble() - 0.5)) * Spacing;
            double radius = Radius * (0.8 + 0.5 * random.NextDouble()), probability = 0.6 + 0.35 * random.NextDouble();
            for (int h = 0; h < outline.Length; h++)
                outline[h] = 0.12 * (random.NextDouble() - 0.5);
            for (int c = 0; c < candidatesOfEach; c++)
                AddView(list, random, (y, x, radius, probability), outline);
        }
        return list;
    }

    /// <summary>A nucleus seen from a point inside it: distances to its outline along the rays, with a little noise.</summary>
    private static void AddView(CandidateList list, Random random, (double Y, double X, double Radius, double Probability) nucleus,
        double[] outline)
    {
        double turn = 2 * Math.PI * random.NextDouble(), off = nucleus.Radius * 0.5 * Math.Sqrt(random.NextDouble());
        double y = 2 * Math.Round((nucleus.Y + off * Math.Sin(turn)) / 2), x = 2 * Math.Round((nucleus.X + off * Math.Cos(turn)) / 2);
        double fromCenter = Math.Sqrt((y - nucleus.Y) * (y - nucleus.Y) + (x - nucleus.X) * (x - nucleus.X)) / nucleus.Radius;
        float probability = (float)Math.Clamp(nucleus.Probability * (1 - 0.3 * fromCenter * fromCenter) + 0.02 * random.NextDouble(), 0, 1);
        Span<float> distances = list.Add((float)y, (float)x, probability);
        for (int k = 0; k < distances.Length; k++)
        {
            double angle = 2 * Math.PI * k / distances.Length, near = 0, far = 1;
            // March out of the nucleus, then halve the last step.
            for (; Inside(nucleus, outline, y + far * Math.Sin(angle), x + far * Math.Cos(angle)); far += 2)
                near = far;
            while (far - near > 0.1)
            {
                double middle = (near + far) / 2;
                if (Inside(nucleus, outline, y + middle * Math.Sin(angle), x + middle * Math.Cos(angle)))
                    near = middle;
                else
                    far = middle;
            }
            distances[k] = (float)Math.Max(1, near + 0.6 * (random.NextDouble() - 0.5));
        }
    }

    private static bool Inside((double Y, double X, double Radius, double Probability) nucleus, double[] outline, double y, double x)
    {
        double dy = y - nucleus.Y, dx = x - nucleus.X, angle = Math.Atan2(dy, dx), radius = 1;
        for (int h = 0; h < outline.Length; h++)
            radius += outline[h] * Math.Cos((h + 2) * angle);
        return dy * dy + dx * dx < nucleus.Radius * nucleus.Radius * radius * radius;
    }
}
