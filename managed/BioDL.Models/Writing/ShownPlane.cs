namespace BioDL.Models.Writing;

/// <summary>A plane of numbers to be shown.</summary>
/// <param name="Name">what stands below it</param>
/// <param name="Pixels">of each channel in turn, row by row: height * width values, times 1 or 3 for colours</param>
/// <param name="Height">pixels along y</param>
/// <param name="Width">pixels along x</param>
public sealed record ShownPlane(string Name, float[] Pixels, int Height, int Width)
{
    private const double Darkest = 0.005, Brightest = 0.998;

    public int Channels => Pixels.Length / (Height * Width);

    /// <summary>Values that become black and white: so much of the pixels lies below and above.</summary>
    public (float Low, float High) Range()
    {
        float[] sorted = [.. Pixels.Where(float.IsFinite)];
        if (sorted.Length == 0)
            return (0, 1);
        Array.Sort(sorted);
        float At(double share) => sorted[(int)Math.Round(share * (sorted.Length - 1))];
        return (At(Darkest), At(Brightest));
    }

    /// <summary>Samples of a pixel together, 0 to 255; NaN is black.</summary>
    public byte[] Bytes((float Low, float High) range)
    {
        int plane = Height * Width, channels = Channels;
        byte[] bytes = new byte[Pixels.Length];
        float gain = range.High > range.Low ? 255 / (range.High - range.Low) : 0;
        for (int i = 0; i < Pixels.Length; i++)
        {
            float value = (Pixels[i] - range.Low) * gain;
            bytes[i % plane * channels + i / plane] = float.IsNaN(value) ? (byte)0 : (byte)Math.Clamp(value + 0.5f, 0, 255);
        }
        return bytes;
    }
}

/// <summary>Planes of one field: what a network was given, what it made of it, what it should have made.</summary>
/// <param name="Name">of the image</param>
/// <param name="Planes">what was given, what was made of it and, where it is known, what was to be reached: 1 or 3 channels each</param>
public sealed record ShownField(string Name, IReadOnlyList<ShownPlane> Planes);
