namespace BioDL.Cli.Specimen;

/// <summary>A nucleus: an ellipse with a gently uneven outline, a brightness, nucleoli and chromocentres.</summary>
internal sealed class Nucleus
{
    private const int Harmonics = 4;
    private readonly double _major;
    private readonly double _minor;
    private readonly double _cosine;
    private readonly double _sine;
    private readonly double[] _amplitudes = new double[Harmonics];
    private readonly double[] _phases = new double[Harmonics];
    private readonly (double Y, double X, double Radius, double Gain)[] _spots;

    internal Nucleus(SpecimenRandom random, double y, double x)
    {
        (Y, X) = (y, x);
        double radius = 11 * Math.Exp(0.16 * random.Normal()), elongation = Math.Sqrt(random.Between(1, 1.6));
        (_major, _minor) = (radius * elongation, radius / elongation);
        double angle = random.Between(0, Math.PI);
        (_cosine, _sine) = (Math.Cos(angle), Math.Sin(angle));
        for (int i = 0; i < Harmonics; i++)
            (_amplitudes[i], _phases[i]) = (0.035 * random.Normal() / (i + 1), random.Between(0, 2 * Math.PI));
        Photons = 260 * Math.Exp(0.6 * random.Normal());
        _spots = new (double, double, double, double)[(int)random.Between(3, 9)];
        for (int i = 0; i < _spots.Length; i++)
        {
            double along = random.Between(0, 2 * Math.PI), depth = 0.75 * Math.Sqrt(random.Uniform());
            double gain = random.Uniform() < 0.4 ? -0.45 : 0.5;
            _spots[i] = (depth * Math.Sin(along), depth * Math.Cos(along), random.Between(0.09, 0.2), gain);
        }
    }

    internal double Y { get; }

    internal double X { get; }

    /// <summary>Photons a pixel where it is thickest.</summary>
    internal double Photons { get; }

    /// <summary>No point of it is further from the centre.</summary>
    internal double Reach => _major * 1.25;

    /// <summary>How far a point lies from the centre, 1 at the outline.</summary>
    internal double Distance(double y, double x)
    {
        var (v, u) = Local(y, x);
        double angle = Math.Atan2(v, u), outline = 1;
        for (int i = 0; i < Harmonics; i++)
            outline += _amplitudes[i] * Math.Cos((i + 2) * angle + _phases[i]);
        return Math.Sqrt(u * u + v * v) / outline;
    }

    /// <summary>Brightness of a point inside, without texture: thickness, nucleoli (dark) and chromocentres (bright).</summary>
    internal double Brightness(double y, double x, double distance)
    {
        var (v, u) = Local(y, x);
        double value = 0.55 + 0.45 * Math.Sqrt(Math.Max(0, 1 - distance * distance));
        foreach (var spot in _spots)
        {
            double square = ((v - spot.Y) * (v - spot.Y) + (u - spot.X) * (u - spot.X)) / (spot.Radius * spot.Radius);
            value += value * spot.Gain * Math.Exp(-square);
        }
        return Photons * value;
    }

    // In units of the two half axes.
    private (double V, double U) Local(double y, double x)
    {
        double dy = y - Y, dx = x - X;
        return ((dy * _cosine - dx * _sine) / _minor, (dx * _cosine + dy * _sine) / _major);
    }
}
