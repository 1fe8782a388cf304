namespace BioDL.Cli.Specimen;

/// <summary>What to make.</summary>
/// <param name="Size">side in pixels</param>
/// <param name="Nuclei">as many as there is room for, at most this</param>
/// <param name="Seed">the same seed makes the same specimen</param>
internal sealed record SpecimenOptions(int Size, int Nuclei, long Seed);

/// <summary>
/// A synthetic field of fluorescent nuclei as a wide-field camera would record it: uneven nuclei with texture, some of them touching, haze
/// of what is out of focus, the blur of a point-spread function, photon noise and read noise. The truth is known to the pixel.
/// </summary>
/// <param name="Size">side in pixels</param>
/// <param name="Nuclei">that found room</param>
/// <param name="Pixels">camera counts, row by row</param>
/// <param name="Truth">labels from 1, row by row</param>
internal sealed record SpecimenImage(int Size, int Nuclei, ushort[] Pixels, uint[] Truth)
{
    /// <summary>Micrometres: a camera with 6.5 um pixels behind a 20x lens.</summary>
    internal const double PixelMicrons = 0.325;
    private const double PointSpreadSigma = 1.3;
    private const double HazeSigma = 24;
    private const double HazePart = 0.12;
    private const double BackgroundPhotons = 60;
    private const double CameraOffset = 100;
    private const double CountsPerPhoton = 2;
    private const double ReadNoise = 3;

    internal static SpecimenImage Make(SpecimenOptions options, Action throwIfCancelled)
    {
        int size = options.Size;
        List<Nucleus> nuclei = Place(options);
        var photons = new float[(long)size * size];
        var truth = new uint[photons.Length];
        for (int i = 0; i < nuclei.Count; i++)
            Draw(nuclei[i], (uint)i + 1, options, photons, truth);
        throwIfCancelled();
        float[] haze = [.. photons];
        Blur.Gaussian(haze, size, HazeSigma);
        throwIfCancelled();
        Blur.Gaussian(photons, size, PointSpreadSigma);
        throwIfCancelled();
        var pixels = new ushort[photons.Length];
        Parallel.For(0, size, row => Record(options, row, photons, haze, pixels));
        return new SpecimenImage(size, nuclei.Count, pixels, truth);
    }

    // Centres at least so far apart that nuclei touch here and there and never cover each other.
    private static List<Nucleus> Place(SpecimenOptions options)
    {
        const double ApartPart = 0.64;
        var random = new SpecimenRandom(options.Seed, 0);
        var nuclei = new List<Nucleus>();
        var cells = new NeighbourCells(options.Size, 48);
        for (long attempt = 0; nuclei.Count < options.Nuclei && attempt < 60L * options.Nuclei; attempt++)
        {
            var nucleus = new Nucleus(random, random.Between(4, options.Size - 4), random.Between(4, options.Size - 4));
            bool free = cells.Near(nucleus).All(other =>
            {
                double dy = nucleus.Y - other.Y, dx = nucleus.X - other.X, apart = ApartPart * (nucleus.Reach + other.Reach);
                return dy * dy + dx * dx > apart * apart;
            });
            if (!free)
                continue;
            nuclei.Add(nucleus);
            cells.Add(nucleus);
        }
        return nuclei;
    }

    private static void Draw(Nucleus nucleus, uint label, SpecimenOptions options, float[] photons, uint[] truth)
    {
        int size = options.Size;
        int top = Math.Max(0, (int)(nucleus.Y - nucleus.Reach)), bottom = Math.Min(size, (int)(nucleus.Y + nucleus.Reach) + 2);
        int left = Math.Max(0, (int)(nucleus.X - nucleus.Reach)), right = Math.Min(size, (int)(nucleus.X + nucleus.Reach) + 2);
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                double distance = nucleus.Distance(y, x);
                long at = (long)y * size + x;
                if (distance >= 1 || truth[at] != 0)
                    continue;
                double texture = 0.6 * Texture(options.Seed, 0, y / 5.0, x / 5.0) + 0.4 * Texture(options.Seed, 1, y / 2.2, x / 2.2);
                photons[at] = (float)(nucleus.Brightness(y, x, distance) * (0.7 + 0.6 * texture));
                truth[at] = label;
            }
        }
    }

    // Value noise: random numbers at lattice points, smoothly joined.
    private static double Texture(long seed, int octave, double y, double x)
    {
        int y0 = (int)y, x0 = (int)x;
        double v = Smooth(y - y0), u = Smooth(x - x0);
        double top = Join(SpecimenRandom.AtPoint(seed, octave, y0, x0), SpecimenRandom.AtPoint(seed, octave, y0, x0 + 1), u);
        double bottom = Join(SpecimenRandom.AtPoint(seed, octave, y0 + 1, x0), SpecimenRandom.AtPoint(seed, octave, y0 + 1, x0 + 1), u);
        return Join(top, bottom, v);
    }

    private static double Smooth(double part) => part * part * (3 - 2 * part);

    private static double Join(double a, double b, double part) => a + (b - a) * part;

    // Every row has random numbers of its own, so that the outcome does not depend on the threads.
    private static void Record(SpecimenOptions options, int row, float[] photons, float[] haze, ushort[] pixels)
    {
        var random = new SpecimenRandom(options.Seed, row + 1L);
        long first = (long)row * options.Size;
        for (long at = first; at < first + options.Size; at++)
        {
            double expected = photons[at] + HazePart * haze[at] + BackgroundPhotons;
            double counts = CameraOffset + CountsPerPhoton * random.Poisson(expected) + ReadNoise * random.Normal();
            pixels[at] = (ushort)Math.Clamp(Math.Round(counts), 0, ushort.MaxValue);
        }
    }
}

/// <summary>Finds nuclei near a place without asking all of them.</summary>
internal sealed class NeighbourCells(int size, int cell)
{
    private readonly int _columns = size / cell + 1;
    private readonly Dictionary<int, List<Nucleus>> _cells = [];

    internal void Add(Nucleus nucleus)
    {
        int key = (int)nucleus.Y / cell * _columns + (int)nucleus.X / cell;
        if (!_cells.TryGetValue(key, out List<Nucleus>? list))
            _cells[key] = list = [];
        list.Add(nucleus);
    }

    /// <summary>All within one cell's side, and some more.</summary>
    internal IEnumerable<Nucleus> Near(Nucleus nucleus)
    {
        int row = (int)nucleus.Y / cell, column = (int)nucleus.X / cell;
        for (int y = row - 1; y <= row + 1; y++)
        {
            for (int x = column - 1; x <= column + 1; x++)
            {
                if (x >= 0 && x < _columns && _cells.TryGetValue(y * _columns + x, out List<Nucleus>? list))
                {
                    foreach (Nucleus other in list)
                        yield return other;
                }
            }
        }
    }
}
