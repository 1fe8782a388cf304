using BioDL.Core.Training;

namespace BioDL.Models.Training.Preparing;

/// <summary>What the label images of a training show, for what its model says it was made for.</summary>
internal sealed class ObjectMeasure
{
    private readonly List<double> _diameters = [];
    private double _bright, _dark;

    /// <summary>Objects so far.</summary>
    public int Count => _diameters.Count;

    /// <param name="folder">of the training</param>
    /// <param name="input">as it was written</param>
    /// <param name="labels">as they were written</param>
    /// <param name="pixels">by label</param>
    public void Add(string folder, TrainingArray input, TrainingArray labels, IReadOnlyList<long> pixels)
    {
        _diameters.AddRange(pixels.Select(area => 2 * Math.Sqrt(area / Math.PI)));
        (double ofObjects, double ofGround) = Means(folder, input, labels);
        if (ofObjects > ofGround)
            _bright += pixels.Count;
        else
            _dark += pixels.Count;
    }

    /// <returns>null: there are no objects</returns>
    public ObjectFacts? Facts()
    {
        if (_diameters.Count == 0)
            return null;
        double[] sorted = [.. _diameters.Order()];
        double At(double share) => Math.Round(sorted[(int)(share * (sorted.Length - 1))], 1);
        return new ObjectFacts(sorted.Length, At(0.5), At(0.05), At(0.95), _bright >= _dark);
    }

    /// <summary>Of the first channel, objects and ground.</summary>
    private static (double Objects, double Ground) Means(string folder, TrainingArray input, TrainingArray labels)
    {
        const int Piece = 1 << 16;
        int bytes = input.Type switch { "uint8" => 1, "uint16" => 2, _ => 4 };
        using FileStream values = File.OpenRead(Path.Combine(folder, input.File)),
            numbers = File.OpenRead(Path.Combine(folder, labels.File));
        byte[] value = new byte[Piece * bytes], number = new byte[Piece * sizeof(int)];
        double objects = 0, ground = 0;
        long inside = 0, outside = 0;
        while (numbers.ReadAtLeast(number, number.Length, throwOnEndOfStream: false) is var read and > 0)
        {
            int count = read / sizeof(int);
            values.ReadExactly(value, 0, count * bytes);
            for (int i = 0; i < count; i++)
            {
                double one = bytes == 1 ? value[i] : bytes == 2 ? BitConverter.ToUInt16(value, 2 * i) : BitConverter.ToSingle(value, 4 * i);
                if (BitConverter.ToInt32(number, sizeof(int) * i) > 0)
                    (objects, inside) = (objects + one, inside + 1);
                else
                    (ground, outside) = (ground + one, outside + 1);
            }
        }
        return (inside == 0 ? 0 : objects / inside, outside == 0 ? 0 : ground / outside);
    }
}
